"""Statutory clocks of records: started and stopped by events, fired as they fall due.

A service that keeps clocks has one row type, `class Clock(Row, ClockRow, table=True)`. State is in the table alone, so
firing survives restarts and catches up after downtime; a clock fires each stage once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from google.protobuf.timestamp_pb2 import Timestamp
from sqlalchemy import select
from sqlmodel import Field
from yifa.law.v1 import law_pb2

from services.kit.store import Instant, Row
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI, Calendar
from services.law.citation import cite
from services.law.clock import Clock, catalogue, due, started_by, stopped_by

RUNNING, MET, EXPIRED = "RUNNING", "MET", "EXPIRED"


class ClockRow(Row):
    """One clock of one record. `next_time` is when it fires next; empty when nothing is left to fire."""

    key: str = Field(primary_key=True)
    subject: str = Field(index=True)
    clock_id: str
    law: str
    state: str = RUNNING
    start_time: datetime = Field(sa_type=Instant)
    due_time: datetime = Field(sa_type=Instant)
    stop_time: datetime | None = Field(default=None, sa_type=Instant)
    provisional: bool = False
    stage: int = 0
    next_time: datetime | None = Field(default=None, sa_type=Instant, index=True)


C = TypeVar("C", bound=ClockRow)

# Days before the end at which a long clock reminds; the others remind once, see `reminders`.
REMINDERS: dict[str, tuple[int, ...]] = {"PEN-15": (30, 15, 5), "ENF-06": (60, 30, 10)}
# Days after the end at which a passed clock is raised once more.
AFTER: dict[str, tuple[int, ...]] = {"PEN-27": (7,)}


def reminders(clock: Clock, start: datetime, end: datetime, calendar: Calendar) -> list[datetime]:
    """When to remind: at fixed days before the end, else at a fifth of the term or two working days, whichever is more."""
    if days := REMINDERS.get(clock.id):
        return [end - timedelta(days=d) for d in days]
    local = end.astimezone(SHANGHAI)
    two_days = local - (local.date() - calendar.add_working(local.date(), -2))
    return [max(start, min(end - (end - start) / 5, two_days))]


def stages(clock_id: str, start: datetime, end: datetime, calendar: Calendar) -> list[tuple[str, datetime]]:
    """Everything a clock fires, in order: reminders, its end, what follows the end."""
    clock = catalogue()[clock_id]
    before = [("approached", at) for at in reminders(clock, start, end, calendar)]
    after = [("passed", end + timedelta(days=d)) for d in AFTER.get(clock_id, ())]
    return [*before, ("passed", end), *after]


def observe(
    tx: Tx,
    kind: type[C],
    type_name: str,
    subject: str,
    at: datetime,
    conditions: frozenset[str] = frozenset(),
    sector: str = "",
) -> None:
    """Start and stop the clocks of a record that name this event.

    `conditions` are the facts of the event that some clocks ask for ("major"). A clock that is started again begins anew.
    """
    starting = [
        c for c in started_by(type_name, sector) if fires(c) and (not c.only_if or c.only_if in conditions)
    ]
    stopping = stopped_by(type_name, sector)
    tx.load(kind, [f"{subject}/{c.id}" for c in (*starting, *stopping)])
    for clock in stopping:
        row = tx.find(kind, f"{subject}/{clock.id}")
        if row is not None and row.state != MET:
            row.state, row.stop_time, row.next_time = MET, at, None
    for clock in starting:
        start(tx, kind, clock, subject, at, sector)


def fires(clock: Clock) -> bool:
    return clock.direction == "after"


def start(tx: Tx, kind: type[C], clock: Clock, subject: str, at: datetime, sector: str = "") -> C:
    """Start one clock, or start it again."""
    local = at.astimezone(SHANGHAI)
    clock = tx.parameters.clock(clock, local.date(), sector)
    end = due(clock, local, tx.calendar)
    values = {
        "law": clock.law,
        "state": RUNNING,
        "start_time": at,
        "due_time": end.at,
        "stop_time": None,
        "provisional": end.provisional,
        "stage": 0,
        "next_time": stages(clock.id, at, end.at, tx.calendar)[0][1],
    }
    key = f"{subject}/{clock.id}"
    row = tx.find(kind, key)
    if row is None:
        return tx.add(kind.new(key=key, subject=subject, clock_id=clock.id, **values))
    for name, value in values.items():
        setattr(row, name, value)
    return row


@dataclass(frozen=True)
class Fired:
    """A clock reached a stage. `what`: "approached" or "passed"; `at`: the moment of the stage, not of the noticing."""

    what: str
    row: ClockRow
    at: datetime
    stage: int


def fire(tx: Tx, kind: type[C], limit: int = 500) -> list[Fired]:
    """Fire what fell due up to now, at most `limit` clocks, earliest first. After downtime only the latest stage counts."""
    waiting = select(kind).where(kind.next_time <= tx.now).order_by(kind.next_time).limit(limit)  # type: ignore[operator, arg-type]
    fired: list[Fired] = []
    rows: list[C] = tx.query(waiting)
    for row in rows:
        plan = stages(row.clock_id, row.start_time, row.due_time, tx.calendar)
        reached = [n for n, (_, at) in enumerate(plan) if at <= tx.now]
        if not reached:
            row.next_time = plan[0][1]
            continue
        stage = reached[-1]
        what, at = plan[stage]
        row.stage = stage + 1
        row.next_time = plan[stage + 1][1] if stage + 1 < len(plan) else None
        if what == "passed":
            row.state = EXPIRED
        fired.append(Fired(what, row, at, stage))
    return fired


def deadline_proto(row: ClockRow) -> law_pb2.Deadline:
    """A clock as callers see it. Takes a row or a select of its columns."""
    clock, law = catalogue()[row.clock_id], cite(row.law)
    message = law_pb2.Deadline(
        clock_id=row.clock_id,
        title_zh=clock.title_zh,
        title_en=clock.title_en,
        citation=law_pb2.Citation(code=law.code, text_zh=law.text_zh, text_en=law.text_en),
        state=law_pb2.ClockState.Value(f"CLOCK_STATE_{row.state}"),
        start_time=_stamp(row.start_time),
        due_time=_stamp(row.due_time),
        provisional=row.provisional,
        subject_id=row.subject,
    )
    if row.stop_time is not None:
        message.stop_time.CopyFrom(_stamp(row.stop_time))
    return message


def deadlines(rows: Iterable[ClockRow]) -> list[law_pb2.Deadline]:
    """Clocks in the order in which they fall due."""
    return [deadline_proto(row) for row in sorted(rows, key=lambda r: (r.due_time, r.clock_id))]


def _stamp(at: datetime) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(at)
    return stamp


__all__ = ["ClockRow", "Fired", "deadline_proto", "deadlines", "fire", "observe", "start"]
