"""Where in a file the list stands: on which sheet, under which head, and which lines of it are rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from services.cli.lists.cell import Cell, Line, Sheet, is_blank
from services.cli.lists.columns import Column, Table
from services.cli.lists.file import read
from services.cli.lists.report import Note, Report
from services.node.failure import Failure

HEAD_LINES = 10
NAMED = 20
"""So many lines are named in a note."""


@dataclass(frozen=True)
class Found:
    """A list under its head."""

    sheet: Sheet
    head: dict[int, Column]
    lines: Sequence[Line]


def find(table: Table, file: Path, named: str, report: Report) -> Found:
    """The list of a file: on the one sheet that can be seen and has its columns, or on the sheet that is named.

    Raises Failure for a file without one, or with more than one; ValueError, OSError for one that cannot be read.
    """
    sheets = [*read(file)]
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    if named in hidden:
        raise Failure(f"{file}: 工作表“{named}”是隐藏的，请先取消隐藏 this sheet is hidden; unhide it first")
    if named and all(sheet.name != named for sheet in sheets):
        raise Failure(f"{file}: 没有工作表“{named}” no such sheet; it has {quoted(s.name for s in sheets)}")
    looked_at = [sheet for sheet in sheets if not sheet.hidden and named in ("", sheet.name)]
    looks = [look(table, sheet) for sheet in looked_at]
    found = [one for one in looks if isinstance(one, Found)]
    # A form to be filled in may stand beside the one that was.
    filled = [one for one in found if one.lines] or found[:1]
    if len(filled) > 1:
        names = quoted(one.sheet.name for one in filled)
        raise Failure(
            f"{file}: 多个工作表都有名单，请用 --sheet 指定其一 more than one sheet holds a list, name one with --sheet: {names}"
        )
    if not filled:
        nearest = min(
            (one for one in looks if not isinstance(one, Found)), key=len, default=table.missing({})
        )
        raise Failure(f"{file}: {where(looked_at, hidden)}缺少列 columns are missing: {'、'.join(nearest)}")
    [one] = filled
    report.sheet = one.sheet.name
    report.notes += notes_on(one, hidden)
    return one


def look(table: Table, sheet: Sheet) -> Found | list[str]:
    """The list on a sheet; a list may have titles above it. The columns that its nearest line lacks, if it has no list."""
    lines = iter(sheet.lines)
    nearest = table.missing({})
    for line in islice(lines, HEAD_LINES):
        head = table.find(line.cells, sheet.hidden_columns)
        missing = table.missing(head)
        if not missing:
            return Found(sheet, head, [*filled_in(head, line, lines)])
        nearest = min(nearest, missing, key=len)
    return nearest


def filled_in(head: dict[int, Column], titles: Line, lines: Iterator[Line]) -> Iterator[Line]:
    """The lines under a head that hold something of the list; a head that is printed again is none of them."""
    for line in lines:
        printed_again = all(
            line.cells[place : place + 1] == titles.cells[place : place + 1] for place in head
        )
        if not printed_again and not is_empty(line, head):
            yield line


def is_note(line: Line, head: dict[int, Column]) -> bool:
    """Whether a line is one text across columns of the list and nothing else, as who filled it in and when."""
    return any(
        sum(left <= place <= right for place in head) > 1
        and all(is_blank(cell) for place, cell in own(line, head) if not left <= place <= right)
        for left, right in line.across
    )


def is_empty(line: Line, head: dict[int, Column]) -> bool:
    """Whether a line holds nothing of its own in any column of the list, as one of a form that was numbered beforehand."""
    return all(is_blank(cell) for _, cell in own(line, head))


def own(line: Line, head: dict[int, Column]) -> Iterator[tuple[int, Cell]]:
    """What a line holds itself in the columns of the list."""
    return ((at, cell) for at, cell in enumerate(line.cells) if at in head and at not in line.from_above)


def notes_on(found: Found, hidden: Sequence[str]) -> Iterator[Note]:
    """What of a file was read though nobody sees it, and what was not."""
    if hidden:
        yield Note(f"隐藏的工作表未读取：{quoted(hidden)}", f"hidden sheets were not read: {quoted(hidden)}")
    columns = [c.titles[0] for place, c in found.head.items() if place in found.sheet.hidden_columns]
    if columns:
        said = "、".join(columns)
        yield Note(
            f"以下列是隐藏的，已一并读取：{said}", f"these columns are hidden and were read too: {said}"
        )
    if rows := [line.number for line in found.lines if line.hidden and not is_note(line, found.head)]:
        yield Note(
            f"以下行是隐藏的，已一并读取：{numbers(rows)}；不应在名单中的请删除后再导入",
            f"these rows are hidden and were read too: {numbers(rows)}; delete those that do not belong to the list",
        )
    if rows := [line.number for line in found.lines if is_note(line, found.head)]:
        yield Note(
            f"以下行跨列合并，视为说明，未作为名单读取：{numbers(rows)}",
            f"these rows are merged across columns, so they are notes and no part of the list: {numbers(rows)}",
        )


def where(looked_at: Sequence[Sheet], hidden: Sequence[str]) -> str:
    """The sheets that a message is about."""
    said = f"工作表 sheets {quoted(s.name for s in looked_at)} " if any(s.name for s in looked_at) else ""
    return said + (f"（隐藏的未读取 hidden, not read: {quoted(hidden)}）" if hidden else "")


def quoted(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def numbers(rows: Sequence[int]) -> str:
    more = f" … ({len(rows)})" if len(rows) > NAMED else ""
    return ", ".join(map(str, rows[:NAMED])) + more
