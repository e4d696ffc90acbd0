"""What one department did for an officer in a year."""

from typing import Any

from sqlalchemy import Index
from sqlmodel import Field
from yifa.registry.v1 import training_pb2 as messages

from services.registry.row import Row


class OfficerYear(Row, table=True):
    """What one department did for an officer in a year; the key is `officer_id/year/node`."""

    __table_args__ = (Index("ix_officer_year_officer", "officer_id", "year"),)

    key: str = Field(primary_key=True)
    officer_id: str
    node: str
    year: int
    hours: int = 0
    half_days: int = 0
    sessions: int = 0
    evaluation: int = 0
    version: int = 0


def officer_year_proto(row: Any) -> messages.OfficerYear:
    return messages.OfficerYear(
        officer_id=row.officer_id,
        node=row.node,
        year=row.year,
        hours=row.hours,
        half_days=row.half_days,
        sessions=row.sessions,
        evaluation=row.evaluation,
        version=row.version,
    )
