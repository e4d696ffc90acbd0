"""Keys for shown certificates: replicas."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.signing import key_id_of
from services.kit.tx import Tx
from services.registry.replica import NotItsHome, Reaction, utc
from services.registry.showing.model import ShowingKey

KEY_BYTES = 32


def on_key(event: events.ShowingKeyPublished, tx: Tx, about: Envelope) -> None:
    """A node speaks for itself only, and a key goes by the name that follows from it."""
    key = event.key
    sound = len(key.public_key) == KEY_BYTES and key.key_id == key_id_of(key.public_key)
    if about.node != key.node or not sound:
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
