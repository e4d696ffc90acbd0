"""Yearly reviews of certificates, as they are kept and as they go on the wire."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, select
from sqlmodel import Field
from yifa.registry.v1 import annual_review_pb2 as messages

from services.law.calendar import SHANGHAI
from services.registry.certificate.model import Certificate
from services.registry.row import Row
from services.registry.standing.objections import ENFORCEMENT


class AnnualReview(Row, table=True):
    """A review; the key is `certificate_number/year`, `record` a yifa.registry.v1.AnnualReview."""

    __table_args__ = (Index("ix_annual_review_year", "year", "node"),)

    review_id: str = Field(primary_key=True)
    certificate_number: str
    officer_id: str
    node: str
    year: int
    state: str
    version: int
    record: bytes


def review_values(review: messages.AnnualReview) -> dict[str, Any]:
    return {
        "certificate_number": review.certificate_number,
        "officer_id": review.officer_id,
        "node": review.node,
        "year": review.year,
        "state": messages.AnnualReviewState.Name(review.state).removeprefix("ANNUAL_REVIEW_STATE_"),
        "version": review.version,
        "record": review.SerializeToString(),
    }


def unreviewed(statement: Any, year: int, now: datetime) -> Any:
    """A select of certificates, narrowed to those that a year's review has not reached."""
    name = Certificate.certificate_number + f"/{year}"
    reviewed = select(AnnualReview.review_id).where(AnnualReview.review_id == name).exists()
    return under_review(statement, year, now).where(~reviewed)


def under_review(statement: Any, year: int, now: datetime) -> Any:
    """A select of certificates, narrowed to those that a year's review is for."""
    return statement.where(
        Certificate.kind.in_((0, ENFORCEMENT)),
        Certificate.issuer == "",
        Certificate.expire_time > now,
        Certificate.issue_time < datetime(year + 1, 1, 1, tzinfo=SHANGHAI),
    )


REVIEWS = select(AnnualReview.review_id, AnnualReview.record)
