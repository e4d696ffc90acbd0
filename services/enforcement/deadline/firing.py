"""Fires the clocks of records as they fall due, and announces those that moved when they were counted anew."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.advance_registration.act import PREFIX as REGISTRATION
from services.enforcement.advance_registration.act import act as registration
from services.enforcement.advance_registration.acts import lapse as lapse_registration
from services.enforcement.assistance.act import act as assistance
from services.enforcement.case.act import WINDOW, act, window_end
from services.enforcement.case.model import Case
from services.enforcement.court_enforcement.act import PREFIX as COURT_PREFIX
from services.enforcement.court_enforcement.act import act as court
from services.enforcement.court_enforcement.acts import lapse, let_stand
from services.enforcement.credit_repair.act import PREFIX as CREDIT
from services.enforcement.credit_repair.act import act as credit_repair
from services.enforcement.deadline.model import Clock
from services.enforcement.enforcement.act import PREFIX as ENFORCEMENT
from services.enforcement.enforcement.act import act as enforcement
from services.enforcement.inspection.act import PREFIX
from services.enforcement.inspection.act import act as inspection
from services.enforcement.measure.act import act as measure
from services.enforcement.measure.acts import come_due
from services.enforcement.permit.act import act as permit
from services.enforcement.permit.turning import deem_accepted
from services.enforcement.referral.act import act as referral
from services.kit.act import Acts, show_deadlines
from services.kit.clocks import MET, RUNNING, ClockKeeping, Fired, Recounted, citation, deadline_proto, fire
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.law.citation import internal
from services.law.moment import moment_of, put_moment
from services.law.procedures.advance_registration.recorded import TERM as REGISTERED
from services.law.procedures.measure.recorded import TERM
from services.law.procedures.permit import PREFIX as PERMIT
from services.law.rule import Unlawful

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Clocked:
    """What has clocks: its acts, and the events that tell of them. What runs `beside` a case tells with the case, whose people
    are told; the case stays as it is. `counts`: what is told counts a version of the record.
    """

    acts: Acts
    approached: Any = events.DeadlineApproached
    passed: Any = events.DeadlinePassed
    reminded: Any = events.InternalDeadlineReminded
    moved: Any = events.DeadlineMoved
    beside: bool = False
    counts: bool = True

    def fell_due(self, fired: Fired) -> Any:
        """The event that a term draws near, or that it is over."""
        event = self.approached if fired.what == "approached" else self.passed
        return event(deadline=deadline_proto(fired.row))

    def counted(self, tx: Tx, record: Any, events_told: int) -> None:
        """Count the version of a record that tells so many events by itself."""
        if self.counts:
            record.version += events_told
            put_moment(record.update_time, tx.now)

    def announce(
        self, tx: Tx, record: Any, kept: bytes, event: Any, at: Any = None, to: str | None = None
    ) -> None:
        if self.beside:
            case = act.open(tx, record.case_id)
            act.announce(tx, case, tx.get(Case, record.case_id).record, event, at, to=to)
        else:
            self.acts.announce(tx, record, kept, event, at, to=to)


CASE = Clocked(act)
# By how their ids begin.
OTHERS = {
    PREFIX.removesuffix("-"): Clocked(
        inspection,
        events.InspectionDeadlineApproached,
        events.InspectionDeadlinePassed,
        events.InspectionInternalDeadlineReminded,
        events.InspectionDeadlineMoved,
    ),
    PERMIT.removesuffix("-"): Clocked(
        permit,
        events.PermitDeadlineApproached,
        events.PermitDeadlinePassed,
        events.PermitInternalDeadlineReminded,
        events.PermitDeadlineMoved,
    ),
    REGISTRATION.removesuffix("-"): Clocked(registration, beside=True, counts=False),
    "M": Clocked(measure, beside=True, counts=False),
    "F": Clocked(referral, beside=True, counts=False),
    COURT_PREFIX.removesuffix("-"): Clocked(court, beside=True, counts=False),
    ENFORCEMENT.removesuffix("-"): Clocked(enforcement, beside=True, counts=False),
    CREDIT.removesuffix("-"): Clocked(credit_repair, beside=True, counts=False),
    # Two departments count its versions, each in its turn.
    "A": Clocked(
        assistance,
        events.AssistanceDeadlineApproached,
        events.AssistanceDeadlinePassed,
        events.AssistanceInternalDeadlineReminded,
        events.AssistanceDeadlineMoved,
        counts=False,
    ),
}
# What follows by itself. A measure may hold nothing any longer when its own term ends, or the day in which an urgent one is to be
# approved; what was registered is free when nobody decided on it; the right to go to court is lost; a ruling stands;
# silence accepts an application.
FOLLOWS: Mapping[str, Callable[[Tx, str], None]] = {
    **dict.fromkeys((*TERM.values(), "ENF-01"), come_due),
    REGISTERED: lapse_registration,
    "ENF-06": lapse,
    "ENF-12": let_stand,
    "LIC-01": deem_accepted,
}
INSTANT = timedelta(microseconds=1)
# The node's clock may be a simulated one that leaps, so no sleep until the next due time is right.
PAUSE = 1.0


def clocked(subject: str) -> Clocked:
    """Of which kind the record is that has a clock."""
    return OTHERS.get(subject.partition("-")[0], CASE)


def fire_due(tx: Tx) -> int:
    """Announce what fell due up to now, each with its record, and what the agency set for itself to itself; how many."""
    fired = fire(tx, Clock)
    for each in fired:
        if at_its_last_moment(each, tx):
            continue
        kind = clocked(each.row.subject)
        record = kind.acts.open(tx, each.row.subject)
        show_deadlines(record, [each.row])
        if internal(each.row.law):
            reminded = kind.reminded(deadline=deadline_proto(each.row))
            kind.announce(tx, record, kind.acts.keep(tx, record), reminded, each.at, to=tx.node)
            continue
        kind.counted(tx, record, 1)
        kind.announce(tx, record, kind.acts.keep(tx, record), kind.fell_due(each), each.at)
        if each.what == "passed" and (follow := FOLLOWS.get(each.row.clock_id)) is not None:
            try:
                follow(tx, each.row.subject)
            except Unlawful as no:  # the clock that fired was counted from what is otherwise now, or the node's time was set back
                log.warning(
                    "%s of %s: what follows is not open now: %s", each.row.clock_id, each.row.subject, no
                )
    return len(fired)


def at_its_last_moment(fired: Fired, tx: Tx) -> bool:
    """Whether a term from which something follows has just this moment left: then it waits for the next."""
    row = fired.row
    if fired.what != "passed" or row.clock_id not in FOLLOWS or row.due_time < tx.now:
        return False
    row.state, row.stage, row.next_time = RUNNING, fired.stage, row.due_time + INSTANT
    return True


def on_recounted(tx: Tx, changed: list[Recounted]) -> None:
    """Show in the records how their clocks stand by the calendar and the law data of today, and announce each that moved."""
    of_record: dict[str, list[Recounted]] = defaultdict(list)
    for found in changed:
        of_record[found.subject].append(found)
    tx.load(Case, [subject for subject in of_record if clocked(subject) is CASE])
    for subject, its in of_record.items():
        kind = clocked(subject)
        record = kind.acts.open(tx, subject)
        show_certain(record, its)
        if moved := [found for found in its if found.moved]:
            announce_moved(tx, kind, record, moved)
        else:
            kind.acts.keep(tx, record)


def show_certain(record: Any, its: list[Recounted]) -> None:
    """Most clocks do not move, they only become certain, or rest on another article."""
    certain = {found.clock_id: found for found in its}
    for deadline in record.deadlines:
        if (found := certain.get(deadline.clock_id)) is not None:
            deadline.provisional = found.provisional
            if found.law:
                deadline.citation.CopyFrom(citation(found.law))


def announce_moved(tx: Tx, kind: Clocked, record: Any, moved: list[Recounted]) -> None:
    """A term that was met is shown as it is counted now, but is nobody's concern any more."""
    show_deadlines(record, [found.row for found in moved])
    if any(found.clock_id in WINDOW for found in moved):
        recount_window(tx, record)
    going = [found for found in moved if found.row.state != MET]
    if going:
        kind.counted(tx, record, len(going))
    kept = kind.acts.keep(tx, record)
    for found in going:
        event = kind.moved(
            deadline=deadline_proto(found.row), old_due_time=found.old_due_time, **found.because
        )
        kind.announce(tx, record, kept, event)


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
