"""How certificates end before their term: revoked, cancelled, found void; and their cards come back."""

from yifa.registry.v1 import certificate_requests_pb2 as asked
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import registry_service_pb2 as pb

from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.registry.measures import (
    REVOCATION,
    VOIDING,
    after,
    cancel,
    decide,
    measures_of,
    proceed,
    recompute,
    suspensions_of,
)
from services.registry.model import Certificate, measure_proto
from services.registry.servicer.certificates import check_citation
from services.registry.servicer.moments import moment_in


class Endings:
    @write(loads=(Certificate, "certificate_number"))
    def RevokeCertificate(self, request: pb.RevokeCertificateRequest, tx: Tx) -> pb.RevokeCertificateResponse:
        """End a certificate for good, its holder having been heard (ASR 32)."""
        certificate = tx.get(Certificate, request.certificate_number)
        check_citation(request.law)
        suspensions, hearing = suspensions_of(tx, certificate), request.hearing
        proceed(certificate, suspensions, "REVOKE", tx, heard=heard(hearing, tx))
        measure = decide(
            tx,
            certificate,
            REVOCATION,
            from_time=tx.now,
            cause=request.cause,
            law=request.law,
            hear_time=moment_in(hearing, "hear_time", tx.now),
            statement=hearing.statement,
        )
        recompute(certificate, measures_of(tx, certificate))
        told = measure_proto(measure)
        revoked = after(
            tx,
            certificate,
            events.CertificateRevoked,
            suspensions,
            cause=request.cause,
            law=request.law,
            measure=told,
        )
        return pb.RevokeCertificateResponse(certificate=revoked, measure=told)

    @write(loads=(Certificate, "certificate_number"))
    def CancelCertificate(
        self, request: asked.CancelCertificateRequest, tx: Tx
    ) -> asked.CancelCertificateResponse:
        """End a certificate whose holder or body left (MOT-CERT 25)."""
        certificate = tx.get(Certificate, request.certificate_number)
        if request.card_returned:
            certificate.return_time = tx.now
        cancelled, measure = cancel(tx, certificate, request.cause, tx.now, request.note)
        return asked.CancelCertificateResponse(certificate=cancelled, measure=measure)

    @write(loads=(Certificate, "certificate_number"))
    def RecordCardReturn(
        self, request: asked.RecordCardReturnRequest, tx: Tx
    ) -> asked.RecordCardReturnResponse:
        """Record that the card of an ended certificate was handed back (MOT-CERT 25)."""
        certificate = tx.get(Certificate, request.certificate_number)
        suspensions = suspensions_of(tx, certificate)
        proceed(certificate, suspensions, "RETURN_CARD", tx, card_out=certificate.return_time is None)
        certificate.return_time = tx.now
        returned = after(tx, certificate, events.CertificateReturned, suspensions)
        return asked.RecordCardReturnResponse(certificate=returned)

    @write(loads=(Certificate, "certificate_number"))
    def VoidCertificate(self, request: asked.VoidCertificateRequest, tx: Tx) -> asked.VoidCertificateResponse:
        """Find a certificate void from a date on; acts under it since then come to light at supervision (ASR 32)."""
        certificate = tx.get(Certificate, request.certificate_number)
        check_citation(request.law)
        from_time = moment_in(request, "from_time", tx.now)
        suspensions = suspensions_of(tx, certificate)
        proceed(certificate, suspensions, "VOID", tx)
        if from_time > tx.now or from_time >= certificate.expire_time:
            said = ("is to come, or after the end of the certificate", "晚于当前时间，或者不早于证件失效之时")
            raise Malformed({"from_time": said})
        measure = decide(tx, certificate, VOIDING, from_time=from_time, cause=request.cause, law=request.law)
        recompute(certificate, measures_of(tx, certificate))
        told = measure_proto(measure)
        voided = after(tx, certificate, events.CertificateVoided, suspensions, measure=told)
        return asked.VoidCertificateResponse(certificate=voided, measure=told)


def heard(hearing: asked.Hearing, tx: Tx) -> bool:
    """Whether the holder was told first, and then spoke or waived it, before now."""
    if not hearing.HasField("notice_time") or not hearing.HasField("hear_time"):
        return False
    told = moment_in(hearing, "notice_time", tx.now)
    spoke = moment_in(hearing, "hear_time", tx.now)
    return told <= spoke <= tx.now and (hearing.waived or bool(hearing.statement.strip()))
