"""The acts of an enforcement by the agency itself: bound to its procedure, its table, its clocks and its facts."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_pb2 as pb

from services.enforcement.case.model import Case
from services.enforcement.deadline.model import Clock
from services.enforcement.enforcement.facts import DoneEnforcement
from services.enforcement.enforcement.model import Enforcement
from services.enforcement.enforcement.showing import show_enforcement
from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.enforcement import ENFORCEMENT
from services.law.procedures.enforcement.recorded import conditions, state_of

PREFIX = "Z-"


def columns(enforcement: pb.Enforcement) -> dict[str, Any]:
    return {
        "case_id": enforcement.case_id,
        "case_number": enforcement.case_number,
        "state": state_of(enforcement),
        "version": enforcement.version,
    }


act = Acts(
    row=Enforcement,
    record=pb.Enforcement,
    key="enforcement_id",
    procedure=ENFORCEMENT,
    facts=DoneEnforcement,
    columns=columns,
    clocks=Clock,
    conditions=conditions,
    tags=("enforcement_id", "case_id"),
    stamp=show_enforcement,
)


def case_of(tx: Tx, case_id: str) -> cases.Case:
    """Raises Missing."""
    return cases.Case.FromString(tx.get(Case, case_id).record)


def new_enforcement(
    request: pb.BeginEnforcementRequest | pb.BeginDutyEnforcementRequest | pb.ClearAtOnceRequest, tx: Tx
) -> pb.Enforcement:
    """The enforcement of a case that nothing was done about yet. Raises Missing."""
    case = case_of(tx, request.case_id)
    enforcement = pb.Enforcement(
        enforcement_id=tx.new_id(PREFIX),
        case_id=case.case_id,
        case_number=case.case_number or case.decision.document_number,
        penalty_number=case.decision.document_number,
        node=tx.node,
        body_id=case.body_id,
        body_name=case.body_name,
        sector=case.sector,
    )
    put_moment(enforcement.begin_time, tx.now)
    return enforcement
