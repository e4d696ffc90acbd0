"""Matters of accountability."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import accountability_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row


class Accountability(Row, table=True):
    """One matter: the columns it is searched by, and `record`, the whole as a yifa.supervision.v1.Accountability.

    source_key: what the clue comes from and whom it is pursued against, so that it is pursued once.
    """

    __table_args__ = (
        Index("accountability_register", "register_time", "accountability_id"),
        Index("accountability_body", "body_id", "register_time"),
        Index("accountability_waiting", "state", "since", "accountability_id"),
    )

    accountability_id: str = Field(primary_key=True)
    node: str
    body_id: str
    officer_id: str = Field(default="", index=True)
    state: str = Field(index=True)
    source_key: str = Field(index=True)
    case_id: str = ""
    case_number: str = ""
    register_time: datetime = Field(sa_type=Instant)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    @property
    def subject(self) -> str:
        return self.accountability_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {"case_id": self.case_id, "case_number": self.case_number, "body_id": self.body_id}

    def case(self) -> None:
        """A warning about a matter carries no case."""
        return None

    def accountability(self) -> pb.Accountability:
        return pb.Accountability.FromString(self.record)
