"""A clue is registered, and it is decided what becomes of it (ASR 20(2), 26(2), 33(3))."""

from collections.abc import Mapping
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.supervision_order import SUPERVISION_ORDER as ORDER
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.supervision_order.act import PREFIX, act
from services.supervision.warning.messages import warning_message
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import change


def new_order(request: pb.RegisterSupervisionClueRequest, tx: Tx) -> pb.SupervisionOrder:
    """A matter that nothing was done about yet. What the warning is about, it is about."""
    body, warned = tx.find(Body, request.body_id), None
    if request.source.kind == pb.SUPERVISION_SOURCE_KIND_WARNING:
        warned = tx.find(Warning, request.source.source_id)
    case_id = request.case_id or (warned.case_id if warned is not None else "")
    view = tx.find(CaseView, case_id) if case_id else None
    order = pb.SupervisionOrder(
        order_id=tx.new_id(PREFIX),
        node=request.node,
        body_id=request.body_id,
        body_name=body.name if body is not None else "",
        sector=tx.sector_of(body.field) if body is not None else "",
        source=request.source,
        title=request.title,
        case_id=case_id,
        case_number=view.case_number if view is not None else "",
        registrar=tx.caller.subject,
    )
    put_moment(order.register_time, tx.now)
    return order


@act(ORDER.REGISTER, begins=new_order, loads=((Body, "body_id"), (CaseView, "case_id")))
def register_supervision_clue(
    _request: pb.RegisterSupervisionClueRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionClueRegistered:
    """Register what may become a supervision matter (ASR 20(2)). The warning that it is opened from names it."""
    if order.source.kind == pb.SUPERVISION_SOURCE_KIND_WARNING:
        warned = do.tx.get(Warning, order.source.source_id)
        change(warned, order_id=order.order_id)
        do.tx.emit(events.WarningTakenUp(warning=warning_message(warned)), subject=warned.warning_id)
    return events.SupervisionClueRegistered()


TRACKS: Mapping[int, tuple[Act, Any]] = {
    pb.SUPERVISION_TRACK_GENERAL: (ORDER.ACCEPT, events.SupervisionAccepted),
    pb.SUPERVISION_TRACK_SIMPLE: (ORDER.ACCEPT_SIMPLE, events.SupervisionCorrectionAsked),
    pb.SUPERVISION_TRACK_WARNING: (ORDER.ACCEPT_WARNING, events.SupervisionExplanationAsked),
}


def _track(request: pb.AcceptSupervisionRequest, _order: pb.SupervisionOrder) -> Act:
    return TRACKS[request.track][0]


@act(ORDER.ACCEPT, ORDER.ACCEPT_SIMPLE, ORDER.ACCEPT_WARNING, by=_track)
def accept_supervision(request: pb.AcceptSupervisionRequest, order: pb.SupervisionOrder, do: Do) -> Any:
    """Accept a clue on one of the three tracks; on the two short ones the agency is told at once (ASR 22[1], 26(2))."""
    order.track = request.track
    decided(order, do, request.opinion)
    if request.track != pb.SUPERVISION_TRACK_GENERAL:
        order.supervisors[:] = request.supervisors
        order.asks = request.opinion
        put_moment(order.tell_time, do.now)
        order.rounds += request.track == pb.SUPERVISION_TRACK_SIMPLE
        order.notices += request.track == pb.SUPERVISION_TRACK_WARNING
    return TRACKS[request.track][1]()


def decided(order: pb.SupervisionOrder, do: Do, reasons: str) -> None:
    """Who decided on the clue, when and why."""
    order.triage.by, order.triage.reasons = do.caller, reasons
    put_moment(order.triage.triage_time, do.now)


def _to_remedy(request: pb.DivertSupervisionRequest, order: pb.SupervisionOrder, tx: Tx) -> None:
    order.triage.remedy_document = request.remedy_document
    if request.person_told:
        put_moment(order.triage.person_tell_time, tx.now)


@act(ORDER.DIVERT, takes=_to_remedy)
def divert_supervision(
    request: pb.DivertSupervisionRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionDiverted:
    """Send a matter to reconsideration or the court, which it is before already (ASR 33(3))."""
    decided(order, do, request.reasons)
    closed(order, do, request.reasons)
    return events.SupervisionDiverted()


@act(ORDER.REFUSE)
def refuse_supervision(
    request: pb.RefuseSupervisionRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionRefused:
    """Refuse a clue, with reasons."""
    decided(order, do, request.reasons)
    closed(order, do, request.reasons)
    return events.SupervisionRefused()


def closed(order: pb.SupervisionOrder, do: Do, reasons: str) -> None:
    order.close_reasons = reasons
    put_moment(order.close_time, do.now)


@act(ORDER.TURN_GENERAL)
def turn_supervision_general(
    _request: pb.TurnSupervisionGeneralRequest, order: pb.SupervisionOrder, _do: Do
) -> events.SupervisionTurnedGeneral:
    """Go on on the general track: it was not corrected at once, or the explanation does not hold (ASR 22)."""
    order.track = pb.SUPERVISION_TRACK_GENERAL
    return events.SupervisionTurnedGeneral()
