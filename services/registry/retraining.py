"""Whether an officer was retrained since a moment."""

from datetime import UTC, datetime

from sqlalchemy import select
from yifa.registry.v1 import training_pb2

from services.kit.tx import Tx
from services.registry.entries import number
from services.registry.model import Attendance, Training

RETRAINING = training_pb2.TRAINING_KIND_RETRAINING


def retrained_since(tx: Tx, officer_id: str, since: datetime) -> bool:
    """Whether a retraining that began since then was attended and its test, if there was one, passed."""
    mark = number(tx, "officer.exam.pass")
    came = tx.query(select(Attendance).where(Attendance.officer_id == officer_id, Attendance.attended))
    good = [a.training_id for a in came if a.score is None or a.score >= mark]
    held = tx.query(select(Training).where(Training.training_id.in_(good), Training.kind == RETRAINING))
    begun = (training_pb2.Training.FromString(t.record).start_time.ToDatetime(tzinfo=UTC) for t in held)
    return any(at >= since for at in begun)
