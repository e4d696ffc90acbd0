"""Transfers: at the city what departments ask, at the departments what the city decided."""

from typing import Any

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import transfer_pb2 as transfers

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.officer.model import Officer, former_of, officer_announced
from services.registry.replica import NotItsHome, Reaction, keep, of_city, utc
from services.registry.transfer.model import Transfer


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


def keep_transfer(transfer: transfers.Transfer, tx: Tx) -> None:
    values = {
        "officer_id": transfer.officer_id,
        "from_body_id": transfer.from_body_id,
        "from_node": transfer.from_node,
        "to_body_id": transfer.to_body_id,
        "to_node": transfer.to_node,
        "state": transfers.TransferState.Name(transfer.state).removeprefix("TRANSFER_STATE_"),
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


REACTIONS: dict[type[Message], Reaction] = {
    events.TransferRequested: on_request,
    events.TransferRefused: of_city(on_refused),
    events.OfficerTransferred: of_city(on_transferred),
    events.TrainingCarriedOver: of_city(on_carried_over),
}
