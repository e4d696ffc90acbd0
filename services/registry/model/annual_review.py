"""Yearly reviews of certificates, as they are kept and as they go on the wire."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field
from yifa.registry.v1 import annual_review_pb2 as messages

from services.kit.store import Instant
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


class DepartmentReview(Row, table=True):
    """The review of all certificates of a department for a year: how far it has come, by certificate number."""

    department_review_id: str = Field(primary_key=True)
    node: str
    year: int
    state: str = Field(index=True)
    cursor: str = ""
    passed: int = 0
    failed: int = 0
    reviewer: str
    start_time: datetime = Field(sa_type=Instant)
    end_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = 1


def department_review_proto(row: Any) -> messages.DepartmentReview:
    return messages.DepartmentReview(
        department_review_id=row.department_review_id,
        node=row.node,
        year=row.year,
        state=f"DEPARTMENT_REVIEW_STATE_{row.state}",
        passed=row.passed,
        failed=row.failed,
        reviewer=row.reviewer,
        start_time=row.start_time,
        end_time=row.end_time,
        version=row.version,
    )


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
