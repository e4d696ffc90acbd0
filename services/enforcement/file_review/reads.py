"""The reviews of this department's files, and what was objected to them."""

from sqlalchemy import select
from yifa.enforcement.v1 import file_review_pb2 as pb
from yifa.supervision.v1.file_review_pb2 import FileReview as Review

from services.enforcement.file_review.model import FileReview, FileReviewObjection
from services.kit.rpc import read
from services.kit.view import View

MOST = 20
"""Every record is whole, with all that shows each item."""


@read
def list_file_reviews(request: pb.ListFileReviewsRequest, view: View) -> pb.ListFileReviewsResponse:
    """Reviews, newest first. Refuses with BAD_PAGE_TOKEN."""
    found = select(FileReview.review_id, FileReview.record)  # type: ignore[call-overload]
    newest = (FileReview.review_id.desc(),)  # type: ignore[attr-defined]
    rows, token = view.page(found, newest, min(request.page_size or MOST, MOST), request.page_token)
    listed = pb.ListFileReviewsResponse(next_page_token=token)
    for row in rows:
        listed.reviews.add().Pack(Review.FromString(row.record))
    its = select(FileReviewObjection).where(
        FileReviewObjection.review_id.in_([row.review_id for row in rows])  # type: ignore[attr-defined]
    )
    for row in view.query(its.order_by(FileReviewObjection.objection_id)):
        listed.objections.append(pb.FileReviewObjection.FromString(row.record))
    return listed
