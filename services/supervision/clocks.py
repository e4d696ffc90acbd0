"""The clocks of all cases: observed from the events, and what their end means for the warnings."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.law.v1.calendar_pb2 import CalendarYear
from yifa.law.v1.law_pb2 import Ground
from yifa.supervision.v1 import events_pb2 as events

from services.kit.arrival import message_class
from services.kit.clocks import (
    MET,
    RUNNING,
    SUSPENDED,
    ClockKeeping,
    Fired,
    Recounted,
    deadline_proto,
    exclude,
    extend,
    fire,
    named_by,
    observe,
    resume,
)
from services.kit.tx import Tx
from services.law.clock import catalogue
from services.law.process import Unlawful
from services.supervision.disputes import stop_clocks
from services.supervision.early import SETTLED, WITHDRAWN, address, end, judge, raise_about, warning_id
from services.supervision.facts import is_major, time_in
from services.supervision.filings import filing_id
from services.supervision.model import CaseView, Clock, Dispute, Filing, Received, Warning
from services.supervision.rules import (
    FILING_CLOCK,
    REVIEW_CLOCK,
    WINDOW_CLOCKS,
    clock_level,
    clock_passed,
    is_duty,
    reason_of,
)

log = logging.getLogger(__name__)
REVIEWED = events.FilingReviewed.DESCRIPTOR.full_name
# After these nothing is left to be done in time. A terminated case has still to be closed in time (SAMR 77).
DROPPED = frozenset({case_pb2.CASE_STATE_NOT_FILED, case_pb2.CASE_STATE_TRANSFERRED_OUT})


OF_THE_CITY = frozenset({"oversight_body", "superior_agency"})


def see(tx: Tx, view: CaseView, event: Any, at: datetime) -> None:
    """Start, stop and change the clocks of a case that an event names, and end the warnings that this settles."""
    take(tx, view, event, at)
    settle(tx, view, list(named_by(event.DESCRIPTOR.full_name, event.case.sector)))


def take(tx: Tx, view: CaseView, event: Any, at: datetime) -> None:
    """What an event does to the clocks of its case."""
    case = event.case
    decided = {"major": is_major(case, tx), "fine": case.decision.penalty.fine.fen > 0}
    conditions = frozenset(name for name, holds in decided.items() if holds)
    observe(tx, Clock, event.DESCRIPTOR.full_name, view.case_id, at, conditions, case.sector)
    if (change := CHANGES.get(type(event))) is not None:
        row = tx.find(Clock, f"{view.case_id}/{event.deadline.clock_id}")
        if row is not None:
            take_change(tx, view, row, event, change)


def take_change(
    tx: Tx, view: CaseView, row: Clock, event: Any, change: Callable[[Tx, Clock, Any], None]
) -> None:
    """Change a clock as its department says it did, if the law allows; else it runs here as it did, and passes."""
    try:
        change(tx, row, event)
    except Unlawful as no:
        log.warning("%s of %s has no effect here: %s", row.clock_id, view.case_id, no)
        return
    withdraw(tx, view, row)


def withdraw(tx: Tx, view: CaseView, row: Clock) -> None:
    """A clock that runs on after all has not passed."""
    if row.state in (RUNNING, SUSPENDED):
        end(tx, tx.find(Warning, warning_name(row.clock_id, view.case_id)), WITHDRAWN)


def extended(tx: Tx, row: Clock, event: enforcement.DeadlineExtended) -> None:
    added = event.extension
    extend(
        tx,
        row,
        added.amount,
        approved=added.approve_time.ToDatetime(UTC),
        by=event.by,
        approver=added.approver,
        cause=added.cause,
        discussion=added.discussion,
    )


def excluded(tx: Tx, row: Clock, event: enforcement.TimeExcluded) -> None:
    taken = event.excluded
    ground = Ground.Name(taken.ground).removeprefix("GROUND_")
    since, until = taken.from_time.ToDatetime(UTC), time_in(taken, "until_time")
    exclude(tx, row, since, until, ground=ground, cause=taken.cause)


def resumed(tx: Tx, row: Clock, event: enforcement.TimeResumed) -> None:
    resume(tx, row, event.excluded.until_time.ToDatetime(UTC))


CHANGES: dict[Any, Callable[[Tx, Clock, Any], None]] = {
    enforcement.DeadlineExtended: extended,
    enforcement.TimeExcluded: excluded,
    enforcement.TimeResumed: resumed,
}


def see_again(tx: Tx, view: CaseView) -> None:
    """An event came after later ones: run the clocks of its case anew, in the order of the journal."""
    told = select(Received).where(Received.case_id == view.case_id, Received.service == "enforcement")
    for row in tx.query(told.order_by(Received.journal_seq)):
        take(tx, view, message_class(row.type).FromString(row.data), row.occur_time)
    filing = tx.find(Filing, filing_id(view.case_id))
    if filing is not None and filing.conclude_time is not None:
        observe(tx, Clock, REVIEWED, view.case_id, filing.conclude_time, sector=view.case().sector)
    for dispute in tx.query(select(Dispute).where(Dispute.other_case_id == view.case_id)):
        if dispute.designate_time is not None:
            stop_clocks(tx, dispute)
    settle(tx, view, list(catalogue()))


def settle(tx: Tx, view: CaseView, clock_ids: list[str]) -> None:
    """End the warnings about clocks that have stopped: done late, or in time and only told late."""
    tx.load(Clock, [f"{view.case_id}/{clock_id}" for clock_id in clock_ids])
    clocks = [tx.find(Clock, f"{view.case_id}/{clock_id}") for clock_id in clock_ids]
    stopped = {warning_name(c.clock_id, view.case_id): c.stop_time for c in clocks if c and c.stop_time}
    tx.load(Warning, stopped)
    for name, stop_time in stopped.items():
        if (warning := tx.find(Warning, name)) is not None:
            end(tx, warning, SETTLED if stop_time > warning.occur_time else WITHDRAWN)
    if view.state in DROPPED:
        for warning in tx.query(
            select(Warning).where(Warning.case_id == view.case_id, Warning.clock_id != "")
        ):
            end(tx, warning, SETTLED)


def warning_name(clock_id: str, case_id: str) -> str:
    """The id of the warning that a clock of a case raises when it runs out."""
    return warning_id(reason_of(clock_id), case_id, clock_id)


def fire_all(tx: Tx) -> int:
    """Fire what fell due, and say how many clocks that were."""
    fired = fire(tx, Clock)
    tx.load(CaseView, [f.row.subject for f in fired])
    for stage in fired:
        view = tx.find(CaseView, stage.row.subject)
        if view is not None and view.state not in DROPPED and is_duty(catalogue()[stage.row.clock_id]):
            ACTIONS[stage.what](tx, view, stage)
    return len(fired)


def remind(tx: Tx, view: CaseView, fired: Fired) -> None:
    event = events.DeadlineReminded(case=view.case(), deadline=deadline_proto(fired.row))
    tx.emit(event, subject=view.case_id, to=address(tx, whose(tx, view, fired.row)))


def warn(tx: Tx, view: CaseView, fired: Fired) -> None:
    row = fired.row
    again = fired.at > row.due_time
    raise_about(
        tx,
        view,
        clock_passed(catalogue()[row.clock_id], row.due_time),
        node=whose(tx, view, row),
        level=clock_level(row.clock_id, again),
        law=row.law,
        clock_id=row.clock_id,
    )


def whose(tx: Tx, view: CaseView, row: Clock) -> str:
    """The node whose duty runs out: the department's, or the city's own, which reviews filings and designates."""
    return tx.city if catalogue()[row.clock_id].who in OF_THE_CITY else view.node


def on_recounted(tx: Tx, year: CalendarYear, changed: list[Recounted]) -> None:
    """Bring filings and warnings in line with the clocks that a loaded year moved; announce the city's own."""
    moved = [(found.row, found.old_due_time) for found in changed if found.row is not None]
    tx.load(CaseView, {row.subject for row, _ in moved})
    tx.load(Filing, {filing_id(row.subject) for row, _ in moved if row.clock_id in FILING_CLOCKS})
    for row, old in moved:
        if (view := tx.find(CaseView, row.subject)) is None:
            continue
        if row.clock_id in FILING_CLOCKS:
            put_off(tx.find(Filing, filing_id(row.subject)), row)
        if row.clock_id in WINDOW_CLOCKS:
            judge(tx, view, view.case())
        withdraw(tx, view, row)
        if row.state != MET and whose(tx, view, row) == tx.city:
            event = events.DeadlineMoved(
                case=view.case(),
                deadline=deadline_proto(row),
                old_due_time=old,
                calendar_year=year.year,
                source=year.source,
            )
            tx.emit(event, subject=view.case_id)


def put_off(filing: Filing | None, row: Clock) -> None:
    """A filing falls due with the clock of the state that it is in."""
    if filing is not None and FILING_CLOCKS[row.clock_id] == filing.state:
        filing.due_time = row.due_time
        filing.version += 1


FILING_CLOCKS = {FILING_CLOCK: "DUE", REVIEW_CLOCK: "FILED"}
KEEPING = ClockKeeping(Clock, on_recounted)


ACTIONS = {"approached": remind, "passed": warn}
