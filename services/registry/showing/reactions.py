"""Keys for shown certificates: replicas."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.signing import names
from services.kit.tx import Tx
from services.registry.replica import NotItsHome, Reaction, utc
from services.registry.showing.model import ShowingKey


def on_key(event: events.ShowingKeyPublished, tx: Tx, about: Envelope) -> None:
    """A node speaks for itself only, and a key goes by the name that follows from it."""
    key = event.key
    if about.node != key.node or not names(key.key_id, key.public_key):
        raise NotItsHome(f"{about.node} published the key {key.key_id} of {key.node}")
    if tx.find(ShowingKey, key.key_id) is None:
        tx.add(
            ShowingKey.new(
                key_id=key.key_id,
                node=key.node,
                public_key=key.public_key,
                publish_time=utc(key.publish_time),
            )
        )


REACTIONS: dict[type[Message], Reaction] = {
    events.ShowingKeyPublished: on_key,
}
