"""An officer as the department announces it; at the city, what follows for the qualification."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import officer_pb2

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.officer.model import Officer
from services.registry.qualification.model import Qualification
from services.registry.qualification.record import follow_training
from services.registry.replica import NotItsHome, keep, utc


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
