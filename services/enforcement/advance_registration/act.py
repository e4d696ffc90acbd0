"""The acts of an advance registration: bound to its procedure, its table, its clocks and its facts."""

from typing import Any

from yifa.enforcement.v1 import advance_registration_pb2 as pb
from yifa.enforcement.v1 import case_pb2 as cases

from services.enforcement.advance_registration.facts import DoneRegistration
from services.enforcement.advance_registration.model import AdvanceRegistration
from services.enforcement.case.model import Case
from services.enforcement.deadline.model import Clock
from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.procedures.advance_registration import ADVANCE_REGISTRATION
from services.law.procedures.advance_registration.recorded import state_of

PREFIX = "AR-"


def columns(registration: pb.AdvanceRegistration) -> dict[str, Any]:
    return {
        "case_id": registration.case_id,
        "case_number": registration.case_number,
        "state": state_of(registration),
        "version": registration.version,
    }


act = Acts(
    row=AdvanceRegistration,
    record=pb.AdvanceRegistration,
    key="registration_id",
    procedure=ADVANCE_REGISTRATION,
    facts=DoneRegistration,
    columns=columns,
    clocks=Clock,
    tags=("registration_id", "case_id"),
)


def new_registration(
    request: pb.RequestRegistrationRequest | pb.RegisterUrgentlyRequest, tx: Tx
) -> pb.AdvanceRegistration:
    """A registration of a case that nothing was done about yet. Raises Missing."""
    case = cases.Case.FromString(tx.get(Case, request.case_id).record)
    return pb.AdvanceRegistration(
        registration_id=tx.new_id(PREFIX),
        case_id=case.case_id,
        case_number=case.case_number,
        node=tx.node,
        body_id=case.body_id,
        body_name=case.body_name,
        sector=case.sector,
        area_code=case.area_code,
        danger=request.danger,
    )
