"""A lost certificate: reported, made public, issued anew."""

from yifa.law.v1 import options_pb2 as options
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import loss_pb2 as asked

from services.kit.clocks import observe
from services.kit.refusal import Denied, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.certificate import CERTIFICATE, LOSS
from services.law.procedures.issuing import NUMBERING
from services.registry.body.model import Body
from services.registry.certificate.facts import CertificateFacts
from services.registry.certificate.model import Certificate, certificate_proto
from services.registry.certificate.numbering import next_number
from services.registry.deadline.model import Clock
from services.registry.lawful import admit
from services.registry.loss.clock import clock_of
from services.registry.measure.model import suspensions_of
from services.registry.measure.record import proceed
from services.registry.request import moment_in


@write(loads=(Certificate, "certificate_number"))
def report_loss(request: asked.ReportLossRequest, tx: Tx) -> asked.ReportLossResponse:
    """Tell the city that a card was lost; here it is void at once (MOT-CERT 24)."""
    certificate = tx.get(Certificate, request.certificate_number)
    require_holder(tx, certificate)
    lost = moment_in(request, "loss_time", tx.now)
    suspensions = suspensions_of(tx, certificate)
    facts = CertificateFacts(tx, certificate, suspensions)
    admit(LOSS.REPORT_LOSS, facts)
    proceed(CERTIFICATE.REPORT_LOSS, facts)
    if not certificate.issue_time <= lost <= tx.now:
        said = ("lies before the issue of the certificate, or is to come", "早于发证时间或者晚于当前时间")
        raise Malformed({"loss_time": said})
    certificate.loss_time = lost
    reported = events.CertificateLossReported(
        certificate_number=certificate.certificate_number,
        officer_id=certificate.officer_id,
        node=tx.node,
        loss_time=lost,
        circumstances=request.circumstances,
    )
    tx.emit(reported, subject=certificate.certificate_number)
    observe(tx, Clock, reported.DESCRIPTOR.full_name, certificate.certificate_number, tx.now)
    return asked.ReportLossResponse(
        certificate=certificate_proto(certificate, suspensions, tx.now),
        declare_due_time=clock_of(tx, certificate).due_time,
    )


def require_holder(tx: Tx, certificate: Certificate) -> None:
    """Raise Denied for whoever neither holds the card nor runs the roster: at the report it is void."""
    if not (tx.caller.has(options.ROLE_ROSTER_CLERK) or tx.caller.subject == certificate.officer_id):
        raise Denied(
            "NOT_YOUR_CERTIFICATE",
            "its holder or the keeper of the roster reports a certificate lost",
            "证件遗失由持证人本人或者人事（法制）部门报告",
        )


@write(loads=(Certificate, "certificate_number"))
def declare_loss(request: asked.DeclareLossRequest, tx: Tx) -> asked.DeclareLossResponse:
    """Say where the loss was made public; three days are given for that (MOT-CERT 24)."""
    certificate = tx.get(Certificate, request.certificate_number)
    suspensions = suspensions_of(tx, certificate)
    facts = CertificateFacts(tx, certificate, suspensions)
    admit(LOSS.DECLARE_LOSS, facts)
    proceed(CERTIFICATE.DECLARE_LOSS, facts)
    late = tx.now > clock_of(tx, certificate).due_time
    certificate.declare_time = tx.now
    declared = events.CertificateLossDeclared(
        certificate_number=certificate.certificate_number,
        node=tx.node,
        declare_time=tx.now,
        publication=request.publication,
    )
    tx.emit(declared, subject=certificate.certificate_number)
    observe(tx, Clock, declared.DESCRIPTOR.full_name, certificate.certificate_number, tx.now)
    shown = certificate_proto(certificate, suspensions, tx.now)
    return asked.DeclareLossResponse(certificate=shown, late=late)


@write(loads=(Certificate, "certificate_number"))
def reissue_certificate(request: asked.ReissueCertificateRequest, tx: Tx) -> asked.ReissueCertificateResponse:
    """Put a certificate with a new number in the place of a lost one, for what is left of its term (MOT-CERT 24)."""
    lost = tx.get(Certificate, request.certificate_number)
    proceed(CERTIFICATE.REISSUE_CERTIFICATE, CertificateFacts(tx, lost))
    body = tx.get(Body, lost.body_id)
    act = NUMBERING.REISSUE_CERTIFICATE
    number = next_number(tx, act, lost.kind, lost.area_code, body.part)
    fresh = tx.add(successor_of(lost, number, tx))
    issued = certificate_proto(fresh, (), tx.now)
    tx.emit(
        events.CertificateReissued(certificate=issued, replaced_number=lost.certificate_number),
        subject=fresh.certificate_number,
        to=fresh.node,
    )
    return asked.ReissueCertificateResponse(certificate=issued)


def successor_of(lost: Certificate, number: str, tx: Tx) -> Certificate:
    """The certificate that stands for a lost one."""
    end = lost.term_time or lost.expire_time
    return Certificate.new(
        certificate_number=number,
        officer_id=lost.officer_id,
        officer_name=lost.officer_name,
        body_id=lost.body_id,
        body_name=lost.body_name,
        node=lost.node,
        kind=lost.kind,
        fields=lost.fields,
        area_code=lost.area_code,
        acts=lost.acts,
        issue_time=tx.now,
        expire_time=end,
        term_time=end,
        renew_time=lost.renew_time,
        replaces=lost.certificate_number,
    )
