"""What falls due when."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select, union_all
from yifa.enforcement.v1 import deadline_pb2 as pb
from yifa.law.v1.law_pb2 import ClockState

from services.enforcement.advance_registration.model import AdvanceRegistration
from services.enforcement.case.model import Case
from services.enforcement.court_enforcement.model import CourtEnforcement
from services.enforcement.credit_repair.model import CreditRepair
from services.enforcement.deadline.model import Clock
from services.enforcement.enforcement.model import Enforcement
from services.enforcement.inspection.model import Inspection
from services.enforcement.measure.model import Measure
from services.enforcement.permit.model import Permit
from services.enforcement.referral.model import Referral
from services.kit.clocks import RUNNING, deadline_proto
from services.kit.refusal import Malformed
from services.kit.rpc import read
from services.kit.store import Instant
from services.kit.view import View
from services.law.moment import moment_of

CASES, CLOCKS = Case.__table__, Clock.__table__
NUMBERED = tuple(
    (table.c[key], table.c[number])
    for table, key, number in (
        (CASES, "case_id", "case_number"),
        (Inspection.__table__, "inspection_id", "number"),
        (AdvanceRegistration.__table__, "registration_id", "case_number"),
        (Measure.__table__, "measure_id", "case_number"),
        (Referral.__table__, "referral_id", "case_number"),
        (CreditRepair.__table__, "repair_id", "case_number"),
        (CourtEnforcement.__table__, "enforcement_id", "case_number"),
        (Enforcement.__table__, "enforcement_id", "case_number"),
        (Permit.__table__, "permit_id", "number"),
    )
)
FIRST_DUE_FIRST = (CLOCKS.c.due_time, CLOCKS.c.key)


@read
def list_deadlines(request: pb.ListDeadlinesRequest, view: View) -> pb.ListDeadlinesResponse:
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
    numbers = numbers_of(view, {row.subject for row in rows})
    found = [deadline_proto(row) for row in rows]
    for deadline in found:
        deadline.case_number = numbers.get(deadline.subject_id, "")
    return pb.ListDeadlinesResponse(deadlines=found, next_page_token=token)


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


def numbers_of(view: View, subjects: set[str]) -> dict[str, str]:
    """The numbers of cases and inspections, and of the cases beside which something runs."""
    return {subject: number for subject, number in view.rows(numbered(), subjects=list(subjects))}


@cache
def numbered() -> Any:
    """The select of the numbers of some records, of whatever kind they are."""
    wanted = bindparam("subjects", expanding=True)
    return union_all(*(select(key, number).where(key.in_(wanted)) for key, number in NUMBERED))
