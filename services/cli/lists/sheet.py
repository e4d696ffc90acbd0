"""The cells of a CSV file or a workbook, line by line."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

Cell = str | float | date
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
ENCODINGS = ("utf-8-sig", "gb18030")
# A cell that begins so would be run as a formula by a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Line:
    """One line and where it stands in the file, from 1. Bytes that are no text stand in its cells as lone surrogates."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def blank(self) -> bool:
        return not any(str(cell).strip() for cell in self.cells)


def read(file: Path) -> Iterator[Line]:
    """The lines of a file that are not blank. Raises ValueError for one that is no such file, OSError if it cannot be read."""
    lines = workbook(file) if file.suffix.lower() in WORKBOOKS else text(file.read_bytes())
    return (line for line in lines if not line.blank)


def workbook(file: Path) -> Iterator[Line]:
    """The first sheet. A day comes as a date, a number as a number."""
    file.open("rb").close()
    try:
        rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as wrong:
        raise ValueError(f"{file.name} cannot be read as a workbook: {wrong}") from None
    for number, row in enumerate(rows, 1):
        yield Line(number, tuple(plain(cell) for cell in row))


def plain(cell: Any) -> Cell:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, bool):
        return str(cell)
    return (
        float(cell) if isinstance(cell, int) else cell if isinstance(cell, str | float | date) else str(cell)
    )


def text(data: bytes) -> Iterator[Line]:
    """A CSV file in whatever encoding and with whatever separator it was saved."""
    decoded = data.decode(encoding_of(data), "surrogateescape")
    head = decoded[:4096]
    separator = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(decoded, newline=""), delimiter=separator)
    above = 0
    try:
        for cells in reader:
            yield Line(above + 1, tuple(cells))
            above = reader.line_num
    except csv.Error as wrong:
        raise ValueError(f"line {above + 1} is no CSV: {wrong}") from None


def encoding_of(data: bytes) -> str:
    """The encoding that leaves the fewest bytes unread: UTF-8 with or without a mark, GB 18030 (which holds GBK), UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return min(ENCODINGS, key=lambda name: unread(data, name))


def unread(data: bytes, encoding: str) -> int:
    """How many bytes are no text in an encoding."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return sum(map(lone, data.decode(encoding, "surrogateescape")))
    return 0


def lone(character: str) -> bool:
    """Whether this stands for a byte that was no text."""
    return "\udc80" <= character <= "\udcff"


def write(file: Path, head: Sequence[object], rows: Sequence[Sequence[object]]) -> int:
    """A list as CSV (which Excel opens as UTF-8) or as a workbook, by the name of the file. Raises OSError."""
    if file.suffix.lower() == ".xlsx":
        write_workbook(file, head, rows)
    else:
        write_text(file, head, rows)
    return len(rows)


def write_text(file: Path, head: Sequence[object], rows: Sequence[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(head)
        for row in rows:
            cells = [str(cell) for cell in row]
            writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])


def write_workbook(file: Path, head: Sequence[object], rows: Sequence[Sequence[object]]) -> None:
    """Every cell is text: a spreadsheet rounds the digits of an id number that it takes for a number."""
    file.open("wb").close()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        as_text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(head) - 1, 22, as_text)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [str(title) for title in head], bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, str(cell), as_text)
