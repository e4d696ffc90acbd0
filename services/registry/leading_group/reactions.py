"""Leading groups: replicas of what the city or a department set up."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.fit import asked
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.body.model import Body
from services.registry.leading_group.model import LeadingGroup, group_values
from services.registry.leading_group.record import replace
from services.registry.replica import NotItsHome, Reaction, from_home, keep


def on_group(event: events.LeadingGroupSet, tx: Tx, about: Envelope) -> None:
    """Keep the group of the city, or one that its own department set up."""
    group = event.group
    asked(group, "group_id", "from_time")
    from_home(about, group.node)
    body = tx.find(Body, group.body_id) if group.body_id else None
    home = tx.city if not group.body_id else body.node if body is not None else group.node
    if group.node != home:
        raise NotItsHome(f"{about.type} about {group.body_id} of {home} came from {about.node}")
    replace(tx, group)
    keep(tx, LeadingGroup, {"group_id": group.group_id}, group_values(group))


REACTIONS: dict[type[Message], Reaction] = {
    events.LeadingGroupSet: on_group,
}
