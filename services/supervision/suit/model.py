"""The register of suits against bodies of the city."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import suit_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row


class Suit(Row, table=True):
    """One suit: the columns it is searched by, and `record`, the whole as a yifa.supervision.v1.Suit."""

    __table_args__ = (
        Index("suit_register", "register_time", "suit_id"),
        Index("suit_body", "body_id", "register_time"),
        Index("suit_waiting", "state", "since", "suit_id"),
    )

    suit_id: str = Field(primary_key=True)
    node: str
    body_id: str
    case_id: str = Field(default="", index=True)
    case_number: str = ""
    state: str = Field(index=True)
    register_time: datetime = Field(sa_type=Instant)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    @property
    def subject(self) -> str:
        return self.suit_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {"case_id": self.case_id, "case_number": self.case_number, "body_id": self.body_id}

    def case(self) -> None:
        """A warning about a suit carries no case: it is for the department as such."""
        return None

    def suit(self) -> pb.Suit:
        return pb.Suit.FromString(self.record)
