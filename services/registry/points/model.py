"""Points of officers, as they are kept and as they go on the wire.

`record` holds the message; the columns beside it are what is searched and summed.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field
from yifa.registry.v1 import points_pb2 as messages

from services.kit.store import Instant
from services.registry.row import Row


class PointsTable(Row, table=True):
    table_id: str = Field(primary_key=True)
    since_time: datetime = Field(sa_type=Instant, unique=True)
    version: int = 1
    record: bytes


class PointsEntry(Row, table=True):
    __table_args__ = (
        Index("ix_points_entry_officer", "officer_id", "cycle"),
        Index("ix_points_entry_cycle", "cycle", "cause_code"),
    )

    entry_id: str = Field(primary_key=True)
    officer_id: str
    node: str
    body_id: str
    cycle: str
    cause_code: str
    points: int
    state: str
    version: int
    record: bytes


class PointsStanding(Row, table=True):
    """Where an officer stands; the key is `officer_id/cycle`."""

    __table_args__ = (Index("ix_points_standing_cycle", "cycle", "level"),)

    key: str = Field(primary_key=True)
    officer_id: str
    node: str
    cycle: str
    total: int
    level: int
    version: int
    record: bytes


def table_values(table: messages.PointsTable) -> dict[str, Any]:
    since = table.since_time.ToDatetime(tzinfo=UTC)
    return {"since_time": since, "version": 1, "record": table.SerializeToString()}


def entry_values(entry: messages.PointsEntry) -> dict[str, Any]:
    return {
        "officer_id": entry.officer_id,
        "node": entry.node,
        "body_id": entry.body_id,
        "cycle": entry.cycle,
        "cause_code": entry.cause_code,
        "points": entry.points,
        "state": messages.PointsState.Name(entry.state).removeprefix("POINTS_STATE_"),
        "version": entry.version,
        "record": entry.SerializeToString(),
    }


def standing_values(standing: messages.PointsStanding) -> dict[str, Any]:
    return {
        "officer_id": standing.officer_id,
        "node": standing.node,
        "cycle": standing.cycle,
        "total": standing.total,
        "level": standing.level,
        "version": standing.version,
        "record": standing.SerializeToString(),
    }
