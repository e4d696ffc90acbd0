"""Who holds a post: appointed, and until when."""

from datetime import datetime

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import post_pb2

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.post import APPOINTMENT, END_OF_APPOINTMENT, Stay
from services.registry.appointment.facts import AppointmentFacts, StayFacts
from services.registry.appointment.model import Appointment, appointment_columns
from services.registry.appointment.record import announce_appointment, finish
from services.registry.head_training.clock import follow
from services.registry.lawful import admit
from services.registry.officer.model import Officer
from services.registry.post.model import Post
from services.registry.request import moment_in


@write(loads=((Post, "post_id"), (Officer, "officer_id")))
def appoint_officer(request: post_pb2.AppointOfficerRequest, tx: Tx) -> post_pb2.AppointOfficerResponse:
    """Put an officer into a post, apart from what the law keeps apart (CBZ 17; APL 57, 58, 64, 67)."""
    row = tx.get(Post, request.post_id)
    post, officer = post_pb2.Post.FromString(row.record), tx.get(Officer, request.officer_id)
    stay = Stay(moment_in(request, "from_time", tx.now), until_in(request, tx.now))
    facts = AppointmentFacts(tx, post, officer, stay)
    admit(APPOINTMENT.APPOINT_OFFICER, facts, officer_id=officer.officer_id, post_id=post.post_id)
    appointment = post_pb2.Appointment(
        appointment_id=tx.new_id("AP-"),
        post_id=post.post_id,
        body_id=post.body_id,
        node=tx.node,
        officer_id=officer.officer_id,
        from_time=stay.from_time,
        until_time=stay.until_time,
        version=1,
        rank=post.rank,
    )
    values = appointment_columns(appointment)
    tx.add(Appointment.new(appointment_id=appointment.appointment_id, **values))
    announce_appointment(tx, events.OfficerAppointed, appointment, officer.name, post.name)
    follow(tx, officer.officer_id)
    return post_pb2.AppointOfficerResponse(appointment=appointment)


@write(loads=(Appointment, "appointment_id"))
def end_appointment(request: post_pb2.EndAppointmentRequest, tx: Tx) -> post_pb2.EndAppointmentResponse:
    """End an appointment."""
    row = tx.get(Appointment, request.appointment_id)
    at = moment_in(request, "until_time", tx.now)
    over = row.until_time is not None and (row.until_time <= tx.now or row.until_time < at)
    facts = StayFacts(tx, Stay(row.from_time, at), over)
    admit(END_OF_APPOINTMENT.END_APPOINTMENT, facts, appointment_id=row.appointment_id)
    post = post_pb2.Post.FromString(tx.get(Post, row.post_id).record)
    return post_pb2.EndAppointmentResponse(appointment=finish(tx, row, post, at, request.cause))


def until_in(request: post_pb2.AppointOfficerRequest, now: datetime) -> datetime | None:
    return moment_in(request, "until_time", now) if request.HasField("until_time") else None
