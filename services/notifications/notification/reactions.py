"""What makes this service tell somebody something: whatever the tables of notices have an entry for."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from yifa.notifications.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.refusal import Rejected
from services.kit.time import wall
from services.kit.tx import Tx
from services.notifications.contact.model import Contact
from services.notifications.delivery.model import Delivery
from services.notifications.liaison.model import spoken_to
from services.notifications.notices.entry import Entry
from services.notifications.notices.load import notices
from services.notifications.notification.model import Notification, notification_proto

# Ids follow from what they are for, so that an event read again after a restore tells nobody twice.
NAMESPACE = UUID("6a1f8a54-4f5e-4a0b-9c36-0f0d0a6c7d21")


class ForgedOrigin(Rejected):
    """An event came from a node that has no business announcing it."""


def tell(entry: Entry) -> Callable[[Any, Tx, Envelope], None]:
    """The reaction to the event of one entry."""

    def reaction(event: Any, tx: Tx, about: Envelope) -> None:
        if about.node != entry.speaker(event, tx.city):
            raise ForgedOrigin(f"{about.type} about {entry.department(event)} came from {about.node}")
        office = spoken_to(tx, entry.to_office(event, tx.node))
        recipients = tuple(dict.fromkeys((*entry.recipients(event, tx.node, tx.city), *office)))
        told = {**entry.words(event), **entry.case(event)} if recipients else {}
        for recipient in recipients:
            notification_id = f"N-{uuid5(NAMESPACE, f'{about.event_id}/{recipient}')}"
            if tx.find(Notification, notification_id) is None:
                notification = Notification.new(
                    notification_id=notification_id,
                    recipient=recipient,
                    event_type=about.type,
                    level=entry.level(event),
                    create_time=tx.now,
                    trace=tx.trace,
                    **told,
                )
                create(tx.add(notification), tx, before=entry.before)

    return reaction


def create(notification: Notification, tx: Tx, *, before: bool = False) -> None:
    """Announce a notification, and open a delivery on each channel that its recipient gave an address for; with `before`, on
    those that there were until the addresses were last changed.
    """
    contact = tx.find(Contact, notification.recipient) or Contact.new(recipient=notification.recipient)
    for channel, address in (contact.before() if before else contact.addresses()).items():
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


REACTIONS = {event: tell(entry) for event, entry in notices().items()}
