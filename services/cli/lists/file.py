"""A file as the sheets that it holds, by what it is and not by what it is called."""

import os
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from services.cli.lists import ods, text, xls, xlsx
from services.cli.lists.cell import Sheet
from services.cli.lists.plain import packed, unpacked
from services.kit.apart import Bounds, Unreadable, read_apart

Read = Callable[[bytes], Iterator[Sheet]]
MOST_BYTES = 1 << 29
"""Unpacked. A list of a million people takes less."""
MOST_PACKED = 1 << 28
BOUNDS = Bounds(memory=3 << 29, cpu=120, seconds=180, found=1 << 29)
READER = f"{__name__}:sheets_in"
ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
# What a packed file holds tells what it is.
PACKED: dict[str, Read] = {"xl/workbook.xml": xlsx.sheets, "content.xml": ods.sheets}


def read(file: Path) -> list[Sheet]:
    """The sheets of a workbook or text file, read in a process of its own. Raises ValueError for one that is no such file or
    takes more than is given for it, OSError if it cannot be read.
    """
    with file.open("rb") as opened:
        if (size := os.fstat(opened.fileno()).st_size) > MOST_PACKED:
            raise Unreadable(f"文件过大 it is too large: {size:,} > {MOST_PACKED:,}")
        return unpacked(read_apart(READER, opened.fileno(), BOUNDS))


def sheets_in(data: bytes) -> Iterator[bytes]:
    """What is in a file, as it is told from process to process."""
    return packed(reader_of(data)(data))


def reader_of(data: bytes) -> Read:
    if data.startswith(ZIP):
        return reader_of_packed(data)
    if not data.startswith(OLD):
        return text.sheets
    if LOCKED in data:
        raise Unreadable("设有打开密码，请取消密码后另存 it is locked with a password; save it without one")
    return xls.sheets


def reader_of_packed(data: bytes) -> Read:
    try:
        with ZipFile(BytesIO(data)) as parts:
            names, size = parts.namelist(), sum(part.file_size for part in parts.infolist())
            if size > MOST_BYTES:
                raise Unreadable(
                    "展开后过大，请删除名单以外的内容 it is too large unpacked; delete what is no part of the list"
                )
            whole = parts.testzip() is None
    except (BadZipFile, zlib.error):
        whole, names = False, []
    if not whole:
        # who reads a part no further than its last tag never comes to its sum
        raise Unreadable("文件已损坏，请重新保存 it is damaged; save it anew")
    for name, reader in PACKED.items():
        if name in names:
            return reader
    raise Unreadable(
        "不是.xlsx或者.ods工作簿，请另存为.xlsx it is no .xlsx or .ods workbook; save it as .xlsx"
    )
