"""Certificates: suspended, restored and verified."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_
from yifa.law.v1 import options_pb2 as options
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import registry_service_pb2 as pb

from services.kit.refusal import Malformed
from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.law.citation import cite
from services.registry.model import (
    Certificate,
    Suspension,
    certificate_proto,
    validity,
)
from services.registry.rules import WHY_NOT, standing
from services.registry.servicer.moments import moment_in
from services.registry.servicer.officers import CERTIFICATES, SUSPENSIONS, with_suspensions
from services.registry.servicer.suspension import lift, proceed, suspend, suspensions_of

IN_FORCE = (
    certificate_pb2.CERTIFICATE_STATE_ACTIVE,
    certificate_pb2.CERTIFICATE_STATE_EXPIRING,
    certificate_pb2.CERTIFICATE_STATE_SUSPENDED,
)


class Certificates:
    @write(loads=(Certificate, "certificate_number"))
    def SuspendCertificate(
        self, request: pb.SuspendCertificateRequest, tx: Tx
    ) -> pb.SuspendCertificateResponse:
        """Suspend a certificate from a moment on, past or to come."""
        certificate = tx.get(Certificate, request.certificate_number)
        from_time = moment_in(request, "from_time", tx.now)
        check_citation(request.law)
        suspended = suspend(tx, certificate, cause=request.cause, law=request.law, from_time=from_time)
        return pb.SuspendCertificateResponse(certificate=suspended)

    @write(loads=(Certificate, "certificate_number"))
    def RestoreCertificate(
        self, request: pb.RestoreCertificateRequest, tx: Tx
    ) -> pb.RestoreCertificateResponse:
        """End every suspension that has no end yet."""
        certificate = tx.get(Certificate, request.certificate_number)
        suspensions = suspensions_of(tx, certificate)
        proceed(certificate, suspensions, "RESTORE", tx)
        restored = lift(tx, certificate, suspensions, [s for s in suspensions if s.until_time is None])
        return pb.RestoreCertificateResponse(certificate=restored)

    @read
    def VerifyCertificate(
        self, request: pb.VerifyCertificateRequest, view: View
    ) -> pb.VerifyCertificateResponse:
        """Whether the holder may act, now or at another moment."""
        number = request.certificate_number
        row = view.get(CERTIFICATES.where(Certificate.certificate_number == number), "Certificate", number)
        suspensions = view.rows(SUSPENSIONS.where(Suspension.certificate_number == number))
        certificate = certificate_proto(row, suspensions, view.now)
        stood = standing(validity(row, suspensions), moment_in(request, "at_time", view.now))
        en, zh = WHY_NOT[stood]
        if view.caller.only(options.ROLE_PUBLIC):
            # the public is told that a certificate is suspended, not what its holder is said to have done
            for suspension in certificate.suspensions:
                suspension.ClearField("cause")
        return pb.VerifyCertificateResponse(
            valid=stood == "ACTIVE", certificate=certificate, why_not_zh=zh, why_not_en=en
        )

    @read
    def ListCertificates(
        self, request: pb.ListCertificatesRequest, view: View
    ) -> pb.ListCertificatesResponse:
        statement, now = CERTIFICATES, view.now
        if request.state:
            statement = statement.where(*in_state(request.state, now))
        keys = (Certificate.certificate_number,)
        rows, token = view.page(statement, keys, request.page_size, request.page_token)
        return pb.ListCertificatesResponse(
            certificates=with_suspensions(view, rows, now), next_page_token=token
        )


def in_state(state: int, now: datetime) -> tuple[Any, ...]:
    """The conditions under which a certificate stands so now."""
    suspended = exists().where(
        Suspension.certificate_number == Certificate.certificate_number,
        Suspension.from_time <= now,
        or_(Suspension.until_time.is_(None), Suspension.until_time > now),
    )
    if state not in IN_FORCE:
        ending = certificate_pb2.CertificateState.Name(state).removeprefix("CERTIFICATE_STATE_")
        return Certificate.expire_time <= now, Certificate.ending == ending
    renewable = Certificate.renew_time <= now
    conditions: dict[int, tuple[Any, ...]] = {
        certificate_pb2.CERTIFICATE_STATE_ACTIVE: (
            ~suspended,
            or_(Certificate.renew_time.is_(None), ~renewable),
        ),
        certificate_pb2.CERTIFICATE_STATE_EXPIRING: (~suspended, renewable),
        certificate_pb2.CERTIFICATE_STATE_SUSPENDED: (suspended,),
    }
    return Certificate.expire_time > now, *conditions[state]


def check_citation(code: str) -> None:
    """Raise Malformed unless the code names a known article."""
    try:
        cite(code)
    except ValueError:
        said = ('is no citation of a known article, as "ASR-2025:32"', "不是已知法条的引用代码")
        raise Malformed({"law": said}) from None
