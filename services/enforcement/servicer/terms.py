"""The statutory terms of cases: extending them, taking time out of their count, what falls due when."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import deadline_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events
from yifa.law.v1.law_pb2 import ClockState, Deadline, Ground
from yifa.law.v1.options_pb2 import Role

from services.enforcement import rules
from services.enforcement.details import local
from services.enforcement.facts import Facts, moment_of
from services.enforcement.model import Case, Clock
from services.enforcement.servicer.acts import UNIT_HEAD, act, handles, open_case, show_deadlines, when
from services.kit.clocks import RUNNING, deadline_proto, exclude, extend, next_extension, resume
from services.kit.refusal import Malformed, Missing
from services.kit.rpc import read, write
from services.kit.store import Instant
from services.kit.tx import Tx
from services.kit.view import View
from services.law.process import Broken, Unlawful

HEAD = Role.ROLE_AGENCY_HEAD
CASES, CLOCKS = Case.__table__, Clock.__table__
FIRST_DUE_FIRST = (CLOCKS.c.due_time, CLOCKS.c.key)
# More than one head is a discussion.
FEWEST_HEADS = 2


class Terms:
    @write(loads=(Case, "case_id"))
    def ExtendDeadline(self, request: pb.ExtendDeadlineRequest, tx: Tx) -> pb.ExtendDeadlineResponse:
        """Add time to a term by the head's decision, or that of the heads together (SAMR 64). Void when approved late."""
        row, case = open_case(tx, request.case_id)
        clock = clock_of_case(tx, request)
        at = done_at(request, "approve_time", tx.now)
        together = request.discussion.strip() and len(set(request.discussion_members)) >= FEWEST_HEADS
        slot = next_extension(tx, clock)
        by = "collective" if slot is not None and slot.by == "collective" and together else "agency_head"
        with about(case, clock):
            by_no_one_apart(tx, case)
            extend(
                tx,
                clock,
                request.amount,
                approved=at,
                by=by,
                approver=tx.caller.subject,
                cause=request.cause,
                discussion=request.discussion if by == "collective" else "",
            )
        deadline = show(case, clock)
        event = events.DeadlineExtended(deadline=deadline, extension=deadline.extensions[-1], by=by)
        return pb.ExtendDeadlineResponse(case=act(tx, row, case, event, at), deadline=deadline)

    @write(loads=(Case, "case_id"))
    def ExcludeTime(self, request: pb.ExcludeTimeRequest, tx: Tx) -> pb.ExcludeTimeResponse:
        """Take time out of a term's count: hearing, appraisal and what else its statute names (SAMR 64(2))."""
        row, case = open_case(tx, request.case_id)
        clock = clock_of_case(tx, request)
        since = done_at(request, "from_time", tx.now)
        until = done_at(request, "until_time", tx.now) if request.HasField("until_time") else None
        ground = Ground.Name(request.ground).removeprefix("GROUND_")
        with about(case, clock, ground=ground):
            by_people_of_the_case(tx, case)
            if ground == "SUSPENSION" and not tx.caller.has(HEAD):
                raise Unlawful([NOT_APPROVED])
            exclude(tx, clock, since, until, ground=ground, cause=request.cause)
        deadline = show(case, clock)
        taken = next(e for e in deadline.excluded if moment_of(e.from_time) == since and same_end(e, until))
        event = events.TimeExcluded(deadline=deadline, excluded=taken)
        return pb.ExcludeTimeResponse(case=act(tx, row, case, event), deadline=deadline)

    @write(loads=(Case, "case_id"))
    def ResumeTime(self, request: pb.ResumeTimeRequest, tx: Tx) -> pb.ResumeTimeResponse:
        """Let a suspended term run on (SAMR 64(2))."""
        row, case = open_case(tx, request.case_id)
        clock = clock_of_case(tx, request)
        until = done_at(request, "until_time", tx.now)
        with about(case, clock):
            by_people_of_the_case(tx, case)
            resume(tx, clock, until)
        deadline = show(case, clock)
        taken = next(e for e in reversed(deadline.excluded) if same_end(e, until))
        event = events.TimeResumed(deadline=deadline, excluded=taken)
        return pb.ResumeTimeResponse(case=act(tx, row, case, event), deadline=deadline)

    @read
    def ListDeadlines(self, request: pb.ListDeadlinesRequest, view: View) -> pb.ListDeadlinesResponse:
        """The clocks of all cases in one state, first due first. Refuses with BAD_PAGE_TOKEN."""
        bounded = request.HasField("before_time")
        rows, token = view.page(
            due_in_state(bounded),
            FIRST_DUE_FIRST,
            request.page_size,
            request.page_token,
            wanted_state=ClockState.Name(request.state).removeprefix("CLOCK_STATE_")
            if request.state
            else RUNNING,
            **({"before": bound(request)} if bounded else {}),
        )
        numbers = case_numbers(view, {row.subject for row in rows})
        found = [deadline_proto(row) for row in rows]
        for deadline in found:
            deadline.case_number = numbers.get(deadline.subject_id, "")
        return pb.ListDeadlinesResponse(deadlines=found, next_page_token=token)


NOT_APPROVED = Broken(
    "SUSPENSION_NOT_APPROVED",
    "SAMR-2022:46",
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
        raise Unlawful([rules.not_in_future.broken()], {"at": local(at)})
    return at


def by_no_one_apart(tx: Tx, case: cases.Case) -> None:
    """Raise Unlawful for who stands aside from the case."""
    facts = Facts(case, tx.now, tx.now, caller=tx.caller.subject)
    if not rules.not_recused.holds(facts):
        raise Unlawful([rules.not_recused.broken()], {"officers": tx.caller.subject})


def by_people_of_the_case(tx: Tx, case: cases.Case) -> None:
    by_no_one_apart(tx, case)
    if not handles(tx, case, UNIT_HEAD, HEAD):
        raise Unlawful([rules.by_handling_officers.broken()], {"person": tx.caller.subject})


@contextmanager
def about(case: cases.Case, clock: Clock, **more: str) -> Iterator[None]:
    """Say in a refusal which clock of which case it is about."""
    said = {"case_id": case.case_id, "clock_id": clock.clock_id, "due": local(clock.due_time), **more}
    try:
        yield
    except Unlawful as no:
        raise Unlawful(no.broken, said | no.about) from None


def show(case: cases.Case, clock: Clock) -> Deadline:
    """The clock as it stands now, in the case too."""
    show_deadlines(case, [clock])
    return deadline_proto(clock)


def same_end(taken: Any, until: datetime | None) -> bool:
    return moment_of(taken.until_time) == until if taken.HasField("until_time") else until is None


def bound(request: pb.ListDeadlinesRequest) -> datetime:
    """Raises Malformed for a time beyond the calendar."""
    try:
        return moment_of(request.before_time)
    except OverflowError:
        said = ("is no moment between the years 1 and 9999", "不是公元1年至9999年之间的时间")
        raise Malformed({"before_time": said}) from None


@cache
def due_in_state(bounded: bool) -> Any:
    """The select of what falls due, of one state."""
    found = select(CLOCKS).where(CLOCKS.c.state == bindparam("wanted_state"))
    return found.where(CLOCKS.c.due_time < bindparam("before", type_=Instant)) if bounded else found


def case_numbers(view: View, case_ids: set[str]) -> dict[str, str]:
    rows = view.rows(select(CASES.c.case_id, CASES.c.case_number).where(CASES.c.case_id.in_(case_ids)))
    return {row.case_id: row.case_number for row in rows}
