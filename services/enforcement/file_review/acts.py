"""Objecting to the result of the review of a file (GD-FILE 12(7))."""

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import file_review_pb2 as pb

from services.enforcement.file_review.act import act
from services.enforcement.file_review.model import FileReview
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.file_review_objection import FILE_REVIEW_OBJECTION, PREFIX


def _begun(request: pb.ObjectToFileReviewRequest, tx: Tx) -> pb.FileReviewObjection:
    """Raises Missing for a review that this department was not told of."""
    review = tx.get(FileReview, request.review_id).review()
    objection = pb.FileReviewObjection(
        objection_id=tx.new_id(PREFIX),
        review_id=review.review_id,
        case_id=review.case_id,
        case_number=review.case_number,
        node=tx.node,
        text=request.text,
        item_ids=request.item_ids,
        papers=request.papers,
        objector=tx.caller.subject,
    )
    put_moment(objection.object_time, tx.now)
    return objection


@act(FILE_REVIEW_OBJECTION.OBJECT_TO_FILE_REVIEW, begins=_begun, loads=((FileReview, "review_id"),))
def object_to_file_review(
    _request: pb.ObjectToFileReviewRequest, _objection: pb.FileReviewObjection, _do: Do
) -> events.FileReviewObjectionMade:
    """Object to a result, with reasons, in the term (GD-FILE 12(7))."""
    return events.FileReviewObjectionMade()
