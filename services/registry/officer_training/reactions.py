"""What a department did for its officers: replicas at the city."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.fit import asked
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.officer.reactions import on_officer
from services.registry.officer_training.model import OfficerTraining, training_of
from services.registry.officer_year.reactions import keep_year
from services.registry.replica import Reaction


def on_trained(event: events.TrainingRecorded, tx: Tx, about: Envelope) -> None:
    """Keep the officer, the training, and what his department did for him in the year."""
    on_officer(event, tx, about)
    if event.HasField("record") and tx.find(OfficerTraining, event.record.record_id) is None:
        asked(event.record, "record_id", "date", "record_time")
        tx.add(training_of(event.record))
    if event.HasField("year"):
        keep_year(event.year, tx, about)


REACTIONS: dict[type[Message], Reaction] = {
    events.TrainingRecorded: on_trained,
}
