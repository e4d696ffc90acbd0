"""What the yearly assessments of officers came to. A replica."""

from sqlalchemy import BigInteger, bindparam, select
from sqlmodel import Field

from services.registry.row import Row


class OfficerGrade(Row, table=True):
    """One year of one officer; `record` is a yifa.registry.v1.OfficerGrade."""

    officer_assessment_id: str = Field(primary_key=True)
    officer_id: str = Field(index=True)
    year: int
    grade: str
    version: int = Field(sa_type=BigInteger)
    record: bytes


OF_OFFICER = (
    select(OfficerGrade.record)  # type: ignore[call-overload]
    .where(OfficerGrade.officer_id == bindparam("officer"))
    .order_by(OfficerGrade.year.desc(), OfficerGrade.officer_assessment_id)  # type: ignore[attr-defined]
)
