"""Transfers and leaving: at the city what departments ask and tell, at the departments what the city decided."""

from typing import Any

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.registry.v1 import certificate_pb2, officer_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.measures import CAUSES as SAID
from services.registry.measures import cancel, end_card, suspensions_of
from services.registry.model import Certificate, Officer, Transfer, former_of, officer_announced
from services.registry.model.certificate import shown
from services.registry.process import CERTIFICATE
from services.registry.reactions.replica import NotItsHome, Reaction, keep, of_city, utc
from services.registry.reactions.roster import carry_over, late, on_officer, take_officer
from services.registry.rules import Facts

CAUSES: dict[int, certificate_pb2.CancelCause] = {
    officer_pb2.LEAVE_CAUSE_RETIREMENT: certificate_pb2.CANCEL_CAUSE_RETIREMENT,
    officer_pb2.LEAVE_CAUSE_RESIGNATION: certificate_pb2.CANCEL_CAUSE_LEAVING,
    officer_pb2.LEAVE_CAUSE_DEATH: certificate_pb2.CANCEL_CAUSE_DEATH,
    officer_pb2.LEAVE_CAUSE_POST: certificate_pb2.CANCEL_CAUSE_POST,
}


def on_request(event: events.TransferRequested, tx: Tx, about: Envelope) -> None:
    """At the city: a transfer waits to be decided. Only the officer's department may ask."""
    if event.transfer.from_node != about.node:
        raise NotItsHome(f"{about.type} from {event.transfer.from_node} came from {about.node}")
    keep_transfer(event.transfer, tx)


def on_refused(event: events.TransferRefused, tx: Tx) -> None:
    keep_transfer(event.transfer, tx)


def on_transferred(event: events.OfficerTransferred, tx: Tx) -> None:
    """The officer is of another body. How often one moved says what is newer; versions belong to the homes."""
    keep_transfer(event.transfer, tx)
    officer = event.officer
    row = tx.find(Officer, officer.officer_id)
    if row is not None and len(row.former) >= len(officer.former):
        return
    values: dict[str, Any] = {
        "body_id": officer.body_id,
        "node": officer.node,
        "unit": officer.unit,
        "post": officer.post,
        "former": former_of(officer),
    }
    if row is None or row.node != tx.node:
        # here it was at most a replica, and an old one
        values |= {
            "name": officer.name,
            "staff_kind": officer.staff_kind,
            "training_hours": officer.training_hours,
            "register_time": utc(officer.register_time),
        }
    if row is None:
        tx.add(Officer.new(officer_id=officer.officer_id, version=officer.version, **values))
        return
    row.version = max(row.version, officer.version)
    for name, value in values.items():
        setattr(row, name, value)
    if officer.node != tx.node:
        row.id_number = None


def keep_transfer(transfer: officer_pb2.Transfer, tx: Tx) -> None:
    values = {
        "officer_id": transfer.officer_id,
        "from_body_id": transfer.from_body_id,
        "from_node": transfer.from_node,
        "to_body_id": transfer.to_body_id,
        "to_node": transfer.to_node,
        "state": officer_pb2.TransferState.Name(transfer.state).removeprefix("TRANSFER_STATE_"),
        "cause": transfer.cause,
        "request_time": utc(transfer.request_time),
        "decide_time": utc(transfer.decide_time) if transfer.HasField("decide_time") else None,
        "opinion": transfer.opinion,
        "version": transfer.version,
    }
    keep(tx, Transfer, {"transfer_id": transfer.transfer_id}, values)


def on_carried_over(event: events.TrainingCarriedOver, tx: Tx) -> None:
    """At the present department: count hours that the former one told of too late."""
    officer = tx.get(Officer, event.officer_id)
    if officer.node != tx.node:
        return
    officer.training_hours += event.hours
    officer.version += 1
    recorded = events.TrainingRecorded(
        officer=officer_announced(officer), hours=event.hours, course=event.course
    )
    tx.emit(recorded, subject=officer.officer_id)


def on_leaving_carried_over(event: events.LeavingCarriedOver, tx: Tx) -> None:
    """At the present department: the officer had left before the transfer, as the former one tells too late."""
    officer = tx.get(Officer, event.officer_id)
    if officer.node != tx.node or officer.leave_time is not None:
        return
    officer.leave_time, officer.leave_cause = utc(event.leave_time), event.leave_cause
    officer.version += 1
    tx.emit(events.OfficerLeft(officer=officer_announced(officer)), subject=officer.officer_id)


def on_left(event: events.OfficerLeft, tx: Tx, about: Envelope) -> None:
    """At the city: the certificates of an officer who left end with the leaving."""
    if late(event.officer, tx, about):
        carry_over(event, tx)
        return
    take_officer(event.officer, tx, about)
    if tx.node != tx.city:
        return
    left = utc(event.officer.leave_time)
    mine = select(Certificate).where(Certificate.officer_id == event.officer.officer_id)
    for certificate in sorted(tx.query(mine), key=lambda c: c.certificate_number):
        state = shown(certificate, suspensions_of(tx, certificate), tx.now)
        if certificate.expire_time <= left or CERTIFICATE.why_not("CANCEL", state, Facts()):
            continue
        cause = CAUSES[event.officer.leave_cause]
        if certificate.issuer:
            end_card(tx, certificate, left, SAID[cause])
        else:
            cancel(tx, certificate, cause, left)


TRANSFER_REACTIONS: dict[type[Message], Reaction] = {
    events.TransferRequested: on_request,
    events.TransferRefused: of_city(on_refused),
    events.OfficerTransferred: of_city(on_transferred),
    events.OfficerReceived: on_officer,
    events.TrainingCarriedOver: of_city(on_carried_over),
    events.LeavingCarriedOver: of_city(on_leaving_carried_over),
    events.OfficerLeft: on_left,
}
