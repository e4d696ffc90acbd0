"""Decisions of audit and supervision bodies about enforcement bodies."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import outside_decision_pb2 as pb

from services.kit.store import Instant
from services.supervision.row import Row


class OutsideDecision(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.OutsideDecision."""

    __table_args__ = (
        Index("outsidedecision_register", "register_time", "decision_id"),
        Index("outsidedecision_body", "body_id", "number"),
    )

    decision_id: str = Field(primary_key=True)
    state: str = ""
    node: str = Field(default="", index=True)
    body_id: str = ""
    number: str = ""
    register_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    @property
    def subject(self) -> str:
        return self.decision_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {"body_id": self.body_id}

    def case(self) -> None:
        """A warning about such a decision carries no case."""
        return None

    def decision(self) -> pb.OutsideDecision:
        return pb.OutsideDecision.FromString(self.record)
