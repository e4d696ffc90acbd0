"""Bodies: replicas of what the city announced."""

from typing import Any

from google.protobuf.message import Message
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.registry.body.model import Body, body_detail
from services.registry.replica import Reaction, keep, of_city, utc


def keep_body(event: Any, tx: Tx) -> None:
    """Keep a body as the city announced it."""
    body = event.body
    values = {
        "name": body.name,
        "credit_code": body.unified_social_credit_code,
        "kind": body.kind,
        "node": body.node,
        "document_prefix": body.document_prefix,
        "field": body.field,
        "state": body_pb2.BodyState.Name(body.state).removeprefix("BODY_STATE_"),
        "confirm_time": utc(body.confirm_time) if body.HasField("confirm_time") else None,
        "publish_time": utc(body.publish_time) if body.HasField("publish_time") else None,
        "detail": body_detail(body),
        "version": body.version,
    }
    keep(tx, Body, {"body_id": body.body_id}, values)


REACTIONS: dict[type[Message], Reaction] = {
    events.BodyConfirmed: of_city(keep_body),
    events.BodyWithdrawn: of_city(keep_body),
    events.BodyProposed: of_city(keep_body),
    events.BodyReviewed: of_city(keep_body),
    events.EntrustmentRenewed: of_city(keep_body),
    events.BodySuperiorNamed: of_city(keep_body),
    events.BodyPublished: of_city(keep_body),
    events.BodyChangePending: of_city(keep_body),
    events.BodyReissued: of_city(keep_body),
    events.BodyChangeRefused: of_city(keep_body),
    events.PowerListPublished: of_city(keep_body),
}
