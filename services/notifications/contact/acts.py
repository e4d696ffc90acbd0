"""Saying where somebody is reached."""

from yifa.law.v1 import options_pb2 as options
from yifa.notifications.v1 import contact_pb2 as pb
from yifa.notifications.v1 import events_pb2 as events

from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.notifications.contact.model import Contact, contact_proto, masked
from services.notifications.delivery.outgoing import BadAddress, listed
from services.notifications.recipient import ROLE


@write(loads=(Contact, "recipient"))
def set_contact(request: pb.SetContactRequest, tx: Tx) -> pb.SetContactResponse:
    """Say where a recipient is reached outside the inbox; an empty address closes that channel. The recipient is told, in the
    inbox and where notices went until now.
    """
    check(request, tx)
    contact = tx.find(Contact, request.recipient) or tx.add(Contact.new(recipient=request.recipient))
    contact.email_before, contact.webhook_before = contact.email, contact.webhook_url
    contact.email = request.email
    contact.webhook_url = request.webhook_url
    contact.language = request.language or "zh-CN"
    contact.version += 1
    tx.emit(
        events.ContactSet(
            node=tx.node,
            recipient=contact.recipient,
            email=bool(contact.email),
            webhook=bool(contact.webhook_url),
            language=contact.language,
            set_by=tx.caller.subject,
            email_before=masked(contact.email_before),
            email_now=masked(contact.email),
            webhook_before=masked(contact.webhook_before),
            webhook_now=masked(contact.webhook_url),
        ),
        subject=contact.recipient,
    )
    return pb.SetContactResponse(contact=contact_proto(contact))


def check(request: pb.SetContactRequest, tx: Tx) -> None:
    """Raise Malformed for a role that does not exist or an address that is never called."""
    wrong = {}
    name = request.recipient.removeprefix(ROLE)
    if request.recipient.startswith(ROLE) and f"ROLE_{name}" not in options.Role.keys():
        wrong["recipient"] = (f"there is no role {name}", f"没有名为{name}的角色")
    if request.webhook_url and tx.batch.around.settings is not None:
        try:
            listed(tx.batch.around.settings.section("notifications")).check(request.webhook_url)
        except BadAddress as no:
            wrong["webhook_url"] = (no.en, no.zh)
    if wrong:
        raise Malformed(wrong)
