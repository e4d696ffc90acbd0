"""Yearly reports on building rule-of-law government, and up to which year they were begun."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import rule_of_law_report_pb2 as pb

from services.kit.store import Instant
from services.supervision.row import Row


class RuleOfLawReport(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.RuleOfLawReport."""

    __table_args__ = (Index("ruleoflawreport_year", "year", "report_id"),)

    report_id: str = Field(primary_key=True)
    year: int
    state: str = ""
    node: str = Field(default="", index=True)
    body_id: str = ""
    publish_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    @property
    def subject(self) -> str:
        return self.report_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {"body_id": self.body_id}

    def case(self) -> None:
        """A warning about a report carries no case."""
        return None

    def report(self) -> pb.RuleOfLawReport:
        return pb.RuleOfLawReport.FromString(self.record)


BOOK = "*"
"""The key of the one row there is."""


class ReportedYear(Row, table=True):
    """The last year of which reports were begun here, or need not be: it had ended before the city kept any book. One row."""

    key: str = Field(primary_key=True)
    year: int
