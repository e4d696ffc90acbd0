"""What enforcement learns of the heads of bodies: the department that keeps a body says who holds its posts."""

from yifa.registry.v1 import events_pb2 as registry

from services.enforcement.body.model import Body
from services.enforcement.head.model import Heads
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome, Reactions
from services.kit.tx import Tx
from services.law.heads import RANKS, with_term


def on_appointment(
    event: registry.OfficerAppointed | registry.AppointmentEnded, tx: Tx, about: Envelope
) -> None:
    """Keep from when until when somebody is a head."""
    told = event.appointment
    body = tx.find(Body, told.body_id)
    if about.node != told.node or (body is not None and body.node != about.node):
        raise NotItsHome(f"{about.type} about a body of {told.node} came from {about.node}")
    if told.rank not in RANKS:
        return
    heads = tx.find(Heads, told.body_id) or tx.add(Heads.new(body_id=told.body_id))
    heads.terms = with_term(heads.terms, told)


REACTIONS: Reactions = {
    registry.OfficerAppointed: on_appointment,
    registry.AppointmentEnded: on_appointment,
}
