"""Officers: replicas, and at the city the way of every officer."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import officer_pb2

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.model import Officer, Qualification, qualification_proto
from services.registry.process import QUALIFICATION, step
from services.registry.reactions.replica import NotItsHome, keep, utc
from services.registry.rules import CHINA, Facts


def on_officer(event: events.OfficerRegistered | events.TrainingRecorded, tx: Tx, about: Envelope) -> None:
    """Keep the officer; at the city, follow the training and tell the officer's node."""
    officer = event.officer
    if late(officer, tx, about):
        carry_over(event, tx)
    elif qualification := take_officer(officer, tx, about):
        updated = events.QualificationUpdated(qualification=qualification_proto(qualification))
        tx.emit(updated, subject=officer.officer_id, to=officer.node)


def late(officer: officer_pb2.Officer, tx: Tx, about: Envelope) -> bool:
    """Whether a former department speaks of an officer, not knowing yet that the city let them go elsewhere."""
    known = tx.find(Officer, officer.officer_id)
    if known is None or known.node == about.node or tx.node != tx.city:
        return False
    return officer.node == about.node and any(p["node"] == about.node for p in known.former)


def carry_over(
    event: events.OfficerRegistered | events.TrainingRecorded | events.OfficerLeft, tx: Tx
) -> None:
    """Hand what a former department recorded after the transfer to the present one."""
    officer_id, over = event.officer.officer_id, None
    if isinstance(event, events.TrainingRecorded):
        over = events.TrainingCarriedOver(officer_id=officer_id, hours=event.hours, course=event.course)
    elif isinstance(event, events.OfficerLeft):
        left, cause = event.officer.leave_time, event.officer.leave_cause
        over = events.LeavingCarriedOver(officer_id=officer_id, leave_time=left, leave_cause=cause)
    if over is not None:
        tx.emit(over, subject=officer_id, to=tx.get(Officer, officer_id).node)


def take_officer(officer: officer_pb2.Officer, tx: Tx, about: Envelope) -> Qualification | None:
    """Keep the officer. At the city, the qualification that follows from it, if it was news."""
    if about.node != officer.node:
        raise NotItsHome(f"{about.type} about an officer of {officer.node} came from {about.node}")
    if (known := tx.find(Officer, officer.officer_id)) and known.node != about.node:
        raise NotItsHome(f"{about.type} about {officer.officer_id} of {known.node} came from {about.node}")
    values = {
        "name": officer.name,
        "body_id": officer.body_id,
        "node": officer.node,
        "unit": officer.unit,
        "post": officer.post,
        "staff_kind": officer.staff_kind,
        "training_hours": officer.training_hours,
        "register_time": utc(officer.register_time),
        "leave_time": utc(officer.leave_time) if officer.HasField("leave_time") else None,
        "leave_cause": officer.leave_cause,
        "nominated": officer.nominated,
        "version": officer.version,
    }
    # the city's own staff are on its roster already; their way goes on here all the same
    news = keep(tx, Officer, {"officer_id": officer.officer_id}, values) or about.node == tx.node
    return follow_training(officer, tx) if news and tx.node == tx.city else None


def follow_training(officer: officer_pb2.Officer, tx: Tx) -> Qualification:
    """Bring the qualification up to the hours trained."""
    needed = tx.parameters.value("officer.training.hours", tx.now.astimezone(CHINA).date()).value
    facts = Facts(trained=officer.training_hours >= needed)
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


def keep_qualification(
    event: events.QualificationUpdated | events.ExamRecorded | events.OfficerRemoved, tx: Tx
) -> None:
    qualification = event.qualification
    state = officer_pb2.QualificationState.Name(qualification.state)
    values = {
        "state": state.removeprefix("QUALIFICATION_STATE_"),
        "training_hours": qualification.training_hours,
        "failures": qualification.failures,
        "update_time": utc(qualification.update_time),
        "version": qualification.version,
    }
    keep(tx, Qualification, {"officer_id": qualification.officer_id}, values)
