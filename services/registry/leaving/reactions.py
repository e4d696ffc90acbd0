"""Leaving: at the city the certificates end; at the present department what the former one tells too late."""

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.registry.v1 import certificate_pb2, officer_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.procedures.certificate import CERTIFICATE
from services.registry.certificate.facts import CertificateFacts
from services.registry.certificate.model import Certificate, state_of
from services.registry.lawful import why_not
from services.registry.measure.cancellation import cancel, end_card
from services.registry.measure.model import suspensions_of
from services.registry.measure.record import CAUSES
from services.registry.officer.model import Officer, officer_announced
from services.registry.officer.replica import carry_over, late, take_officer
from services.registry.replica import Reaction, of_city, utc

CAUSE_OF: dict[int, certificate_pb2.CancelCause] = {
    officer_pb2.LEAVE_CAUSE_RETIREMENT: certificate_pb2.CANCEL_CAUSE_RETIREMENT,
    officer_pb2.LEAVE_CAUSE_RESIGNATION: certificate_pb2.CANCEL_CAUSE_LEAVING,
    officer_pb2.LEAVE_CAUSE_DEATH: certificate_pb2.CANCEL_CAUSE_DEATH,
    officer_pb2.LEAVE_CAUSE_POST: certificate_pb2.CANCEL_CAUSE_POST,
}


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
        suspensions = suspensions_of(tx, certificate)
        facts, state = (
            CertificateFacts(tx, certificate, suspensions),
            state_of(certificate, suspensions, tx.now),
        )
        if certificate.expire_time <= left or why_not(CERTIFICATE.CANCEL_CERTIFICATE, state, facts):
            continue
        cause = CAUSE_OF[event.officer.leave_cause]
        if certificate.issuer:
            end_card(tx, certificate, left, CAUSES[cause])
        else:
            cancel(tx, certificate, cause, left)


REACTIONS: dict[type[Message], Reaction] = {
    events.LeavingCarriedOver: of_city(on_leaving_carried_over),
    events.OfficerLeft: on_left,
}
