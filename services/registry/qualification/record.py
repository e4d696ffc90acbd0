"""A qualification one step on, and the way that follows from the hours trained."""

from yifa.registry.v1 import officer_pb2
from yifa.registry.v1 import qualification_pb2 as qualifications

from services.kit.tx import Tx
from services.law.procedure import Act
from services.law.procedures.officer import QUALIFICATION, hours_reached
from services.registry.lawful import step, why_not
from services.registry.qualification.facts import Way
from services.registry.qualification.model import Qualification, qualification_proto


def step_on(row: Qualification, act: Act, facts: Way) -> qualifications.Qualification:
    """A qualification one step on. Raises Unlawful."""
    row.state = step(act, row.state, facts, officer_id=row.officer_id)
    row.update_time = facts.now
    row.version += 1
    return qualification_proto(row)


def follow_training(officer: officer_pb2.Officer, tx: Tx) -> Qualification:
    """Bring the qualification up to the hours trained."""
    row = tx.find(Qualification, officer.officer_id)
    begins = row is None
    if row is None:
        row = Qualification.new(officer_id=officer.officer_id, state="", update_time=tx.now, version=0)
    facts = Way(tx, row, officer)
    if begins:
        row.state = step(QUALIFICATION.NOMINATE if officer.nominated else QUALIFICATION.ENROL, "", facts)
        tx.add(row)
    if row.state == "ELIGIBLE" and officer.training_hours > row.training_hours:
        row.state = step(QUALIFICATION.RECORD_TRAINING, row.state, facts)
    if not why_not(QUALIFICATION.REACH_HOURS, row.state, facts):
        row.state = step(QUALIFICATION.REACH_HOURS, row.state, facts)
    fewer = officer.training_hours < row.training_hours
    if row.state == "EXAM_READY" and fewer and not hours_reached.holds(facts):
        row.state = step(QUALIFICATION.LOSE_HOURS, row.state, facts)
    row.training_hours = officer.training_hours
    row.update_time = tx.now
    row.version += 1
    return row
