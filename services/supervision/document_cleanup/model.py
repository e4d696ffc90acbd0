"""Clean-ups of normative documents."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import document_cleanup_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row


class DocumentCleanup(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.DocumentCleanup."""

    __table_args__ = (
        Index("documentcleanup_open", "open_time", "cleanup_id"),
        Index("document_cleanup_waiting", "state", "since", "cleanup_id"),
    )

    cleanup_id: str = Field(primary_key=True)
    state: str = ""
    node: str = Field(default="", index=True)
    body_id: str = Field(default="", index=True)
    open_time: datetime = Field(sa_type=Instant)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    def cleanup(self) -> pb.DocumentCleanup:
        return pb.DocumentCleanup.FromString(self.record)
