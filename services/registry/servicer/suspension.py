"""Suspending a certificate and lifting a suspension, for every act that comes to it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.registry.model import Certificate, Suspension, certificate_proto, validity
from services.registry.process import CERTIFICATE, step
from services.registry.rules import Facts, Interval, ended, standing


def suspensions_of(tx: Tx, certificate: Certificate) -> list[Suspension]:
    return tx.query(
        select(Suspension)
        .where(Suspension.certificate_number == certificate.certificate_number)
        .order_by(Suspension.ordinal)
    )


def proceed(certificate: Certificate, suspensions: Iterable[Suspension], act: str, tx: Tx) -> None:
    """Raise Unlawful unless the act is open to the certificate as it stands now."""
    facts = Facts(suspension_open=any(s.until_time is None for s in suspensions))
    state = standing(validity(certificate, suspensions), tx.now)
    step(CERTIFICATE, act, state, facts, certificate_number=certificate.certificate_number)


def suspend(
    tx: Tx, certificate: Certificate, *, cause: str, law: str, from_time: datetime
) -> certificate_pb2.Certificate:
    """Suspend a certificate from a moment on and tell its holder's node. Raises Unlawful, Malformed."""
    suspensions = suspensions_of(tx, certificate)
    proceed(certificate, suspensions, "SUSPEND", tx)
    if from_time >= certificate.expire_time:
        said = ("is not before the end of the certificate's validity", "不早于证件有效期届满之时")
        raise Malformed({"from_time": said})
    ordinal = len(suspensions) + 1
    suspension = tx.add(
        Suspension.new(
            suspension_id=f"{certificate.certificate_number}/{ordinal}",
            certificate_number=certificate.certificate_number,
            ordinal=ordinal,
            from_time=from_time,
            cause=cause,
            law=law,
        )
    )
    certificate.version += 1
    suspended = certificate_proto(certificate, [*suspensions, suspension], tx.now)
    tx.emit(
        events.CertificateSuspended(certificate=suspended),
        subject=certificate.certificate_number,
        to=certificate.node,
    )
    return suspended


def lift(
    tx: Tx, certificate: Certificate, suspensions: list[Suspension], which: Iterable[Suspension]
) -> certificate_pb2.Certificate:
    """End some suspensions of a certificate now and tell its holder's node; the others go on."""
    for suspension in which:
        suspension.until_time = ended(Interval(suspension.from_time), tx.now).until_time
    certificate.version += 1
    restored = certificate_proto(certificate, suspensions, tx.now)
    tx.emit(
        events.CertificateRestored(certificate=restored),
        subject=certificate.certificate_number,
        to=certificate.node,
    )
    return restored
