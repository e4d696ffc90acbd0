"""Complaints about enforcement: received, sorted, assigned, looked into and answered (LN-SUP 19, CITY-ERS 6(6))."""

from secrets import token_hex
from typing import Any

from yifa.law.v1.options_pb2 import Role
from yifa.supervision.v1 import complaint_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import moment_at, put_moment
from services.law.procedure import Act
from services.law.procedures.complaint import COMPLAINT
from services.law.procedures.shared import not_in_future
from services.law.rule import Unlawful
from services.supervision.accountability.clue import of_complaint
from services.supervision.body.model import Body
from services.supervision.complaint.act import PREFIX, act
from services.supervision.complaint.concentrated import count, count_no_more
from services.supervision.complaint.facts import hash_of
from services.supervision.complaint.messages import shown
from services.supervision.complaint.model import Complaint
from services.supervision.service_promise.model import ServicePromise

ANSWERABLE = ("reporter.phone", "reporter.email", "reporter.address")


def _file(request: pb.FileComplaintRequest, tx: Tx) -> pb.Complaint:
    """The record that a complaint begins with. Raises Malformed for a source that the caller cannot speak for, or a promise of
    another body; Missing for a promise that there is not.
    """
    public = tx.caller.only(Role.ROLE_PUBLIC)
    if public and request.source != pb.COMPLAINT_SOURCE_PUBLIC:
        said = (
            "is for the office to say: who files by itself is the public",
            "由登记机关填写，自行提交的来源为群众",
        )
        raise Malformed({"source": said})
    complaint = pb.Complaint(
        complaint_id=tx.new_id(PREFIX),
        source=request.source,
        source_number=request.source_number,
        source_unit=request.source_unit,
        about=request.about,
        text=request.text,
        materials=request.materials,
        open_wanted=request.open_wanted,
        receiver=tx.caller.subject,
    )
    if request.about.promise_id:
        promise = tx.get(ServicePromise, request.about.promise_id)
        if promise.body_id != request.about.body_id:
            raise Malformed({"about.promise_id": ("is a promise of another body", "是其他主体的服务承诺")})
    body = tx.find(Body, request.about.body_id) if request.about.body_id else None
    complaint.about.body_name = body.name if body is not None else request.about.body_name
    given = tx.box.paths if tx.box is not None else ()
    if tx.box is not None:
        complaint.seal_ids.append(tx.box.seal_id)
    named = "reporter.name" in given and not set(ANSWERABLE).isdisjoint(given)
    complaint.identity = (
        pb.COMPLAINT_IDENTITY_NAMED if named else pb.COMPLAINT_IDENTITY_ANONYMOUS  # nobody can be answered
    )
    complaint.minor = any(path.startswith("minor.") for path in given)
    put_moment(complaint.receive_time, tx.now)
    return complaint


@write
def file_complaint(request: pb.FileComplaintRequest, tx: Tx) -> pb.FileComplaintResponse:
    """Take a complaint down, and give a receipt for it (LN-SUP 19). Refuses with MALFORMED, NOBODY_UNSEALS, SEALED_IN_CLEAR."""
    record, code = _file(request, tx), token_hex(10)
    record.receipt_hash = hash_of(code)
    kept, _ = act.do(
        tx, COMPLAINT.RECEIVE, record, request, lambda request, complaint, do: events.ComplaintReceived()
    )
    receipt = pb.ComplaintReceipt(complaint_id=record.complaint_id, code=code)
    return pb.FileComplaintResponse(complaint=pb.Complaint.FromString(kept), receipt=receipt)


def _registered(request: pb.RegisterComplaintRequest, complaint: pb.Complaint, tx: Tx) -> None:
    complaint.number, complaint.matter, complaint.remedy = request.number, request.matter, request.remedy
    complaint.registrar = tx.caller.subject
    put_moment(complaint.register_time, tx.now)


@act(COMPLAINT.REGISTER, takes=_registered)
def register_complaint(
    _request: pb.RegisterComplaintRequest, _complaint: pb.Complaint, _do: Do
) -> events.ComplaintRegistered:
    """Give it a number, and say what kind of matter it is (CBZ-2019-7 19)."""
    return events.ComplaintRegistered()


def _accepted(_request: Any, complaint: pb.Complaint, tx: Tx) -> None:
    complaint.accepter = tx.caller.subject
    put_moment(complaint.accept_time, tx.now)


@act(COMPLAINT.ACCEPT, takes=_accepted)
def accept_complaint(
    _request: pb.AcceptComplaintRequest, complaint: pb.Complaint, do: Do
) -> events.ComplaintAccepted:
    """Accept it. Starts the sixty days (LN-SUP 19)."""
    do.then = lambda: count(do.tx, complaint)
    return events.ComplaintAccepted()


def _told(request: Any, complaint: pb.Complaint, tx: Tx) -> None:
    """When the person was told. Raises Unlawful for a time to come."""
    if (at := moment_at(request, "tell_time")) is not None:
        if at > tx.now:
            raise Unlawful([not_in_future.broken()], {"complaint_id": complaint.complaint_id})
        put_moment(complaint.tell_time, at)
    put_moment(complaint.leave_time, tx.now)


def _transferred(request: pb.TransferComplaintRequest, complaint: pb.Complaint, tx: Tx) -> None:
    complaint.transferred_to = request.transferred_to
    _told(request, complaint, tx)


@act(COMPLAINT.TRANSFER, takes=_transferred)
def transfer_complaint(
    _request: pb.TransferComplaintRequest, _complaint: pb.Complaint, _do: Do
) -> events.ComplaintTransferred:
    """Transfer it to who is competent, never to who is complained of (LN-SUP 19, CITY-ERS 6(6))."""
    return events.ComplaintTransferred()


def _guided(request: pb.GuideComplaintRequest, complaint: pb.Complaint, tx: Tx) -> None:
    complaint.way = request.way
    _told(request, complaint, tx)


@act(COMPLAINT.GUIDE, takes=_guided)
def guide_complaint(
    _request: pb.GuideComplaintRequest, _complaint: pb.Complaint, _do: Do
) -> events.ComplaintGuided:
    """Guide the person to reconsideration, a court, arbitration, petition or discipline (ASR 33(3), CITY-ERS 6(6))."""
    return events.ComplaintGuided()


def _merged(request: pb.MergeComplaintRequest, complaint: pb.Complaint, tx: Tx) -> None:
    complaint.merged_with = request.merged_with
    put_moment(complaint.leave_time, tx.now)


@act(COMPLAINT.MERGE, takes=_merged, loads=((Complaint, "merged_with"),))
def merge_complaint(
    _request: pb.MergeComplaintRequest, complaint: pb.Complaint, do: Do
) -> events.ComplaintMerged:
    """Handle it with another about the same unit and act (LN-SUP 19)."""
    do.then = lambda: count_no_more(do.tx, complaint)
    return events.ComplaintMerged()


def _assigned(request: pb.AssignComplaintRequest, complaint: pb.Complaint, tx: Tx) -> None:
    complaint.handlers[:] = request.handlers
    complaint.assigner = tx.caller.subject
    put_moment(complaint.assign_time, tx.now)


def _anew(_request: pb.AssignComplaintRequest, complaint: pb.Complaint) -> Act:
    """Assigned is what was accepted; what somebody has to do already goes to others."""
    begun = (pb.COMPLAINT_STATE_ASSIGNED, pb.COMPLAINT_STATE_INVESTIGATING)
    return COMPLAINT.REASSIGN if complaint.state in begun else COMPLAINT.ASSIGN


@act(COMPLAINT.ASSIGN, COMPLAINT.REASSIGN, by=_anew, takes=_assigned)
def assign_complaint(
    request: pb.AssignComplaintRequest, _complaint: pb.Complaint, _do: Do
) -> events.ComplaintAssigned:
    """Assign it to people who have nothing to do with who is complained of (CITY-ERS 6(6)); to others for a reason."""
    return events.ComplaintAssigned(reason=request.reason)


@act(COMPLAINT.INVESTIGATE)
def investigate_complaint(
    _request: pb.InvestigateComplaintRequest, complaint: pb.Complaint, do: Do
) -> events.ComplaintInvestigated:
    """Begin to look into it (LN-SUP 19)."""
    put_moment(complaint.investigate_time, do.now)
    return events.ComplaintInvestigated()


def _concluded(request: pb.ConcludeComplaintRequest, complaint: pb.Complaint, tx: Tx) -> None:
    complaint.conclusion, complaint.reasons = request.conclusion, request.reasons
    complaint.evidence[:] = request.evidence
    complaint.concluder = tx.caller.subject
    put_moment(complaint.conclude_time, tx.now)


@act(COMPLAINT.CONCLUDE, takes=_concluded)
def conclude_complaint(
    _request: pb.ConcludeComplaintRequest, _complaint: pb.Complaint, _do: Do
) -> events.ComplaintConcluded:
    """Say whether what was complained of is so, with evidence and reasons (LN-SUP 19)."""
    return events.ComplaintConcluded()


def _where(request: pb.ReferComplaintRequest, _complaint: pb.Complaint) -> Act:
    to_supervision = request.kind == pb.COMPLAINT_REFERRAL_KIND_SUPERVISION
    return COMPLAINT.REFER_TO_SUPERVISION if to_supervision else COMPLAINT.REFER_TO_ACCOUNTABILITY


@act(COMPLAINT.REFER_TO_SUPERVISION, COMPLAINT.REFER_TO_ACCOUNTABILITY, by=_where)
def refer_complaint(
    request: pb.ReferComplaintRequest, complaint: pb.Complaint, do: Do
) -> events.ComplaintReferred:
    """Let what was found go on to correction or to accountability (ASR 20(2), CITY-ERS 2(7))."""
    gone = complaint.referrals.add(kind=request.kind, document=request.document, referrer=do.caller)
    put_moment(gone.refer_time, do.now)
    if request.kind == pb.COMPLAINT_REFERRAL_KIND_ACCOUNTABILITY:
        do.then = lambda: of_complaint(do.tx, complaint)
    return events.ComplaintReferred()


def _answered(request: pb.AnswerComplaintRequest, complaint: pb.Complaint, tx: Tx) -> None:
    complaint.answer, complaint.answerer = request.answer, tx.caller.subject
    put_moment(complaint.answer_time, tx.now)


@act(COMPLAINT.ANSWER, takes=_answered)
def answer_complaint(
    _request: pb.AnswerComplaintRequest, _complaint: pb.Complaint, _do: Do
) -> events.ComplaintAnswered:
    """Answer who complained by name (LN-SUP 19). Stops the sixty days."""
    return events.ComplaintAnswered()


def _rated(request: pb.RateComplaintRequest, complaint: pb.Complaint, do: Do) -> events.ComplaintRated:
    rating = complaint.rating
    rating.satisfaction, rating.text = request.satisfaction, request.text
    put_moment(rating.rate_time, do.now)
    return events.ComplaintRated()


@write(loads=(Complaint, "complaint_id"))
def rate_complaint(request: pb.RateComplaintRequest, tx: Tx) -> pb.RateComplaintResponse:
    """Take down what the person thinks of the answer (CITY-ERS 3(37))."""
    record = act.open(tx, request.complaint_id)
    kept, _ = act.do(tx, COMPLAINT.RATE, record, request, _rated)
    return pb.RateComplaintResponse(shown=shown(pb.Complaint.FromString(kept)))


@act(COMPLAINT.REOPEN)
def reopen_complaint(
    request: pb.ReopenComplaintRequest, complaint: pb.Complaint, do: Do
) -> events.ComplaintReopened:
    """Take it up again on new facts (LN-SUP 19). The sixty days begin anew; what was answered stays in the record."""
    again = complaint.reopenings.add(
        new_facts=request.new_facts,
        opener=do.caller,
        before=complaint.conclusion,
        earlier_answer=complaint.answer,
    )
    if complaint.HasField("rating"):
        again.earlier_rating.CopyFrom(complaint.rating)
    put_moment(again.open_time, do.now)
    for name in ("sender_answer", "sender_document", "sender_answer_time"):
        complaint.ClearField(name)
    for name in ("conclusion", "answer", "answerer", "answer_time", "rating", "close_time", "conclude_time"):
        complaint.ClearField(name)
    return events.ComplaintReopened()


@act(COMPLAINT.CLOSE)
def close_complaint(
    _request: pb.CloseComplaintRequest, complaint: pb.Complaint, do: Do
) -> events.ComplaintClosed:
    """End it once it is answered (LN-SUP 19)."""
    put_moment(complaint.close_time, do.now)
    return events.ComplaintClosed()


@act(COMPLAINT.CLOSE_ANONYMOUS)
def close_anonymous_complaint(
    _request: pb.CloseAnonymousComplaintRequest, complaint: pb.Complaint, do: Do
) -> events.AnonymousComplaintClosed:
    """End one whose author nobody can answer (LN-SUP 19). Stops the sixty days."""
    put_moment(complaint.close_time, do.now)
    return events.AnonymousComplaintClosed()
