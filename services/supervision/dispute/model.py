"""Disputes over jurisdiction."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.kit.store import Instant
from services.supervision.row import Row


class Dispute(Row, table=True):
    """Two departments and one matter: who handles it."""

    __table_args__ = (Index("dispute_open", "open_time", "dispute_id"),)

    dispute_id: str = Field(primary_key=True)
    state: str = Field(default="DISPUTED", index=True)
    case_id: str = ""
    node: str = ""
    case_number: str = ""
    other_case_id: str = Field(default="", index=True)
    other_node: str = ""
    other_case_number: str = ""
    cause: str = ""
    open_time: datetime = Field(sa_type=Instant)
    refer_time: datetime | None = Field(default=None, sa_type=Instant)
    settle_time: datetime | None = Field(default=None, sa_type=Instant)
    designate_time: datetime | None = Field(default=None, sa_type=Instant)
    designated_case_id: str = ""
    opinion: str = ""
    document_number: str = ""
    version: int = Field(sa_type=BigInteger, default=1)
