"""Who of the heads was trained, as the appointments and the attendance of trainings show it."""

from collections.abc import Iterable
from typing import Any

from yifa.registry.v1 import head_training_pb2 as pb
from yifa.registry.v1 import post_pb2
from yifa.registry.v1 import training_pb2 as trainings

from services.law.heads import RANKS
from services.law.moment import moment_of, put_moment
from services.registry.attendance.model import Attendance
from services.registry.training.model import Training

ATTENDED: tuple[Any, ...] = (
    Attendance.training_id == Training.training_id,
    Attendance.attended.is_(True),  # type: ignore[attr-defined]
    Training.kind == trainings.TRAINING_KIND_HEADS,
)
"""What joins a training of heads with somebody who came."""


def first_of(records: Iterable[bytes]) -> trainings.Training | None:
    """The first of some trainings to begin."""
    held = [trainings.Training.FromString(record) for record in records]
    return min(held, key=lambda each: moment_of(each.start_time), default=None)


def told(
    appointment: post_pb2.Appointment, names: tuple[str, str, str], first: trainings.Training | None
) -> pb.HeadTraining:
    """How it stands with a head: `names` of the body, the officer, the post."""
    body, officer, post = names
    found = pb.HeadTraining(
        appointment_id=appointment.appointment_id,
        body_id=appointment.body_id,
        body_name=body,
        node=appointment.node,
        officer_id=appointment.officer_id,
        officer_name=officer,
        post_name=post,
        rank=appointment.rank,
        from_time=appointment.from_time,
    )
    if first is not None:
        found.training_id = first.training_id
        put_moment(found.train_time, moment_of(first.start_time))
    return found


def is_head(appointment: Any) -> bool:
    """Whether an appointment makes somebody a head of the body; who heads a unit of it is none."""
    return appointment.rank in RANKS
