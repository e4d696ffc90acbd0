"""The review of all certificates of a department, as it is kept and as it goes on the wire."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Field
from yifa.registry.v1 import annual_review_pb2 as messages

from services.kit.store import Instant
from services.registry.annual_review.model import unreviewed
from services.registry.certificate.model import Certificate
from services.registry.row import Row


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


REVIEWS = select(*DepartmentReview.__table__.columns)
COUNT = select(func.count()).select_from(Certificate)


def waiting(statement: Any, row: Any, now: Any) -> Any:
    """A select of certificates, narrowed to those that a department's review has still to reach."""
    return unreviewed(statement, row.year, now).where(
        Certificate.node == row.node, Certificate.certificate_number > row.cursor
    )
