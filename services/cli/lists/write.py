"""A list as a file: CSV or a workbook."""

import csv
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

# A cell that begins so would be run as a formula by a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
