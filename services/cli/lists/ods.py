"""A list as an OpenDocument spreadsheet, read as it is written: what is repeated is made only where it holds something."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from math import isfinite
from typing import IO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from services.cli.lists.cell import Block, Cell, Lost, Sheet, is_blank, lines_of
from services.kit.apart import Unreadable

MOST_REPEATED = 10_000
MOST_COLUMNS = 16_384
_OFFICE, _TABLE, _TEXT, _STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text", "style")
)
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
SPACES = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
NUMBERS = ("float", "percentage", "currency")


def sheets(data: bytes) -> Iterator[Sheet]:
    """The tables. Raises ValueError for a document that cannot be read."""
    try:
        with ZipFile(BytesIO(data)) as parts:
            if "META-INF/manifest.xml" in parts.namelist() and b"encryption-data" in parts.read(
                "META-INF/manifest.xml"
            ):
                raise Unreadable(
                    "设有密码，请取消密码后另存 it is locked with a password; save it without one"
                )
            with parts.open("content.xml") as content:
                yield from tables(content)
    except (ElementTree.ParseError, KeyError, OSError) as wrong:
        raise Unreadable(f"文件已损坏 it is damaged; save it anew as .xlsx 请另存为.xlsx: {wrong}") from None


def tables(content: IO[bytes]) -> Iterator[Sheet]:
    unseen_styles: set[str] = set()
    depth, table = 0, Table("")
    # expat bounds what entities amplify, and fetches nothing
    for event, element in ElementTree.iterparse(content, ("start", "end")):  # noqa: S314
        if element.tag == f"{_TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                hidden = element.get(f"{_TABLE}style-name", "") in unseen_styles
                table = Table(element.get(f"{_TABLE}name", ""), hidden)
            elif depth == 0:
                yield table.sheet()
                element.clear()
        elif event == "end" and element.tag == f"{_STYLE}style":
            look = element.find(f"{_STYLE}table-properties")
            if look is not None and look.get(f"{_TABLE}display") == "false":
                unseen_styles.add(element.get(f"{_STYLE}name", ""))
        elif event == "end" and depth == 1 and element.tag == f"{_TABLE}table-column":
            table.add_column(element)
        elif event == "end" and depth == 1 and element.tag == f"{_TABLE}table-row":
            table.add_row(element)
            element.clear()


class Table:
    """A table as it is read, row by row."""

    def __init__(self, name: str, hidden: bool = False):
        self.name, self.hidden = name, hidden
        self.rows: list[tuple[int, list[Cell]]] = []
        self.blocks: list[Block] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.last_row = self.last_column = 0

    def sheet(self) -> Sheet:
        lines = lines_of(self.rows, self.blocks, self.hidden_rows)
        return Sheet(self.name, lines, self.hidden, frozenset(self.hidden_columns))

    def add_column(self, column: Element) -> None:
        first, self.last_column = self.last_column, self.last_column + repeated(column, "columns")
        if is_unseen(column):
            self.hidden_columns.update(range(first, min(self.last_column, MOST_COLUMNS)))

    def add_row(self, row: Element) -> None:
        """A row, as often as it is repeated; one without anything in it is only counted."""
        first, times = self.last_row + 1, repeated(row, "rows")
        self.last_row += times
        cells = self.cells_of(row, first)
        if all(map(is_blank, cells)):
            return
        if times > MOST_REPEATED:
            raise Unreadable(
                f"第{first}行重复{times}次，请删除名单以外的内容 "
                f"row {first} is repeated {times} times; delete what is no part of the list"
            )
        numbers = range(first, first + times)
        self.rows += [(number, cells) for number in numbers]
        if is_unseen(row):
            self.hidden_rows.update(numbers)

    def cells_of(self, row: Element, number: int) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        for cell in row:
            if cell.tag not in CELLS:
                continue
            value, times = value_of(cell), repeated(cell, "columns")
            if not is_blank(value):
                cells += [""] * (column - len(cells)) + [value] * min(times, MOST_COLUMNS)
            down, right = (count_in(cell, f"{_TABLE}number-{way}-spanned") for way in ("rows", "columns"))
            if down > 1 or right > 1:
                self.blocks.append(Block(number - 1, column, number + down - 2, column + right - 1))
            column += times
        return cells


def repeated(element: Element, what: str) -> int:
    return count_in(element, f"{_TABLE}number-{what}-repeated")


def count_in(element: Element, name: str) -> int:
    """How many an attribute says; one where it says nothing. Raises ValueError."""
    said = element.get(name, "1")
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise Unreadable(
            f"文件已损坏，请另存为.xlsx it is damaged, save it anew as .xlsx: {name.rpartition('}')[2]} “{said[:40]}”"
        )
    return int(said)


def is_unseen(element: Element) -> bool:
    return element.get(f"{_TABLE}visibility", "visible") != "visible"


def value_of(cell: Element) -> Cell:
    """What stands in a cell: a day as a date, a number as a number. What a block covers holds nothing."""
    if cell.tag == CELLS[1]:
        return ""
    kind, shown = cell.get(f"{_OFFICE}value-type", ""), shown_in(cell)
    if cell.get(f"{_CALC}value-type") == "error":
        return Lost(shown)
    if kind == "date" or (kind in NUMBERS and not (shown.startswith("#") or shown.startswith("Err:"))):
        held = day_or_number(cell, kind)
        return Lost(shown) if held is None else held
    if not kind and not shown and cell.get(f"{_TABLE}formula"):
        return Lost()
    return shown or cell.get(f"{_OFFICE}string-value", "")


def day_or_number(cell: Element, kind: str) -> date | float | None:
    """None where a cell says that it holds one, and holds none: what it shows is of nobody's making."""
    try:
        if kind == "date":
            return date.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:10])
        number = float(cell.get(f"{_OFFICE}value", "nan"))
    except ValueError:
        return None
    return number if isfinite(number) else None


def shown_in(cell: Element) -> str:
    return "\n".join(said(part) for part in cell if part.tag == f"{_TEXT}p")


def said(element: Element) -> str:
    """The text of a paragraph, its spaces written out, without notes."""
    text = element.text or ""
    for part in element:
        space = SPACES.get(part.tag)
        if space is not None:
            text += space * count_in(part, f"{_TEXT}c")
        elif part.tag != f"{_OFFICE}annotation":
            text += said(part)
        text += part.tail or ""
    return text
