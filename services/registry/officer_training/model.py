"""Trainings of single officers, as they are kept and as they go on the wire."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from google.type import date_pb2
from sqlmodel import Field
from yifa.registry.v1 import bulk_pb2, training_pb2

from services.kit.store import Instant
from services.law.calendar import SHANGHAI
from services.registry.row import Row


class OfficerTraining(Row, table=True):
    """One training of one officer, of a list or recorded alone; the key says which, so that the same list adds it once."""

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
        record_id=row.training_key,
    )


def training_of(record: bulk_pb2.TrainingRecord) -> OfficerTraining:
    """An announced training as it is kept."""
    return OfficerTraining.new(
        training_key=record.record_id,
        officer_id=record.officer_id,
        course=record.course,
        day=date(record.date.year, record.date.month, record.date.day),
        hours=record.hours,
        half_days=record.half_days,
        record_time=record.record_time.ToDatetime(tzinfo=UTC),
    )


def session_proto(officer_id: str, training: training_pb2.Training) -> bulk_pb2.TrainingRecord:
    """A session that an officer attended."""
    day = training.start_time.ToDatetime(tzinfo=UTC).astimezone(SHANGHAI)
    return bulk_pb2.TrainingRecord(
        officer_id=officer_id,
        course=training.topic,
        date=date_pb2.Date(year=day.year, month=day.month, day=day.day),
        hours=training.hours,
        half_days=training.half_days,
        training_id=training.training_id,
    )
