"""Two databases of one service held against each other, row by row, and what is taken over from the one into the other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, func, insert, not_, select

PAGE = 500


@dataclass(frozen=True)
class Difference:
    """A row that is otherwise: `what` is "only live", "only rebuilt", or the columns that differ with both their values."""

    table: str
    key: str
    what: str


def key_of(table: Table) -> Any:
    [column] = table.primary_key.columns
    return column


def pages(connection: Connection, table: Table, but: Any = None, *columns: Any) -> Iterator[list[Any]]:
    """All rows of a table, or some columns of them, by their keys; without those to which a condition applies."""
    key, last = key_of(table), None
    while True:
        wanted = select(*(columns or table.columns)).order_by(key).limit(PAGE)
        if but is not None:
            wanted = wanted.where(not_(but))
        if last is not None:
            wanted = wanted.where(key > last)
        rows = list(connection.execute(wanted))
        if not rows:
            return
        yield rows
        last = rows[-1]._mapping[key]


def differences(live: Connection, rebuilt: Connection, table: Table, but: Any = None) -> Iterator[Difference]:
    """What differs in a table, row by row."""
    key = key_of(table)
    for rows in pages(live, table, but):
        names = [row._mapping[key] for row in rows]
        found = {row._mapping[key]: row for row in rebuilt.execute(select(table).where(key.in_(names)))}
        for name, row in zip(names, rows, strict=True):
            if (other := found.get(name)) is None:
                yield Difference(table.name, str(name), "only live")
            elif said := unlike(row._mapping, other._mapping):
                yield Difference(table.name, str(name), said)
    for some in pages(rebuilt, table, but, key):
        names = [row[0] for row in some]
        there = {row[0] for row in live.execute(select(key).where(key.in_(names)))}
        for name in names:
            if name not in there:
                yield Difference(table.name, str(name), "only rebuilt")


def unlike(row: Mapping[Any, Any], other: Mapping[Any, Any]) -> str:
    """The columns that differ, each with what is live and what was rebuilt."""
    return "; ".join(
        f"{name}: {said(row[name])} ≠ {said(other[name])}" for name in row if row[name] != other[name]
    )


def said(value: Any) -> str:
    text = f"<{len(value)} bytes>" if isinstance(value, bytes) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def carry(live: Connection, rebuilt: Connection, table: Table, only: Any = None) -> None:
    """Put the live rows of a table, or those to which a condition applies, in the place of what is there."""
    rebuilt.execute(delete(table).where(only) if only is not None else delete(table))
    for rows in pages(live, table, not_(only) if only is not None else None):
        rebuilt.execute(insert(table), [dict(row._mapping) for row in rows])


def carry_new(live: Connection, rebuilt: Connection, table: Table) -> None:
    """The rows of a table to which rows are only ever added: those that are not there yet."""
    key = key_of(table)
    last = rebuilt.execute(select(func.max(key))).scalar()
    wanted = select(table).order_by(key)
    if last is not None:
        wanted = wanted.where(and_(key > last))
    found = live.execute(wanted)
    while rows := found.fetchmany(PAGE):
        rebuilt.execute(insert(table), [dict(row._mapping) for row in rows])
