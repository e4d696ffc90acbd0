"""Items of power lists: replicas."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.registry.power.model import PowerItem, item_columns, rest_on
from services.registry.replica import Reaction, keep, of_city


def keep_item(event: events.PowerItemChanged, tx: Tx) -> None:
    if keep(tx, PowerItem, {"item_id": event.item.item_id}, item_columns(event.item)):
        rest_on(tx, event.item)


REACTIONS: dict[type[Message], Reaction] = {
    events.PowerItemChanged: of_city(keep_item),
}
