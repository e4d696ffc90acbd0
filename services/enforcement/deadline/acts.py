"""The statutory terms of cases: extending them, and taking time out of their count."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import deadline_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events
from yifa.law.v1.law_pb2 import Deadline, Ground
from yifa.law.v1.options_pb2 import Role

from services.enforcement.case.act import act
from services.enforcement.case.facts import when
from services.enforcement.case.model import Case
from services.enforcement.case.people import by_head_in_office, by_people_of_the_case
from services.enforcement.deadline.model import Clock
from services.enforcement.head.model import rank_in
from services.kit.act import show_deadlines
from services.kit.clocks import deadline_proto, exclude, extend, next_extension, resume
from services.kit.refusal import Missing
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import moment_of
from services.law.procedures.shared import local, not_in_future
from services.law.rule import Broken, Unlawful

HEAD, UNIT_HEAD = Role.ROLE_AGENCY_HEAD, Role.ROLE_UNIT_HEAD
# More than one head is a discussion.
FEWEST_HEADS = 2


@write(loads=(Case, "case_id"))
def extend_deadline(request: pb.ExtendDeadlineRequest, tx: Tx) -> pb.ExtendDeadlineResponse:
    """Add time to a term by the head's decision, or that of the heads together (SAMR 64). Void when approved late."""
    case = act.open(tx, request.case_id)
    clock = clock_of_case(tx, request)
    at = done_at(request, "approve_time", tx.now)
    members = set(request.discussion_members)
    heads = {member for member in members if rank_in(tx, case, member, at)}
    together = request.discussion.strip() and len(heads) >= FEWEST_HEADS and heads == members
    slot = next_extension(tx, clock)
    by = "collective" if slot is not None and slot.by == "collective" and together else "agency_head"
    with about(case, clock):
        by_people_of_the_case(tx.caller, case, HEAD)
        by_head_in_office(tx, case, at)
        extend(
            tx,
            clock,
            request.amount,
            approved=at,
            recorded=tx.now,
            document=request.document,
            by=by,
            approver=tx.caller.subject,
            cause=request.cause,
            discussion=request.discussion if by == "collective" else "",
        )
    deadline = show(case, clock)
    event = events.DeadlineExtended(deadline=deadline, extension=deadline.extensions[-1], by=by)
    act.write(tx, case, event, at)
    return pb.ExtendDeadlineResponse(case=case, deadline=deadline)


@write(loads=(Case, "case_id"))
def exclude_time(request: pb.ExcludeTimeRequest, tx: Tx) -> pb.ExcludeTimeResponse:
    """Take time out of a term's count: hearing, appraisal and what else its statute names (SAMR 64(2))."""
    case = act.open(tx, request.case_id)
    clock = clock_of_case(tx, request)
    since = done_at(request, "from_time", tx.now)
    until = done_at(request, "until_time", tx.now) if request.HasField("until_time") else None
    ground = Ground.Name(request.ground).removeprefix("GROUND_")
    with about(case, clock, ground=ground):
        by_people_of_the_case(tx.caller, case, UNIT_HEAD, HEAD)
        if ground == "SUSPENSION":
            if not tx.caller.has(HEAD):
                raise Unlawful([NOT_APPROVED])
            by_head_in_office(tx, case, tx.now)
        exclude(tx, clock, since, until, ground=ground, cause=request.cause)
    deadline = show(case, clock)
    taken = next(e for e in deadline.excluded if moment_of(e.from_time) == since and same_end(e, until))
    event = events.TimeExcluded(deadline=deadline, excluded=taken)
    act.write(tx, case, event)
    return pb.ExcludeTimeResponse(case=case, deadline=deadline)


@write(loads=(Case, "case_id"))
def resume_time(request: pb.ResumeTimeRequest, tx: Tx) -> pb.ResumeTimeResponse:
    """Let a suspended term run on (SAMR 64(2))."""
    case = act.open(tx, request.case_id)
    clock = clock_of_case(tx, request)
    until = done_at(request, "until_time", tx.now)
    with about(case, clock):
        by_people_of_the_case(tx.caller, case, UNIT_HEAD, HEAD)
        resume(tx, clock, until)
    deadline = show(case, clock)
    taken = next(e for e in reversed(deadline.excluded) if same_end(e, until))
    event = events.TimeResumed(deadline=deadline, excluded=taken)
    act.write(tx, case, event)
    return pb.ResumeTimeResponse(case=case, deadline=deadline)


NOT_APPROVED = Broken(
    "SUSPENSION_NOT_APPROVED",
    "SAMR-2022:46;MOHURD-2022:30;ENV-2023:35",
    "Suspending an inquiry is for the head of the agency to approve.",
    "中止案件调查应当经行政机关负责人批准。",
)


def clock_of_case(tx: Tx, request: Any) -> Clock:
    """The clock that a request names. Raises Missing."""
    key = f"{request.case_id}/{request.clock_id}"
    if (row := tx.find(Clock, key)) is None:
        raise Missing("Clock", key)
    return row


def done_at(request: Any, field: str, now: datetime) -> datetime:
    """When it was done. Raises Malformed, Unlawful for what has not been done yet."""
    at = when(request, field, now)
    if at > now:
        raise Unlawful([not_in_future.broken()], {"at": local(at)})
    return at


@contextmanager
def about(case: cases.Case, clock: Clock, **more: str) -> Iterator[None]:
    """Say in a refusal which clock of which case it is about."""
    said = {"case_id": case.case_id, "clock_id": clock.clock_id, "due": local(clock.due_time), **more}
    try:
        yield
    except Unlawful as no:
        raise Unlawful(no.broken, said | no.about, case.sector) from None


def show(case: cases.Case, clock: Clock) -> Deadline:
    """The clock as it stands now, in the case too."""
    show_deadlines(case, [clock])
    return deadline_proto(clock)


def same_end(taken: Any, until: datetime | None) -> bool:
    return moment_of(taken.until_time) == until if taken.HasField("until_time") else until is None
