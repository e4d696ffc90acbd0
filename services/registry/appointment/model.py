"""Who holds a post, as it is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import post_pb2

from services.kit.store import Instant, moment
from services.kit.tx import Tx
from services.law.moment import moment_at
from services.registry.row import Row


class Appointment(Row, table=True):
    """An officer in a post, from a moment until just before another; `record` is a yifa.registry.v1.Appointment."""

    appointment_id: str = Field(primary_key=True)
    post_id: str = Field(index=True)
    officer_id: str = Field(index=True)
    from_time: datetime = Field(sa_type=Instant)
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = 0
    record: bytes = b""


def appointment_columns(appointment: post_pb2.Appointment) -> dict[str, object]:
    """The columns of an appointment but its key."""
    return {
        "post_id": appointment.post_id,
        "officer_id": appointment.officer_id,
        "from_time": moment_at(appointment, "from_time"),
        "until_time": moment_at(appointment, "until_time"),
        "version": appointment.version,
        "record": appointment.SerializeToString(),
    }


def gone(officer: Any, body_id: str) -> datetime | None:
    """When an officer left a body, by leaving or by transfer; None while on its roster. Takes a row or its columns."""
    ends: list[datetime] = [officer.leave_time] if officer.leave_time is not None else []
    if officer.body_id != body_id:
        former: tuple[Mapping[str, Any], ...] = officer.former
        ends += [moment(stay["until"]) for stay in former if stay["body_id"] == body_id]
    return min(ends) if ends else None


APPOINTMENTS = select(*Appointment.__table__.columns)


def appointments(tx: Tx, *conditions: object) -> list[Appointment]:
    return tx.query(select(Appointment).where(*conditions).order_by(Appointment.appointment_id))  # type: ignore[arg-type]
