"""Photos and keys for shown certificates: replicas."""

from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.signing import key_id_of
from services.kit.tx import Tx
from services.registry.model import Officer, OfficerPhoto, ShowingKey
from services.registry.reactions.replica import NotItsHome, keep, utc

KEY_BYTES = 32


def on_photo(event: events.OfficerPhotoSet, tx: Tx, about: Envelope) -> None:
    """The officer's own department says how an officer looks."""
    photo = event.photo
    officer = tx.find(Officer, photo.officer_id)
    if officer is not None and officer.node != about.node:
        raise NotItsHome(f"a photo of {photo.officer_id} of {officer.node} came from {about.node}")
    values = {
        "media_type": photo.media_type,
        "data": photo.data,
        "update_time": utc(photo.update_time),
        "version": photo.version,
    }
    keep(tx, OfficerPhoto, {"officer_id": photo.officer_id}, values)


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
