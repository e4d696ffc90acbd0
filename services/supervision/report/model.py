"""Reports of one's own that were saved."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import report_pb2 as pb

from services.kit.store import Instant
from services.supervision.row import Row


class PublishedReport(Row, table=True):
    """A yearly report as it is public; `record` is the whole as a yifa.supervision.v1.PublishedReport."""

    __table_args__ = (Index("published_report_year", "year", "published_report_id"),)

    published_report_id: str = Field(primary_key=True)
    year: int
    state: str
    version: int = Field(sa_type=BigInteger)
    record: bytes


class ReportDefinition(Row, table=True):
    """A title and criteria; `record` is the whole as a yifa.supervision.v1.ReportDefinition."""

    __table_args__ = (Index("report_definition_save", "save_time", "definition_id"),)

    definition_id: str = Field(primary_key=True)
    save_time: datetime = Field(sa_type=Instant)
    deleted: bool = False  # it is shown no more; nothing is ever taken out of what is kept
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    def definition(self) -> pb.ReportDefinition:
        return pb.ReportDefinition.FromString(self.record)
