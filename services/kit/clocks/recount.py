"""Clocks counted anew in bounded batches: those that lean on a year that was proclaimed, or on law data that was corrected.

Every batch is a transaction that leaves behind how far it got, so a crash at any instant costs one batch and does none
twice; and a clock that is counted a second time does not move again.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property, lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    cast,
    or_,
    select,
    type_coerce,
)
from yifa.law.v1.calendar_pb2 import CalendarYear
from yifa.law.v1.law_pb2 import Correction

from services.kit.clocks.change import arrange, settle
from services.kit.clocks.count import clock_held, clock_of, ends, started_on
from services.kit.clocks.row import MET, ClockRow
from services.kit.clocks.show import citation, receipt
from services.kit.sql import table_of, update_of
from services.kit.store import micros
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI, Calendar
from services.law.clock import catalogue, due
from services.law.counted import counts_by, shown_of, years_of
from services.law.edition import differing, hash_of, plain
from services.law.parameters import Layers
from services.law.term import moment as local_moment

log = logging.getLogger(__name__)
BATCH = 1000

_DAY, _CHINA = 86_400_000_000, 8 * 3_600_000_000


@dataclass(frozen=True, slots=True)
class Recounted:
    """A clock that another calendar or other law data changed. `row` is there when its end moved, and `because` says why, as the
    fields of the event; else it is only certain, or no longer, or rests on another article (`law`).
    """

    clock_id: str
    subject: str
    provisional: bool
    old_due_time: datetime | None = None
    row: ClockRow | None = None
    law: str = ""
    because: Mapping[str, Any] = field(default_factory=dict)

    @property
    def moved(self) -> bool:
        return self.row is not None


@dataclass(frozen=True)
class ClockKeeping:
    """The clocks of a service, and what it does about those that changed when they were counted anew.

    judge_again: does the next batch of what else was judged here by law data that was corrected; given how far that has got, it
    says how far it is now, None at the end.
    """

    kind: type[ClockRow]
    on_recounted: Callable[[Tx, list[Recounted]], None]
    judge_again: "Callable[[Tx, Corrected, str], str | None] | None" = None


@dataclass(frozen=True)
class Progress:
    """How far a recount has got: the key after which it goes on, None at the end."""

    cursor: str | None
    seen: int
    moved: int


def days_of(row: Any) -> dict[str, date | None]:
    """The rows of the law data by which a clock is counted, each with the day of which it holds."""
    start, end = started_on(row), row.due_time.astimezone(SHANGHAI).date()
    held = {name: end if name.startswith("warning.") else start for name in counts_by(row.clock_id)}
    return held | dict.fromkeys(years_of(start, end))


@dataclass(frozen=True)
class Corrected:
    """Law data is otherwise than it was: the editions that counted here, by their marks, and the mark of the one in force."""

    known: Mapping[str, Mapping[str, str]]
    mark: str

    def rows(self, row: Any) -> tuple[str, ...]:
        """What is otherwise now of all that a clock was counted by."""
        return self.among(days_of(row), row.edition, row.sector)

    def among(self, names: Mapping[str, date | None], mark: str, sector: str) -> tuple[str, ...]:
        """Which of some rows are otherwise now than in an edition, as they hold on their days; none for one that is not known."""
        old, new = self.known.get(mark), self.known[self.mark]
        if old is None or mark == self.mark:
            return ()
        return tuple(
            n for n, on in names.items() if hash_of(old, n, sector, on) != hash_of(new, n, sector, on)
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """All rows in which an edition that counted here is otherwise."""
        new = self.known[self.mark]
        return frozenset(plain(name) for old in self.known.values() for name in differing(old, new))


def recount(
    tx: Tx, keeping: ClockKeeping, why: CalendarYear | Corrected, cursor: str, limit: int = BATCH
) -> Progress:
    """Count the next clocks anew, in the order of their keys: the clocks of a record stand together."""
    table = table_of(keeping.kind)
    read = tx.batch.connection.execute
    last = read(_bound(table), {"after": cursor, "skipped": limit - 1}).scalar()
    if isinstance(why, Corrected):
        rows = read(_counted_otherwise(table, why, cursor, last)).all()
        changed = _corrected(tx, keeping.kind, why, [row.key for row in rows])
    else:
        rows = read(_leaning(table, last is not None), _bounds(why.year, cursor, last)).all()
        changed = _Counted(tx, keeping.kind, why).changed(rows)
    if changed:
        keeping.on_recounted(tx, changed)
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

    def __init__(self, tx: Tx, kind: type[ClockRow], year: CalendarYear):
        self.tx, self.kind = tx, kind
        self.because = {"calendar_year": year.year, "source": year.source}

    def changed(self, rows: Sequence[Any]) -> list[Recounted]:
        """Count clocks anew. A clock whose end stays is not loaded to say that it is certain: most are such."""
        certain, keys = [], []
        held, parameters, calendar = self.tx.batch.rows[self.kind], self.tx.parameters, self.tx.calendar
        for row in rows:
            day = (row.start + _CHINA) // _DAY
            end = _end(parameters, calendar, row.clock_id, row.sector, day) if row.plain else None
            if end is None or end[0] != row.due or row.key in held:
                keys.append(row.key)
            elif end[1] != row.provisional:
                certain.append((row, end[1]))
        if certain:
            self.tx.wide = True
            values = [{"key": row.key, "provisional": provisional} for row, provisional in certain]
            self.tx.batch.run(update_of(self.kind, ("provisional",)), values)
        self.tx.load(self.kind, keys)
        found = [_again(self.tx, self.tx.get(self.kind, key), self.because) for key in keys]
        return [
            *(Recounted(row.clock_id, row.subject, provisional) for row, provisional in certain),
            *(each for each in found if each is not None),
        ]


def _again(tx: Tx, row: ClockRow, because: Mapping[str, Any], *, article: bool = False) -> Recounted | None:
    """Count one clock anew, and with `article` name its article anew. None if it stays as it is."""
    old, clock = row.due_time, clock_of(tx.parameters, row)
    law = clock.law if article else row.law
    end = ends(clock, row, tx.calendar, tx.now)
    # The party was told until when it has time: a later calendar, or law data that was wrong when it was told, may give it
    # more, and takes nothing back.
    stays = end.at == old or (clock.who == "party" and end.at < old)
    if stays and (end.provisional, law) == (row.provisional, row.law):
        return None
    row.provisional, row.law = end.provisional, law
    if stays:
        return Recounted(row.clock_id, row.subject, end.provisional, law=law)
    settle(tx, row)
    return Recounted(row.clock_id, row.subject, end.provisional, old, row, law, because)


def _counted_otherwise(table: Table, why: Corrected, after: str, last: str | None) -> Any:
    """The clocks of a batch that may have been counted by what is otherwise now."""
    names = why.names
    leaning: list[Any] = [
        table.c.clock_id.in_([c for c in catalogue() if not names.isdisjoint(counts_by(c))])
    ]
    for year in (int(name.partition(".")[2]) for name in names if name.startswith("calendar.")):
        begun, over = local_moment(date(year + 1, 1, 1)), local_moment(first_day(year))
        leaning.append(and_(table.c.start_time < begun, table.c.due_time >= over))
    counted = table.c.edition.in_(why.known.keys() - {why.mark})
    wanted = select(table.c.key).where(table.c.key > after, counted, or_(*leaning))
    return (wanted.where(table.c.key <= last) if last is not None else wanted).order_by(table.c.key)


def _corrected(tx: Tx, kind: type[ClockRow], why: Corrected, keys: list[str]) -> list[Recounted]:
    """Count clocks anew of which something is otherwise; their reminders go by the law of today, whether they moved or not."""
    tx.load(kind, keys)
    found = []
    for row in (tx.get(kind, key) for key in keys):
        if names := why.rows(row):
            by = receipt(row.edition, shown_of(row.clock_id))
            said = Correction(rows=names, counted_by=by, citation=citation(row.law))
            try:
                found.append(_again(tx, row, {"correction": said}, article=True))
            except ValueError as wrong:  # by the law of today it never ran
                log.warning("%s of %s cannot be counted anew: %s", row.clock_id, row.subject, wrong)
                continue
            arrange(tx, row)
    return [each for each in found if each is not None]


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
