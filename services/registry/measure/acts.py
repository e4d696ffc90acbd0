"""Certificates suspended and given back; ended before their term; and the holder's remedy against it."""

from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import measure_pb2 as measures

from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedure import Act
from services.law.procedures.certificate import CERTIFICATE, CERTIFICATE_MEASURE
from services.registry.certificate.facts import CertificateFacts
from services.registry.certificate.model import Certificate
from services.registry.lawful import step
from services.registry.measure.cancellation import cancel
from services.registry.measure.facts import MeasureFacts
from services.registry.measure.model import Measure, measure_proto, suspensions_of
from services.registry.measure.record import (
    VOIDING,
    after,
    decide,
    measures_of,
    proceed,
    recompute,
    tell,
)
from services.registry.measure.review import settle
from services.registry.measure.revocation import revoke
from services.registry.measure.suspension import lift, suspend
from services.registry.request import check_citation, moment_in


@write(loads=(Certificate, "certificate_number"))
def suspend_certificate(
    request: measures.SuspendCertificateRequest, tx: Tx
) -> measures.SuspendCertificateResponse:
    """Suspend a certificate from a moment on, past or to come."""
    certificate = tx.get(Certificate, request.certificate_number)
    from_time = moment_in(request, "from_time", tx.now)
    check_citation(request.law, tx)
    suspended = suspend(tx, certificate, cause=request.cause, law=request.law, from_time=from_time)
    return measures.SuspendCertificateResponse(certificate=suspended)


@write(loads=(Certificate, "certificate_number"))
def restore_certificate(
    request: measures.RestoreCertificateRequest, tx: Tx
) -> measures.RestoreCertificateResponse:
    """End every suspension that has no end yet."""
    certificate = tx.get(Certificate, request.certificate_number)
    suspensions = suspensions_of(tx, certificate)
    proceed(CERTIFICATE.RESTORE_CERTIFICATE, CertificateFacts(tx, certificate, suspensions))
    restored = lift(tx, certificate, suspensions, [s for s in suspensions if s.until_time is None])
    return measures.RestoreCertificateResponse(certificate=restored)


@write(loads=(Certificate, "certificate_number"))
def revoke_certificate(
    request: measures.RevokeCertificateRequest, tx: Tx
) -> measures.RevokeCertificateResponse:
    """End a certificate for good, its holder having been heard (ASR 32)."""
    certificate = tx.get(Certificate, request.certificate_number)
    check_citation(request.law, tx)
    revoked, told = revoke(tx, certificate, request.cause, request.law, request.hearing)
    return measures.RevokeCertificateResponse(certificate=revoked, measure=told)


@write(loads=(Certificate, "certificate_number"))
def cancel_certificate(
    request: certificate_pb2.CancelCertificateRequest, tx: Tx
) -> certificate_pb2.CancelCertificateResponse:
    """End a certificate whose holder or body left (MOT-CERT 25)."""
    certificate = tx.get(Certificate, request.certificate_number)
    if request.card_returned:
        certificate.return_time = tx.now
    cancelled, measure = cancel(tx, certificate, request.cause, tx.now, request.note)
    return certificate_pb2.CancelCertificateResponse(certificate=cancelled, measure=measure)


@write(loads=(Certificate, "certificate_number"))
def void_certificate(
    request: certificate_pb2.VoidCertificateRequest, tx: Tx
) -> certificate_pb2.VoidCertificateResponse:
    """Find a certificate void from a date on; acts under it since then come to light at supervision (ASR 32)."""
    certificate = tx.get(Certificate, request.certificate_number)
    check_citation(request.law, tx)
    from_time = moment_in(request, "from_time", tx.now)
    suspensions = suspensions_of(tx, certificate)
    proceed(CERTIFICATE.VOID_CERTIFICATE, CertificateFacts(tx, certificate, suspensions))
    if from_time > tx.now or from_time >= certificate.expire_time:
        said = ("is to come, or after the end of the certificate", "晚于当前时间，或者不早于证件失效之时")
        raise Malformed({"from_time": said})
    measure = decide(tx, certificate, VOIDING, from_time=from_time, cause=request.cause, law=request.law)
    recompute(certificate, measures_of(tx, certificate))
    told = measure_proto(measure)
    voided = after(tx, certificate, events.CertificateVoided, suspensions, measure=told)
    return certificate_pb2.VoidCertificateResponse(certificate=voided, measure=told)


@write(loads=(Measure, "measure_id"))
def appeal_measure(request: measures.AppealMeasureRequest, tx: Tx) -> measures.AppealMeasureResponse:
    """Take in the holder's application for a review (MOT-CERT 35)."""
    measure = tx.get(Measure, request.measure_id)
    move(tx, measure, CERTIFICATE_MEASURE.APPEAL_MEASURE)
    measure.appeal_time, measure.grounds = tx.now, request.grounds
    told = measure_proto(measure)
    certificate = tx.get(Certificate, measure.certificate_number)
    tell(tx, certificate, events.MeasureAppealed(measure=told))
    return measures.AppealMeasureResponse(measure=told)


@write(loads=(Measure, "measure_id"))
def conclude_appeal(request: measures.ConcludeAppealRequest, tx: Tx) -> measures.ConcludeAppealResponse:
    """Let a measure stand, or undo it from its beginning (MOT-CERT 35)."""
    measure = tx.get(Measure, request.measure_id)
    acts = CERTIFICATE_MEASURE
    move(tx, measure, acts.OVERTURN_MEASURE if request.overturned else acts.UPHOLD_MEASURE)
    measure.conclude_time, measure.opinion = tx.now, request.opinion
    stands = settle(tx, measure)
    return measures.ConcludeAppealResponse(measure=measure_proto(measure), certificate=stands)


def move(tx: Tx, measure: Measure, act: Act) -> None:
    """Take a measure one step on. Raises Unlawful."""
    state = certificate_pb2.AppealState.Name(measure.appeal).removeprefix("APPEAL_STATE_")
    target = step(act, state, MeasureFacts(tx, measure), measure_id=measure.measure_id)
    measure.appeal = certificate_pb2.AppealState.Value(f"APPEAL_STATE_{target}")
    measure.version += 1
