"""What notifications learn of who is spoken to at an agency of this node; they are told that they are."""

from typing import Any

from yifa.registry.v1 import events_pb2 as registry

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.moment import micros, moment_of
from services.notifications.liaison.model import Liaison
from services.notifications.notices.load import notices
from services.notifications.notification.reactions import tell

told = tell(notices()[registry.LeadingGroupSet])


def on_group(event: registry.LeadingGroupSet, tx: Tx, about: Envelope) -> None:
    """Keep who is spoken to from now on, and tell them; the newest group of an agency holds."""
    group = event.group
    told(event, tx, about)
    if about.node != tx.node or not group.body_id:
        return
    since = micros(moment_of(group.from_time))
    row = tx.find(Liaison, group.body_id) or tx.add(Liaison.new(body_id=group.body_id, from_time=-1))
    if since > row.from_time:
        row.officer_id, row.substitute_id = group.liaison.officer_id, group.substitute.officer_id
        row.from_time = since


REACTIONS: dict[Any, Any] = {registry.LeadingGroupSet: on_group}
