"""At the city the changes that departments report."""

from google.protobuf.message import Message
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.clocks import observe
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.procedures.body import BODY
from services.registry.body.facts import BodyFacts
from services.registry.body.model import Body, body_proto
from services.registry.body_change.model import BodyChange
from services.registry.deadline.model import Clock
from services.registry.lawful import step, why_not
from services.registry.replica import NotItsHome, Reaction, utc


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
    facts = BodyFacts(tx, body)
    if why_not(BODY.REPORT_BODY_CHANGE, body.state, facts):
        refused = events.BodyChangeRefused(
            body=body_proto(body), change_id=change.change_id, opinion=f"主体当前状态为{body.state}，不能变更"
        )
        tx.emit(refused, subject=body.body_id, to=body.node)
        return
    body.state = step(BODY.REPORT_BODY_CHANGE, body.state, facts)
    detail = body_pb2.EnforcementBody.FromString(body.detail)
    detail.pending.CopyFrom(change)
    body.detail = detail.SerializeToString()
    body.version += 1
    tx.emit(events.BodyChangePending(body=body_proto(body)), subject=body.body_id, to="all")


REACTIONS: dict[type[Message], Reaction] = {
    events.BodyChangeReported: on_change,
}
