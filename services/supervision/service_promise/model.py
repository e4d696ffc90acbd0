"""Promises of bodies about their services."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import service_promise_pb2 as pb

from services.kit.store import Instant
from services.supervision.row import Row


class ServicePromise(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.ServicePromise."""

    __table_args__ = (
        Index("servicepromise_publish", "state", "publish_time", "promise_id"),
        Index("servicepromise_body", "body_id", "title"),
    )

    promise_id: str = Field(primary_key=True)
    state: str = ""
    node: str = ""
    body_id: str = ""
    title: str = ""
    publish_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    @property
    def subject(self) -> str:
        return self.promise_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names whose promise it is."""
        return {"body_id": self.body_id}

    def case(self) -> None:
        """A warning about a promise carries no case."""
        return None

    def promise(self) -> pb.ServicePromise:
        return pb.ServicePromise.FromString(self.record)
