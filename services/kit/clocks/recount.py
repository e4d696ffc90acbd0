"""A year was proclaimed: the clocks that lean on it, counted anew in bounded batches.

Every batch is a transaction that leaves behind how far it got, so a crash at any instant costs one batch and does none
twice; and a clock that is counted a second time does not move again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    cast,
    select,
    type_coerce,
)
from yifa.law.v1.calendar_pb2 import CalendarYear

from services.kit.clocks.change import settle
from services.kit.clocks.count import clock_held, clock_of, ends
from services.kit.clocks.row import MET, ClockRow
from services.kit.sql import table_of, update_of
from services.kit.store import micros
from services.kit.tx import Tx
from services.law.calendar import Calendar
from services.law.clock import due
from services.law.parameters import Layers
from services.law.term import moment as local_moment

BATCH = 1000

_DAY, _CHINA = 86_400_000_000, 8 * 3_600_000_000


@dataclass(frozen=True, slots=True)
class Recounted:
    """A clock that another calendar changed. `row` is there when its end moved; else it is only certain, or no longer."""

    clock_id: str
    subject: str
    provisional: bool
    old_due_time: datetime | None = None
    row: ClockRow | None = None

    @property
    def moved(self) -> bool:
        return self.row is not None


@dataclass(frozen=True)
class ClockKeeping:
    """The clocks of a service, and what it does about those that a proclaimed year changed."""

    kind: type[ClockRow]
    on_recounted: Callable[[Tx, CalendarYear, list[Recounted]], None]


@dataclass(frozen=True)
class Progress:
    """How far the recount of a year has got: the key after which it goes on, None at the end."""

    cursor: str | None
    seen: int
    moved: int


def recount(tx: Tx, keeping: ClockKeeping, year: CalendarYear, cursor: str, limit: int = BATCH) -> Progress:
    """Count the next clocks anew, in the order of their keys: the clocks of a record stand together."""
    table = table_of(keeping.kind)
    read = tx.batch.connection.execute
    last = read(_bound(table), {"after": cursor, "skipped": limit - 1}).scalar()
    rows = read(_leaning(table, last is not None), _bounds(year.year, cursor, last)).all()
    changed = _Counted(tx, keeping.kind).changed(rows)
    if changed:
        keeping.on_recounted(tx, year, changed)
    moved = sum(found.row is not None and found.row.state != MET for found in changed)
    return Progress(last, len(rows), moved)


@cache
def _bound(table: Table) -> Any:
    """The last key of the next batch, if there are that many: what one batch looks at is bounded, found or not."""
    further = select(table.c.key).where(table.c.key > bindparam("after", type_=String))
    return further.order_by(table.c.key).limit(1).offset(bindparam("skipped", type_=Integer))


@cache
def _leaning(table: Table, bounded: bool) -> Any:
    """The clocks of a batch that lean on a year: few columns, and none that takes time to read."""
    start, due_time = type_coerce(table.c.start_time, BigInteger), type_coerce(table.c.due_time, BigInteger)
    plain = and_(*(cast(column, String) == "[]" for column in (table.c.excluded, table.c.extensions)))
    wanted = select(
        table.c.key,
        table.c.subject,
        table.c.clock_id,
        table.c.sector,
        start.label("start"),
        due_time.label("due"),
        table.c.provisional,
        plain.label("plain"),
    ).where(
        table.c.key > bindparam("after", type_=String),
        due_time >= bindparam("first", type_=BigInteger),
        start < bindparam("end", type_=BigInteger),
    )
    if bounded:
        wanted = wanted.where(table.c.key <= bindparam("last", type_=String))
    return wanted.order_by(table.c.key)


def _bounds(year: int, after: str, last: str | None) -> dict[str, Any]:
    first, end = (micros(local_moment(day)) for day in (first_day(year), date(year + 1, 1, 1)))
    return {"after": after, "first": first, "end": end, **({"last": last} if last is not None else {})}


class _Counted:
    """The clocks of one batch by the calendar of today. What started on one day under one rule ends together."""

    def __init__(self, tx: Tx, kind: type[ClockRow]):
        self.tx, self.kind = tx, kind

    def changed(self, rows: Sequence[Any]) -> list[Recounted]:
        """Count clocks anew. A clock whose end stays is not loaded to say that it is certain: most are such."""
        certain, keys = [], []
        held, parameters, calendar = self.tx.batch.rows, self.tx.parameters, self.tx.calendar
        for row in rows:
            day = (row.start + _CHINA) // _DAY
            end = _end(parameters, calendar, row.clock_id, row.sector, day) if row.plain else None
            if end is None or end[0] != row.due or (self.kind, row.key) in held:
                keys.append(row.key)
            elif end[1] != row.provisional:
                certain.append((row, end[1]))
        if certain:
            self.tx.wide = True
            values = [{"key": row.key, "provisional": provisional} for row, provisional in certain]
            self.tx.batch.run(update_of(self.kind, ("provisional",)), values)
        self.tx.load(self.kind, keys)
        found = [self.again(self.tx.get(self.kind, key)) for key in keys]
        return [
            *(Recounted(row.clock_id, row.subject, provisional) for row, provisional in certain),
            *(each for each in found if each is not None),
        ]

    def again(self, row: ClockRow) -> Recounted | None:
        """Count one clock anew. None if it stays as it is."""
        old = row.due_time
        clock = clock_of(self.tx.parameters, row)
        end = ends(clock, row, self.tx.calendar, self.tx.now)
        # The party was told until when it has time: a later calendar may give it more, and takes nothing back.
        stays = end.at == old or (clock.who == "party" and end.at < old)
        if stays and end.provisional == row.provisional:
            return None
        row.provisional = end.provisional
        if stays:
            return Recounted(row.clock_id, row.subject, end.provisional)
        settle(self.tx, row)
        return Recounted(row.clock_id, row.subject, end.provisional, old, row)


@lru_cache(16384)
def _end(
    parameters: Layers, calendar: Calendar, clock_id: str, sector: str, number: int
) -> tuple[int, bool] | None:
    """When a clock ends that started on a day, and whether that is provisional; None if it depends on the hour."""
    day = date(1970, 1, 1) + timedelta(days=number)
    clock = clock_held(parameters, clock_id, day, sector)
    if clock.term_on(day).unit == "hour":
        return None
    end = due(clock, day, calendar)
    return micros(end.at), end.provisional


def first_day(year: int) -> date:
    """The first day that a year's notice can change: its New Year holiday may reach back into December."""
    return date(year - 1, 12, 1)
