"""Requests for help between departments, on both sides."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import since


class Assistance(Row, table=True):
    """One request: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.Assistance."""

    __table_args__ = (Index("assistance_waiting", "state", "since", "assistance_id"),)

    assistance_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    node: str
    to_node: str
    state: str = Field(index=True)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    record: bytes
