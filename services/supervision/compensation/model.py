"""The register of claims of state compensation against bodies of the city."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import compensation_pb2 as pb

from services.kit.store import Instant
from services.supervision.row import Row


class Compensation(Row, table=True):
    """One claim: the columns it is searched by, and `record`, the whole as a yifa.supervision.v1.Compensation."""

    __table_args__ = (
        Index("compensation_register", "register_time", "compensation_id"),
        Index("compensation_body", "body_id", "register_time"),
    )

    compensation_id: str = Field(primary_key=True)
    node: str
    body_id: str
    case_id: str = Field(default="", index=True)
    case_number: str = ""
    state: str = Field(index=True)
    register_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    @property
    def subject(self) -> str:
        return self.compensation_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {"case_id": self.case_id, "case_number": self.case_number, "body_id": self.body_id}

    def case(self) -> None:
        """A warning about a claim carries no case: it is for the department as such."""
        return None

    def compensation(self) -> pb.Compensation:
        return pb.Compensation.FromString(self.record)
