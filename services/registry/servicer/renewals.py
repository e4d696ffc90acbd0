"""Certificates that go on: renewed in their last six months, or issued anew after a loss."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from yifa.registry.v1 import certificate_requests_pb2 as asked
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import exam_pb2, officer_pb2

from services.kit.clocks import observe
from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.registry.entries import number
from services.registry.loss_clock import clock_of
from services.registry.measures import after, proceed, suspensions_of
from services.registry.model import Body, Certificate, Exam, ExamEntry, Officer, certificate_proto
from services.registry.model.clock import Clock
from services.registry.rules import MAY_ENFORCE, Facts, expiry, on_this_roster, require
from services.registry.rules.objections import ENFORCEMENT
from services.registry.servicer.issuing import in_force, next_number, renewal_opens
from services.registry.servicer.moments import FIRST, moment_in
from services.registry.servicer.officers import local


class Renewals:
    @write(loads=(Certificate, "certificate_number"))
    def RenewCertificate(
        self, request: asked.RenewCertificateRequest, tx: Tx
    ) -> asked.RenewCertificateResponse:
        """Let a certificate hold for another term, from the end of this one (HN-CERT)."""
        certificate = tx.get(Certificate, request.certificate_number)
        today = local(tx.now).date()
        facts = examined(tx, certificate.officer_id, request.score) | still_fit(tx, certificate)
        suspensions = suspensions_of(tx, certificate)
        proceed(certificate, suspensions, "RENEW", tx, **facts)
        years = tx.parameters.value("certificate.validity", today).value
        certificate.term_time = certificate.expire_time = expiry(certificate.expire_time, years)
        certificate.renew_time = renewal_opens(tx, certificate.expire_time)
        renewed = after(tx, certificate, events.CertificateRenewed, suspensions)
        return asked.RenewCertificateResponse(certificate=renewed)

    @write(loads=(Certificate, "certificate_number"))
    def ReportLoss(self, request: asked.ReportLossRequest, tx: Tx) -> asked.ReportLossResponse:
        """Tell the city that a card was lost; here it is void at once (MOT-CERT 24)."""
        certificate = tx.get(Certificate, request.certificate_number)
        require((on_this_roster,), Facts(on_roster=certificate.node == tx.node))
        lost = moment_in(request, "loss_time", tx.now)
        suspensions = suspensions_of(tx, certificate)
        proceed(certificate, suspensions, "REPORT_LOSS", tx)
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

    @write(loads=(Certificate, "certificate_number"))
    def DeclareLoss(self, request: asked.DeclareLossRequest, tx: Tx) -> asked.DeclareLossResponse:
        """Say where the loss was made public; three days are given for that (MOT-CERT 24)."""
        certificate = tx.get(Certificate, request.certificate_number)
        require((on_this_roster,), Facts(on_roster=certificate.node == tx.node))
        suspensions = suspensions_of(tx, certificate)
        proceed(certificate, suspensions, "DECLARE_LOSS", tx)
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
    def ReissueCertificate(
        self, request: asked.ReissueCertificateRequest, tx: Tx
    ) -> asked.ReissueCertificateResponse:
        """Put a certificate with a new number in the place of a lost one, for what is left of its term (MOT-CERT 24)."""
        lost = tx.get(Certificate, request.certificate_number)
        facts = {
            "loss_declared": lost.declare_time is not None,
            "none_in_force": not in_force(tx, lost.officer_id, lost.kind or ENFORCEMENT),
            **still_fit(tx, lost),
        }
        proceed(lost, suspensions_of(tx, lost), "REISSUE", tx, **facts)
        body = tx.get(Body, lost.body_id)
        fresh = tx.add(successor_of(lost, next_number(tx, lost.kind, lost.area_code, body.part), tx))
        issued = certificate_proto(fresh, (), tx.now)
        tx.emit(
            events.CertificateReissued(certificate=issued, replaced_number=lost.certificate_number),
            subject=fresh.certificate_number,
            to=fresh.node,
        )
        return asked.ReissueCertificateResponse(certificate=issued)


def examined(tx: Tx, officer_id: str, score: int) -> dict[str, bool]:
    """Whether the exam before renewal was passed: the one that is told of, or one on record where that is asked for."""
    days = number(tx, "certificate.renewal.exam")
    if not days:
        return {"renewal_exam": score >= number(tx, "officer.exam.pass")}
    return {
        "renewal_exam": True,
        "renewal_exam_on_record": tx.now - timedelta(days=days)
        <= last_renewal_exam(tx, officer_id)
        <= tx.now,
    }


def last_renewal_exam(tx: Tx, officer_id: str) -> datetime:
    """When an officer last passed an exam for renewal; long ago if never."""
    passed = tx.query(
        select(ExamEntry).where(ExamEntry.officer_id == officer_id, ExamEntry.state == "PASSED")
    )
    ids = [entry.exam_id for entry in passed if entry.exam_id]
    tx.load(Exam, ids)
    held = [exam_pb2.Exam.FromString(tx.get(Exam, exam_id).record) for exam_id in ids]
    times = [e.exam_time.ToDatetime(tzinfo=UTC) for e in held if e.kind == exam_pb2.EXAM_KIND_RENEWAL]
    return max(times, default=FIRST)


def still_fit(tx: Tx, certificate: Certificate) -> dict[str, bool]:
    """Whether the holder could still get a certificate."""
    officer, body = tx.get(Officer, certificate.officer_id), tx.get(Body, certificate.body_id)
    return {
        "permanent": officer.staff_kind == officer_pb2.STAFF_KIND_PERMANENT,
        "body_confirmed": body.state in MAY_ENFORCE,
        "serving": officer.leave_time is None,
    }


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
