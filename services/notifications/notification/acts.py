"""What a recipient does with a notification."""

from sqlalchemy import select
from yifa.notifications.v1 import events_pb2 as events
from yifa.notifications.v1 import notification_pb2 as pb

from services.kit.refusal import Denied
from services.kit.rpc import write
from services.kit.tx import Tx
from services.notifications.delivery.model import Delivery
from services.notifications.notification.model import Notification, notification_proto
from services.notifications.recipient import names_of


@write(loads=(Notification, "notification_id"))
def acknowledge_notification(
    request: pb.AcknowledgeNotificationRequest, tx: Tx
) -> pb.AcknowledgeNotificationResponse:
    """Record that the caller has seen it; whoever of a role was first stays the one recorded."""
    row = tx.get(Notification, request.notification_id)
    if row.recipient not in names_of(tx.caller, tx.node):
        raise Denied(
            "NOT_RECIPIENT",
            "the notification is addressed to somebody else",
            "该通知的接收人不是您",
            notification_id=row.notification_id,
        )
    if row.acknowledge_time is None:
        row.acknowledge_time = tx.now
        row.acknowledged_by = tx.caller.subject
        row.version += 1
        acknowledged = events.NotificationAcknowledged(
            notification_id=row.notification_id, acknowledged_by=row.acknowledged_by
        )
        tx.emit(acknowledged, subject=row.notification_id)
    deliveries = tx.query(select(Delivery).where(Delivery.notification_id == row.notification_id))
    return pb.AcknowledgeNotificationResponse(notification=notification_proto(row, deliveries))
