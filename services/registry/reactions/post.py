"""Units, posts and appointments: replicas at the city."""

from typing import Any

from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.model.body import Body
from services.registry.model.post import Appointment, Post, Unit, appointment_columns, post_columns
from services.registry.reactions.replica import NotItsHome, Reaction, keep


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


def on_appointment(event: events.OfficerAppointed | events.AppointmentEnded, tx: Tx, about: Envelope) -> None:
    appointment = event.appointment
    of_department(appointment, tx, about)
    key = {"appointment_id": appointment.appointment_id}
    keep(tx, Appointment, key, appointment_columns(appointment))


POST_REACTIONS: dict[type, Reaction] = {
    events.UnitDefined: on_unit,
    events.PostChanged: on_post,
    events.OfficerAppointed: on_appointment,
    events.AppointmentEnded: on_appointment,
}
