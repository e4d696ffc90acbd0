"""A year was proclaimed: the clocks that lean on it, counted anew in bounded batches.

Every batch is a transaction that leaves behind how far it got, so a crash at any instant costs one batch and does none
twice; and a clock that is counted a second time does not move again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select, tuple_
from yifa.law.v1.calendar_pb2 import CalendarYear

from services.kit.clocks.change import settle
from services.kit.clocks.count import clock_of, ends, started_on
from services.kit.clocks.row import EXPIRED, MET, RUNNING, SUSPENDED, ClockRow
from services.kit.store import micros, moment
from services.kit.tx import Tx
from services.law.clock import Due
from services.law.term import moment as local_moment

BATCH = 1000
# A clock leaves these states to the right only, so that none slips past while the batches go on.
STATES = (RUNNING, SUSPENDED, EXPIRED, MET)

C = TypeVar("C", bound=ClockRow)


@dataclass(frozen=True)
class Recounted:
    """A clock that another calendar changed: its end moved, or is certain now."""

    row: ClockRow
    old_due_time: datetime

    @property
    def moved(self) -> bool:
        return self.row.due_time != self.old_due_time


@dataclass(frozen=True)
class ClockKeeping:
    """The clocks of a service, and what it does about those that a proclaimed year changed."""

    kind: type[Any]
    on_recounted: Callable[[Tx, CalendarYear, list[Recounted]], None]


@dataclass(frozen=True)
class Progress:
    """How far the recount of a year has got; an empty cursor is the beginning, None the end."""

    cursor: str | None
    seen: int
    moved: int


def recount(tx: Tx, keeping: ClockKeeping, year: CalendarYear, cursor: str, limit: int = BATCH) -> Progress:
    """Count the next clocks anew, in the order of their states and due times."""
    state, due_time, key = _read(cursor, year.year)
    rows = _next(tx, keeping.kind, year.year, state, due_time, key, limit)
    known: dict[tuple[str, str, date], Due] = {}
    # Taken before the due times change: the batches go by the order in which the clocks stood.
    last = (rows[-1].due_time, rows[-1].key) if len(rows) == limit else None
    changed = [found for row in rows if (found := _again(tx, row, known)) is not None]
    if changed:
        keeping.on_recounted(tx, year, changed)
    moved = sum(found.moved and found.row.state != MET for found in changed)
    return Progress(_after(state, last), len(rows), moved)


def _next(tx: Tx, kind: type[C], year: int, state: str, due_time: datetime, key: str, limit: int) -> list[C]:
    wanted = select(kind).where(
        kind.state == state,  # type: ignore[arg-type]
        tuple_(kind.due_time, kind.key) > (due_time, key),  # type: ignore[arg-type]
        kind.start_time < local_moment(date(year + 1, 1, 1)),  # type: ignore[arg-type]
    )
    rows: list[C] = tx.query(wanted.order_by(kind.due_time, kind.key).limit(limit))  # type: ignore[arg-type]
    return rows


def _again(tx: Tx, row: ClockRow, known: dict[tuple[str, str, date], Due]) -> Recounted | None:
    old, was_provisional = row.due_time, row.provisional
    plain = not row.excluded and not row.extensions
    name = (row.clock_id, row.sector, started_on(row))
    end = known.get(name) if plain else None
    if end is None:
        clock = clock_of(tx.parameters, row)
        end = ends(clock, row, tx.calendar, tx.now)
        if plain and clock.term.unit != "hour":
            known[name] = end
    if end.at == old and end.provisional == was_provisional:
        return None
    row.provisional = end.provisional
    if end.at != old:
        settle(tx, row)
    return Recounted(row, old)


def first_day(year: int) -> date:
    """The first day that a year's notice can change: its New Year holiday may reach back into December."""
    return date(year - 1, 12, 1)


def _read(cursor: str, year: int) -> tuple[str, datetime, str]:
    """State, due time and key after which to go on."""
    state, due_time, key = (cursor or f"{STATES[0]}||").split("|", 2)
    return state, moment(int(due_time)) if due_time else local_moment(first_day(year)), key


def _after(state: str, last: tuple[datetime, str] | None) -> str | None:
    """Where to go on: after the last clock of a full batch, else with the next state."""
    if last is not None:
        return f"{state}|{micros(last[0])}|{last[1]}"
    later = STATES[STATES.index(state) + 1 :]
    return f"{later[0]}||" if later else None
