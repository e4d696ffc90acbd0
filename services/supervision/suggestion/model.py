"""The register of suggestions from outside that bodies of the city have to answer."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import suggestion_pb2 as pb

from services.kit.store import Instant
from services.supervision.row import Row


class Suggestion(Row, table=True):
    """One suggestion: the columns it is searched by, and `record`, the whole as a yifa.supervision.v1.Suggestion."""

    __table_args__ = (
        Index("suggestion_register", "register_time", "suggestion_id"),
        Index("suggestion_body", "body_id", "register_time"),
    )

    suggestion_id: str = Field(primary_key=True)
    node: str
    body_id: str
    kind: str
    suit_id: str = Field(default="", index=True)
    case_id: str = ""
    case_number: str = ""
    state: str = Field(index=True)
    register_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    @property
    def subject(self) -> str:
        return self.suggestion_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {"case_id": self.case_id, "case_number": self.case_number, "body_id": self.body_id}

    def case(self) -> None:
        """A warning about a suggestion carries no case: it is for the department as such."""
        return None

    def suggestion(self) -> pb.Suggestion:
        return pb.Suggestion.FromString(self.record)
