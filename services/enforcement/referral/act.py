"""The acts of a referral: bound to its procedure, its table, its clocks and its facts."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import referral_pb2 as pb

from services.enforcement.case.model import Case
from services.enforcement.deadline.model import Clock
from services.enforcement.referral.facts import DoneReferral
from services.enforcement.referral.model import Referral
from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.procedures.referral import REFERRAL

_STATES = {number: name.removeprefix("REFERRAL_STATE_") for name, number in pb.ReferralState.items()}


def columns(referral: pb.Referral) -> dict[str, Any]:
    return {
        "case_id": referral.case_id,
        "case_number": referral.case_number,
        "state": _STATES[referral.state],
        "version": referral.version,
    }


act = Acts(
    row=Referral,
    record=pb.Referral,
    key="referral_id",
    procedure=REFERRAL,
    facts=DoneReferral,
    columns=columns,
    clocks=Clock,
    tags=("referral_id", "case_id"),
)


def new_referral(request: pb.FlagCrimeRequest, tx: Tx) -> pb.Referral:
    """The referral of a case that nothing was done about yet. Raises Missing."""
    case = cases.Case.FromString(tx.get(Case, request.case_id).record)
    return pb.Referral(
        referral_id=tx.new_id("F-"),
        case_id=case.case_id,
        case_number=case.case_number,
        node=tx.node,
        body_id=case.body_id,
        body_name=case.body_name,
        sector=case.sector,
        suspicion=request.suspicion,
        standard=request.standard,
        amount=request.amount,
    )
