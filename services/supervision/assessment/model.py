"""Assessments of bodies of enforcement, and the self-assessments that came for them."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.enforcement.v1.self_assessment_pb2 import SelfAssessment as Told
from yifa.supervision.v1 import assessment_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row


class Assessment(Row, table=True):
    """One body and year: the columns it is searched by, and `record`, the whole as a yifa.supervision.v1.Assessment."""

    __table_args__ = (
        Index("assessment_year", "year", "assessment_id"),
        Index("assessment_body", "body_id", "year"),
        Index("assessment_waiting", "state", "since", "assessment_id"),
    )

    assessment_id: str = Field(primary_key=True)
    year: int
    body_id: str
    node: str
    state: str = Field(index=True)
    grade: int = 0
    publish_time: datetime | None = Field(default=None, sa_type=Instant)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    record: bytes

    def assessment(self) -> pb.Assessment:
        return pb.Assessment.FromString(self.record)


class SelfAssessment(Row, table=True):
    """What a body handed in for a year, whenever it came. A replica; `record` is a yifa.enforcement.v1.SelfAssessment."""

    key: str = Field(primary_key=True)  # body_id/year
    node: str
    version: int = Field(sa_type=BigInteger)
    record: bytes

    def told(self) -> Told:
        return Told.FromString(self.record)


def self_key(body_id: str, year: int) -> str:
    return f"{body_id}/{year}"
