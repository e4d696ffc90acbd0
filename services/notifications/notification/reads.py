"""The inbox."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from yifa.notifications.v1 import notification_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.notifications.delivery.model import Delivery
from services.notifications.delivery.reads import DELIVERIES
from services.notifications.notification.model import Notification, notification_proto
from services.notifications.recipient import names_of

NOTIFICATIONS = select(*Notification.__table__.columns)


@read
def list_inbox(request: notification_pb2.ListInboxRequest, view: View) -> notification_pb2.ListInboxResponse:
    """What the caller, and everyone with one of the caller's roles, was told here."""
    statement = NOTIFICATIONS.where(Notification.recipient.in_(names_of(view.caller, view.node)))
    if request.only_open:
        statement = statement.where(Notification.acknowledge_time.is_(None))
    keys = (Notification.create_time.desc(), Notification.notification_id.desc())
    rows, token = view.page(statement, keys, request.page_size, request.page_token)
    return notification_pb2.ListInboxResponse(
        notifications=with_deliveries(view, rows), next_page_token=token
    )


def with_deliveries(view: View, rows: Sequence[Any]) -> list[notification_pb2.Notification]:
    """Selected notifications as messages, each with its deliveries."""
    ids = [row.notification_id for row in rows]
    found = view.rows(DELIVERIES.where(Delivery.notification_id.in_(ids))) if ids else ()
    return [
        notification_proto(row, [d for d in found if d.notification_id == row.notification_id])
        for row in rows
    ]
