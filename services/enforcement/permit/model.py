"""Applications for permits, and the permits that came of them."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import Instant


class Permit(Row, table=True):
    """One application: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.Permit. `next_time`
    is when something follows by itself that no clock brings; `identity_number` the whole number of who applies, which the record
    shows masked.
    """

    __table_args__ = (Index("permit_next", "next_time"),)

    permit_id: str = Field(primary_key=True)
    number: str = ""
    identity_number: str = ""
    body_id: str
    guide_id: str = Field(index=True)
    state: str = Field(index=True)
    next_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
    record: bytes
