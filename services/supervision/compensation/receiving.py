"""Claims: made, supplemented, taken for examination, withdrawn; the claimant heard, and what is agreed (SCL 9, 12, 13(1))."""

from typing import Any

from yifa.supervision.v1 import compensation_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.compensation import COMPENSATION, PREFIX
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.compensation.act import act, took

SAID = (
    "body_id", "case_id", "claimant", "standing", "victim", "relation", "relation_proof", "way", "stamped_receipt", "demands",
    "grounds",
)  # fmt: skip
SUPPLIED = ("demands", "grounds", "standing", "victim", "relation", "relation_proof")


def _claimed(request: pb.RegisterCompensationRequest, tx: Tx) -> pb.Compensation:
    """The entry that a claim begins with: its body and case as the city knows them."""
    body = tx.find(Body, request.body_id)
    view = tx.find(CaseView, request.case_id) if request.case_id else None
    record = pb.Compensation(
        compensation_id=tx.new_id(PREFIX),
        node=body.node if body is not None else "",
        body_name=body.name if body is not None else "",
        case_number=view.case_number if view is not None else "",
        registrar=tx.caller.subject,
        apply_time=request.done_time,
        pauses=request.pauses,
    )
    for name in SAID:
        setattr(record, name, getattr(request, name))
    if request.HasField("know_time"):
        record.know_time.CopyFrom(request.know_time)
    put_moment(record.register_time, tx.now)
    took(request, record, tx)
    return record


@act(COMPENSATION.CLAIM, begins=_claimed)
def register_compensation(
    _request: pb.RegisterCompensationRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationReceived:
    """Register a claim. Starts CMP-02 and CMP-03 (SCL 9(2), 12)."""
    return events.CompensationReceived()


def _asked(request: pb.AskCompensationSupplementRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.supplements.add(missing=request.missing, document=request.document, ask_time=request.done_time)


@act(COMPENSATION.ASK_SUPPLEMENT, takes=_asked)
def ask_compensation_supplement(
    _request: pb.AskCompensationSupplementRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationSupplementAsked:
    """Tell once, within five days, all that the claim lacks (SCL 12(4)). Stops CMP-02."""
    return events.CompensationSupplementAsked()


def _supplied(request: pb.SupplementCompensationRequest, record: pb.Compensation, tx: Tx) -> None:
    """What is supplied takes the place of what there was; the rest stays."""
    took(request, record, tx)
    for name in SUPPLIED:
        if getattr(request, name):
            setattr(record, name, getattr(request, name))


@act(COMPENSATION.SUPPLEMENT, takes=_supplied)
def supplement_compensation(
    request: pb.SupplementCompensationRequest, record: pb.Compensation, _do: Do
) -> events.CompensationSupplemented:
    """Take what came (SCL 12(4)). The two months run from the claim."""
    record.supplements[-1].supply_time.CopyFrom(request.done_time)
    return events.CompensationSupplemented()


def _accepted(request: pb.AcceptCompensationRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.handlers[:] = request.handlers
    record.accept_time.CopyFrom(request.done_time)


@act(COMPENSATION.ACCEPT, takes=_accepted)
def accept_compensation(
    _request: pb.AcceptCompensationRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationAccepted:
    """Take it for examination by somebody who stands apart from the act (SCL 12, 13(1)). Stops CMP-02."""
    return events.CompensationAccepted()


def _over(request: Any, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.end_time.CopyFrom(request.done_time)


@act(COMPENSATION.WITHDRAW, takes=_over)
def withdraw_compensation(
    _request: pb.WithdrawCompensationRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationWithdrawn:
    """Record that the claimant withdrew."""
    return events.CompensationWithdrawn()


def _heard(request: pb.HearCompensationClaimantRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.hearings.add(
        formal=request.formal,
        host=request.host,
        opinion=request.opinion,
        signed=request.signed,
        refusal_noted=request.refusal_noted,
        document=request.document,
        hear_time=request.done_time,
    )


@act(COMPENSATION.HEAR, takes=_heard)
def hear_compensation_claimant(
    _request: pb.HearCompensationClaimantRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationClaimantHeard:
    """Hear the claimant, in a hearing before somebody who stands apart, or otherwise (SCL 13(1), CITY-ERS 6(5))."""
    return events.CompensationClaimantHeard()


def _negotiated(request: pb.NegotiateCompensationRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.negotiations.add(
        topics=request.topics,
        agreed=request.agreed,
        items=request.items,
        signed=request.signed,
        document=request.document,
        negotiate_time=request.done_time,
    )


@act(COMPENSATION.NEGOTIATE, takes=_negotiated)
def negotiate_compensation(
    _request: pb.NegotiateCompensationRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationNegotiated:
    """Negotiate the manner, the items and the amount, and nothing else (SCL 13(1))."""
    return events.CompensationNegotiated()
