"""The acts of an enforcement by the court: bound to its procedure, its table, its clocks and its facts."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import court_enforcement_pb2 as pb

from services.enforcement.case.model import Case
from services.enforcement.court_enforcement.facts import DoneCourt
from services.enforcement.court_enforcement.model import CourtEnforcement
from services.enforcement.deadline.model import Clock
from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.court_enforcement import COURT_ENFORCEMENT
from services.law.procedures.court_enforcement.recorded import remedy_end, state_of

PREFIX = "Q-"


def columns(enforcement: pb.CourtEnforcement) -> dict[str, Any]:
    return {
        "case_id": enforcement.case_id,
        "case_number": enforcement.case_number,
        "state": state_of(enforcement),
        "version": enforcement.version,
    }


act = Acts(
    row=CourtEnforcement,
    record=pb.CourtEnforcement,
    key="enforcement_id",
    procedure=COURT_ENFORCEMENT,
    facts=DoneCourt,
    columns=columns,
    clocks=Clock,
    tags=("enforcement_id", "case_id"),
)


def new_enforcement(tx: Tx, case_id: str) -> pb.CourtEnforcement:
    """The enforcement of a case that nothing was done about yet. Raises Missing."""
    case = cases.Case.FromString(tx.get(Case, case_id).record)
    enforcement = pb.CourtEnforcement(
        enforcement_id=tx.new_id(PREFIX),
        case_id=case.case_id,
        case_number=case.case_number or case.decision.document_number,
        node=tx.node,
        body_id=case.body_id,
        body_name=case.body_name,
        sector=case.sector,
        deferred=bool(case.instalments),
    )
    if (end := remedy_end(case, tx.parameters, tx.calendar)) is not None:
        put_moment(enforcement.remedy_end_time, end)
    return enforcement
