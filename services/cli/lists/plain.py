"""Sheets as bytes and back: what a process of its own read of a file is told as lines of JSON.

A sheet is a line, and then one for each of its lines; what was wrong with one of them stands in its place, and is raised where it
would have been.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from services.cli.lists.cell import Cell, Line, Lost, Sheet
from services.kit.apart import Unreadable


def packed(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """Sheets with all their lines."""
    for sheet in sheets:
        yield _line(
            {"sheet": sheet.name, "hidden": sheet.hidden, "hidden_columns": sorted(sheet.hidden_columns)}
        )
        try:
            for line in sheet.lines:
                yield _line(
                    [line.number, [*map(_plain, line.cells)], line.hidden, line.across, [*line.from_above]]
                )
        except Unreadable as wrong:
            yield _line({"wrong": str(wrong)})


def unpacked(content: bytes) -> list[Sheet]:
    """The same sheets; their lines are made as they are asked for, once."""
    sheets: list[tuple[dict[str, Any], list[bytes]]] = []
    for told in content.split(b"\n")[:-1]:
        if told.startswith(b'{"sheet"'):
            sheets.append((_read(told), []))
        else:
            sheets[-1][1].append(told)
    return [
        Sheet(about["sheet"], _lines(lines), about["hidden"], frozenset(about["hidden_columns"]))
        for about, lines in sheets
    ]


def _line(told: Any) -> bytes:
    return (
        json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
    )


def _read(told: bytes) -> Any:
    return json.loads(told.decode("utf-8", "surrogatepass"))


def _lines(told: list[bytes]) -> Iterator[Line]:
    for each in map(_read, told):
        if isinstance(each, dict):
            raise Unreadable(each["wrong"])
        number, cells, hidden, across, from_above = each
        blocks = tuple((left, right) for left, right in across)
        yield Line(number, tuple(map(_cell, cells)), hidden, blocks, frozenset(from_above))


def _plain(cell: Cell) -> Any:
    if isinstance(cell, str | float):
        return cell
    return {"lost": cell.error} if isinstance(cell, Lost) else {"day": cell.isoformat()[:10]}


def _cell(told: Any) -> Cell:
    if isinstance(told, str | float):
        return told
    return Lost(told["lost"]) if "lost" in told else date.fromisoformat(told["day"])
