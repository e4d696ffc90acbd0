"""A certificate is issued under the next number; the card of one that ended comes back."""

from yifa.registry.v1 import certificate_pb2 as asked
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import qualification_pb2 as qualifications

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.certificate import CERTIFICATE
from services.law.procedures.issuing import ISSUING, NUMBERING
from services.law.procedures.officer import QUALIFICATION
from services.registry.body.model import Body
from services.registry.certificate.facts import CertificateFacts, IssueFacts
from services.registry.certificate.model import Certificate, certificate_proto
from services.registry.certificate.numbering import next_number
from services.registry.certificate.record import renewal_opens
from services.registry.certificate.standing import expiry
from services.registry.lawful import admit
from services.registry.measure.model import suspensions_of
from services.registry.measure.record import after, proceed
from services.registry.officer.model import Officer
from services.registry.qualification.model import Qualification, qualification_proto
from services.registry.qualification.record import step_on
from services.registry.request import local
from services.registry.standing.objections import ENFORCEMENT, LEGAL_REVIEW


@write(loads=((Officer, "officer_id"), (Qualification, "officer_id")))
def issue_certificate(request: asked.IssueCertificateRequest, tx: Tx) -> asked.IssueCertificateResponse:
    """Issue a certificate to an officer who has passed the exam (ASR 17)."""
    officer = tx.get(Officer, request.officer_id)
    qualification = tx.get(Qualification, request.officer_id)
    body = tx.get(Body, officer.body_id)
    kind = request.kind or ENFORCEMENT
    facts = IssueFacts(tx, qualification, officer, request)
    about = {"officer_id": officer.officer_id, "body_id": body.body_id}
    admit(ISSUING.ISSUE_CERTIFICATE, facts, **about)
    told = qualification_proto(qualification)
    if kind == ENFORCEMENT:
        told = step_on(qualification, QUALIFICATION.ISSUE_CERTIFICATE, facts)
    elif kind == LEGAL_REVIEW:
        told = keep_reviewer(qualification, request, tx)
    certificate = tx.add(new_certificate(request, kind, tx, officer, body))
    issued = certificate_proto(certificate, (), tx.now)
    announced = events.CertificateIssued(certificate=issued, qualification=told)
    tx.emit(announced, subject=certificate.certificate_number, to=officer.node)
    return asked.IssueCertificateResponse(certificate=issued)


def keep_reviewer(
    qualification: Qualification, request: asked.IssueCertificateRequest, tx: Tx
) -> qualifications.Qualification:
    """Keep on what a qualification for legal review rests (APL 58(2))."""
    qualification.legal_qualification = request.legal_qualification.strip()
    qualification.reviewing_since = request.reviewing_since
    qualification.reviewing_proof = request.reviewing_proof.strip()
    qualification.update_time = tx.now
    qualification.version += 1
    return qualification_proto(qualification)


def new_certificate(
    request: asked.IssueCertificateRequest, kind: int, tx: Tx, officer: Officer, body: Body
) -> Certificate:
    """A certificate under the next number of its kind, area and body. Raises Unlawful when there is none."""
    years = tx.parameters.value("certificate.validity", local(tx.now).date()).value
    end = expiry(tx.now, years)
    return Certificate.new(
        certificate_number=next_number(tx, NUMBERING.ISSUE_CERTIFICATE, kind, request.area_code, body.part),
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


@write(loads=(Certificate, "certificate_number"))
def record_card_return(request: asked.RecordCardReturnRequest, tx: Tx) -> asked.RecordCardReturnResponse:
    """Record that the card of an ended certificate was handed back (MOT-CERT 25)."""
    certificate = tx.get(Certificate, request.certificate_number)
    suspensions = suspensions_of(tx, certificate)
    proceed(CERTIFICATE.RECORD_CARD_RETURN, CertificateFacts(tx, certificate, suspensions))
    certificate.return_time = tx.now
    returned = after(tx, certificate, events.CertificateReturned, suspensions)
    return asked.RecordCardReturnResponse(certificate=returned)
