"""Certificates: replicas at the departments, and at the city what departments report of them."""

from typing import Any

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.measures import after, measures_of, recompute, suspensions_of
from services.registry.model import Certificate, Measure, Officer, Suspension
from services.registry.model.measure import FIELDS as MEASURE_FIELDS
from services.registry.process import CERTIFICATE
from services.registry.reactions.heard import on_pulse
from services.registry.reactions.replica import NotItsHome, Reaction, keep, of_city, utc
from services.registry.reactions.roster import keep_qualification
from services.registry.rules import Facts
from services.registry.rules.objections import ENFORCEMENT

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


def on_decided(event: Any, tx: Tx) -> None:
    """An event about a certificate that carries a measure."""
    keep_certificate(event, tx)
    keep_measure(event, tx)


def keep_measure(event: Any, tx: Tx) -> None:
    measure = event.measure
    if not measure.measure_id:
        return
    values = {
        name: utc(getattr(measure, name)) if name.endswith("_time") else getattr(measure, name)
        for name in MEASURE_FIELDS
        if not name.endswith("_time") or measure.HasField(name)
    }
    del values["measure_id"]
    keep(tx, Measure, {"measure_id": measure.measure_id}, values)


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


def on_loss(event: events.CertificateLossReported, tx: Tx, about: Envelope) -> None:
    """At the city: a lost certificate is void from the loss on. One that has ended otherwise before stays as it is."""
    certificate = reported(event, tx, about)
    if certificate is None or (certificate.loss_time is not None and about.node != tx.node):
        return
    suspensions = suspensions_of(tx, certificate)
    certificate.loss_time = utc(event.loss_time)
    recompute(certificate, measures_of(tx, certificate))
    after(tx, certificate, events.CertificateLost, suspensions)


def on_loss_declared(event: events.CertificateLossDeclared, tx: Tx, about: Envelope) -> None:
    certificate = reported(event, tx, about)
    if certificate is None or CERTIFICATE.why_not("DECLARE_LOSS", certificate.ending, Facts()):
        return
    certificate.declare_time = utc(event.declare_time)
    after(tx, certificate, events.CertificateLost, suspensions_of(tx, certificate))


def reported(event: Any, tx: Tx, about: Envelope) -> Certificate | None:
    """The certificate that a department tells of, at the city. Raises NotItsHome for one of another department."""
    if tx.node != tx.city:
        return None
    certificate = tx.get(Certificate, event.certificate_number)
    officer = tx.find(Officer, certificate.officer_id)
    if about.node not in {certificate.node, *(p["node"] for p in (officer.former if officer else ()))}:
        raise NotItsHome(f"{about.type} about a certificate of {certificate.node} came from {about.node}")
    return certificate


CERTIFICATE_REACTIONS: dict[type[Message], Reaction] = {
    events.CertificateIssued: of_city(on_issued),
    events.CertificateReissued: of_city(keep_certificate),
    events.CertificateSuspended: of_city(on_decided),
    events.CertificateRestored: of_city(keep_certificate),
    events.CertificateRevoked: of_city(on_decided),
    events.CertificateCancelled: of_city(on_decided),
    events.CertificateVoided: of_city(on_decided),
    events.CertificateRenewed: of_city(keep_certificate),
    events.CertificateLost: of_city(keep_certificate),
    events.CertificateReturned: of_city(keep_certificate),
    events.CertificateMoved: of_city(on_issued),
    events.MinistryCardRecorded: of_city(keep_certificate),
    events.MinistryCardEnded: of_city(keep_certificate),
    events.MeasureAppealed: of_city(keep_measure),
    events.AppealConcluded: of_city(on_decided),
    events.CertificateLossReported: on_loss,
    events.CertificateLossDeclared: on_loss_declared,
    events.EligibilityChecked: of_city(keep_qualification),
    events.NamePosted: of_city(keep_qualification),
    events.RegistryPulsed: of_city(on_pulse),
}
