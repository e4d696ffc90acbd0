"""The training of each officer in a year: credited, and handed on to the present department."""

from collections.abc import Iterable

from sqlalchemy import select
from yifa.registry.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.registry.officer.model import Officer, officer_announced
from services.registry.officer_training.model import OfficerTraining, training_proto
from services.registry.officer_year.model import OfficerYear, officer_year_proto


def officer_year(tx: Tx, officer_id: str, year: int) -> OfficerYear:
    """What this department did for an officer in a year so far."""
    key = f"{officer_id}/{year}/{tx.node}"
    found = tx.find(OfficerYear, key)
    return found or tx.add(OfficerYear.new(key=key, officer_id=officer_id, node=tx.node, year=year))


def credit(
    tx: Tx,
    officer: Officer,
    year: int,
    *,
    course: str,
    hours: int,
    half_days: int,
    sessions: int = 0,
    record: OfficerTraining | None = None,
) -> None:
    """Add hours and days of training to an officer's record, and tell the city; `record` is one that no session holds."""
    officer.training_hours += hours
    officer.version += 1
    row = officer_year(tx, officer.officer_id, year)
    row.hours += hours
    row.half_days += half_days
    row.sessions += sessions
    row.version += 1
    recorded = events.TrainingRecorded(
        officer=officer_announced(officer),
        hours=hours,
        course=course,
        year=officer_year_proto(row),
        record=record and training_proto(record),
    )
    tx.emit(recorded, subject=officer.officer_id)


def hand_on(tx: Tx, officer: Officer, years: Iterable[OfficerYear]) -> None:
    """At the city: tell an officer's present department what others did for him."""
    others = [officer_year_proto(row) for row in years if row.node != officer.node]
    if others:
        told = events.OfficerYearsHandedOn(years=others)
        tx.emit(told, subject=officer.officer_id, to=officer.node)


def years_of(tx: Tx, officer_id: str) -> list[OfficerYear]:
    return tx.query(select(OfficerYear).where(OfficerYear.officer_id == officer_id))
