"""Files as they come: read by what they are, in whatever encoding; what is no list is told what it is."""

from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest

from tests.registry.lists import HEAD, number_of
from tests.registry.sheets import book, document, line, patched, read_list


def names(rows: list[Any]) -> list[str]:
    return [row.name for row in rows]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", "<html><meta charset=gbk><table><tr><td>姓名</td></tr></table></html>".encode("gbk"), "网页"),
        ("a.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
        ("a.xls", "\ufeff <html>".encode("utf-16"), "网页"),
        ("a.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web page"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "设有打开密码"),
        ("a.xlsx", b"PK\x03\x04 and nothing more", "已损坏"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_is_told_what_it_is(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ValueError, match=said) as told:
        read_list(tmp_path / name)

    assert any(c.isascii() and c.isalpha() for c in str(told.value)) and not str(told.value).isascii()


def test_a_locked_document_and_another_packed_file_are_told_what_they_are(tmp_path: Path) -> None:
    locked = document(tmp_path / "a.ods", "", manifest="<manifest:encryption-data/>")
    with pytest.raises(ValueError, match="设有密码"):
        read_list(locked)

    other = book(tmp_path / "b.xlsx", 名册=[HEAD])
    patched(other, "[Content_Types].xml", "xml", "xml")
    data = other.read_bytes().replace(b"xl/workbook.xml", b"xl/workbook.bin")
    other.write_bytes(data)
    with pytest.raises(ValueError, match=r"另存为\.xlsx"):
        read_list(other)


def test_a_number_that_was_altered_where_it_is_stored_is_damage(tmp_path: Path) -> None:
    """A workbook has a sum of each part; who reads up to the last tag of one would never come to it."""
    made = book(tmp_path / "a.xlsx", 名册=[HEAD, line(1)])
    with ZipFile(made) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with ZipFile(made, "w", ZIP_STORED) as plain:
        for name, content in parts.items():
            plain.writestr(name, content)
    assert [row.id_number for row in read_list(made)[0]] == [number_of(1)]
    altered = made.read_bytes().replace(number_of(1).encode(), number_of(2).encode())
    assert altered != made.read_bytes()
    made.write_bytes(altered)

    with pytest.raises(ValueError, match="已损坏"):
        read_list(made)


def test_a_file_is_read_by_what_it_is_and_not_by_its_name(tmp_path: Path) -> None:
    made = book(tmp_path / "a.xlsx", 名册=[HEAD, line(1)])
    (tmp_path / "a.xls").write_bytes(made.read_bytes())
    (tmp_path / "b.xls").write_text("\n".join("\t".join(cells) for cells in (HEAD, line(2))), "gbk")

    assert names(read_list(tmp_path / "a.xls")[0]) == ["示例1"]
    assert names(read_list(tmp_path / "b.xls")[0]) == ["示例2"]


@pytest.mark.parametrize(
    "encoding", ["utf-16-le", "utf-16-be", "utf-16", "gb18030", "gbk", "utf-8", "utf-8-sig"]
)
@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_a_text_is_read_in_its_encoding_with_or_without_a_mark(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("\r\n".join(separator.join(cells) for cells in (HEAD, line(1))).encode(encoding))

    [row], report = read_list(file)

    assert (row.name, row.id_number, report.problems) == ("示例1", number_of(1), [])
