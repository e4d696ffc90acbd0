"""How the bodies of this department assessed their own years."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.enforcement.row import Row


class SelfAssessment(Row, table=True):
    """One body and year: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.SelfAssessment."""

    __table_args__ = (Index("self_assessment_year", "year", "self_assessment_id"),)

    self_assessment_id: str = Field(primary_key=True)
    body_id: str
    year: int
    state: str
    version: int = Field(sa_type=BigInteger)
    record: bytes
