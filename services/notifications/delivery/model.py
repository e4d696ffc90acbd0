"""Deliveries of notifications outside the inbox, and how they go on the wire."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field
from yifa.notifications.v1 import notification_pb2 as pb

from services.kit.store import Instant, JsonList
from services.notifications.contact.model import masked
from services.notifications.row import Row


class Delivery(Row, table=True):
    """One attempt series on one channel. Its times but `create_time` are the wall's, never simulated."""

    __table_args__ = (Index("delivery_pending", "state", "next_attempt_time"),)

    delivery_id: str = Field(primary_key=True)
    notification_id: str = Field(index=True)
    channel: int
    address: str
    state: str = "PENDING"
    attempts: int = 0
    last_error: str = ""
    create_time: datetime = Field(sa_type=Instant)
    next_attempt_time: datetime | None = Field(default=None, sa_type=Instant)
    deliver_time: datetime | None = Field(default=None, sa_type=Instant)
    log: tuple[dict[str, Any], ...] = Field(default=(), sa_type=JsonList)
    version: int = 1


def delivery_proto(row: Any) -> pb.Delivery:
    """The delivery as a reply shows it, from a row or a selected row of all columns: the address masked."""
    return pb.Delivery(
        delivery_id=row.delivery_id,
        notification_id=row.notification_id,
        channel=row.channel,
        address=masked(row.address),
        state=f"DELIVERY_STATE_{row.state}",
        attempts=row.attempts,
        last_error=row.last_error,
        next_attempt_time=row.next_attempt_time,
        deliver_time=row.deliver_time,
        version=row.version,
        log=[pb.Attempt(attempt_time=datetime.fromisoformat(a["at"]), error=a["error"]) for a in row.log],
    )
