"""Yearly reviews, as they are read; and what they have not reached."""

from sqlalchemy import select
from yifa.registry.v1 import annual_review_pb2 as messages

from services.kit.rpc import read
from services.kit.view import View
from services.registry.annual_review.model import REVIEWS, AnnualReview, unreviewed
from services.registry.annual_review.review import STATE
from services.registry.certificate.model import Certificate
from services.registry.training.model import year_of


@read
def list_annual_reviews(
    request: messages.ListAnnualReviewsRequest, view: View
) -> messages.ListAnnualReviewsResponse:
    statement = REVIEWS.where(AnnualReview.year == request.year)
    if request.node:
        statement = statement.where(AnnualReview.node == request.node)
    if request.state:
        state = messages.AnnualReviewState.Name(request.state).removeprefix(STATE)
        statement = statement.where(AnnualReview.state == state)
    rows, token = view.page(statement, (AnnualReview.review_id,), request.page_size, request.page_token)
    reviews = [messages.AnnualReview.FromString(row.record) for row in rows]
    return messages.ListAnnualReviewsResponse(reviews=reviews, next_page_token=token)


@read
def list_unreviewed(request: messages.ListUnreviewedRequest, view: View) -> messages.ListUnreviewedResponse:
    """The certificates that a year's review has not reached."""
    columns = (Certificate.certificate_number, Certificate.officer_id, Certificate.officer_name)
    statement = select(*columns, Certificate.body_id, Certificate.node)
    statement = unreviewed(statement, request.year, view.now)
    if request.node:
        statement = statement.where(Certificate.node == request.node)
    keys = (Certificate.certificate_number,)
    rows, token = view.page(statement, keys, request.page_size, request.page_token)
    overdue = year_of(view.now) > request.year
    found = [messages.Unreviewed(**row._mapping, overdue=overdue) for row in rows]
    return messages.ListUnreviewedResponse(certificates=found, next_page_token=token)
