"""Suspending a certificate and lifting a suspension, for every act that comes to it."""

from collections.abc import Iterable
from datetime import datetime

from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.procedures.certificate import CERTIFICATE
from services.registry.certificate.facts import CertificateFacts
from services.registry.certificate.model import Certificate
from services.registry.certificate.standing import Interval, ended
from services.registry.measure.model import Suspension, measure_proto, suspensions_of
from services.registry.measure.record import SUSPENSION, after, decide, proceed


def suspend(
    tx: Tx, certificate: Certificate, *, cause: str, law: str, from_time: datetime
) -> certificate_pb2.Certificate:
    """Suspend a certificate from a moment on and tell its holder's node. Raises Unlawful, Malformed."""
    suspensions = suspensions_of(tx, certificate)
    proceed(CERTIFICATE.SUSPEND_CERTIFICATE, CertificateFacts(tx, certificate, suspensions))
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
            law=tx.parameters.cited(law),
        )
    )
    measure = decide(tx, certificate, SUSPENSION, from_time=from_time, cause=cause, law=law)
    return after(
        tx,
        certificate,
        events.CertificateSuspended,
        [*suspensions, suspension],
        measure=measure_proto(measure),
    )


def lift(
    tx: Tx, certificate: Certificate, suspensions: list[Suspension], which: Iterable[Suspension]
) -> certificate_pb2.Certificate:
    """End some suspensions of a certificate now and tell its holder's node; the others go on."""
    for suspension in which:
        suspension.until_time = ended(Interval(suspension.from_time), tx.now).until_time
    return after(tx, certificate, events.CertificateRestored, suspensions)
