"""The clocks of all cases: observed from the events, and what their end means for the warnings."""

from datetime import datetime
from functools import cache

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2
from yifa.supervision.v1 import events_pb2 as events

from services.kit.clocks import Fired, deadline_proto, fire, observe
from services.kit.reactions import message_class
from services.kit.tx import Tx
from services.law.clock import catalogue, started_by, stopped_by
from services.supervision.early import SETTLED, WITHDRAWN, address, end, raise_about, warning_id
from services.supervision.facts import is_major
from services.supervision.filings import filing_id
from services.supervision.model import CaseView, Clock, Filing, Received, Warning
from services.supervision.rules import clock_level, clock_passed, is_duty, reason_of

REVIEWED = events.FilingReviewed.DESCRIPTOR.full_name
# After these nothing is left to be done in time.
DROPPED = frozenset({case_pb2.CASE_STATE_NOT_FILED, case_pb2.CASE_STATE_TERMINATED})


def see(tx: Tx, view: CaseView, type_name: str, case: case_pb2.Case, at: datetime) -> None:
    """Start and stop the clocks of a case that an event names, and end the warnings that this settles."""
    conditions = frozenset({"major"}) if is_major(case, tx) else frozenset()
    observe(tx, Clock, type_name, view.case_id, at, conditions)
    settle(tx, view, [clock.id for clock in stopped_by(type_name)])


def see_again(tx: Tx, view: CaseView) -> None:
    """An event came after later ones: run the clocks of its case anew, in the order of the journal."""
    told = select(Received).where(Received.case_id == view.case_id, Received.service == "enforcement")
    for row in tx.query(told.order_by(Received.journal_seq)):
        case = message_class(row.type).FromString(row.data).case
        conditions = frozenset({"major"}) if is_major(case, tx) else frozenset()
        observe(tx, Clock, row.type, view.case_id, row.occur_time, conditions)
    filing = tx.find(Filing, filing_id(view.case_id))
    if filing is not None and filing.conclude_time is not None:
        observe(tx, Clock, REVIEWED, view.case_id, filing.conclude_time)
    settle(tx, view, list(catalogue()))


@cache
def named_by(type_name: str) -> tuple[str, ...]:
    """The clocks that an event starts or stops."""
    return tuple({clock.id for clock in (*started_by(type_name), *stopped_by(type_name))})


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
    tx.emit(event, subject=view.case_id, to=address(tx, whose(tx, view, fired)))


def warn(tx: Tx, view: CaseView, fired: Fired) -> None:
    row = fired.row
    again = fired.at > row.due_time
    raise_about(
        tx,
        view,
        clock_passed(catalogue()[row.clock_id], row.due_time),
        node=whose(tx, view, fired),
        level=clock_level(row.clock_id, again),
        law=row.law,
        clock_id=row.clock_id,
    )


def whose(tx: Tx, view: CaseView, fired: Fired) -> str:
    """The node whose duty runs out: the department's, or the city's own in a filing review."""
    return tx.city if catalogue()[fired.row.clock_id].who == "oversight_body" else view.node


ACTIONS = {"approached": remind, "passed": warn}
