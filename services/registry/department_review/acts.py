"""The yearly review of a whole department."""

from yifa.registry.v1 import annual_review_pb2 as messages
from yifa.registry.v1 import events_pb2 as events

from services.kit.rpc import write
from services.kit.tx import Tx
from services.registry.annual_review.review import check_year
from services.registry.department_review.model import (
    COUNT,
    DepartmentReview,
    department_review_proto,
    waiting,
)
from services.registry.department_review.running import review_some


@write
def review_department(request: messages.ReviewDepartmentRequest, tx: Tx) -> messages.ReviewDepartmentResponse:
    """Review every certificate of a department that the year's review has not reached (MOT-CERT 30, 31)."""
    check_year(tx, request.year)
    row = tx.find(DepartmentReview, f"{request.node}/{request.year}")
    if row is None or row.state != "RUNNING":
        row = begin(tx, row, request)
        reviews = review_some(tx, row)
    else:
        reviews = []
    failed = sum(r.state == messages.ANNUAL_REVIEW_STATE_FAILED for r in reviews)
    return messages.ReviewDepartmentResponse(
        reviews=reviews,
        passed=len(reviews) - failed,
        failed=failed,
        left=tx.db.scalar(waiting(COUNT, row, tx.now)),
        department_review=department_review_proto(row),
    )


def begin(
    tx: Tx, row: DepartmentReview | None, request: messages.ReviewDepartmentRequest
) -> DepartmentReview:
    """A department's review from the start: the first of the year, or once more for what came since."""
    if row is None:
        key = f"{request.node}/{request.year}"
        row = DepartmentReview.new(department_review_id=key, node=request.node, year=request.year, version=0)
        tx.add(row)
    row.state, row.cursor, row.passed, row.failed = "RUNNING", "", 0, 0
    row.reviewer, row.start_time, row.end_time = tx.caller.subject, tx.now, None
    row.version += 1
    begun = events.DepartmentReviewBegun(department_review=department_review_proto(row))
    tx.emit(begun, subject=row.department_review_id, to=row.node)
    return row
