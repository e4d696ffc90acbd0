"""The last steps to a certificate: eligibility checked, name posted, certificate issued under the next number."""

from datetime import datetime

from sqlalchemy import select
from yifa.registry.v1 import certificate_requests_pb2 as asked
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import officer_pb2
from yifa.registry.v1 import registry_service_pb2 as pb

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.clock import catalogue, due
from services.registry.measures import due_by
from services.registry.model import (
    Body,
    Certificate,
    Officer,
    Qualification,
    certificate_proto,
    qualification_proto,
)
from services.registry.process import QUALIFICATION, step
from services.registry.rules import ISSUE, MAY_ENFORCE, Facts, expiry, lawyer, none_in_force, require
from services.registry.rules.certificate import number_left, still_serving
from services.registry.rules.numbering import Pattern
from services.registry.rules.objections import ENFORCEMENT, LEGAL_REVIEW
from services.registry.servicer.bodies import next_in
from services.registry.servicer.officers import local

PASSED = ("EXAM_PASSED", "PUBLICISED", "CERTIFIED")


class Issuing:
    @write(loads=((Officer, "officer_id"), (Qualification, "officer_id")))
    def CheckEligibility(
        self, request: asked.CheckEligibilityRequest, tx: Tx
    ) -> asked.CheckEligibilityResponse:
        """Record whether a nominated person may become an officer (ASR 17; MOT-CERT 7, 8)."""
        officer = tx.get(Officer, request.officer_id)
        row = tx.get(Qualification, request.officer_id)
        passed = request.on_establishment and not request.barred
        permanent = officer.staff_kind == officer_pb2.STAFF_KIND_PERMANENT
        act = "PASS_ELIGIBILITY" if passed else "FAIL_ELIGIBILITY"
        told = on(row, act, Facts(eligible=permanent), tx)
        checked = events.EligibilityChecked(qualification=told, opinion=request.opinion)
        tx.emit(checked, subject=officer.officer_id, to=officer.node)
        return asked.CheckEligibilityResponse(qualification=told)

    @write(loads=((Officer, "officer_id"), (Qualification, "officer_id")))
    def PostName(self, request: asked.PostNameRequest, tx: Tx) -> asked.PostNameResponse:
        """Post the name of someone who passed the exam, for objections (MOT-CERT 20)."""
        officer = tx.get(Officer, request.officer_id)
        row = tx.get(Qualification, request.officer_id)
        told = on(row, "POST_NAME", Facts(), tx)
        end = posting_end(tx, tx.now)
        posted = events.NamePosted(qualification=told, end_time=end)
        tx.emit(posted, subject=officer.officer_id, to=officer.node)
        return asked.PostNameResponse(qualification=told, end_time=end)

    @write(loads=((Officer, "officer_id"), (Qualification, "officer_id")))
    def IssueCertificate(self, request: pb.IssueCertificateRequest, tx: Tx) -> pb.IssueCertificateResponse:
        """Issue a certificate to an officer who has passed the exam (ASR 17)."""
        officer = tx.get(Officer, request.officer_id)
        qualification = tx.get(Qualification, request.officer_id)
        body = tx.get(Body, officer.body_id)
        kind = request.kind or ENFORCEMENT
        facts = Facts(
            examined=qualification.state in PASSED,
            body_confirmed=body.state in MAY_ENFORCE,
            permanent=officer.staff_kind == officer_pb2.STAFF_KIND_PERMANENT,
            serving=officer.leave_time is None,
            lawyer=kind != LEGAL_REVIEW or bool(request.legal_qualification.strip()),
            posted=posted(tx, qualification),
            none_in_force=kind == ENFORCEMENT or not in_force(tx, officer.officer_id, kind),
        )
        about = {"officer_id": officer.officer_id, "body_id": body.body_id}
        require((*ISSUE, still_serving, lawyer, none_in_force), facts, **about)
        told = qualification_proto(qualification)
        if kind == ENFORCEMENT:
            told = on(qualification, "ISSUE_CERTIFICATE", facts, tx)
        certificate = tx.add(new_certificate(request, kind, tx, officer, body))
        issued = certificate_proto(certificate, (), tx.now)
        announced = events.CertificateIssued(certificate=issued, qualification=told)
        tx.emit(announced, subject=certificate.certificate_number, to=officer.node)
        return pb.IssueCertificateResponse(certificate=issued)


def on(row: Qualification, act: str, facts: Facts, tx: Tx) -> officer_pb2.Qualification:
    """A qualification one step on. Raises Unlawful."""
    row.state = step(QUALIFICATION, act, row.state, facts, officer_id=row.officer_id)
    row.update_time = tx.now
    row.version += 1
    return qualification_proto(row)


def posted(tx: Tx, qualification: Qualification) -> bool:
    """Whether objections were possible for as long as they have to be."""
    if qualification.state == "PUBLICISED":
        return tx.now > posting_end(tx, qualification.update_time)
    return not tx.parameters.value("certificate.posting.required", local(tx.now).date()).value


def posting_end(tx: Tx, start: datetime) -> datetime:
    return due_by(tx, "OFF-11", start)


def in_force(tx: Tx, officer_id: str, kind: int) -> list[Certificate]:
    """The officer's certificates of a kind that have not ended."""
    wanted = select(Certificate).where(
        Certificate.officer_id == officer_id, Certificate.kind == kind, Certificate.issuer == ""
    )
    return [c for c in tx.query(wanted) if c.expire_time > tx.now]


def new_certificate(
    request: pb.IssueCertificateRequest, kind: int, tx: Tx, officer: Officer, body: Body
) -> Certificate:
    """A certificate under the next number of its kind, area and body. Raises Unlawful when there is none."""
    years = tx.parameters.value("certificate.validity", local(tx.now).date()).value
    end = expiry(tx.now, years)
    return Certificate.new(
        certificate_number=next_number(tx, kind, request.area_code, body.part),
        officer_id=officer.officer_id,
        officer_name=officer.name,
        body_id=body.body_id,
        body_name=body.name,
        node=officer.node,
        kind=kind,
        fields=tuple(request.fields),
        area_code=request.area_code,
        acts=tuple(request.acts),
        issue_time=tx.now,
        expire_time=end,
        term_time=end,
        renew_time=renewal_opens(tx, end),
    )


def pattern(tx: Tx) -> Pattern:
    """How this issuer numbers certificates today."""
    day = local(tx.now).date()
    parts = ("area", "unit", "year", "serial")
    return Pattern(*(tx.parameters.value(f"certificate.number.{part}", day).value for part in parts))


def next_number(tx: Tx, kind: int, area_code: str, part: int) -> str:
    """The next number of a kind, area and body. Raises Unlawful when the pattern has none."""
    issuer = pattern(tx)
    series = issuer.series(kind, area_code, part, local(tx.now).year)
    number = issuer.number(series, next_in(tx, series)) if series is not None else None
    require((number_left,), Facts(number_left=number is not None), series=series or area_code)
    assert number is not None
    return number


def renewal_opens(tx: Tx, end: datetime) -> datetime:
    """The first moment of the day from which a certificate that ends so can be renewed (OFF-06)."""
    day = local(end)
    clock = tx.parameters.clock(catalogue()["OFF-06"], local(tx.now).date())
    return datetime.combine(due(clock, day.date(), tx.calendar).day, datetime.min.time(), day.tzinfo)
