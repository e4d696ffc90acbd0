"""Complaints about enforcement, and whom they are about."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import complaint_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row


class Complaint(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.Complaint. Who complained is in neither."""

    __table_args__ = (
        Index("complaint_receive", "receive_time", "complaint_id"),
        Index("complaint_state", "state", "receive_time", "complaint_id"),
        Index("complaint_body", "body_id", "receive_time", "complaint_id"),
        Index("complaint_waiting", "state", "since", "complaint_id"),
        Index("complaint_public", "public_time", "complaint_id"),
    )

    complaint_id: str = Field(primary_key=True)
    number: str = Field(default="", index=True)
    state: str = ""
    source: int = 0
    body_id: str = ""
    act_key: str = Field(default="", index=True)
    """What tells the unit and its act, the same for all complaints about them; empty where neither case nor day is told."""
    receive_time: datetime = Field(sa_type=Instant)
    since: datetime = since()
    public_time: datetime | None = Field(default=None, sa_type=Instant)
    """Since when question and answer are public; none where they are not."""
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    def complaint(self) -> pb.Complaint:
        return pb.Complaint.FromString(self.record)


class Complained(Row, table=True):
    """A unit, or a person, about whom a complaint was accepted; `counted` until it is merged with another about the same act."""

    key: str = Field(primary_key=True)  # complaint_id/about
    about: str = Field(index=True)
    complaint_id: str
    accept_time: datetime = Field(sa_type=Instant)
    counted: bool = True
