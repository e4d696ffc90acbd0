"""Officers and how far they have come, as they are kept and as they go on the wire."""

from datetime import datetime
from typing import Any

from sqlmodel import Field
from yifa.registry.v1 import officer_pb2

from services.kit.store import Instant
from services.registry.model.base import Row
from services.registry.rules import masked


class Officer(Row, table=True):
    """A person on a roster. The id number is known at the department only."""

    officer_id: str = Field(primary_key=True)
    name: str
    id_number: str | None = Field(default=None, unique=True)
    body_id: str = Field(index=True)
    node: str
    unit: str
    post: str
    staff_kind: int
    training_hours: int = 0
    register_time: datetime = Field(sa_type=Instant)
    version: int = 1


class Qualification(Row, table=True):
    """How far an officer has come."""

    officer_id: str = Field(primary_key=True)
    state: str
    training_hours: int = 0
    failures: int = 0
    update_time: datetime = Field(sa_type=Instant)
    version: int = 1


def officer_proto(row: Any) -> officer_pb2.Officer:
    """The officer as a reply shows it: the id number masked."""
    return officer_pb2.Officer(
        officer_id=row.officer_id,
        name=row.name,
        id_number=masked(row.id_number or ""),
        body_id=row.body_id,
        node=row.node,
        unit=row.unit,
        post=row.post,
        staff_kind=row.staff_kind,
        training_hours=row.training_hours,
        register_time=row.register_time,
        version=row.version,
    )


def officer_announced(row: Any) -> officer_pb2.Officer:
    """The officer as an event carries it: without the id number."""
    officer = officer_proto(row)
    officer.ClearField("id_number")
    return officer


def qualification_proto(row: Any) -> officer_pb2.Qualification:
    return officer_pb2.Qualification(
        officer_id=row.officer_id,
        state=f"QUALIFICATION_STATE_{row.state}",
        training_hours=row.training_hours,
        failures=row.failures,
        update_time=row.update_time,
        version=row.version,
    )
