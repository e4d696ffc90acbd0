"""At the city what departments report of losses."""

from typing import Any

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.procedures.certificate import CERTIFICATE
from services.registry.certificate.facts import CertificateFacts
from services.registry.certificate.model import Certificate
from services.registry.lawful import why_not
from services.registry.measure.model import suspensions_of
from services.registry.measure.record import after, measures_of, recompute
from services.registry.officer.model import Officer
from services.registry.replica import NotItsHome, Reaction, utc


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
    if certificate is None or not declarable(tx, certificate):
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


def declarable(tx: Tx, certificate: Certificate) -> bool:
    """Whether the loss of a certificate may be made public as it stands."""
    facts = CertificateFacts(tx, certificate)
    return not why_not(CERTIFICATE.DECLARE_LOSS, certificate.ending, facts)


REACTIONS: dict[type[Message], Reaction] = {
    events.CertificateLossReported: on_loss,
    events.CertificateLossDeclared: on_loss_declared,
}
