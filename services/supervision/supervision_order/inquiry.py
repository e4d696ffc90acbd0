"""The inquiry: notice, measures, and what is found (ASR 22, 23, 26)."""

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.supervision_order import SUPERVISION_ORDER as ORDER
from services.supervision.supervision_order.act import act
from services.supervision.supervision_order.triage import closed


@act(ORDER.NOTIFY)
def notify_supervision(
    request: pb.NotifySupervisionRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionNotified:
    """Tell the agency that it is supervised, and what it explains or hands in."""
    order.asks = request.asks
    order.notices += 1
    put_moment(order.tell_time, do.now)
    return events.SupervisionNotified()


@act(ORDER.ACCEPT_EXPLANATION)
def accept_supervision_explanation(
    request: pb.AcceptSupervisionExplanationRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionClosed:
    """Close a matter because the explanation holds (ASR 22[1])."""
    closed(order, do, request.reasons)
    return events.SupervisionClosed()


@act(ORDER.INQUIRE)
def begin_supervision_inquiry(
    request: pb.BeginSupervisionInquiryRequest, order: pb.SupervisionOrder, _do: Do
) -> events.SupervisionInquiryBegun:
    """Name those who inquire; none of them enforced in the case (ASR 8)."""
    order.supervisors[:] = request.supervisors
    return events.SupervisionInquiryBegun()


@act(ORDER.REPLACE_SUPERVISORS)
def replace_supervisors(
    request: pb.ReplaceSupervisorsRequest, order: pb.SupervisionOrder, _do: Do
) -> events.SupervisorsReplaced:
    """Name others who supervise from now on: somebody left, or holds no certificate any more (ASR 8)."""
    order.supervisors[:] = request.supervisors
    return events.SupervisorsReplaced()


def _measure(request: pb.TakeInquiryMeasureRequest, order: pb.SupervisionOrder, tx: Tx) -> None:
    taken = order.measures.add(
        kind=request.kind,
        supervisors=request.supervisors,
        guests=request.guests,
        record=request.record,
        by=tx.caller.subject,
    )
    getattr(taken, "with").extend(getattr(request, "with"))
    put_moment(taken.take_time, tx.now)


@act(ORDER.TAKE_MEASURE, takes=_measure)
def take_inquiry_measure(
    _request: pb.TakeInquiryMeasureRequest, _order: pb.SupervisionOrder, _do: Do
) -> events.InquiryMeasureTaken:
    """Record a measure of inquiry, and who was invited to it (ASR 22, 23)."""
    return events.InquiryMeasureTaken()


@act(ORDER.FIND_NOTHING)
def find_nothing(
    request: pb.FindNothingRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionClosed:
    """Close an inquiry that found nothing."""
    closed(order, do, request.reasons)
    return events.SupervisionClosed()


def _found(request: pb.CorrectOnSpotRequest, order: pb.SupervisionOrder, _tx: Tx) -> None:
    order.findings.CopyFrom(request.findings)


@act(ORDER.CORRECT_ON_SPOT, takes=_found)
def correct_on_spot(
    request: pb.CorrectOnSpotRequest, order: pb.SupervisionOrder, do: Do
) -> events.CorrectionOnSpotAsked:
    """Have the agency correct at once what can be (ASR 26(2))."""
    order.asks = request.correction
    order.rounds += 1
    put_moment(order.tell_time, do.now)
    return events.CorrectionOnSpotAsked()
