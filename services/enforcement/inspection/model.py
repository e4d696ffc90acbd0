"""Inspections, and the joint visits that the city proposed."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import Instant, JsonList, since


class Inspection(Row, table=True):
    """One inspection: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.Inspection."""

    __table_args__ = (
        Index("inspection_enterprise", "credit_code", "body_id", "year"),
        Index("inspection_waiting", "state", "since", "inspection_id"),
    )

    inspection_id: str = Field(primary_key=True)
    number: str = ""
    state: str = Field(index=True)
    body_id: str
    credit_code: str
    year: int
    counted: bool = False
    """Whether it counts towards the yearly cap."""
    check_in_time: datetime | None = Field(default=None, sa_type=Instant)
    record_time: datetime | None = Field(default=None, sa_type=Instant)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    record: bytes


class JointProposal(Row, table=True):
    """A joint visit that the city proposed to this department among others. A replica."""

    proposal_id: str = Field(primary_key=True)
    credit_code: str = Field(index=True)
    body_ids: tuple[str, ...] = Field(sa_type=JsonList)
    from_time: datetime = Field(sa_type=Instant)
    until_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
    record: bytes
