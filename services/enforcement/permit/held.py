"""A permit that stands: its holder checked, it revoked, recalled or altered, and taken off the register (ALIC 7, 8, 61–70)."""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import permit_pb2 as pb

from services.enforcement.case.facts import legible
from services.enforcement.case.model import Case
from services.enforcement.inspection.model import Inspection
from services.enforcement.officer.model import Standing
from services.enforcement.paper.number import next_number
from services.enforcement.permit.act import act
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.permit import PERMIT
from services.law.procedures.permit.recorded_held import open_reversal


def _checked(request: pb.CheckPermitHolderRequest, permit: pb.Permit, tx: Tx) -> None:
    check = permit.checks.add(
        manner=request.manner,
        inspection_id=request.inspection_id,
        checker_ids=dict.fromkeys(request.checker_ids),
        signer_ids=dict.fromkeys(request.signer_ids),
        situation=request.situation,
        finding=request.finding,
        result=request.result,
        order=request.order,
        case_id=request.case_id,
        recorder=tx.caller.subject,
    )
    if request.HasField("correct_time"):
        legible(request, "correct_time")
        check.correct_time.CopyFrom(request.correct_time)
    put_moment(check.check_time, tx.now)


@act(
    PERMIT.CHECK_HOLDER,
    takes=_checked,
    loads=((Standing, "checker_ids"), (Inspection, "inspection_id"), (Case, "case_id")),
)
def check_permit_holder(
    _request: pb.CheckPermitHolderRequest, _permit: pb.Permit, _do: Do
) -> events.PermitHolderChecked:
    """Record a check of the holder: what it found, and what came of it (ALIC 61, 62)."""
    return events.PermitHolderChecked()


def _intended(request: pb.TellPermitReversalRequest, permit: pb.Permit, tx: Tx) -> None:
    told = permit.reversals.add(
        kind=request.kind,
        ground=request.ground,
        basis=request.basis,
        reasons=request.reasons,
        document=request.document,
        teller=tx.caller.subject,
    )
    if request.HasField("until_time"):
        legible(request, "until_time")
        told.until_time.CopyFrom(request.until_time)
    put_moment(told.tell_time, tx.now)


@act(PERMIT.TELL_REVERSAL, takes=_intended)
def tell_permit_reversal(
    _request: pb.TellPermitReversalRequest, _permit: pb.Permit, _do: Do
) -> events.PermitReversalTold:
    """Tell the holder what is intended, and until when it may state its case (ALIC 7)."""
    return events.PermitReversalTold()


def _heard(request: pb.HearPermitHolderRequest, permit: pb.Permit, _tx: Tx) -> None:
    if (told := open_reversal(permit)) is not None:  # else nothing is intended, which the rules say
        told.statement = request.statement


@act(PERMIT.HEAR_HOLDER, takes=_heard)
def hear_permit_holder(
    _request: pb.HearPermitHolderRequest, permit: pb.Permit, do: Do
) -> events.PermitHolderHeard:
    """Record what the holder states (ALIC 7)."""
    put_moment(permit.reversals[-1].state_time, do.at)
    return events.PermitHolderHeard()


def _decided(request: Any, permit: pb.Permit, tx: Tx) -> None:
    if (told := open_reversal(permit)) is None:
        return
    told.decider = tx.caller.subject
    for name in ("interest", "claim_told", "content", "authority", "court"):
        if name in request.DESCRIPTOR.fields_by_name:
            setattr(told, name, getattr(request, name))


def _numbered(permit: pb.Permit, do: Do) -> None:
    """The decision is made, under a number of its own."""
    decided = permit.reversals[-1]
    decided.document_number = next_number(do.tx, permit.body_id, "permit", do.now)
    put_moment(decided.decide_time, do.at)


@act(PERMIT.REVOKE, takes=_decided)
def revoke_permit(_request: pb.RevokePermitRequest, permit: pb.Permit, do: Do) -> events.PermitRevoked:
    """Revoke a permit for how it was given (ALIC 69)."""
    _numbered(permit, do)
    return events.PermitRevoked()


@act(PERMIT.RECALL, takes=_decided)
def recall_permit(_request: pb.RecallPermitRequest, permit: pb.Permit, do: Do) -> events.PermitRecalled:
    """Recall a permit in the public interest; what it costs the holder is made good (ALIC 8(2))."""
    _numbered(permit, do)
    return events.PermitRecalled()


@act(PERMIT.ALTER, takes=_decided)
def alter_permit(_request: pb.AlterPermitRequest, permit: pb.Permit, do: Do) -> events.PermitAltered:
    """Alter a permit in the public interest; what it costs the holder is made good (ALIC 8(2))."""
    _numbered(permit, do)
    return events.PermitAltered()


def _leaves(request: pb.DeregisterPermitRequest, permit: pb.Permit, tx: Tx) -> None:
    leaving = permit.leaving
    leaving.ground, leaving.basis, leaving.proof = request.ground, request.basis, request.proof
    leaving.case_id, leaving.by = request.case_id, tx.caller.subject


@act(PERMIT.DEREGISTER, takes=_leaves, loads=((Case, "case_id"),))
def deregister_permit(
    _request: pb.DeregisterPermitRequest, permit: pb.Permit, do: Do
) -> events.PermitDeregistered:
    """Take a permit off the register (ALIC 70)."""
    put_moment(permit.leaving.leave_time, do.at)
    return events.PermitDeregistered()
