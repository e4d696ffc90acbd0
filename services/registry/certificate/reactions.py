"""Certificates: replicas at the departments."""

from typing import Any

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.registry.certificate.model import Certificate
from services.registry.measure.model import Suspension
from services.registry.qualification.reactions import keep_qualification
from services.registry.replica import Reaction, keep, of_city, utc
from services.registry.standing.objections import ENFORCEMENT

CertificateState = certificate_pb2.CertificateState
ENDED = (
    certificate_pb2.CERTIFICATE_STATE_REVOKED,
    certificate_pb2.CERTIFICATE_STATE_CANCELLED,
    certificate_pb2.CERTIFICATE_STATE_LOST,
    certificate_pb2.CERTIFICATE_STATE_VOID,
)


def on_issued(event: events.CertificateIssued, tx: Tx) -> None:
    keep_certificate(event, tx)
    keep_qualification(event, tx)


def keep_certificate(event: Any, tx: Tx) -> None:
    certificate = event.certificate
    ended = certificate.state in ENDED
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
        "ending": CertificateState.Name(certificate.state).removeprefix("CERTIFICATE_STATE_")
        if ended
        else "EXPIRED",
        "kind": certificate.kind or ENFORCEMENT,
        "acts": tuple(certificate.acts),
        "replaces": certificate.replaces,
        "issuer": certificate.issuer,
        "version": certificate.version,
    }
    # what a department has reported stays until the city says it too
    optional = ("term_time", "renew_time", "loss_time", "declare_time", "return_time")
    values |= {name: utc(getattr(certificate, name)) for name in optional if certificate.HasField(name)}
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


REACTIONS: dict[type[Message], Reaction] = {
    events.CertificateIssued: of_city(on_issued),
    events.CertificateReissued: of_city(keep_certificate),
    events.CertificateRestored: of_city(keep_certificate),
    events.CertificateRenewed: of_city(keep_certificate),
    events.CertificateLost: of_city(keep_certificate),
    events.CertificateReturned: of_city(keep_certificate),
    events.CertificateMoved: of_city(on_issued),
    events.MinistryCardRecorded: of_city(keep_certificate),
    events.MinistryCardEnded: of_city(keep_certificate),
}
