"""Revoking a certificate, for every act that comes to it."""

from typing import Any

from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import measure_pb2 as measures

from services.kit.tx import Tx
from services.law.procedures.certificate import CERTIFICATE
from services.registry.certificate.facts import CertificateFacts
from services.registry.certificate.model import Certificate
from services.registry.measure.model import measure_proto, suspensions_of
from services.registry.measure.record import REVOCATION, after, decide, measures_of, proceed, recompute
from services.registry.request import moment_in


def revoke(
    tx: Tx, certificate: Certificate, cause: str, law: str, hearing: measures.Hearing
) -> tuple[certificate_pb2.Certificate, Any]:
    """End a certificate for good, its holder having been heard (ASR 32). Raises Unlawful."""
    suspensions = suspensions_of(tx, certificate)
    asked = measures.RevokeCertificateRequest(cause=cause, law=law, hearing=hearing)
    proceed(CERTIFICATE.REVOKE_CERTIFICATE, CertificateFacts(tx, certificate, suspensions, asked))
    measure = decide(
        tx,
        certificate,
        REVOCATION,
        from_time=tx.now,
        cause=cause,
        law=law,
        hear_time=moment_in(hearing, "hear_time", tx.now),
        statement=hearing.statement,
    )
    recompute(certificate, measures_of(tx, certificate))
    told = measure_proto(measure)
    revoked = after(
        tx, certificate, events.CertificateRevoked, suspensions, cause=cause, law=law, measure=told
    )
    return revoked, told
