"""Files that unfold into more than a machine has: refused in words, and the one that reads goes on."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from services.cli.lists import file as files
from services.cli.lists.cell import Cell, Line, Lost, Sheet
from services.cli.lists.plain import packed, unpacked
from services.console.thumbnail import thumbnail
from services.kit.apart import Bounds, Unreadable
from services.registry.photo.picture import NoPhoto, cleaned
from tests.registry.lists import HEAD
from tests.registry.sheets import book, line, lines_in

SHEET = "xl/worksheets/sheet1.xml"
OPEN = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = b"</sheetData></worksheet>"
MOST = 80_000_000


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of it shows the same as all of it."""
    monkeypatch.setattr(files, "BOUNDS", Bounds(memory=3 << 25, cpu=10, seconds=20, found=1 << 22))


def remade(file: Path, **parts: bytes) -> Path:
    """A workbook in which some parts are others; `SHEET` is the first sheet."""
    with zipfile.ZipFile(file) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    names = {"sheet": SHEET, "book": "xl/workbook.xml", "strings": "xl/sharedStrings.xml"}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, content in (kept | {names[part]: content for part, content in parts.items()}).items():
            new.writestr(name, content)
    return file


def far_cell(file: Path) -> Path:
    """Two kilobytes that reach to the last row and column there is."""
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return remade(file, sheet=OPEN + cells + CLOSE)


def far_and_hidden_from_the_look(file: Path) -> Path:
    """The same, without saying so where a look would find it: cells that name no place follow each other."""
    row = b'<row r="1048575"><c r="XFA1048575"><v>1</v></c></row><row><c><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'
    return remade(file, sheet=OPEN + b'<row r="1"><c r="A1"><v>1</v></c></row>' + row + CLOSE)


def deflated(file: Path) -> Path:
    """A megabyte that unfolds into more than there may be."""
    return remade(file, sheet=OPEN + b" " * MOST + CLOSE)


def said_to_be_large(file: Path) -> Path:
    """What its directory says is enough to leave it unread."""
    remade(file, sheet=OPEN + CLOSE)
    return in_directory(file, files.MOST_BYTES + 1)


def in_directory(file: Path, size: int) -> Path:
    """A workbook whose first sheet has another size by the directory."""
    data = bytearray(file.read_bytes())
    at = data.rfind(SHEET.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", data, at + 24, size)
    file.write_bytes(data)
    return file


def deflated_and_denied(file: Path) -> Path:
    """The same, with sizes in its directory that say it is small."""
    return in_directory(deflated(file), 1000)


def entities(file: Path) -> Path:
    """A billion laughs."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    text = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]><w>&l10;</w>'
    return remade(file, book=text.encode())


def strings(file: Path) -> Path:
    """Shared strings without end."""
    many = b"<si><t>" + b"x" * 1000 + b"</t></si>"
    head = b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return remade(file, strings=head + many * (MOST // len(many)) + b"</sst>")


def repeated(file: Path) -> Path:
    """An .ods whose one row is a hundred million cells."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    many = 'table:number-columns-repeated="16384" office:value-type="string"'
    cell = f"<table:table-cell {many}><text:p>x</text:p></table:table-cell>"
    rows = f'<table:table-row table:number-rows-repeated="10000">{cell}</table:table-row>'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        text = f'<office:document-content{names}><table:table table:name="a">{rows}</table:table></office:document-content>'
        made.writestr("content.xml", text)
    return file


@pytest.mark.parametrize(
    "bomb",
    [
        far_cell,
        far_and_hidden_from_the_look,
        said_to_be_large,
        deflated,
        deflated_and_denied,
        entities,
        strings,
        repeated,
    ],
)
def test_a_workbook_that_would_unfold_is_refused(tmp_path: Path, bomb: Callable[[Path], Path]) -> None:
    file = bomb(book(tmp_path / "名单.xlsx", 名单=[HEAD, line(1)]))
    assert file.stat().st_size < 1_500_000

    with pytest.raises(ValueError) as told:
        lines_in(file)

    said = str(told.value)
    assert any("\u4e00" <= character <= "\u9fff" for character in said) and said.isascii() is False, said
    again = book(tmp_path / "再次.xlsx", 名单=[HEAD, line(1)])
    assert len(lines_in(again)) == 2


def test_a_text_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_bytes(b"x," * (1 << 21))

    with pytest.raises(ValueError, match=r"memory|too much"):
        lines_in(tmp_path / "名单.csv")


def bomb_picture(kind: str, side: int) -> bytes:
    """A picture of one colour: a few kilobytes for as many pixels as there may be."""
    if kind == "JPEG":
        out = io.BytesIO()
        Image.new("L", (side, side)).save(out, kind)
        return out.getvalue()

    def chunk(name: bytes, content: bytes) -> bytes:
        crc = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc)

    packer, rows = zlib.compressobj(1), b""
    line = bytes(1 + 3 * side)
    for _ in range(side):
        rows += packer.compress(line)
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", rows + packer.flush()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_picture_that_would_unfold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = bomb_picture("PNG", 6_000)
    monkeypatch.setattr("services.console.thumbnail.BOUNDS", Bounds(memory=3 << 25, cpu=10, seconds=20))

    assert len(bomb) < 2_000_000 and thumbnail(bomb) is None
    with pytest.raises(NoPhoto, match="pixels"):
        cleaned(bomb)
    assert thumbnail(bomb_picture("JPEG", 600)) is not None


CELLS = st.one_of(
    st.text(st.characters(codec=None), max_size=20),
    st.floats(allow_nan=False),
    st.dates(),
    st.builds(Lost, st.text(max_size=10)),
    st.just("\udc80\udcff"),
)


@settings(max_examples=40)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=5), st.booleans())
def test_what_is_told_from_process_to_process_is_what_was_read(rows: list[list[Cell]], hidden: bool) -> None:
    """An error stays an error, a formula one that was not worked out, a hidden sheet hidden."""
    lines = [Line(n, tuple(cells), hidden, ((0, 1),), frozenset({1})) for n, cells in enumerate(rows, 1)]
    sheet = Sheet("表\n{", lines, hidden, frozenset({2, 5}))

    [again] = unpacked(b"".join(packed([sheet])))

    assert (again.name, again.hidden, again.hidden_columns) == ("表\n{", hidden, frozenset({2, 5}))
    assert [*again.lines] == lines


def test_what_is_wrong_with_one_sheet_is_raised_where_it_is_read() -> None:
    def broken() -> object:
        yield Line(1, ("a", date(2026, 1, 1)))
        raise Unreadable("第2行 line 2")

    first, second = unpacked(b"".join(packed([Sheet("a", broken()), Sheet("b", [Line(1, ("x",))])])))  # type: ignore[arg-type]

    assert [*second.lines] == [Line(1, ("x",))]
    with pytest.raises(ValueError, match="line 2"):
        assert [*first.lines]
