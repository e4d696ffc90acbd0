"""Small workbooks as offices keep them, for tests: with what is hidden, merged, computed and repeated in them."""

import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from services.cli.lists.bring import rows_of
from services.cli.lists.cell import Line
from services.cli.lists.columns import TABLES
from services.cli.lists.file import read
from services.cli.lists.find import find
from services.cli.lists.report import Report
from tests.registry.lists import HEAD, number_of

Draw = Callable[[Any], None]


def read_list(file: Path, kind: str = "officers", sheet: str = "") -> tuple[list[Any], Report]:
    """The rows of a list as they would be sent, and what is told of it before that."""
    report = Report()
    found = find(TABLES[kind], file, sheet, report)
    return [*rows_of(TABLES[kind], found, report)], report


def lines_in(file: Path) -> list[Line]:
    """All lines of a file."""
    return [line for sheet in read(file) for line in sheet.lines]


def line(n: int, **other: Any) -> list[Any]:
    """A line under HEAD; `other` by the titles."""
    cells = [f"示例{n}", number_of(n), "示例执法机关", "执法大队", "执法岗", "行政编制", ""]
    return [other.get(title, cell) for title, cell in zip(HEAD, cells, strict=True)]


def book(file: Path, **sheets: Sequence[Sequence[Any]] | Draw) -> Path:
    """An .xlsx with sheets by their names, each of lines or drawn by a function."""
    with xlsxwriter.Workbook(file) as made:
        for name, content in sheets.items():
            sheet = made.add_worksheet(name)
            if callable(content):
                content(sheet)
            else:
                fill(sheet, content)
        sheet.activate()
    return file


def fill(sheet: Any, lines: Iterable[Sequence[Any]], top: int = 0) -> None:
    for number, cells in enumerate(lines, top):
        sheet.write_row(number, 0, cells)


def patched(file: Path, part: str, old: str, new: str) -> Path:
    """A workbook in which one of its parts says something else."""
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return file


def document(file: Path, tables: str, styles: str = "", manifest: str = "") -> Path:
    """An .ods with this XML of tables in it."""
    names = ("office", "table", "text", "style")
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {spaces} {calc}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        packed.writestr("content.xml", content)
    return file


def row(cells: Sequence[str], about: str = "") -> str:
    """A row of an .ods; a cell that begins with < is written as it is."""
    inner = "".join(c if c.startswith("<") else cell_of('office:value-type="string"', c) for c in cells)
    return f"<table:table-row {about}>{inner}</table:table-row>"


def cell_of(about: str, shown: str) -> str:
    return f"<table:table-cell {about}><text:p>{shown}</text:p></table:table-cell>"
