"""Certificates: replicas at the departments."""

from sqlalchemy import select
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.registry.model import Certificate, Suspension
from services.registry.reactions.replica import keep, utc
from services.registry.reactions.roster import keep_qualification

CertificateEvent = (
    events.CertificateIssued
    | events.CertificateSuspended
    | events.CertificateRestored
    | events.CertificateRevoked
)


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
