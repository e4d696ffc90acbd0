"""Photos: replicas."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.officer.model import Officer
from services.registry.photo.model import OfficerPhoto
from services.registry.replica import NotItsHome, Reaction, keep, utc


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


REACTIONS: dict[type[Message], Reaction] = {
    events.OfficerPhotoSet: on_photo,
}
