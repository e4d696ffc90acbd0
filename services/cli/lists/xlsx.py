"""A list as a workbook of Excel 2007 and later: the cells by calamine, and beside them what calamine does not tell.

That is which rows and columns are hidden, and which formulas ended in an error or were never worked out.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from services.cli.lists.cell import Block, Cell, Line, Lost, Sheet, lines_of
from services.kit.apart import Unreadable

MOST_CELLS = 16_000_000
_DIGITS = "0123456789"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_TRUE = ("1", "true")


def sheets(data: bytes) -> Iterator[Sheet]:
    """The worksheets. Raises ValueError for a workbook that cannot be read or is larger than any list."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        with ZipFile(BytesIO(data)) as parts:
            places = parts_of_sheets(parts)
            for about in book.sheets_metadata:
                if about.typ is SheetTypeEnum.WorkSheet:
                    yield sheet(book, about, parts.read(places[about.name]))
    except (CalamineError, expat.ExpatError, ElementTree.ParseError, KeyError, OSError) as wrong:
        raise Unreadable(
            f"工作簿已损坏 the workbook is damaged; save it anew as .xlsx 请另存为.xlsx: {wrong}"
        ) from None


def sheet(book: CalamineWorkbook, about: Any, part: bytes) -> Sheet:
    if about.visible is not SheetVisibleEnum.Visible:
        return Sheet(about.name, (), hidden=True)
    aside = Aside(part)
    return Sheet(about.name, lines(book, about.name, aside), hidden_columns=frozenset(aside.columns))


def lines(book: CalamineWorkbook, name: str, aside: "Aside") -> Iterator[Line]:
    if aside.last_row * aside.last_column > MOST_CELLS:
        raise Unreadable(
            f"工作表“{name}”延伸至第{aside.last_row}行、第{aside.last_column}列，请删除名单以外的内容 "
            f'the sheet "{name}" reaches to row {aside.last_row}, column {aside.last_column}; '
            "delete what is no part of the list"
        )
    found = book.get_sheet_by_name(name)
    blocks = [Block(*first, *last) for first, last in found.merged_cell_ranges or ()]
    return lines_of(cells_of(found, aside.lost), blocks, aside.rows)


def cells_of(found: CalamineSheet, lost: dict[int, dict[int, Lost]]) -> Iterator[tuple[int, list[Cell]]]:
    """Each row with its number, from the first that holds anything. A day comes as a date, a number as a number."""
    top, left = found.start or (0, 0)
    rows = iter(found.iter_rows()) if found.start else iter(())
    number = top
    for number, row in enumerate(rows, top + 1):
        cells = [""] * left + [plain(cell) for cell in row]
        yield number, overlaid(cells, lost.get(number, {}))
    for below in sorted(n for n in lost if not top < n <= number):
        yield below, overlaid([], lost[below])


def overlaid(cells: list[Cell], lost: dict[int, Lost]) -> list[Cell]:
    for column, value in lost.items():
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = value
    return cells


def plain(cell: Any) -> Cell:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, str | float):
        return cell
    return cell if hasattr(cell, "toordinal") else str(cell)


def parts_of_sheets(parts: ZipFile) -> dict[str, str]:
    """Where in the file each sheet stands, by its name."""
    # expat bounds what entities amplify, and fetches nothing
    links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    book = ElementTree.fromstring(parts.read("xl/workbook.xml"))  # noqa: S314
    named = {
        s.get("name", ""): targets[s.get(_ID) or s.get(_STRICT_ID)] for s in book.iter() if kind(s) == "sheet"
    }
    return {name: at[1:] if at.startswith("/") else f"xl/{at}" for name, at in named.items()}


def kind(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


class Aside:
    """What a part of a workbook says of its sheet beside the values: rows and columns count as in a line and its cells.

    Nearly all cells are plain; only for a formula or an error is the parser asked what stands in it.
    """

    def __init__(self, part: bytes):
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self.lost: dict[int, dict[int, Lost]] = {}
        self.last_row = self.last_column = 0
        self._row, self._column, self._type, self._text = 0, -1, "", ""
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.Parse(part, True)

    def _start(self, name: str, about: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            place = about.get("r", "").rstrip(_DIGITS)
            self._column = column_of(place) if place else self._column + 1
            self._type = about.get("t", "n")
        elif name in {"v", "is"}:
            self.last_row, self.last_column = self._row, max(self.last_column, self._column + 1)
            self._text = ""
            if self._type == "e":
                self._listen(True)
        elif name == "f":
            self._text = ""
            self._listen(True)
        elif name == "row":
            self._row, self._column = int(about.get("r", self._row + 1)), -1
            if about.get("hidden") in _TRUE or about.get("ht") == "0":
                self.rows.add(self._row)
        elif name == "col" and (about.get("hidden") in _TRUE or about.get("width") == "0"):
            self.columns.update(range(int(about["min"]) - 1, int(about["max"])))

    def _listen(self, on: bool) -> None:
        self._parser.CharacterDataHandler = self._heard if on else None
        self._parser.EndElementHandler = self._end if on else None

    def _heard(self, text: str) -> None:
        self._text += text

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "f":
            self._text = ""
        elif name == "c":
            self._listen(False)
            if self._type == "e" or not (self._text or self._type == "str"):
                self.lost.setdefault(self._row, {})[self._column] = Lost(self._text)


@cache
def column_of(letters: str) -> int:
    """The column of its letters, from 0: A, B … Z, AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
