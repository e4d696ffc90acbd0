"""Certificates, as they are read and verified."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_
from yifa.law.v1 import options_pb2 as options
from yifa.registry.v1 import certificate_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.registry.certificate.model import CERTIFICATES, Certificate, certificate_proto, validity
from services.registry.certificate.standing import WHY_NOT, standing
from services.registry.measure.model import SUSPENSIONS, Suspension, with_suspensions
from services.registry.request import moment_in

IN_FORCE = (
    certificate_pb2.CERTIFICATE_STATE_ACTIVE,
    certificate_pb2.CERTIFICATE_STATE_EXPIRING,
    certificate_pb2.CERTIFICATE_STATE_SUSPENDED,
)


@read
def verify_certificate(
    request: certificate_pb2.VerifyCertificateRequest, view: View
) -> certificate_pb2.VerifyCertificateResponse:
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
    return certificate_pb2.VerifyCertificateResponse(
        valid=stood == "ACTIVE", certificate=certificate, why_not_zh=zh, why_not_en=en
    )


@read
def list_certificates(
    request: certificate_pb2.ListCertificatesRequest, view: View
) -> certificate_pb2.ListCertificatesResponse:
    statement, now = CERTIFICATES, view.now
    if request.state:
        statement = statement.where(*in_state(request.state, now))
    keys = (Certificate.certificate_number,)
    rows, token = view.page(statement, keys, request.page_size, request.page_token)
    return certificate_pb2.ListCertificatesResponse(
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
