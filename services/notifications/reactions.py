"""What makes this service tell somebody something."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from google.protobuf.message import Message
from yifa.notifications.v1 import events_pb2 as events
from yifa.notifications.v1 import notification_pb2 as pb

from services.kit.journal import Envelope
from services.kit.refusal import Rejected
from services.kit.time import wall
from services.kit.tx import Tx
from services.notifications.model import Contact, Delivery, Notification, notification_proto
from services.notifications.notices import OF_DEPARTMENTS, TEXTS, Text, recipients

# Ids follow from what they are for, so that an event read again after a restore tells nobody twice.
NAMESPACE = UUID("6a1f8a54-4f5e-4a0b-9c36-0f0d0a6c7d21")


class ForgedOrigin(Rejected):
    """An event came from a node that has no business announcing it."""


def tell(kind: type[Message], text: Text) -> Callable[[Any, Tx, Envelope], None]:
    """The reaction to one type of event."""

    def reaction(event: Any, tx: Tx, about: Envelope) -> None:
        found = text.about(event)
        speaker = found.origin or found.node if kind in OF_DEPARTMENTS else tx.city
        if about.node != speaker:
            raise ForgedOrigin(f"{about.type} about {found.node} came from {about.node}")
        words = {
            name: " ".join(getattr(text, name).format_map(found.words).split())
            for name in ("title_zh", "title_en", "body_zh", "body_en")
        }
        for recipient in recipients(kind, found, tx.node, tx.city):
            notification_id = f"N-{uuid5(NAMESPACE, f'{about.event_id}/{recipient}')}"
            if tx.find(Notification, notification_id) is None:
                notification = Notification.new(
                    notification_id=notification_id,
                    recipient=recipient,
                    event_type=about.type,
                    level=found.level,
                    case_id=found.case_id,
                    case_number=found.case_number,
                    create_time=tx.now,
                    trace=tx.trace,
                    **words,
                )
                create(tx.add(notification), tx)

    return reaction


def create(notification: Notification, tx: Tx) -> None:
    """Announce a notification and open a delivery on each channel that its recipient gave an address for."""
    contact = tx.find(Contact, notification.recipient) or Contact.new(recipient=notification.recipient)
    addresses = {pb.CHANNEL_SMTP: contact.email, pb.CHANNEL_WEBHOOK: contact.webhook_url}
    for channel, address in addresses.items():
        if address:
            delivery_id = uuid5(NAMESPACE, f"{notification.notification_id}/{channel}")
            tx.add(
                Delivery.new(
                    delivery_id=f"D-{delivery_id}",
                    notification_id=notification.notification_id,
                    channel=channel,
                    address=address,
                    create_time=tx.now,
                    next_attempt_time=wall(),
                )
            )
    if notification.case_id:
        tx.tag("yifa.case_id", notification.case_id)
    created = events.NotificationCreated(notification=notification_proto(notification))
    tx.emit(created, subject=notification.notification_id)


REACTIONS = {kind: tell(kind, text) for kind, text in TEXTS.items()}
