"""The time in which a head has to be trained in the responsibility system (OFF-16): it runs from taking office, stops with the
first training of heads that is attended, and tells when it is over.
"""

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import head_training_pb2 as pb
from yifa.registry.v1 import post_pb2

from services.kit.clocks import MET, deadline_proto, observe
from services.kit.tx import Tx
from services.law.moment import moment_of
from services.registry.appointment.model import Appointment, appointments
from services.registry.attendance.model import Attendance
from services.registry.body.model import Body
from services.registry.deadline.model import Clock
from services.registry.head_training.model import ATTENDED, first_of, is_head, told
from services.registry.officer.model import Officer
from services.registry.post.model import Post
from services.registry.training.model import Training

CLOCK_ID = "OFF-16"
EVENTS = {"approached": events.HeadTrainingDue, "passed": events.HeadTrainingOverdue}


def follow(tx: Tx, officer_id: str) -> None:
    """Bring the clocks of somebody's headships in line with the trainings that were attended, after any of these changed: where
    the department of the body keeps them.
    """
    for row in appointments(tx, Appointment.officer_id == officer_id):
        appointment = post_pb2.Appointment.FromString(row.record)
        if is_head(appointment) and appointment.node == tx.node:
            _follow(tx, appointment)


def _follow(tx: Tx, appointment: post_pb2.Appointment) -> None:
    clock = tx.find(Clock, f"{appointment.appointment_id}/{CLOCK_ID}")
    standing, lasts = standing_of(tx, appointment), _lasts(tx, appointment)
    waits = clock is not None and clock.state != MET
    if lasts and not standing.training_id and not waits:
        _observe(tx, events.HeadTrainingWanted, standing)
    elif waits and standing.training_id:
        _observe(tx, events.HeadTrained, standing)
    elif waits and not lasts:
        _observe(tx, events.HeadTrainingLifted, standing)


def _lasts(tx: Tx, appointment: post_pb2.Appointment) -> bool:
    """Whether somebody is a head, or is to become one."""
    return not appointment.HasField("until_time") or moment_of(appointment.until_time) > tx.now


def standing_of(tx: Tx, appointment: post_pb2.Appointment) -> pb.HeadTraining:
    """How it stands with a head now."""
    body, officer = tx.find(Body, appointment.body_id), tx.find(Officer, appointment.officer_id)
    post = post_pb2.Post.FromString(tx.get(Post, appointment.post_id).record)
    its = select(Training).where(*ATTENDED, Attendance.officer_id == appointment.officer_id)
    names = (body.name if body else "", officer.name if officer else "", post.name)
    return told(appointment, names, first_of(row.record for row in tx.query(its)))


def _observe(tx: Tx, event: type[Message], standing: pb.HeadTraining) -> None:
    since = moment_of(standing.from_time) if event is events.HeadTrainingWanted else tx.now
    observe(tx, Clock, event.DESCRIPTOR.full_name, standing.appointment_id, since)
    tx.emit(event(head=standing), subject=standing.officer_id)  # type: ignore[call-arg]


def tell_of_head(tx: Tx, what: str, clock: Clock) -> None:
    """The time draws to its end, or ended."""
    row = tx.get(Appointment, clock.subject)
    standing = standing_of(tx, post_pb2.Appointment.FromString(row.record))
    tx.emit(EVENTS[what](head=standing, deadline=deadline_proto(clock)), subject=standing.officer_id)
