"""How an appointment ends, and what is told of it."""

from datetime import datetime

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import post_pb2

from services.kit.tx import Tx
from services.registry.appointment.model import Appointment, appointment_columns
from services.registry.head_training.clock import follow
from services.registry.officer.model import Officer


def finish(tx: Tx, row: Appointment, post: post_pb2.Post, at: datetime, cause: str) -> post_pb2.Appointment:
    """End an appointment at a moment."""
    appointment = post_pb2.Appointment.FromString(row.record)
    appointment.until_time.FromDatetime(at)
    appointment.cause = cause
    appointment.version += 1
    for name, value in appointment_columns(appointment).items():
        setattr(row, name, value)
    officer = tx.find(Officer, row.officer_id)
    announce_appointment(tx, events.AppointmentEnded, appointment, officer.name if officer else "", post.name)
    follow(tx, row.officer_id)
    return appointment


def announce_appointment(
    tx: Tx,
    event: type[events.OfficerAppointed] | type[events.AppointmentEnded],
    appointment: post_pb2.Appointment,
    officer_name: str,
    post_name: str,
) -> None:
    told = event(appointment=appointment, officer_name=officer_name, post_name=post_name)
    tx.emit(told, subject=appointment.appointment_id)
