"""A list as a workbook of Excel 97 to 2003."""

import io
from collections.abc import Iterator
from typing import Any

import xlrd

from services.cli.lists.cell import Block, Cell, Line, Lost, Sheet, lines_of
from services.kit.apart import Unreadable


def sheets(data: bytes) -> Iterator[Sheet]:
    """The worksheets. Raises ValueError for a workbook that cannot be read."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except MemoryError:
        raise
    except Exception as wrong:
        # xlrd meets damage with whatever its own reading ran into.
        raise Unreadable(
            f"工作簿已损坏或者设有密码，请另存为.xlsx "
            f"the workbook is damaged or locked; save it anew as .xlsx: {wrong or type(wrong).__name__}"
        ) from None
    for found in book.sheets():
        columns = frozenset(n for n, about in found.colinfo_map.items() if about.hidden or about.width == 0)
        yield Sheet(found.name, lines(book, found), bool(found.visibility), columns)


def lines(book: Any, found: Any) -> Iterator[Line]:
    hidden = {n + 1 for n, about in found.rowinfo_map.items() if about.hidden or about.height == 0}
    blocks = [Block(top, left, bottom - 1, right - 1) for top, bottom, left, right in found.merged_cells]
    rows = ((n + 1, [plain(cell, book.datemode) for cell in found.row(n)]) for n in range(found.nrows))
    return lines_of(rows, blocks, hidden)


def plain(cell: Any, datemode: int) -> Cell:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Lost(xlrd.error_text_from_code.get(cell.value, "#?"))
    if cell.ctype == xlrd.XL_CELL_DATE and cell.value >= 1:
        try:
            return xlrd.xldate.xldate_as_datetime(cell.value, datemode).date()
        except (ValueError, OverflowError):
            return float(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value))
    return float(cell.value) if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE) else str(cell.value)
