"""The reviews of major penalties."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import filing_pb2

from services.kit.store import Instant
from services.supervision.row import Row


class Filing(Row, table=True):
    """The review of one major penalty. `substance` is what was looked at in it, and what was found: the rest of a
    yifa.supervision.v1.FilingReview.
    """

    __table_args__ = (Index("filing_decide", "decide_time", "filing_id"),)

    filing_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    node: str
    case_number: str
    decision_number: str
    party_name: str
    fine: int = Field(sa_type=BigInteger)
    state: str = Field(index=True)
    decide_time: datetime = Field(sa_type=Instant)
    file_time: datetime | None = Field(default=None, sa_type=Instant)
    conclude_time: datetime | None = Field(default=None, sa_type=Instant)
    reviewer: str = ""
    opinion: str = ""
    due_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger, default=1)
    order_id: str = ""
    """The supervision matter in which what was objected to is put right."""
    late: bool = False
    """Whether it came, or was reviewed, after its term."""
    substance: bytes = b""

    def looked_at(self) -> filing_pb2.FilingReview:
        return filing_pb2.FilingReview.FromString(self.substance)
