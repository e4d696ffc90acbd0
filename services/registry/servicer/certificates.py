"""Certificates: issued, suspended, restored and verified."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import exists, or_
from yifa.law.v1 import options_pb2 as options
from yifa.registry.v1 import certificate_pb2, officer_pb2
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import registry_service_pb2 as pb

from services.kit.refusal import Malformed
from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.law.citation import cite
from services.registry.model import (
    Body,
    Certificate,
    Officer,
    Qualification,
    Suspension,
    certificate_proto,
    qualification_proto,
    validity,
)
from services.registry.process import QUALIFICATION, step
from services.registry.rules import ISSUE, MAY_ENFORCE, WHY_NOT, Facts, expiry, require, standing
from services.registry.servicer.bodies import next_in
from services.registry.servicer.officers import CERTIFICATES, SUSPENSIONS, local, with_suspensions
from services.registry.servicer.suspension import lift, proceed, suspend, suspensions_of


class Certificates:
    @write(loads=((Officer, "officer_id"), (Qualification, "officer_id")))
    def IssueCertificate(self, request: pb.IssueCertificateRequest, tx: Tx) -> pb.IssueCertificateResponse:
        """Issue a certificate to an officer who has passed the exam (ASR 17)."""
        officer = tx.get(Officer, request.officer_id)
        qualification = tx.get(Qualification, request.officer_id)
        body = tx.get(Body, officer.body_id)
        facts = Facts(
            examined=qualification.state in ("EXAM_PASSED", "CERTIFIED"),
            body_confirmed=body.state in MAY_ENFORCE,
            permanent=officer.staff_kind == officer_pb2.STAFF_KIND_PERMANENT,
        )
        require(ISSUE, facts, officer_id=officer.officer_id, body_id=body.body_id)
        qualification.state = step(
            QUALIFICATION, "ISSUE_CERTIFICATE", qualification.state, facts, officer_id=officer.officer_id
        )
        qualification.update_time = tx.now
        qualification.version += 1
        certificate = tx.add(new_certificate(request, tx, officer, body))
        issued = certificate_proto(certificate, (), tx.now)
        announced = events.CertificateIssued(
            certificate=issued, qualification=qualification_proto(qualification)
        )
        tx.emit(announced, subject=certificate.certificate_number, to=officer.node)
        return pb.IssueCertificateResponse(certificate=issued)

    @write(loads=(Certificate, "certificate_number"))
    def SuspendCertificate(
        self, request: pb.SuspendCertificateRequest, tx: Tx
    ) -> pb.SuspendCertificateResponse:
        """Suspend a certificate from a moment on, past or to come."""
        certificate = tx.get(Certificate, request.certificate_number)
        from_time = asked(request, "from_time", tx.now)
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

    @write(loads=(Certificate, "certificate_number"))
    def RevokeCertificate(self, request: pb.RevokeCertificateRequest, tx: Tx) -> pb.RevokeCertificateResponse:
        """End a certificate for good (ASR 32)."""
        certificate = tx.get(Certificate, request.certificate_number)
        check_citation(request.law)
        suspensions = suspensions_of(tx, certificate)
        proceed(certificate, suspensions, "REVOKE", tx)
        certificate.expire_time = tx.now
        certificate.revoked = True
        certificate.version += 1
        revoked = certificate_proto(certificate, suspensions, tx.now)
        tx.emit(
            events.CertificateRevoked(certificate=revoked, cause=request.cause, law=request.law),
            subject=certificate.certificate_number,
            to=certificate.node,
        )
        return pb.RevokeCertificateResponse(certificate=revoked)

    @read
    def VerifyCertificate(
        self, request: pb.VerifyCertificateRequest, view: View
    ) -> pb.VerifyCertificateResponse:
        """Whether the holder may act, now or at another moment."""
        number = request.certificate_number
        row = view.get(CERTIFICATES.where(Certificate.certificate_number == number), "Certificate", number)
        suspensions = view.rows(SUSPENSIONS.where(Suspension.certificate_number == number))
        certificate = certificate_proto(row, suspensions, view.now)
        stood = standing(validity(row, suspensions), asked(request, "at_time", view.now))
        en, zh = WHY_NOT[stood]
        if view.caller.roles == {options.ROLE_PUBLIC}:
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


def new_certificate(request: pb.IssueCertificateRequest, tx: Tx, officer: Officer, body: Body) -> Certificate:
    """A certificate under the next number of its area and body."""
    series = f"{request.area_code}{body.part:04d}"
    years = tx.parameters.value("certificate.validity", local(tx.now).date()).value
    return Certificate.new(
        certificate_number=f"{series}{next_in(tx, series):05d}",
        officer_id=officer.officer_id,
        officer_name=officer.name,
        body_id=body.body_id,
        body_name=body.name,
        node=officer.node,
        fields=tuple(request.fields),
        area_code=request.area_code,
        issue_time=tx.now,
        expire_time=expiry(tx.now, years),
    )


def in_state(state: int, now: datetime) -> tuple[Any, ...]:
    """The conditions under which a certificate stands so now."""
    suspended = exists().where(
        Suspension.certificate_number == Certificate.certificate_number,
        Suspension.from_time <= now,
        or_(Suspension.until_time.is_(None), Suspension.until_time > now),
    )
    unexpired = Certificate.expire_time > now
    conditions: dict[int, tuple[Any, ...]] = {
        certificate_pb2.CERTIFICATE_STATE_ACTIVE: (unexpired, ~suspended),
        certificate_pb2.CERTIFICATE_STATE_SUSPENDED: (unexpired, suspended),
        certificate_pb2.CERTIFICATE_STATE_EXPIRED: (~unexpired, Certificate.revoked.is_(False)),
        certificate_pb2.CERTIFICATE_STATE_REVOKED: (~unexpired, Certificate.revoked.is_(True)),
    }
    return conditions[state]


def asked(request: Any, field: str, default: datetime) -> datetime:
    """The moment in a field of a request, or the default. Raises Malformed for one beyond the calendar."""
    if not request.HasField(field):
        return default
    try:
        return getattr(request, field).ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise Malformed(
            {field: ("is no moment between the years 1 and 9999", "不是公元1年至9999年之间的时间")}
        ) from None


def check_citation(code: str) -> None:
    """Raise Malformed unless the code names a known article."""
    try:
        cite(code)
    except ValueError:
        said = ('is no citation of a known article, as "ASR-2025:32"', "不是已知法条的引用代码")
        raise Malformed({"law": said}) from None
