"""Requests of citizens to review a normative document."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import document_request_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row


class DocumentRequest(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.DocumentRequest. Who asked is not kept."""

    __table_args__ = (
        Index("documentrequest_receive", "receive_time", "document_request_id"),
        Index("document_request_waiting", "state", "since", "document_request_id"),
    )

    document_request_id: str = Field(primary_key=True)
    document_id: str = Field(index=True)
    state: str = Field(default="", index=True)
    receive_time: datetime = Field(sa_type=Instant)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    def request(self) -> pb.DocumentRequest:
        return pb.DocumentRequest.FromString(self.record)
