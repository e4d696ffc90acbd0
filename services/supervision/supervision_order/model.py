"""Supervision matters."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.store import Instant, JsonList, since
from services.supervision.row import Row


class SupervisionOrder(Row, table=True):
    """One matter: the columns it is searched by, and `record`, the whole as a yifa.supervision.v1.SupervisionOrder.

    codes: what was found, by which the same finding is known again. corrected: when it was closed as corrected.
    """

    __table_args__ = (
        Index("supervision_order_register", "register_time", "order_id"),
        Index("supervision_order_body", "body_id", "close_time"),
        Index("supervision_order_waiting", "state", "since", "order_id"),
    )

    order_id: str = Field(primary_key=True)
    node: str = Field(index=True)
    body_id: str
    state: str = Field(index=True)
    case_id: str = Field(default="", index=True)
    case_number: str = ""
    source_id: str = Field(default="", index=True)
    codes: Sequence[str] = Field(default=(), sa_type=JsonList)
    corrected: bool = False
    register_time: datetime = Field(sa_type=Instant)
    close_time: datetime | None = Field(default=None, sa_type=Instant)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    record: bytes

    @property
    def subject(self) -> str:
        return self.order_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {"case_id": self.case_id, "case_number": self.case_number, "order_id": self.order_id}

    def case(self) -> None:
        """A warning about a matter carries no case: it is for the department as such."""
        return None

    def order(self) -> pb.SupervisionOrder:
        return pb.SupervisionOrder.FromString(self.record)
