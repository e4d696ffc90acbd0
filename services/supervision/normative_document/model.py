"""Normative documents, and what the public says of their drafts."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row


class NormativeDocument(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.NormativeDocument.

    standing: how it stands on the public list, 0 while it is none of the public's. listed: how every node was told of it last.
    turn_time: when something follows by itself, as its effect or its end.
    """

    __table_args__ = (
        Index("normativedocument_plan", "plan_time", "document_id"),
        Index("normativedocument_node", "node", "plan_time", "document_id"),
        Index("normativedocument_title", "title"),
        Index("normativedocument_standing", "standing", "publish_time", "document_id"),
        Index("normative_document_waiting", "state", "since", "document_id"),
    )

    document_id: str = Field(primary_key=True)
    state: str = Field(default="", index=True)
    node: str = ""
    body_id: str = Field(default="", index=True)
    title: str = ""
    number: str = Field(default="", index=True)
    standing: int = 0
    plan_time: datetime = Field(sa_type=Instant)
    publish_time: datetime | None = Field(default=None, sa_type=Instant)
    turn_time: datetime | None = Field(default=None, sa_type=Instant, index=True)
    listed: bytes = b""
    since: datetime = since()
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    def document(self) -> pb.NormativeDocument:
        return pb.NormativeDocument.FromString(self.record)


class DraftComment(Row, table=True):
    """A comment on a draft; `record` is a yifa.supervision.v1.DraftComment. Who made it is not kept."""

    comment_id: str = Field(primary_key=True)
    document_id: str = Field(index=True)
    comment_time: datetime = Field(sa_type=Instant)
    answered: bool = False
    record: bytes
