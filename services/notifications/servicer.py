"""NotificationsService: inbox, contacts, delivery log."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select
from yifa.law.v1 import options_pb2 as options
from yifa.notifications.v1 import events_pb2 as events
from yifa.notifications.v1 import notification_pb2
from yifa.notifications.v1 import notifications_service_pb2 as pb

from services.kit.access import Caller
from services.kit.refusal import Denied, Malformed
from services.kit.rpc import read, write
from services.kit.time import wall
from services.kit.tx import Tx
from services.kit.view import View
from services.notifications.model import (
    Contact,
    Delivery,
    Notification,
    contact_proto,
    delivery_proto,
    notification_proto,
)
from services.notifications.process import step

NOTIFICATIONS = select(*Notification.__table__.columns)
DELIVERIES = select(*Delivery.__table__.columns)
ROLE = "role:"


class NotificationsService:
    domain = "notifications.yifa"

    @write(loads=(Contact, "recipient"))
    def SetContact(self, request: pb.SetContactRequest, tx: Tx) -> pb.SetContactResponse:
        """Say where a recipient is reached outside the inbox; an empty address closes that channel."""
        check_contact(request)
        contact = tx.find(Contact, request.recipient) or tx.add(Contact.new(recipient=request.recipient))
        contact.email = request.email
        contact.webhook_url = request.webhook_url
        contact.language = request.language or "zh-CN"
        contact.version += 1
        return pb.SetContactResponse(contact=contact_proto(contact))

    @read
    def ListInbox(self, request: pb.ListInboxRequest, view: View) -> pb.ListInboxResponse:
        """What the caller, and everyone with one of the caller's roles, was told here."""
        statement = NOTIFICATIONS.where(Notification.recipient.in_(names_of(view.caller, view.node)))
        if request.only_open:
            statement = statement.where(Notification.acknowledge_time.is_(None))
        keys = (Notification.create_time.desc(), Notification.notification_id.desc())
        rows, token = view.page(statement, keys, request.page_size, request.page_token)
        return pb.ListInboxResponse(notifications=with_deliveries(view, rows), next_page_token=token)

    @write(loads=(Notification, "notification_id"))
    def AcknowledgeNotification(
        self, request: pb.AcknowledgeNotificationRequest, tx: Tx
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

    @read
    def ListDeliveries(self, request: pb.ListDeliveriesRequest, view: View) -> pb.ListDeliveriesResponse:
        """The delivery log, newest first."""
        statement = DELIVERIES
        if request.state:
            name = notification_pb2.DeliveryState.Name(request.state).removeprefix("DELIVERY_STATE_")
            statement = statement.where(Delivery.state == name)
        keys = (Delivery.create_time.desc(), Delivery.delivery_id.desc())
        rows, token = view.page(statement, keys, request.page_size, request.page_token)
        return pb.ListDeliveriesResponse(deliveries=map(delivery_proto, rows), next_page_token=token)

    @write(loads=(Delivery, "delivery_id"))
    def RetryDelivery(self, request: pb.RetryDeliveryRequest, tx: Tx) -> pb.RetryDeliveryResponse:
        """Begin a new series of attempts for a delivery that was given up."""
        delivery = tx.get(Delivery, request.delivery_id)
        delivery.state = step("RETRY", delivery.state, delivery.delivery_id)
        delivery.attempts = 0
        delivery.next_attempt_time = wall()
        delivery.version += 1
        return pb.RetryDeliveryResponse(delivery=delivery_proto(delivery))


def names_of(caller: Caller, node: str) -> set[str]:
    """The recipients that a caller is at a node: the person and each role held there. Visitors are nobody."""
    if caller.node != node:
        return set()
    roles = {ROLE + options.Role.Name(role).removeprefix("ROLE_") for role in caller.roles}
    return {caller.subject, *roles}


def check_contact(request: pb.SetContactRequest) -> None:
    """Raise Malformed for a role that does not exist or an address that no channel takes."""
    wrong = {}
    name = request.recipient.removeprefix(ROLE)
    if request.recipient.startswith(ROLE) and f"ROLE_{name}" not in options.Role.keys():
        wrong["recipient"] = (f"there is no role {name}", f"没有名为{name}的角色")
    if request.webhook_url and urlsplit(request.webhook_url).scheme not in ("http", "https"):
        wrong["webhook_url"] = ("must begin with http:// or https://", "必须以http://或https://开头")
    if wrong:
        raise Malformed(wrong)


def with_deliveries(view: View, rows: Sequence[Any]) -> list[notification_pb2.Notification]:
    """Selected notifications as messages, each with its deliveries."""
    ids = [row.notification_id for row in rows]
    found = view.rows(DELIVERIES.where(Delivery.notification_id.in_(ids))) if ids else ()
    return [
        notification_proto(row, [d for d in found if d.notification_id == row.notification_id])
        for row in rows
    ]
