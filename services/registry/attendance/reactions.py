"""Attendance that was put right elsewhere."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import training_pb2

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.attendance.record import rebook
from services.registry.replica import Reaction, from_home, keep
from services.registry.training.model import Training, training_values


def on_corrected(event: events.AttendanceCorrected, tx: Tx, about: Envelope) -> None:
    """Keep what was put right; at a department, its people's credit for what the city taught them follows."""
    training = event.training
    from_home(about, training.node)
    if training.node == tx.node:
        return
    known = tx.find(Training, training.training_id)
    before = training_pb2.Training.FromString(known.record) if known else training
    if keep(tx, Training, {"training_id": training.training_id}, training_values(training)):
        rebook(tx, before, training, event.attendances)


REACTIONS: dict[type[Message], Reaction] = {
    events.AttendanceCorrected: on_corrected,
}
