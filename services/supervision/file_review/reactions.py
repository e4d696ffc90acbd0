"""What the office does with the objections of departments, whenever they come, each once (GD-FILE 12(7))."""

from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1.file_review_pb2 import FileReviewObjection
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.act import Do
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.procedures.file_review import FILE_REVIEW
from services.law.rule import Unlawful
from services.supervision.event.foreign import Foreign
from services.supervision.file_review.act import act
from services.supervision.file_review.model import FileReview


def on_objection(event: enforcement.FileReviewObjectionMade, tx: Tx, about: Envelope) -> None:
    """An objection of the department whose file it is: one that was made in the term is taken in, though it comes after the
    result had become final. Another is named as left out, and the department learns of it.
    """
    said = event.file_review_objection
    row = tx.find(FileReview, said.review_id)
    if row is None or not about.node == said.node == row.node:
        raise Foreign(f"{about.node} objects in {said.review_id}, which is no review of a file of its own")
    review = row.review()
    if said.objection_id in {review.objection.objection_id, *review.left}:
        return
    try:
        act.do(tx, FILE_REVIEW.OBJECT_TO_FILE_REVIEW, review, said, _taken)
    except Unlawful:
        review = row.review()
        review.left.append(said.objection_id)
        act.write(tx, review, events.FileObjectionLeft())


def _taken(said: FileReviewObjection, review: pb.FileReview, _do: Do) -> events.FileReviewObjected:
    review.ClearField("final_time")
    review.objection.CopyFrom(
        pb.FileObjection(
            objection_id=said.objection_id,
            text=said.text,
            item_ids=said.item_ids,
            objector=said.objector,
            object_time=said.object_time,
        )
    )
    return events.FileReviewObjected()
