"""The acts of a credit repair: bound to its procedure, its table, its clocks and its facts."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import credit_repair_pb2 as pb

from services.enforcement.case.model import Case
from services.enforcement.credit_repair.facts import DoneRepair
from services.enforcement.credit_repair.model import CreditRepair
from services.enforcement.deadline.model import Clock
from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.procedures.credit_repair import CREDIT_REPAIR
from services.law.procedures.credit_repair.recorded import state_of

PREFIX = "CR-"


def columns(repair: pb.CreditRepair) -> dict[str, Any]:
    state = state_of(repair)
    return {
        "case_id": repair.case_id,
        "case_number": repair.case_number,
        "state": "" if state == "UNSPECIFIED" else state,
        "version": repair.version,
    }


act = Acts(
    row=CreditRepair,
    record=pb.CreditRepair,
    key="repair_id",
    procedure=CREDIT_REPAIR,
    facts=DoneRepair,
    columns=columns,
    clocks=Clock,
    tags=("repair_id", "case_id"),
)


def new_repair(request: Any, tx: Tx) -> pb.CreditRepair:
    """What is asked for about the penalty of a case. Raises Missing."""
    case = cases.Case.FromString(tx.get(Case, request.case_id).record)
    return pb.CreditRepair(
        repair_id=tx.new_id(PREFIX),
        case_id=case.case_id,
        case_number=case.case_number,
        node=tx.node,
        body_id=case.body_id,
        body_name=case.body_name,
        sector=case.sector,
        applicant=request.applicant,
    )
