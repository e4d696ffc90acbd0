"""Attendance put right, and with it the credit of those who came."""

from collections.abc import Iterable
from datetime import UTC

from sqlalchemy import select
from yifa.registry.v1 import training_pb2 as messages

from services.kit.tx import Tx
from services.registry.attendance.model import Attendance
from services.registry.head_training.clock import follow
from services.registry.officer.model import Officer
from services.registry.officer_year.credit import credit
from services.registry.officer_year.model import OfficerYear
from services.registry.training.model import year_of


def attendances_of(tx: Tx, training_id: str) -> dict[str, Attendance]:
    """Who was listed at a training, by officer."""
    found: list[Attendance] = tx.query(select(Attendance).where(Attendance.training_id == training_id))
    return {row.officer_id: row for row in found}


def rebook(
    tx: Tx, before: messages.Training, after: messages.Training, corrected: Iterable[messages.Attendance]
) -> None:
    """Put attendance right, and give officers of this roster the hours and days that they have now instead of before."""
    rows = attendances_of(tx, after.training_id)
    said = {a.officer_id: a for a in corrected}
    everybody = list(dict.fromkeys((*rows, *said)))
    year = year_of(after.start_time.ToDatetime(tzinfo=UTC))
    tx.load(Officer, everybody)
    tx.load(OfficerYear, [f"{officer_id}/{year}/{tx.node}" for officer_id in everybody])
    for officer_id in everybody:
        row = rows.get(officer_id)
        was = row is not None and row.attended
        now = said[officer_id].attended if officer_id in said else was
        if officer_id in said:
            put(tx, row, after.training_id, said[officer_id])
        hours = now * after.hours - was * before.hours
        half_days = now * after.half_days - was * before.half_days
        officer = tx.find(Officer, officer_id)
        if (hours or half_days or now != was) and officer is not None and officer.node == tx.node:
            sessions = now - was
            credit(tx, officer, year, course=after.topic, hours=hours, half_days=half_days, sessions=sessions)
        follow(tx, officer_id)


def put(tx: Tx, row: Attendance | None, training_id: str, said: messages.Attendance) -> None:
    """What is on record of one officer from now on."""
    if row is None:
        key = f"{training_id}/{said.officer_id}"
        row = tx.add(Attendance.new(key=key, training_id=training_id, officer_id=said.officer_id))
    row.attended, row.score = said.attended, said.score if said.HasField("score") else None
