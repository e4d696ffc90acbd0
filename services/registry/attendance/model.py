"""Who came to a training, as it is kept."""

from typing import Any

from sqlalchemy import Index, select
from sqlmodel import Field
from yifa.registry.v1 import training_pb2 as messages

from services.registry.row import Row


class Attendance(Row, table=True):
    """Whether an officer came; the key is `training_id/officer_id`."""

    __table_args__ = (Index("ix_attendance_training", "training_id", "officer_id"),)

    key: str = Field(primary_key=True)
    training_id: str
    officer_id: str = Field(index=True)
    attended: bool
    score: int | None = None


def attendance_proto(row: Any) -> messages.Attendance:
    return messages.Attendance(officer_id=row.officer_id, attended=row.attended, score=row.score)


ATTENDANCES = select(*Attendance.__table__.columns)
