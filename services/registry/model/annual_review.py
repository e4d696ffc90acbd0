"""Yearly reviews of certificates, as they are kept and as they go on the wire."""

from typing import Any

from sqlalchemy import Index
from sqlmodel import Field
from yifa.registry.v1 import annual_review_pb2 as messages

from services.registry.model.base import Row


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
