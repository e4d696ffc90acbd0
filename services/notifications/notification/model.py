"""What people were told, and how it goes on the wire."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field
from yifa.notifications.v1 import notification_pb2 as pb

from services.kit.store import Instant
from services.notifications.delivery.model import delivery_proto
from services.notifications.row import Row


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


def notification_proto(row: Any, deliveries: Iterable[Any] = ()) -> pb.Notification:
    """The notification, from a row or a selected row of all columns."""
    return pb.Notification(
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
