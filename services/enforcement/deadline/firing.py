"""Fires the clocks of the node's cases as they fall due, and announces those that moved when they were counted anew."""

import asyncio
import logging
from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.case.act import WINDOW, act, window_end
from services.enforcement.case.model import Case
from services.enforcement.deadline.model import Clock
from services.enforcement.measure.act import act as measure
from services.enforcement.measure.acts import come_due
from services.enforcement.referral.act import act as referral
from services.kit.act import Acts, show_deadlines
from services.kit.clocks import MET, ClockKeeping, ClockRow, Recounted, citation, deadline_proto, fire
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.law.citation import internal
from services.law.moment import moment_of, put_moment
from services.law.procedures.measure.recorded import TERM

log = logging.getLogger(__name__)
EVENTS = {"approached": events.DeadlineApproached, "passed": events.DeadlinePassed}
# The node's clock may be a simulated one that leaps, so no sleep until the next due time is right.
PAUSE = 1.0


def fire_due(tx: Tx) -> int:
    """Announce what fell due up to now, each with its case, and what the agency set for itself to itself; returns how many."""
    fired = fire(tx, Clock)
    for each in fired:
        if (beside := beside_case(each.row.subject)) is not None:
            announce_beside(
                tx, beside, each.row, EVENTS[each.what](deadline=deadline_proto(each.row)), each.at
            )
            if each.what == "passed" and each.row.clock_id in HOLDS:
                come_due(tx, each.row.subject)
            continue
        case = act.open(tx, each.row.subject)
        show_deadlines(case, [each.row])
        if internal(each.row.law):
            reminded = events.InternalDeadlineReminded(deadline=deadline_proto(each.row))
            act.announce(tx, case, act.keep(tx, case), reminded, each.at, to=tx.node)
            continue
        case.version += 1
        put_moment(case.update_time, tx.now)
        kept = act.keep(tx, case)
        act.announce(tx, case, kept, EVENTS[each.what](deadline=deadline_proto(each.row)), each.at)
    return len(fired)


# What runs beside a case, by how its ids begin.
BESIDE = {"M": measure, "F": referral}
# At the end of these a measure may hold nothing any longer: its own term, and the day in which an urgent one is to be approved.
HOLDS = frozenset({*TERM.values(), "ENF-01"})


def beside_case(subject: str) -> Acts | None:
    """The acts of a record that runs beside a case; None for the case itself."""
    return BESIDE.get(subject.partition("-")[0])


def announce_beside(tx: Tx, beside: Acts, clock: ClockRow, event: Any, at: Any = None) -> None:
    """Show a clock in its record, and announce it with the case, which stays as it is: its people are told."""
    record = beside.open(tx, clock.subject)
    show_deadlines(record, [clock])
    beside.keep(tx, record)
    case = act.open(tx, record.case_id)
    act.announce(tx, case, tx.get(Case, record.case_id).record, event, at)


def on_recounted(tx: Tx, changed: list[Recounted]) -> None:
    """Show in the cases how their clocks stand by the calendar and the law data of today, and announce each that moved."""
    of_case: dict[str, list[Recounted]] = defaultdict(list)
    for found in changed:
        if (beside := beside_case(found.subject)) is None:
            of_case[found.subject].append(found)
        elif found.row is not None:
            announce_beside(tx, beside, found.row, moved_event(found))
    tx.load(Case, of_case)
    for case_id, its in of_case.items():
        case = act.open(tx, case_id)
        show_certain(case, its)
        if moved := [found for found in its if found.moved]:
            announce_moved(tx, case, moved)
        else:
            act.keep(tx, case)


def show_certain(case: cases.Case, its: list[Recounted]) -> None:
    """Most clocks do not move, they only become certain, or rest on another article."""
    certain = {found.clock_id: found for found in its}
    for deadline in case.deadlines:
        if (found := certain.get(deadline.clock_id)) is not None:
            deadline.provisional = found.provisional
            if found.law:
                deadline.citation.CopyFrom(citation(found.law))


def announce_moved(tx: Tx, case: cases.Case, moved: list[Recounted]) -> None:
    """A term that was met is shown as it is counted now, but is nobody's concern any more."""
    show_deadlines(case, [found.row for found in moved])
    if any(found.clock_id in WINDOW for found in moved):
        recount_window(tx, case)
    going = [found for found in moved if found.row.state != MET]
    if going:
        case.version += len(going)
        put_moment(case.update_time, tx.now)
    kept = act.keep(tx, case)
    for found in going:
        act.announce(tx, case, kept, moved_event(found))


def moved_event(found: Recounted) -> events.DeadlineMoved:
    return events.DeadlineMoved(
        deadline=deadline_proto(found.row), old_due_time=found.old_due_time, **found.because
    )


def recount_window(tx: Tx, case: cases.Case) -> None:
    """While nothing is decided, the party has until the end of the term as it is counted now, and never less than it was told
    (APL 44, 64)."""
    if case.notice.HasField("window_end") and not case.HasField("decision"):
        counted = window_end(tx, moment_of(case.notice.serve_time), case.sector)
        put_moment(case.notice.window_end, max(counted, moment_of(case.notice.window_end)))


CLOCKS = ClockKeeping(Clock, on_recounted)


async def fire_clocks(running: Running) -> None:
    """Keep firing. A database that does not answer is asked again."""
    while True:
        try:
            while waiting(running) and await running.do(fire_due):
                pass
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: clocks wait: %s", running.title, problem)
        await asyncio.sleep(PAUSE)


def waiting(running: Running) -> bool:
    """Whether a clock fell due. Asked on the side: in a transaction the question would hold up a batch of writes."""
    return bool(running.rows(select(Clock.key).where(Clock.next_time <= running.now()).limit(1)))
