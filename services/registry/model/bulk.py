"""Trainings brought in from lists, as they are kept and as they go on the wire."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from google.type import date_pb2
from sqlmodel import Field
from yifa.registry.v1 import bulk_pb2

from services.kit.store import Instant
from services.registry.model.base import Row


class ImportedTraining(Row, table=True):
    """One training of one officer; the key says which, so that the same list adds it once."""

    training_key: str = Field(primary_key=True)
    officer_id: str = Field(index=True)
    course: str
    day: date
    hours: int
    half_days: int = 0
    record_time: datetime = Field(sa_type=Instant)


def training_key(officer_id: str, day: date, course: str) -> str:
    return f"{officer_id}/{day}/{sha256(course.encode()).hexdigest()[:16]}"


def training_proto(row: Any) -> bulk_pb2.TrainingRecord:
    return bulk_pb2.TrainingRecord(
        officer_id=row.officer_id,
        course=row.course,
        date=date_pb2.Date(year=row.day.year, month=row.day.month, day=row.day.day),
        hours=row.hours,
        half_days=row.half_days,
        record_time=row.record_time,
    )
