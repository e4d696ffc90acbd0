"""Units and posts: replicas at the city."""

from typing import Any

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.body.model import Body
from services.registry.post.model import Post, Unit, post_columns
from services.registry.replica import NotItsHome, Reaction, keep


def of_department(record: Any, tx: Tx, about: Envelope) -> None:
    """Only the department that keeps a body speaks of its posts."""
    body = tx.get(Body, record.body_id)
    if not about.node == record.node == body.node:
        raise NotItsHome(f"{about.type} about a body of {body.node} came from {about.node}")


def on_unit(event: events.UnitDefined, tx: Tx, about: Envelope) -> None:
    unit = event.unit
    of_department(unit, tx, about)
    values = {"body_id": unit.body_id, "version": unit.version, "record": unit.SerializeToString()}
    keep(tx, Unit, {"unit_id": unit.unit_id}, values)


def on_post(event: events.PostChanged, tx: Tx, about: Envelope) -> None:
    of_department(event.post, tx, about)
    keep(tx, Post, {"post_id": event.post.post_id}, post_columns(event.post))


REACTIONS: dict[type[Message], Reaction] = {
    events.UnitDefined: on_unit,
    events.PostChanged: on_post,
}
