"""What supervision does besides: closer supervision, criticism made known, proposals on persons, clues for the commission
(ASR 20(3), 31–33)."""

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.supervision_order import SUPERVISION_ORDER as ORDER
from services.supervision.supervision_order.act import act
from services.supervision.supervision_order.number import next_number
from services.supervision.supervision_order.paper import issue
from services.supervision.supervision_order.triage import closed


@act(ORDER.LIST)
def list_supervision(
    request: pb.ListSupervisionRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionListed:
    """List a matter for close supervision (ASR 20(3))."""
    order.listing.CopyFrom(pb.SupervisionListing(reasons=request.reasons, by=do.caller))
    put_moment(order.listing.list_time, do.now)
    return events.SupervisionListed()


@act(ORDER.RAISE)
def raise_supervision(
    request: pb.RaiseSupervisionRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionRaised:
    """Hand a matter up to the oversight body above, which goes on with it (ASR 20(3))."""
    order.raising.CopyFrom(
        pb.SupervisionRaising(
            authority=request.authority,
            document_number=request.document_number,
            reasons=request.reasons,
            by=do.caller,
        )
    )
    put_moment(order.raising.raise_time, do.now)
    closed(order, do, request.reasons)
    return events.SupervisionRaised()


def _criticism(request: pb.CirculateCriticismRequest, order: pb.SupervisionOrder, tx: Tx) -> None:
    known = order.circulated.add(
        prominent=request.prominent,
        scope=request.scope,
        public=request.public,
        reasons=request.reasons,
        by=tx.caller.subject,
    )
    put_moment(known.circulate_time, tx.now)


@act(ORDER.CIRCULATE, takes=_criticism)
def circulate_criticism(
    _request: pb.CirculateCriticismRequest, order: pb.SupervisionOrder, do: Do
) -> events.CriticismCirculated:
    """Make it known that an agency refuses, or what stands out in its enforcement (ASR 31)."""
    kind = "supervision_circular"
    issue(do.tx, order, kind, next_number(do.tx, kind))
    return events.CriticismCirculated()


def _proposal(request: pb.ProposePersonMeasureRequest, order: pb.SupervisionOrder, tx: Tx) -> None:
    proposed = order.person_proposals.add(
        proposal_id=tx.new_id("Z-"),
        officer_id=request.officer_id,
        kind=request.kind,
        factors=request.factors,
        competent_body=request.competent_body,
        reasons=request.reasons,
        by=tx.caller.subject,
    )
    put_moment(proposed.propose_time, tx.now)


@act(ORDER.PROPOSE_MEASURES, takes=_proposal)
def propose_person_measure(
    _request: pb.ProposePersonMeasureRequest, order: pb.SupervisionOrder, do: Do
) -> events.PersonMeasureProposed:
    """Propose to the competent body what is to be done about an officer; it decides (ASR 32)."""
    kind = "person_proposal"
    issue(do.tx, order, kind, next_number(do.tx, kind))
    return events.PersonMeasureProposed()


@act(ORDER.TRANSFER_CLUE)
def transfer_to_commission(
    request: pb.TransferToCommissionRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionClueTransferred:
    """Hand a clue about persons to the supervision commission (ASR 33(1)). The agency is not told."""
    handed = order.transfers.add(
        receiver=request.receiver,
        document_number=request.document_number,
        reasons=request.reasons,
        by=do.caller,
    )
    put_moment(handed.transfer_time, do.now)
    issue(do.tx, order, "commission_transfer", request.document_number)
    return events.SupervisionClueTransferred()
