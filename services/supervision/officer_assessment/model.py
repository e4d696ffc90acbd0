"""Assessments of people for a year."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, select
from sqlmodel import Field
from yifa.supervision.v1 import officer_assessment_pb2 as pb
from yifa.supervision.v1.assessment_pb2 import ASSESSMENT_GRADE_FAILED

from services.kit.store import since
from services.supervision.row import Row


class OfficerAssessment(Row, table=True):
    """One person, body and year: the columns it is searched by, and `record`, the whole as a pb.OfficerAssessment."""

    __table_args__ = (
        Index("officerassessment_year", "year", "officer_assessment_id"),
        Index("officerassessment_body", "body_id", "year"),
        Index("officerassessment_officer", "officer_id", "year"),
        Index("officerassessment_waiting", "state", "since", "officer_assessment_id"),
    )

    officer_assessment_id: str = Field(primary_key=True)
    year: int
    node: str
    body_id: str
    officer_id: str
    post: int
    state: str
    grade: int = 0
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    record: bytes

    def assessment(self) -> pb.OfficerAssessment:
        return pb.OfficerAssessment.FromString(self.record)


def failed(look: Any, officer_id: str, year: int) -> bool:
    """Whether a person was graded the lowest for a year, in whatever body."""
    its = select(OfficerAssessment).where(  # type: ignore[var-annotated]
        OfficerAssessment.officer_id == officer_id, OfficerAssessment.year == year
    )
    return any(row.grade == ASSESSMENT_GRADE_FAILED for row in look.query(its))
