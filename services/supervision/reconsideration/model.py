"""The register of reconsiderations of what bodies of the city did."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row


class Reconsideration(Row, table=True):
    """One reconsideration: the columns it is searched by, and `record`, the whole as a yifa.supervision.v1.Reconsideration.

    act_key: who challenges what, so that it is admitted once.
    """

    __table_args__ = (
        Index("reconsideration_register", "register_time", "reconsideration_id"),
        Index("reconsideration_body", "body_id", "register_time"),
        Index("reconsideration_waiting", "state", "since", "reconsideration_id"),
    )

    reconsideration_id: str = Field(primary_key=True)
    node: str
    body_id: str
    case_id: str = Field(default="", index=True)
    case_number: str = ""
    act_key: str = Field(default="", index=True)
    state: str = Field(index=True)
    register_time: datetime = Field(sa_type=Instant)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    @property
    def subject(self) -> str:
        return self.reconsideration_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {"case_id": self.case_id, "case_number": self.case_number, "body_id": self.body_id}

    def case(self) -> None:
        """A warning about a reconsideration carries no case: it is for the department as such."""
        return None

    def reconsideration(self) -> pb.Reconsideration:
        return pb.Reconsideration.FromString(self.record)


class Reconsiderer(Row, table=True):
    """Somebody who may hear cases, or did; `record` is a yifa.supervision.v1.Reconsiderer."""

    person: str = Field(primary_key=True)
    record: bytes

    def reconsiderer(self) -> pb.Reconsiderer:
        return pb.Reconsiderer.FromString(self.record)
