"""The yearly review of a whole department: some certificates in each transaction, so that others write in between."""

from typing import Any

from sqlalchemy import func, select
from yifa.registry.v1 import annual_review_pb2 as messages
from yifa.registry.v1 import events_pb2 as events

from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.registry.model import Certificate, DepartmentReview
from services.registry.model.annual_review import department_review_proto
from services.registry.reviewing import unreviewed
from services.registry.servicer.reviews import check_year, review_all

AT_ONCE = 50
REVIEWS = select(*DepartmentReview.__table__.columns)
COUNT = select(func.count()).select_from(Certificate)


class DepartmentReviews:
    @write
    def ReviewDepartment(
        self, request: messages.ReviewDepartmentRequest, tx: Tx
    ) -> messages.ReviewDepartmentResponse:
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

    @read
    def GetDepartmentReview(
        self, request: messages.GetDepartmentReviewRequest, view: View
    ) -> messages.GetDepartmentReviewResponse:
        key = f"{request.node}/{request.year}"
        row = view.get(REVIEWS.where(DepartmentReview.department_review_id == key), "DepartmentReview", key)
        left = view.rows(waiting(COUNT, row, view.now))[0][0]
        return messages.GetDepartmentReviewResponse(department_review=department_review_proto(row), left=left)


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


def waiting(statement: Any, row: Any, now: Any) -> Any:
    """A select of certificates, narrowed to those that a department's review has still to reach."""
    return unreviewed(statement, row.year, now).where(
        Certificate.node == row.node, Certificate.certificate_number > row.cursor
    )


def review_some(tx: Tx, row: DepartmentReview) -> list[messages.AnnualReview]:
    """Review the next certificates; the department's review ends with the last."""
    certificates: list[Certificate] = tx.query(
        waiting(select(Certificate), row, tx.now).order_by(Certificate.certificate_number).limit(AT_ONCE)
    )
    reviews = review_all(tx, certificates, row.year, row.reviewer)
    failed = sum(r.state == messages.ANNUAL_REVIEW_STATE_FAILED for r in reviews)
    row.passed += len(reviews) - failed
    row.failed += failed
    row.version += 1
    if certificates:
        row.cursor = certificates[-1].certificate_number
    if len(certificates) < AT_ONCE:
        row.state, row.end_time = "ENDED", tx.now
        ended = events.DepartmentReviewEnded(department_review=department_review_proto(row))
        tx.emit(ended, subject=row.department_review_id, to=row.node)
    return reviews


def go_on(tx: Tx, department_review_id: str) -> None:
    """Take a department's review one step further, if it still runs."""
    row = tx.get(DepartmentReview, department_review_id)
    if row.state == "RUNNING":
        review_some(tx, row)
