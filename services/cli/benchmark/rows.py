"""The rows of a benchmark table: on every sheet that can be seen and has its columns, under the statute that they are of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yifa.enforcement.v1.benchmark_pb2 import Benchmark

from services.cli.benchmark.report import Finding, Report
from services.cli.lists.cell import Cell, Line, Sheet, is_blank
from services.cli.lists.columns import Column, Table
from services.cli.lists.file import read
from services.cli.lists.find import HEAD_LINES, Found, is_note, look, own
from services.cli.lists.reading import Unread, refuse_lost, words

TABLE = Table(
    Benchmark,
    (
        Column("statute", ("sheet", "法律名称", "法律法规名称", "法律法规", "依据名称"), needed=False),
        Column("code", ("序号", "编号", "项目编号", "事项编号", "事项编码", "编码")),
        Column("violation", ("违法行为", "违法事项", "违法行为名称", "违法情形", "处罚事项", "事项名称", "处罚事项名称", "案由")),
        Column("basis", ("法律依据", "法定依据", "处罚依据", "处罚条款", "法律条款", "违法依据和处罚依据", "依据"), needed=False),
        Column("level", ("类别", "裁量阶次", "裁量档次", "裁量等级", "档次", "阶次", "违法程度", "情节程度"), needed=False),
        Column("circumstances", ("裁量情节", "适用条件", "适用情形", "具体情形", "情形", "违法情节", "情节"), needed=False),
        Column("standard", ("裁量标准", "处罚标准", "具体标准", "裁量幅度", "处罚幅度", "处罚裁量标准", "裁量基准", "罚款幅度")),
    ),
    (),
)  # fmt: skip
FIELDS = tuple(column.field for column in TABLE.columns)
# What is merged in these holds for the whole block; it is not said anew in each of its lines.
_ONCE = frozenset(FIELDS) - {"statute"}
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十]+[)）]?、?\s*《?([^《》]+)》?(?:[（(][^（()）]*[)）])?")
_NO_NAME = re.compile(r"(sheet|工作表|表)\s*\d*|\d+", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(r"(\d+)\.0+")
_COUNTRY = "中华人民共和国"


@dataclass(frozen=True)
class Row:
    """One row: where it stands, what its cells say, the cells that cannot be read, and the statute that it is under."""

    sheet: str
    line: int
    cells: dict[str, str]
    statute: str
    lost: frozenset[str] = frozenset()


def rows(file: Path, report: Report) -> Iterator[Row]:
    """The rows of a file, sheet by sheet. Raises ValueError for one that holds no such table, OSError for an unreadable one."""
    nearest, found_any = TABLE.missing({}), False
    for sheet in [*read(file)]:
        if sheet.hidden:
            report.note(sheet.name, 0, "HIDDEN_SHEET")
            continue
        above, whole = _peeked(sheet)
        found = look(TABLE, whole)
        if isinstance(found, list):
            nearest = min(nearest, found, key=len)
            report.note(sheet.name, 0, "NO_TABLE", "、".join(found))
            continue
        found_any = True
        yield from _rows(found, above, report)
    if not found_any:
        raise ValueError(f"缺少列 columns are missing: {'、'.join(nearest)}")


def _peeked(sheet: Sheet) -> tuple[list[str], Sheet]:
    """The texts that stand alone on a line above the head, and the sheet with all its lines."""
    lines = [*sheet.lines]
    above = []
    for line in lines[:HEAD_LINES]:
        if not TABLE.missing(TABLE.find(line.cells, sheet.hidden_columns)):
            break
        said = [words("", cell) for cell in line.cells if not is_blank(cell)]
        above += said if len(said) == 1 else []
    return above, Sheet(sheet.name, lines, sheet.hidden, sheet.hidden_columns)


def _rows(found: Found, above: Sequence[str], report: Report) -> Iterator[Row]:
    name = found.sheet.name
    titles = [title for title in above if "裁量" in title]
    report.titles += [title for title in titles if title not in report.titles]
    statute = "" if _NO_NAME.fullmatch(name) else name
    if not statute:
        statute = next(
            (s for title in reversed(above) if title not in titles and (s := statute_of(title))), ""
        )
    for line in found.lines:
        if said := _alone(line, found):
            heading = _HEADING.fullmatch(said)
            statute = statute_of(said) if heading else statute
            if not heading:
                report.note(name, line.number, "NOTE", said)
            continue
        if line.hidden:
            report.note(name, line.number, "HIDDEN_ROW")
        cells, lost = _cells(line, found.head, name, report)
        yield Row(name, line.number, cells, cells["statute"] or statute, lost)


def statute_of(heading: str) -> str:
    """The statute that a heading names, as 一、《中华人民共和国大气污染防治法》: without number, brackets and country."""
    found = _HEADING.fullmatch(heading.strip())
    return (found[1] if found else heading).strip("《》 ").removeprefix(_COUNTRY)


def _alone(line: Line, found: Found) -> str:
    """The text of a line that is no row: one across columns, or the only one, where the number of an item would stand."""
    held = [(at, cell) for at, cell in own(line, found.head) if not is_blank(cell)]
    if len(held) == 1 and (is_note(line, found.head) or found.head[held[0][0]].field == "code"):
        return words("", held[0][1])
    return ""


def _cells(
    line: Line, head: dict[int, Column], sheet: str, report: Report
) -> tuple[dict[str, str], frozenset[str]]:
    cells, lost = dict.fromkeys(FIELDS, ""), set()
    for place, column in head.items():
        cell = line.cells[place] if place < len(line.cells) else ""
        if place in line.from_above and column.field in _ONCE:
            continue
        try:
            cells[column.field] = _text(column.field, cell)
        except Unread as no:
            lost.add(column.field)
            report.add(
                Finding(
                    sheet,
                    line.number,
                    column.titles[0],
                    "",
                    no.fault.reason,
                    _shown(cell),
                    no.fault.zh,
                    no.fault.en,
                )
            )
    return cells, frozenset(lost)


def _text(field: str, cell: Cell) -> str:
    refuse_lost(field, cell)
    if isinstance(cell, date):
        raise Unread(
            field,
            "IS_DATE",
            "was made a date by the spreadsheet; set the column to text",
            "被表格软件变为日期，请将该列设为文本格式",
        )
    said = words(field, cell)
    whole = _WHOLE_NUMBER.fullmatch(said)
    return whole[1] if whole else said


def _shown(cell: Cell) -> str:
    return str(cell) if isinstance(cell, str | float | date) else ""
