"""Filings of normative documents."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import document_filing_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row

UNFILED = ("URGED", "MISSING")
"""The states of a filing that was urged and has not come."""


class DocumentFiling(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.DocumentFiling."""

    __table_args__ = (
        Index("documentfiling_expect", "expect_time", "filing_id"),
        Index("documentfiling_node", "node", "expect_time", "filing_id"),
        Index("document_filing_waiting", "state", "since", "filing_id"),
    )

    filing_id: str = Field(primary_key=True)
    document_id: str = Field(index=True)
    state: str = Field(default="", index=True)
    node: str = ""
    body_id: str = ""
    expect_time: datetime = Field(sa_type=Instant)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    @property
    def subject(self) -> str:
        return self.filing_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names whose filing it is."""
        return {"body_id": self.body_id}

    def case(self) -> None:
        """A warning about a filing carries no case."""
        return None

    def filing(self) -> pb.DocumentFiling:
        return pb.DocumentFiling.FromString(self.record)
