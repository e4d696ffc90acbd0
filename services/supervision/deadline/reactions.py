"""The clocks of all cases: observed from the events, and what their end means for the warnings."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.law.v1.law_pb2 import Ground
from yifa.supervision.v1 import events_pb2 as events

from services.kit.arrival import message_class
from services.kit.clocks import (
    MET,
    RUNNING,
    SUSPENDED,
    ClockKeeping,
    Recounted,
    deadline_proto,
    exclude,
    extend,
    fire,
    named_by,
    observe,
    recounted,
    resume,
)
from services.kit.tx import Tx
from services.law.clock import catalogue, started_by
from services.law.procedures.accountability import PREFIX as ACCOUNTABILITY
from services.law.procedures.compensation import PREFIX as COMPENSATION
from services.law.procedures.important_matter import PREFIX as IMPORTANT_MATTER
from services.law.procedures.penalty import conditions
from services.law.procedures.penalty.correction import CORRECTABLE, driven_by, moment_in
from services.law.procedures.penalty.stages import gone_through
from services.law.procedures.reconsideration import PREFIX as RECONSIDERATION
from services.law.procedures.suggestion import PREFIX as SUGGESTION
from services.law.rule import Unlawful
from services.supervision.accountability import firing as accountability
from services.supervision.beside.enforcing import enforces_itself
from services.supervision.beside.model import Beside
from services.supervision.case.facts import WINDOW_CLOCKS, is_major, time_in
from services.supervision.case.model import CaseView
from services.supervision.compensation import firing as compensations
from services.supervision.complaint import firing as complaints
from services.supervision.complaint.act import PREFIX as COMPLAINT
from services.supervision.deadline.model import Clock
from services.supervision.dispute.clock import stop_clocks
from services.supervision.dispute.model import Dispute
from services.supervision.event.model import Received
from services.supervision.file_review import firing as file_reviews
from services.supervision.file_review.act import PREFIX as FILE_REVIEW
from services.supervision.filing.model import Filing
from services.supervision.filing.reactions import filing_id
from services.supervision.important_matter import act as important_matters
from services.supervision.legal_meeting import act as legal_meetings
from services.supervision.legal_meeting.act import PREFIX as LEGAL_MEETING
from services.supervision.normative_document import firing as documents
from services.supervision.outside_decision import firing as outside_decisions
from services.supervision.outside_decision.act import PREFIX as OUTSIDE_DECISION
from services.supervision.reconsideration import firing as reconsiderations
from services.supervision.rule_of_law_report import firing as rule_of_law_reports
from services.supervision.rule_of_law_report.act import PREFIX as RULE_OF_LAW_REPORT
from services.supervision.service_promise import act as service_promises
from services.supervision.service_promise.act import PREFIX as SERVICE_PROMISE
from services.supervision.suggestion import firing as suggestions
from services.supervision.suit import firing as suits
from services.supervision.suit.entry import PREFIX as SUIT
from services.supervision.supervision_order import firing as orders
from services.supervision.supervision_order.act import PREFIX as ORDER
from services.supervision.warning.judging import judge_again, judge_case
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import OPEN, WITHDRAWN, address, end, end_others, look
from services.supervision.warning.seen import NEVER, SeenClock, recorded_by, risk_from
from services.supervision.work_task import act as work_tasks
from services.supervision.work_task.act import PREFIX as WORK_TASK

log = logging.getLogger(__name__)
EXTENDED = enforcement.DeadlineExtended.DESCRIPTOR.full_name
REVIEWED = events.FilingReviewed.DESCRIPTOR.full_name
# After these nothing is left to be done in time. A terminated case has still to be closed in time (SAMR 77).
DROPPED = frozenset({case_pb2.CASE_STATE_NOT_FILED, case_pb2.CASE_STATE_TRANSFERRED_OUT})


def see(tx: Tx, view: CaseView, event: Any, at: datetime) -> None:
    """Start, stop and change the clocks of a case that an event names, and end the warnings that this settles."""
    take(tx, view, event, at, event.case, view.major if event.case.version == view.version else None)
    settle(tx, view, list(named_by(event.DESCRIPTOR.full_name)))


def take(
    tx: Tx, view: CaseView, event: Any, at: datetime, case: case_pb2.Case, major: bool | None = None
) -> None:
    """What an event does to the clocks of its case, which stood so; `major`, where that is known of it."""
    name, held = event.DESCRIPTOR.full_name, frozenset[str]()
    if any(clock.only_if for clock in started_by(name)):
        held = conditions(case, is_major(case, tx) if major is None else major)
    observe(tx, Clock, name, view.case_id, at, held, case.sector)
    if isinstance(event, enforcement.RecordCorrected):
        count_anew(tx, view, event.correction)
    if (change := CHANGES.get(type(event))) is not None:
        row = tx.find(Clock, f"{view.case_id}/{event.deadline.clock_id}")
        if row is not None:
            take_change(tx, view, row, event, change)


def count_anew(tx: Tx, view: CaseView, corrected: case_pb2.RecordCorrection) -> None:
    """Count anew the clocks that run by a time which was a slip."""
    was, right = moment_in(corrected.before), moment_in(corrected.after)
    approved = corrected.state == case_pb2.RECORD_CORRECTION_STATE_APPROVED
    if not approved or corrected.field not in CORRECTABLE or was is None or right is None:
        return
    watch(tx, view, recounted(tx, Clock, driven_by(corrected.field), view.case_id, was, right))


def take_change(
    tx: Tx, view: CaseView, row: Clock, event: Any, change: Callable[[Tx, Clock, Any], None]
) -> None:
    """Change a clock as its department says it did, if the law allows; else it runs here as it did, and passes."""
    try:
        change(tx, row, event)
    except Unlawful as no:
        log.warning("%s of %s has no effect here: %s", row.clock_id, view.case_id, no)
        return
    watch(tx, view, [row])


def watch(tx: Tx, view: CaseView, rows: list[Clock], *, again: bool = False) -> None:
    """Have the early warnings look at clocks of a case. Where there is no warning about it, none can end."""
    if not rows:
        return
    warned = bool(tx.among(Warning, "case_id", [view.case_id]))
    for seen in [seen_of(tx, view, row, again=again) for row in rows]:
        look(tx, view, "clock", seen, [(reason, seen.about) for reason in seen.reasons] if warned else [])


def forget(tx: Tx, view: CaseView, rows: list[Clock]) -> None:
    """Terms of what turned out to come from the archive and to be over: what was warned of them meanwhile is withdrawn."""
    for seen in [seen_of(tx, view, row) for row in rows]:
        end_others(tx, view.case_id, (), [(reason, seen.about) for reason in seen.reasons])


def seen_of(tx: Tx, view: CaseView, row: Clock, *, again: bool = False) -> SeenClock:
    """A clock as the warnings look at it. What a measure holds it holds, whatever becomes of the case."""
    dropped = view.state in DROPPED and row.subject == view.case_id
    at_court = row.clock_id == SeenClock.COURT
    enforced = at_court and enforces_itself(tx, view.case_id)
    risk = risk_from(tx, row, enforced) if at_court else NEVER
    return SeenClock(
        row, tx.city, view.node, view.case_id, dropped, again, recorded_by(tx, row), risk, tx.now
    )


def view_of(tx: Tx, subject: str) -> CaseView | None:
    """The case that a clock runs for, or beside."""
    beside = tx.find(Beside, subject) if not subject.startswith("C-") else None
    return tx.find(CaseView, beside.case_id if beside is not None else subject)


def extended(tx: Tx, row: Clock, event: enforcement.DeadlineExtended) -> None:
    added = event.extension
    extend(
        tx,
        row,
        added.amount,
        approved=added.approve_time.ToDatetime(UTC),
        recorded=time_in(added, "record_time") or tx.now,
        document=added.document,
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
    """An event came after later ones: run the clocks of its case anew, in the order of the journal; where a case is told by who
    handles it elsewhere and not in order, in that of the acts.
    """
    told = select(Received).where(Received.case_id == view.case_id, Received.service == "enforcement")
    record, order = view.case(), (Received.journal_seq,)
    stood: dict[tuple[str, datetime], case_pb2.Case] = {}
    if record.origin.reordered:
        order = (Received.occur_time, Received.journal_seq)
        stood = {(gone.entry.events[0], gone.at): gone.after for gone in gone_through(record)}
    rows = tx.query(told.order_by(*order))
    for row in once_extended(rows) if stood else rows:
        event: Any = message_class(row.type).FromString(row.data)  # type: ignore[union-attr]
        if "case" not in event.DESCRIPTOR.fields_by_name:
            continue  # a request for help has clocks of its own
        late = record if stood else event.case
        take(tx, view, event, row.occur_time, stood.get((row.type, row.occur_time), late))
    filing = tx.find(Filing, filing_id(record))
    if filing is not None and filing.conclude_time is not None and filing.state != "LAPSED":
        observe(tx, Clock, REVIEWED, view.case_id, filing.conclude_time, sector=view.case().sector)
    for dispute in tx.query(select(Dispute).where(Dispute.other_case_id == view.case_id)):
        if dispute.designate_time is not None:
            stop_clocks(tx, dispute)
    settle(tx, view, list(catalogue()))


def let_go(tx: Tx, view: CaseView) -> None:
    """A case from the archive turned out to be over: its terms stop, and what was warned of it is withdrawn."""
    for row in tx.query(select(Clock).where(Clock.subject == view.case_id)):
        row.state, row.stop_time, row.next_time = MET, row.stop_time or row.start_time, None
    for warning in tx.query(select(Warning).where(Warning.case_id == view.case_id, Warning.state == OPEN)):
        end(tx, warning, WITHDRAWN)


def once_extended(rows: list[Received]) -> list[Received]:
    """The events of a case that was not told in order, without extensions that were told anew since."""
    last = {}
    for row in rows:
        if row.type == EXTENDED:
            event = enforcement.DeadlineExtended.FromString(row.data)
            key = (event.deadline.clock_id, event.extension.approve_time.seconds, event.extension.document)
            if key not in last or row.journal_seq > last[key].journal_seq:
                last[key] = row
    kept = {row.journal_seq for row in last.values()}
    return [row for row in rows if row.type != EXTENDED or row.journal_seq in kept]


def settle(tx: Tx, view: CaseView, clock_ids: list[str]) -> None:
    """Bring the warnings about clocks in line: what stopped was done late, or in time and only told late."""
    if view.state in DROPPED:
        clock_ids = list(catalogue())
    tx.load(Clock, [f"{view.case_id}/{clock_id}" for clock_id in clock_ids])
    clocks = [tx.find(Clock, f"{view.case_id}/{clock_id}") for clock_id in clock_ids]
    watch(tx, view, [c for c in clocks if c is not None and (c.stop_time or view.state in DROPPED)])


OWN: Mapping[str, Any] = MappingProxyType(
    {
        ACCOUNTABILITY: accountability,
        COMPENSATION: compensations,
        COMPLAINT: complaints,
        FILE_REVIEW: file_reviews,
        IMPORTANT_MATTER: important_matters.TERMS,
        ORDER: orders,
        OUTSIDE_DECISION: outside_decisions,
        RECONSIDERATION: reconsiderations,
        RULE_OF_LAW_REPORT: rule_of_law_reports,
        SERVICE_PROMISE: service_promises.TERMS,
        SUGGESTION: suggestions,
        SUIT: suits,
        WORK_TASK: work_tasks.TERMS,
        LEGAL_MEETING: legal_meetings.TERMS,
        **dict.fromkeys(documents.KINDS, documents),
    }
)
"""What handles the clocks of the oversight body's own matters, by the beginning of the id of each kind."""


def own_matter(row: Clock) -> Any:
    """What handles the clock of a matter of the oversight body's own; None for the clock of a case."""
    return OWN.get(f"{row.subject.partition('-')[0]}-")


def fire_all(tx: Tx) -> int:
    """Fire what fell due, and say how many clocks that were."""
    fired = fire(tx, Clock)
    tx.load(CaseView, [f.row.subject for f in fired if own_matter(f.row) is None])
    for stage in fired:
        if (its := own_matter(stage.row)) is not None:
            its.fired(tx, stage)
            continue
        view = view_of(tx, stage.row.subject)
        if view is None or (seen := seen_of(tx, view, stage.row)).dropped:
            continue
        if stage.what == "passed":
            watch(tx, view, [stage.row], again=stage.at > stage.row.due_time)
            continue
        if stage.row.clock_id == SeenClock.COURT:
            watch(tx, view, [stage.row])
        if seen.is_duty:
            event = events.DeadlineReminded(case=view.case(), deadline=deadline_proto(stage.row))
            tx.emit(event, subject=view.case_id, to=address(tx, seen.whose))
    return len(fired)


def on_recounted(tx: Tx, changed: list[Recounted]) -> None:
    """Bring filings and warnings in line with the clocks that moved when they were counted anew; announce the city's own."""
    every = [(found.row, found) for found in changed if found.row is not None]
    for row, found in every:
        if (its := own_matter(row)) is not None:
            its.recounted(tx, row, found.old_due_time)
    moved = [(row, found) for row, found in every if own_matter(row) is None]
    tx.load(CaseView, {row.subject for row, _ in moved})
    for row, found in moved:
        if (view := view_of(tx, row.subject)) is None:
            continue
        if row.clock_id in FILING_CLOCKS:
            put_off(tx.find(Filing, filing_id(view.case())), row)
        if row.clock_id in WINDOW_CLOCKS:
            judge_case(tx, view)
        if row.state in (RUNNING, SUSPENDED):
            watch(tx, view, [row])
        if row.state != MET and seen_of(tx, view, row).whose == tx.city:
            event = events.DeadlineMoved(
                case=view.case(),
                deadline=deadline_proto(row),
                old_due_time=found.old_due_time,
                **found.because,
            )
            tx.emit(event, subject=view.case_id)


def put_off(filing: Filing | None, row: Clock) -> None:
    """A filing falls due with the clock of the state that it is in."""
    if filing is not None and filing.state in FILING_CLOCKS[row.clock_id]:
        filing.due_time = row.due_time
        filing.version += 1


FILING_CLOCK, REVIEW_CLOCK = SeenClock.FILING, "PEN-28"
FILING_CLOCKS = {FILING_CLOCK: ("DUE",), REVIEW_CLOCK: ("FILED", "RETURNED", "REGISTERED")}
KEEPING = ClockKeeping(Clock, on_recounted, judge_again)
