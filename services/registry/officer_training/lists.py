"""Whole lists of trainings: the good rows are credited, each bad one is named; and all trainings, given out page by page."""

from collections.abc import AsyncIterator, Iterable
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from yifa.registry.v1 import bulk_pb2 as bulk
from yifa.registry.v1 import training_pb2

from services.kit.rpc import exchange, stream
from services.kit.tx import Tx
from services.kit.view import Feed
from services.law.identity import spelt, why_no_id_number
from services.law.procedures.officer import QUALIFICATION, on_this_roster, still_serving
from services.registry.attendance.model import Attendance
from services.registry.bulk.fault import EMPTY, Fault, day_of, differs, of_law, training_faults
from services.registry.bulk.page import pages
from services.registry.bulk.row import again, tell
from services.registry.lawful import why_not
from services.registry.officer.facts import Staff
from services.registry.officer.model import Officer
from services.registry.officer_training.model import (
    OfficerTraining,
    session_proto,
    training_key,
    training_proto,
)
from services.registry.officer_year.credit import credit
from services.registry.qualification.model import Qualification
from services.registry.request import local
from services.registry.training.model import Training

PREFIX = "O-"


@exchange
def import_training(
    request: bulk.ImportTrainingRequest, seen: dict[str, int], tx: Tx
) -> bulk.ImportTrainingResponse:
    """Record the good rows of a part, and add their hours and days to the officers' records (CBZ 2019 No. 7, 16)."""
    reply, today = bulk.ImportTrainingResponse(), local(tx.now).date()
    officers = officers_named(tx, {row.officer for row in request.rows})
    keys = [key_of(row, officers) for row in request.rows]
    tx.load(OfficerTraining, filter(None, keys))
    tx.load(Qualification, {officer.officer_id for officer in officers.values()})
    sessions = attended_by(tx, officers.values())
    added: dict[str, OfficerTraining] = {}
    for row, key in zip(request.rows, keys, strict=True):
        officer = officers.get(spelt(row.officer))
        faults = [*training_faults(row, today), *may_train(officer, row.officer, tx)]
        if officer is not None and key and not faults:
            faults = again(seen, "officer", key, row.line)
            kept = added.get(key) or tx.find(OfficerTraining, key)
            hours = kept.hours if kept else sessions.get(key)
            if hours is None:
                added[key] = new_training(row, key, officer, tx)
            elif not faults:
                faults = [differs("hours", hours)] if hours != row.hours else []
                reply.unchanged += not faults
        tell(reply, row.line, faults)
    reply.added = len(added)
    if added and not request.dry_run:
        record_trainings(tx, list(added.values()))
    return reply


def officers_named(tx: Tx, names: set[str]) -> dict[str, Officer]:
    """Officers of this roster by their ids and id numbers, as they are spelt."""
    numbers = [*map(spelt, names)]
    ids = [f"{PREFIX}{number[2:].lower()}" for number in numbers if number.startswith(PREFIX)]
    wanted = or_(Officer.officer_id.in_(ids), Officer.id_number.in_(numbers))
    found: dict[str, Officer] = {}
    for officer in tx.query(select(Officer).where(wanted)):
        found[officer.officer_id.upper()] = found[officer.id_number or ""] = officer
    return found


def key_of(row: Any, officers: dict[str, Officer]) -> str:
    """The key of a row's training, empty for a row that names no officer or no day."""
    officer, day = officers.get(spelt(row.officer)), day_of(row.date)
    return training_key(officer.officer_id, day, row.course) if officer and day else ""


def attended_by(tx: Tx, officers: Iterable[Officer]) -> dict[str, int]:
    """The hours of the sessions that officers attended, by the keys that a list has for them: they count once."""
    came = [a for a in tx.among(Attendance, "officer_id", {o.officer_id for o in officers}) if a.attended]
    held = {t.training_id: t.record for t in tx.among(Training, "training_id", {a.training_id for a in came})}
    sessions = {i: session_proto("", training_pb2.Training.FromString(record)) for i, record in held.items()}
    return {
        training_key(a.officer_id, day_of(s.date), s.course): s.hours
        for a in came
        if (s := sessions.get(a.training_id))
    }


def may_train(officer: Officer | None, name: str, tx: Tx) -> Iterable[Fault]:
    if officer is None:
        yield unknown(spelt(name), local(tx.now).date())
        return
    facts = Staff(tx, officer)
    for rule in (on_this_roster, still_serving):
        if not rule.holds(facts):
            yield of_law("officer", rule.broken(), tx.parameters)
    qualification = tx.find(Qualification, officer.officer_id)
    begins = "CANDIDATE" if officer.nominated else "TRAINING"
    state = qualification.state if qualification else begins
    for broken in why_not(QUALIFICATION.RECORD_TRAINING, state, facts):
        yield of_law("officer", broken, tx.parameters)


def unknown(name: str, today: date) -> Fault:
    """Why nobody is found under what a list calls an officer: most often the number has a wrong character."""
    if not name:
        return Fault("officer", "BAD_FIELD", *EMPTY)
    if not name.startswith(PREFIX) and (wrong := why_no_id_number(name, today)):
        return Fault("officer", "BAD_ID_NUMBER", *wrong)
    said = "is no officer of this roster; put the person on it first", "不在本部门名册中，请先将其列入名册"
    return Fault("officer", "UNKNOWN_OFFICER", *said)


def new_training(row: Any, key: str, officer: Officer, tx: Tx) -> OfficerTraining:
    return OfficerTraining.new(
        training_key=key,
        officer_id=officer.officer_id,
        course=row.course,
        day=day_of(row.date),
        hours=row.hours,
        half_days=row.half_days,
        record_time=tx.now,
    )


def record_trainings(tx: Tx, trainings: list[OfficerTraining]) -> None:
    """Keep new trainings, and add their hours and days to the officers' records."""
    for training in trainings:
        tx.add(training)
        officer = tx.get(Officer, training.officer_id)
        course, hours, half_days = training.course, training.hours, training.half_days
        credit(
            tx,
            officer,
            training.day.year,
            course=course,
            hours=hours,
            half_days=half_days,
            record=training,
        )


RECORDS = select(*OfficerTraining.__table__.columns)
ATTENDED = (
    select(Attendance.key, Attendance.officer_id, Training.record)
    .join(Training, Training.training_id == Attendance.training_id)
    .where(Attendance.attended)
)


@stream
async def export_training(
    request: bulk.ExportTrainingRequest, feed: Feed
) -> AsyncIterator[bulk.ExportTrainingResponse]:
    """All trainings that this node knows: each once, under its officer."""
    wanted = OfficerTraining.officer_id == request.officer_id
    statement = RECORDS.where(wanted) if request.officer_id else RECORDS
    for rows in pages(feed, statement, (OfficerTraining.training_key,)):
        yield bulk.ExportTrainingResponse(trainings=map(training_proto, rows))
    attended = ATTENDED.where(Attendance.officer_id == request.officer_id) if request.officer_id else ATTENDED
    for rows in pages(feed, attended, (Attendance.key,)):
        yield bulk.ExportTrainingResponse(
            trainings=[session_proto(r.officer_id, training_pb2.Training.FromString(r.record)) for r in rows]
        )
