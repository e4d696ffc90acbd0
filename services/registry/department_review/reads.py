"""Reviews of departments, as they are read."""

from yifa.registry.v1 import annual_review_pb2 as messages

from services.kit.rpc import read
from services.kit.view import View
from services.registry.department_review.model import (
    COUNT,
    REVIEWS,
    DepartmentReview,
    department_review_proto,
    waiting,
)


@read
def get_department_review(
    request: messages.GetDepartmentReviewRequest, view: View
) -> messages.GetDepartmentReviewResponse:
    key = f"{request.node}/{request.year}"
    row = view.get(REVIEWS.where(DepartmentReview.department_review_id == key), "DepartmentReview", key)
    left = view.rows(waiting(COUNT, row, view.now))[0][0]
    return messages.GetDepartmentReviewResponse(department_review=department_review_proto(row), left=left)
