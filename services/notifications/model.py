"""What the notifications service keeps, and how it goes on the wire."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Index
from sqlalchemy.orm import registry
from sqlmodel import Field
from yifa.notifications.v1 import notification_pb2

from services.kit.store import Instant, JsonList
from services.kit.store import Row as KitRow


class Row(KitRow, registry=registry()):
    """The base of this service's tables."""


class Notification(Row, table=True):
    """One thing that one recipient was told."""

    __table_args__ = (Index("notification_inbox", "recipient", "create_time"),)

    notification_id: str = Field(primary_key=True)
    recipient: str
    event_type: str
    level: int
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    case_id: str
    case_number: str
    create_time: datetime = Field(sa_type=Instant)
    acknowledge_time: datetime | None = Field(default=None, sa_type=Instant)
    acknowledged_by: str = ""
    trace: str
    version: int = 1


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


class Contact(Row, table=True):
    """Where a recipient is reached outside the inbox."""

    recipient: str = Field(primary_key=True)
    email: str = ""
    webhook_url: str = ""
    language: str = "zh-CN"
    version: int = 0


# The functions below take a row or a selected row of all columns alike.


def notification_proto(row: Any, deliveries: Iterable[Any] = ()) -> notification_pb2.Notification:
    return notification_pb2.Notification(
        notification_id=row.notification_id,
        recipient=row.recipient,
        event_type=row.event_type,
        level=row.level,
        title_zh=row.title_zh,
        title_en=row.title_en,
        body_zh=row.body_zh,
        body_en=row.body_en,
        case_id=row.case_id,
        case_number=row.case_number,
        create_time=row.create_time,
        acknowledge_time=row.acknowledge_time,
        acknowledged_by=row.acknowledged_by,
        deliveries=map(delivery_proto, deliveries),
        version=row.version,
    )


def delivery_proto(row: Any) -> notification_pb2.Delivery:
    """The delivery as a reply shows it: the address masked."""
    return notification_pb2.Delivery(
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
        log=[
            notification_pb2.Attempt(attempt_time=datetime.fromisoformat(a["at"]), error=a["error"])
            for a in row.log
        ],
    )


def contact_proto(row: Any) -> notification_pb2.Contact:
    """The contact as a reply shows it: addresses masked."""
    return notification_pb2.Contact(
        recipient=row.recipient,
        email=masked(row.email),
        webhook_url=masked(row.webhook_url),
        language=row.language,
        version=row.version,
    )


def masked(address: str) -> str:
    """An address as it may be shown: z***@example.cn, https://example.cn/***."""
    if not address:
        return ""
    if "://" in address:
        url = urlsplit(address)
        return f"{url.scheme}://{url.hostname}/***"
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}"
