"""A qualification one step on; the end of a posting; the way that follows from the hours trained."""

from datetime import datetime

from yifa.registry.v1 import officer_pb2

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.procedures.officer import QUALIFICATION, OfficerFacts
from services.registry.certificate.record import due_by
from services.registry.lawful import step
from services.registry.qualification.model import Qualification, qualification_proto


def step_on(row: Qualification, act: str, facts: OfficerFacts, tx: Tx) -> officer_pb2.Qualification:
    """A qualification one step on. Raises Unlawful."""
    row.state = step(QUALIFICATION, act, row.state, facts, officer_id=row.officer_id)
    row.update_time = tx.now
    row.version += 1
    return qualification_proto(row)


def posting_end(tx: Tx, start: datetime) -> datetime:
    return due_by(tx, "OFF-11", start)


def follow_training(officer: officer_pb2.Officer, tx: Tx) -> Qualification:
    """Bring the qualification up to the hours trained."""
    needed = tx.parameters.value("officer.training.hours", tx.now.astimezone(SHANGHAI).date()).value
    facts = OfficerFacts(trained=officer.training_hours >= needed)
    row = tx.find(Qualification, officer.officer_id)
    if row is None:
        state = step(QUALIFICATION, "NOMINATE" if officer.nominated else "ENROL", "", facts)
        row = Qualification.new(officer_id=officer.officer_id, state=state, update_time=tx.now, version=0)
        tx.add(row)
    if row.state == "ELIGIBLE" and officer.training_hours > row.training_hours:
        row.state = step(QUALIFICATION, "RECORD_TRAINING", row.state, facts)
    if not QUALIFICATION.why_not("REACH_HOURS", row.state, facts):
        row.state = step(QUALIFICATION, "REACH_HOURS", row.state, facts)
    fewer = officer.training_hours < row.training_hours
    if row.state == "EXAM_READY" and fewer and not facts.trained:
        row.state = step(QUALIFICATION, "LOSE_HOURS", row.state, facts)
    row.training_hours = officer.training_hours
    row.update_time = tx.now
    row.version += 1
    return row
