"""The indemnity for a permit that was recalled or altered: claimed, negotiated, decided and paid (ALIC 8(2); CITY-ERS 6(5))."""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import permit_held_pb2 as held
from yifa.enforcement.v1 import permit_pb2 as pb

from services.enforcement.permit.act import act
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.permit import PERMIT
from services.law.procedures.permit.recorded_held import indemnified


def _of(permit: pb.Permit) -> held.PermitIndemnity:
    """The indemnity that an act is about; one apart where none is owed, which the rules say."""
    reversal = indemnified(permit)
    return reversal.indemnity if reversal is not None else held.PermitIndemnity()


def _claimed(request: pb.ClaimPermitIndemnityRequest, permit: pb.Permit, _tx: Tx) -> None:
    said = _of(permit)
    if not said.HasField("claim_time"):
        said.loss, said.hearing_asked = request.loss, request.hearing_asked
        said.claimed.CopyFrom(request.claimed)


@act(PERMIT.CLAIM_INDEMNITY, takes=_claimed)
def claim_permit_indemnity(
    _request: pb.ClaimPermitIndemnityRequest, permit: pb.Permit, do: Do
) -> events.PermitIndemnityClaimed:
    """Record what the holder claims, and whether it asks for a hearing (ALIC 8(2); CITY-ERS 6(5))."""
    put_moment(_of(permit).claim_time, do.at)
    return events.PermitIndemnityClaimed()


def _met(request: pb.MeetOnPermitIndemnityRequest, permit: pb.Permit, tx: Tx) -> None:
    meeting = _of(permit).meetings.add(
        kind=request.kind,
        host=tx.caller.subject,
        minutes=request.minutes,
        signed=request.signed,
        agreement=request.agreement,
    )
    meeting.amount.CopyFrom(request.amount)
    put_moment(meeting.hold_time, tx.now)


@act(PERMIT.MEET_ON_INDEMNITY, takes=_met)
def meet_on_permit_indemnity(
    _request: pb.MeetOnPermitIndemnityRequest, _permit: pb.Permit, _do: Do
) -> events.PermitIndemnityMet:
    """Record a negotiation or a hearing with the holder; the caller hosted it (CITY-ERS 6(5))."""
    return events.PermitIndemnityMet()


def _decided(request: Any, permit: pb.Permit, tx: Tx) -> None:
    said = _of(permit)
    said.decider = tx.caller.subject
    said.awarded.CopyFrom(request.awarded)
    for name in ("reasons", "authority", "court"):
        setattr(said, name, getattr(request, name))


@act(PERMIT.DECIDE_INDEMNITY, takes=_decided)
def decide_permit_indemnity(
    _request: pb.DecidePermitIndemnityRequest, permit: pb.Permit, do: Do
) -> events.PermitIndemnityDecided:
    """Decide it as it was agreed on, or with reasons and remedies (ALIC 7, 8(2))."""
    put_moment(_of(permit).decide_time, do.at)
    return events.PermitIndemnityDecided()


def _paid(request: pb.PayPermitIndemnityRequest, permit: pb.Permit, _tx: Tx) -> None:
    said = _of(permit)
    said.voucher = request.voucher
    said.paid.CopyFrom(request.paid)


@act(PERMIT.PAY_INDEMNITY, takes=_paid)
def pay_permit_indemnity(
    _request: pb.PayPermitIndemnityRequest, permit: pb.Permit, do: Do
) -> events.PermitIndemnityPaid:
    """Record that it was paid in full (ALIC 8(2))."""
    put_moment(_of(permit).pay_time, do.at)
    return events.PermitIndemnityPaid()
