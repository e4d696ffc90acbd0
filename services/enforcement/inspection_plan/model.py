"""Plans of inspections."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import since


class InspectionPlan(Row, table=True):
    """One plan: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.InspectionPlan."""

    __table_args__ = (
        Index("inspection_plan_year", "body_id", "year"),
        Index("inspection_plan_waiting", "state", "since", "plan_id"),
    )

    plan_id: str = Field(primary_key=True)
    body_id: str
    year: int
    state: str
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    record: bytes
