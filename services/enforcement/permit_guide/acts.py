"""The guide of an item of permission: drafted, argued for, published, withdrawn (ALIC 30; OPR-SUP 6; CITY-ERS 3(3), 3(7))."""

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import permit_guide_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.permit_guide.act import act
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.permit_guide import PERMIT_GUIDE, PREFIX

LARGEST_FEE = 10**16


def _begun(request: pb.DraftPermitGuideRequest, tx: Tx) -> pb.PermitGuide:
    """The guide that is drafted. Raises Missing for a body that there is not, Malformed for a fee that is no amount."""
    if not 0 <= request.terms.fee.amount.fen <= LARGEST_FEE:
        raise Malformed({"terms.fee.amount.fen": ("is no amount of money", "不是有效的金额")})
    body = tx.get(Body, request.body_id)
    guide = pb.PermitGuide(
        guide_id=tx.new_id(PREFIX),
        node=tx.node,
        body_id=body.body_id,
        body_name=body.name,
        sector=tx.sector_of(body.field),
        item_id=request.item_id,
        terms=request.terms,
        drafter=tx.caller.subject,
    )
    put_moment(guide.draft_time, tx.now)
    return guide


@act(PERMIT_GUIDE.DRAFT, begins=_begun, loads=((Body, "body_id"),))
def draft_permit_guide(
    _request: pb.DraftPermitGuideRequest, _guide: pb.PermitGuide, _do: Do
) -> events.PermitGuideDrafted:
    """Draft the guide of an item of permission (ALIC 30(1))."""
    return events.PermitGuideDrafted()


def _argued(request: pb.ArguePermitGuideRequest, guide: pb.PermitGuide, tx: Tx) -> None:
    review = guide.review
    review.kept, review.opinion, review.reasons = request.kept, request.opinion, request.reasons
    review.consulted[:] = dict.fromkeys(request.consulted)
    review.reviewer = tx.caller.subject
    put_moment(review.review_time, tx.now)


def _how(request: pb.ArguePermitGuideRequest, _guide: pb.PermitGuide) -> Act:
    return PERMIT_GUIDE.KEEP if request.kept else PERMIT_GUIDE.DROP


@act(PERMIT_GUIDE.KEEP, PERMIT_GUIDE.DROP, by=_how, takes=_argued)
def argue_permit_guide(
    request: pb.ArguePermitGuideRequest, _guide: pb.PermitGuide, _do: Do
) -> events.PermitGuideArgued | events.PermitGuideDropped:
    """Say whether the item of approval stays, and why (CITY-ERS 3(3))."""
    return events.PermitGuideArgued() if request.kept else events.PermitGuideDropped()


def _published(request: pb.PublishPermitGuideRequest, guide: pb.PermitGuide, tx: Tx) -> None:
    guide.publisher, guide.publish_address = tx.caller.subject, request.address
    put_moment(guide.publish_time, tx.now)


@act(PERMIT_GUIDE.PUBLISH, takes=_published)
def publish_permit_guide(
    _request: pb.PublishPermitGuideRequest, _guide: pb.PermitGuide, _do: Do
) -> events.PermitGuidePublished:
    """Publish a guide: from then on it is what applications are judged by (ALIC 5(2), 30(1))."""
    return events.PermitGuidePublished()


def _withdrawn(request: pb.WithdrawPermitGuideRequest, guide: pb.PermitGuide, tx: Tx) -> None:
    guide.withdrawer, guide.withdraw_cause = tx.caller.subject, request.cause
    put_moment(guide.withdraw_time, tx.now)


@act(PERMIT_GUIDE.WITHDRAW, takes=_withdrawn)
def withdraw_permit_guide(
    _request: pb.WithdrawPermitGuideRequest, _guide: pb.PermitGuide, _do: Do
) -> events.PermitGuideWithdrawn:
    """Withdraw a guide. What came while it was published goes on by what it said."""
    return events.PermitGuideWithdrawn()
