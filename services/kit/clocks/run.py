"""Clocks started and stopped by events, and fired as they fall due."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from services.kit.clocks.change import settle
from services.kit.clocks.count import PASSED, clock_on, due_from, first_stage, stages
from services.kit.clocks.row import EXPIRED, MET, RUNNING, ClockRow
from services.kit.store import micros
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.clock import Clock, resumed_by, started_by, stopped_by

C = TypeVar("C", bound=ClockRow)


def observe(
    tx: Tx,
    kind: type[C],
    type_name: str,
    subject: str,
    at: datetime,
    conditions: frozenset[str] = frozenset(),
    sector: str = "",
) -> None:
    """Start and stop the clocks of a record that know this event, by the full name of its message.

    `conditions` are the facts of the event that some clocks ask for ("major", "fine"). A clock that is started again begins
    anew; one that runs on does so from its first day, or from now where it never ran here.
    """
    starting = [c for c in started_by(type_name) if not c.only_if or c.only_if in conditions]
    stopping, resuming = stopped_by(type_name), resumed_by(type_name)
    tx.load(kind, [f"{subject}/{c.id}" for c in (*starting, *stopping, *resuming)])
    for clock in stopping:
        row = tx.find(kind, f"{subject}/{clock.id}")
        if row is not None and row.state != MET:
            row.state, row.stop_time, row.next_time = MET, at, None
            close(row, at)
    for clock in starting:
        start(tx, kind, clock, subject, at, sector)
    for clock in resuming:
        run_on(tx, kind, clock, subject, at, sector)


def run_on(tx: Tx, kind: type[C], clock: Clock, subject: str, at: datetime, sector: str) -> None:
    """Let a clock that stopped run on as if it had not; it passes at once where its term is over."""
    row = tx.find(kind, f"{subject}/{clock.id}")
    if row is None:
        start(tx, kind, clock, subject, at, sector)
    elif row.state == MET:
        row.state, row.stop_time = RUNNING, None
        settle(tx, row)


def close(row: ClockRow, at: datetime) -> None:
    """Time that was still being excluded when the thing was done ends with it."""
    if any(e["until"] is None for e in row.excluded):
        row.excluded = tuple({**e, "until": e["until"] or max(e["from"], micros(at))} for e in row.excluded)


def start(tx: Tx, kind: type[C], named: Clock, subject: str, at: datetime, sector: str = "") -> C | None:
    """Start one clock, or start it again; None where nobody set its days."""
    clock = clock_on(tx.parameters, named.id, at.astimezone(SHANGHAI).date(), sector)
    if clock is None:
        return None
    due_time, provisional = due_from(tx.parameters, tx.calendar, clock, at, sector)
    key = f"{subject}/{clock.id}"
    row = tx.find(kind, key)
    values = {
        "law": clock.law,
        "sector": sector,
        "state": RUNNING,
        "start_time": at,
        "due_time": due_time,
        "stop_time": None,
        "provisional": provisional,
        "excluded": (),
        "extensions": (),
        "stage": 0,
        "edition": tx.edition.mark,
        "earlier": (),
    }
    if row is None:
        row = tx.add(kind.new(key=key, subject=subject, clock_id=clock.id, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    row.next_time = first_stage(tx.parameters, tx.calendar, row)
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
        plan = stages(tx.parameters, tx.calendar, row)
        reached = [n for n, (_, at) in enumerate(plan) if at <= tx.now]
        if not reached:
            row.next_time = plan[0][1]
            continue
        stage = reached[-1]
        what, at = plan[stage]
        row.stage = stage + 1
        row.next_time = plan[stage + 1][1] if stage + 1 < len(plan) else None
        if what == PASSED:
            row.state = EXPIRED
        fired.append(Fired(what, row, at, stage))
    return fired
