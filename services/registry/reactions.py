"""What the registry takes over from other nodes: replicas, and at the city the way of every officer."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from sqlalchemy import select
from yifa.registry.v1 import body_pb2, certificate_pb2, officer_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.store import Row
from services.kit.tx import Tx
from services.registry.model import Body, Certificate, Officer, Qualification, Suspension, qualification_proto
from services.registry.process import QUALIFICATION, step
from services.registry.rules import CHINA, Facts

Reaction = Callable[[Any, Tx, Envelope], None]
CertificateEvent = (
    events.CertificateIssued
    | events.CertificateSuspended
    | events.CertificateRestored
    | events.CertificateRevoked
)


class NotItsHome(Exception):
    """An event about a record came from a node that does not keep it."""


def of_city(react: Callable[[Any, Tx], None]) -> Reaction:
    """A reaction to what only the city may announce."""

    def reaction(event: Message, tx: Tx, about: Envelope) -> None:
        if about.node != tx.city:
            raise NotItsHome(f"{about.type} came from {about.node}; only {tx.city} may announce it")
        react(event, tx)

    return reaction


def keep_body(event: events.BodyConfirmed | events.BodyWithdrawn, tx: Tx) -> None:
    body = event.body
    values = {
        "name": body.name,
        "credit_code": body.unified_social_credit_code,
        "kind": body.kind,
        "node": body.node,
        "document_prefix": body.document_prefix,
        "field": body.field,
        "state": body_pb2.BodyState.Name(body.state).removeprefix("BODY_STATE_"),
        "confirm_time": utc(body.confirm_time),
        "version": body.version,
    }
    keep(tx, Body, {"body_id": body.body_id}, values)


def on_officer(event: events.OfficerRegistered | events.TrainingRecorded, tx: Tx, about: Envelope) -> None:
    """Keep the officer; at the city, follow the training."""
    officer = event.officer
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
        "version": officer.version,
    }
    if keep(tx, Officer, {"officer_id": officer.officer_id}, values) and tx.node == tx.city:
        follow_training(officer, tx)


def follow_training(officer: officer_pb2.Officer, tx: Tx) -> None:
    """Bring the qualification up to the hours trained, and tell the officer's node."""
    needed = tx.parameters.value("officer.training.hours", tx.now.astimezone(CHINA).date()).value
    facts = Facts(trained=officer.training_hours >= needed)
    row = tx.find(Qualification, officer.officer_id)
    if row is None:
        state = step(QUALIFICATION, "ENROL", "", facts)
        row = Qualification.new(officer_id=officer.officer_id, state=state, update_time=tx.now, version=0)
        tx.add(row)
    if not QUALIFICATION.why_not("REACH_HOURS", row.state, facts):
        row.state = step(QUALIFICATION, "REACH_HOURS", row.state, facts)
    row.training_hours = officer.training_hours
    row.update_time = tx.now
    row.version += 1
    updated = events.QualificationUpdated(qualification=qualification_proto(row))
    tx.emit(updated, subject=officer.officer_id, to=officer.node)


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


def on_issued(event: events.CertificateIssued, tx: Tx) -> None:
    keep_certificate(event, tx)
    keep_qualification(event, tx)


def keep_certificate(event: CertificateEvent, tx: Tx) -> None:
    certificate = event.certificate
    values = {
        "officer_id": certificate.officer_id,
        "officer_name": certificate.officer_name,
        "body_id": certificate.body_id,
        "body_name": certificate.body_name,
        "node": certificate.node,
        "fields": tuple(certificate.fields),
        "area_code": certificate.area_code,
        "issue_time": utc(certificate.issue_time),
        "expire_time": utc(certificate.expire_time),
        "revoked": certificate.state == certificate_pb2.CERTIFICATE_STATE_REVOKED,
        "version": certificate.version,
    }
    if keep(tx, Certificate, {"certificate_number": certificate.certificate_number}, values):
        keep_suspensions(certificate, tx)


def keep_suspensions(certificate: certificate_pb2.Certificate, tx: Tx) -> None:
    """Suspensions are only ever added and ended, so each keeps its place."""
    number = certificate.certificate_number
    known = select(Suspension).where(Suspension.certificate_number == number)
    rows = {row.ordinal: row for row in tx.query(known)} if certificate.suspensions else {}
    for ordinal, suspension in enumerate(certificate.suspensions, 1):
        until = utc(suspension.until_time) if suspension.HasField("until_time") else None
        if ordinal in rows:
            rows[ordinal].until_time = until
        else:
            tx.add(
                Suspension.new(
                    suspension_id=f"{number}/{ordinal}",
                    certificate_number=number,
                    ordinal=ordinal,
                    from_time=utc(suspension.from_time),
                    until_time=until,
                    cause=suspension.cause,
                    law=suspension.law,
                )
            )


def keep(tx: Tx, kind: type[Row], key: dict[str, str], values: dict[str, Any]) -> bool:
    """Put a replica at the version that an event carries. False if what is kept is as new already."""
    row = tx.find(kind, *key.values())
    if row is None:
        tx.add(kind.new(**key, **values))
        return True
    if row.version >= values["version"]:
        return False
    for name, value in values.items():
        setattr(row, name, value)
    return True


def utc(at: Timestamp) -> datetime:
    return at.ToDatetime(tzinfo=UTC)


REACTIONS: dict[type[Message], Reaction] = {
    events.BodyConfirmed: of_city(keep_body),
    events.BodyWithdrawn: of_city(keep_body),
    events.OfficerRegistered: on_officer,
    events.TrainingRecorded: on_officer,
    events.QualificationUpdated: of_city(keep_qualification),
    events.ExamRecorded: of_city(keep_qualification),
    events.OfficerRemoved: of_city(keep_qualification),
    events.CertificateIssued: of_city(on_issued),
    events.CertificateSuspended: of_city(keep_certificate),
    events.CertificateRestored: of_city(keep_certificate),
    events.CertificateRevoked: of_city(keep_certificate),
}
