"""What a department hears of the reviews of its files; only the city speaks of them."""

from sqlmodel import select
from yifa.enforcement.v1 import file_review_pb2 as pb
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import file_review_pb2 as reviews

from services.enforcement.body.reactions import from_city
from services.enforcement.file_review.act import act
from services.enforcement.file_review.model import FileReview, FileReviewObjection
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome, Reactions
from services.kit.tx import Tx
from services.law.procedures.file_review_objection import TABLE


def on_told(event: supervision.FileReviewTold, tx: Tx, about: Envelope) -> None:
    """The newest snapshot holds, in whatever order they come; the objections that it names were taken in, or left out."""
    from_city(tx, about)
    review = event.told.file_review
    if review.node != tx.node:
        raise NotItsHome(f"{review.review_id} is no review of a file of {tx.node}")
    row = tx.find(FileReview, review.review_id)
    if row is None:
        row = tx.add(FileReview.new(review_id=review.review_id, version=-1, record=b""))
    if review.version > row.version:
        row.version, row.record = review.version, review.SerializeToString(deterministic=True)
        _stand(tx, review)


def _stand(tx: Tx, review: reviews.FileReview) -> None:
    """Bring the objections in line with what the oversight body says of them."""
    said = dict.fromkeys(review.left, "LEAVE_OBJECTION") | {review.objection.objection_id: "TAKE_OBJECTION"}
    mine = select(FileReviewObjection).where(FileReviewObjection.review_id == review.review_id)
    for row in tx.query(mine):
        move = TABLE.move(said.get(row.objection_id, ""), row.state)
        if move is not None:
            objection = pb.FileReviewObjection.FromString(row.record)
            objection.state = act.numbers[move.target]
            objection.version += 1
            act.keep(tx, objection, row)


REACTIONS: Reactions = {supervision.FileReviewTold: on_told}
