"""Bodies: replicas, and at the city the changes that departments report."""

from typing import Any

from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.clocks import observe
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.model import Body, body_proto
from services.registry.model.body import BodyChange, body_detail
from services.registry.model.clock import Clock
from services.registry.process import BODY, step
from services.registry.reactions.replica import NotItsHome, keep, utc
from services.registry.rules.body import BodyFacts


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


def on_change(event: events.BodyChangeReported, tx: Tx, about: Envelope) -> None:
    """Take a reported change in; the city answers one that is not open at once."""
    change = event.change
    body = tx.get(Body, change.body_id)
    if about.node != body.node:
        raise NotItsHome(f"{about.type} about a body of {body.node} came from {about.node}")
    if tx.find(BodyChange, change.change_id) is not None:
        return
    record = change.SerializeToString()
    tx.add(BodyChange.new(change_id=change.change_id, body_id=body.body_id, late=change.late, record=record))
    observe(tx, Clock, about.type, body.body_id, utc(change.report_time))
    if BODY.why_not("REPORT_CHANGE", body.state, BodyFacts()):
        refused = events.BodyChangeRefused(
            body=body_proto(body), change_id=change.change_id, opinion=f"主体当前状态为{body.state}，不能变更"
        )
        tx.emit(refused, subject=body.body_id, to=body.node)
        return
    body.state = step(BODY, "REPORT_CHANGE", body.state, BodyFacts())
    detail = body_pb2.EnforcementBody.FromString(body.detail)
    detail.pending.CopyFrom(change)
    body.detail = detail.SerializeToString()
    body.version += 1
    tx.emit(events.BodyChangePending(body=body_proto(body)), subject=body.body_id, to="all")
