"""Appointments: replicas at the city."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.appointment.model import Appointment, appointment_columns
from services.registry.post.reactions import of_department
from services.registry.replica import Reaction, keep


def on_appointment(event: events.OfficerAppointed | events.AppointmentEnded, tx: Tx, about: Envelope) -> None:
    appointment = event.appointment
    of_department(appointment, tx, about)
    key = {"appointment_id": appointment.appointment_id}
    keep(tx, Appointment, key, appointment_columns(appointment))


REACTIONS: dict[type[Message], Reaction] = {
    events.OfficerAppointed: on_appointment,
    events.AppointmentEnded: on_appointment,
}
