"""Training: replicas at both sides, and the credit for what the city taught."""

from datetime import UTC

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.attendance.model import Attendance
from services.registry.head_training.clock import follow
from services.registry.officer.model import Officer
from services.registry.officer_year.credit import credit
from services.registry.officer_year.model import OfficerYear
from services.registry.quota.reactions import on_quota
from services.registry.replica import Reaction, from_home, keep
from services.registry.training.model import Training, training_values, year_of

TrainingEvent = events.TrainingScheduled | events.TrainingClosed | events.TrainingCancelled


def on_training(event: TrainingEvent, tx: Tx, about: Envelope) -> None:
    from_home(about, event.training.node)
    keep(tx, Training, {"training_id": event.training.training_id}, training_values(event.training))


def on_held(event: events.TrainingHeld, tx: Tx, about: Envelope) -> None:
    """Keep who came; at a department, credit its people with what the city taught them."""
    training = event.training
    from_home(about, training.node)
    if training.node == tx.node:
        return
    keep(tx, Training, {"training_id": training.training_id}, training_values(training))
    if event.HasField("quota"):
        on_quota(event, tx, about)
    ids = [a.officer_id for a in event.attendances]
    begun = year_of(training.start_time.ToDatetime(tzinfo=UTC))
    tx.load(Attendance, [f"{training.training_id}/{i}" for i in ids])
    tx.load(Officer, ids)
    tx.load(OfficerYear, [f"{i}/{begun}/{tx.node}" for i in ids])
    for came in event.attendances:
        key = f"{training.training_id}/{came.officer_id}"
        if tx.find(Attendance, key):
            continue
        tx.add(
            Attendance.new(
                key=key,
                training_id=training.training_id,
                officer_id=came.officer_id,
                attended=came.attended,
                score=came.score if came.HasField("score") else None,
            )
        )
        follow(tx, came.officer_id)
        officer = tx.find(Officer, came.officer_id)
        if came.attended and officer is not None and officer.node == tx.node:
            credit(
                tx,
                officer,
                begun,
                course=training.topic,
                hours=training.hours,
                half_days=training.half_days,
                sessions=1,
            )


REACTIONS: dict[type[Message], Reaction] = {
    events.TrainingScheduled: on_training,
    events.TrainingClosed: on_training,
    events.TrainingCancelled: on_training,
    events.TrainingHeld: on_held,
}
