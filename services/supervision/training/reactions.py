"""What supervision learns of the training of officers."""

from yifa.registry.v1 import events_pb2 as registry

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.procedures.training import half_days_needed
from services.supervision.event.foreign import Foreign
from services.supervision.figure.keeping import figured
from services.supervision.training.model import TrainedYear, half_days_of, told_of
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import SETTLED, end, warning_id

BEHIND = "TRAINING_DAYS_BEHIND"


def on_training(event: registry.TrainingRecorded, tx: Tx, about: Envelope) -> None:
    """Keep how far an officer has come in a year; once it is enough, what was warned of it is settled."""
    if not event.HasField("year"):
        return
    told = event.year
    if told.node != about.node:
        raise Foreign(f"{about.node} speaks of what {told.node} did for an officer")
    key = f"{told.officer_id}/{told.year}/{told.node}/{told.version}"
    if tx.find(TrainedYear, key) is not None:
        return
    tx.add(
        TrainedYear.new(
            key=key,
            officer_id=told.officer_id,
            year=told.year,
            node=told.node,
            half_days=told.half_days,
            at=about.occur_time,
            version=told.version,
        )
    )
    figured(tx, about.occur_time)
    warned = tx.find(Warning, warning_id(BEHIND, told.officer_id, str(told.year)))
    if warned is None:
        return
    tx.flush()
    had = half_days_of(told_of(tx, told.year, told.officer_id)).get(told.officer_id, 0)
    if had >= half_days_needed(tx.parameters, told.year).amount:
        end(tx, warned, SETTLED)
