"""The queues of a department: its cases, what runs beside them, its inspections and their plans."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import bindparam, or_, select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2

from services.enforcement.advance_registration.act import act as advance_registration
from services.enforcement.assistance.act import act as assistance
from services.enforcement.case.act import act as case
from services.enforcement.case.model import Assignment, Case
from services.enforcement.court_enforcement.act import act as court_enforcement
from services.enforcement.credit_repair.act import act as credit_repair
from services.enforcement.enforcement.act import act as enforcement
from services.enforcement.inspection.act import act as inspection
from services.enforcement.inspection_plan.acts import act as inspection_plan
from services.enforcement.measure.act import act as measure
from services.enforcement.referral.act import act as referral
from services.enforcement.work.waiting import WAITS_FOR
from services.kit.act import Acts
from services.kit.holding import holds
from services.kit.view import View
from services.kit.work import About, Asked, Holder, Queue
from services.law.waiting import waits_for

CONTRACT = enforcement_service_pb2.DESCRIPTOR.services_by_name["EnforcementService"]
RPCS = frozenset(CONTRACT.methods_by_name)
# Done on occasion, and waited for by nobody: what stops a record, ends it before its time, or asks for more time.
ON_OCCASION = {
    "inspection": ("CALL_OFF_INSPECTION", "CHECK_IN_URGENTLY", "REPLACE_INSPECTORS"),
    "measure": ("EXTEND", "HAND_OVER"),
    "court_enforcement": ("WITHDRAW", "APPLY_FOR_IMMEDIATE"),
    "enforcement": ("AGREE", "SUSPEND", "TERMINATE", "GIVE_UP", "DECIDE_AT_ONCE"),
    "credit_repair": ("OBJECT", "EXTEND", "RECORD_DISHONESTY"),
    "inspection_plan": ("WITHDRAW_INSPECTION_PLAN",),
}


def searched(statement: Any, asked: Asked) -> tuple[Any, dict[str, Any]]:
    """Cases are many: the database looks who handles them, and for a part of the number or of the party's name."""
    params: dict[str, Any] = {}
    if asked.officer_id:
        on_case = select(Assignment.case_id).where(Assignment.officer_id == bindparam("wanted_officer"))
        statement = statement.where(Case.case_id.in_(on_case))  # type: ignore[attr-defined]
        params["wanted_officer"] = asked.officer_id
    if asked.query.strip():
        columns = (Case.case_number, Case.party_name)
        statement = statement.where(or_(*(c.ilike(bindparam("part"), escape="\\") for c in columns)))  # type: ignore[attr-defined]
        params["part"] = like(asked.query)
    return statement, params


def like(part: str) -> str:
    """The pattern of what holds a part, taken as it is written."""
    for sign in "\\%_":
        part = part.replace(sign, f"\\{sign}")
    return f"%{part.strip()}%"


def holders(officers: Any) -> tuple[Holder, ...]:
    return tuple(Holder(o.officer_id, o.name, o.certificate_number) for o in officers)


def of_case(record: cases.Case, _view: View) -> About:
    return About(
        record.case_number, record.party.name, record.violation.title, record.case_id, record.case_number,
        record.node, holders(record.officers),
    )  # fmt: skip


def beside(record: Any, view: View) -> About:
    """What runs beside a case is with those who handle the case."""
    row = view.find(Case, record.case_id) if record.case_id else None
    if row is None:
        return About(record.case_number, case_number=record.case_number, node=record.node)
    its = of_case(cases.Case.FromString(row.record), view)
    return its._replace(number=record.case_number or its.number)


def helped(record: Any, view: View) -> About | None:
    """A request for help waits at the one of the two departments whose turn it is; here it does so only at that one."""
    at_asked = assistance.names[record.state] in ("ASKED", "RECEIVED")
    if view.node != (record.to_node if at_asked else record.node):
        return None
    return About(
        record.document_number,
        record.body_name,
        record.subject,
        record.case_id,
        record.case_number,
        record.node,
    )


def visited(record: Any, _view: View) -> About:
    name = record.enterprise.name
    return About(record.number, name, record.body_name, node=record.node, holders=holders(record.officers))


def planned(record: Any, view: View) -> About:
    return About(record.plan_id, record.body_name, record.title, node=view.node)


def in_its_case(row: Any) -> Callable[[str], Any]:
    """What runs beside a case is found by what the case says."""
    cases_table: Any = Case.__table__  # type: ignore[attr-defined]

    def also(text: str) -> Any:
        return row.__table__.c.case_id.in_(
            select(cases_table.c.case_id).where(holds(cases_table.c.record, text))
        )

    return also


def _queue(
    noun: str,
    acts: Acts,
    about: Callable[[Any, View], About | None],
    also: Callable[[Any], Callable[[str], Any]] | None = None,
) -> Queue:
    waits = waits_for(acts.procedure, ON_OCCASION.get(noun, ()), done_by=RPCS)
    elsewhere = also(acts.row) if also is not None else None
    return Queue(noun, acts.row, acts.key, acts.record, waits, about, (CONTRACT,), also=elsewhere)


CASES = Queue("case", Case, "case_id", case.record, WAITS_FOR, of_case, (CONTRACT,), narrow=searched)
BESIDE = {
    "advance_registration": advance_registration,
    "court_enforcement": court_enforcement,
    "credit_repair": credit_repair,
    "enforcement": enforcement,
    "measure": measure,
    "referral": referral,
}
QUEUES = (
    CASES,
    *(_queue(noun, acts, beside, in_its_case) for noun, acts in BESIDE.items()),
    _queue("assistance", assistance, helped),
    _queue("inspection", inspection, visited),
    _queue("inspection_plan", inspection_plan, planned),
)
