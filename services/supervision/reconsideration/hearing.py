"""Hearing a case: copy, reply, parties, hearing, suspension, the review of a document (ARL 39, 46-51, 54, 56-60)."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.kit.act import Do, show_deadlines
from services.kit.clocks import RUNNING, SUSPENDED, exclude, resume
from services.kit.tx import Tx
from services.law.procedure import Act
from services.law.procedures.reconsideration import RECONSIDERATION
from services.supervision.deadline.model import Clock
from services.supervision.reconsideration.act import act, copy, took
from services.supervision.reconsideration.facts import DECIDE, has_power

DOCUMENT_REVIEW = pb.RECONSIDERATION_SUSPENSION_GROUND_DOCUMENT_REVIEW


@act(RECONSIDERATION.SEND_COPY, takes=took)
def send_reconsideration_copy(
    request: pb.SendReconsiderationCopyRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationCopySent:
    """Record that the copy was sent (ARL 48, 54(1)). Stops REC-07 or REC-09."""
    record.copy_send_time.CopyFrom(request.done_time)
    return events.ReconsiderationCopySent()


@act(RECONSIDERATION.RECEIVE_COPY, takes=took)
def receive_reconsideration_copy(
    request: pb.ReceiveReconsiderationCopyRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationCopyReceived | events.ReconsiderationCopyReceivedSimplified:
    """Record that the agency received it. Starts REC-08 or REC-10 (ARL 48, 54(1))."""
    record.copy_time.CopyFrom(request.done_time)
    if record.simplified:
        return events.ReconsiderationCopyReceivedSimplified()
    return events.ReconsiderationCopyReceived()


def _replied(request: pb.RecordReconsiderationReplyRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    copy(request, record.reply, "document", "answered", "staff_agents", "evidence", "advisers")
    record.reply.reply_time.CopyFrom(request.done_time)


@act(RECONSIDERATION.REPLY, takes=_replied)
def record_reconsideration_reply(
    _request: pb.RecordReconsiderationReplyRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationReplied:
    """Record the agency's reply and its evidence (ARL 46, 48, 54(1); RIR 18(2), 41)."""
    return events.ReconsiderationReplied()


def _set(request: pb.ScheduleReconsiderationHearingRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    record.ClearField("hearing")
    copy(request, record.hearing, "set_time", "place")


@act(RECONSIDERATION.SCHEDULE_HEARING, takes=_set)
def schedule_reconsideration_hearing(
    _request: pb.ScheduleReconsiderationHearingRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationHearingScheduled:
    """Set a hearing. Starts REC-13, which ends five working days before it (ARL 50, 51(1))."""
    return events.ReconsiderationHearingScheduled()


@act(RECONSIDERATION.NOTIFY_HEARING, takes=took)
def notify_reconsideration_hearing(
    request: pb.NotifyReconsiderationHearingRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationHearingNotified:
    """Record that the parties were told in writing (ARL 51(1))."""
    record.hearing.notify_time.CopyFrom(request.done_time)
    return events.ReconsiderationHearingNotified()


def _held(request: pb.HoldReconsiderationHearingRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    names = ("presider", "hearers", "recorder", "document", "agency_head", "agency_excuse")
    copy(request, record.hearing, *names)
    record.hearing.hold_time.CopyFrom(request.done_time)


@act(RECONSIDERATION.HOLD_HEARING, takes=_held)
def hold_reconsideration_hearing(
    _request: pb.HoldReconsiderationHearingRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationHearingHeld:
    """Record the hearing and who heard (ARL 50(3), 51(3))."""
    return events.ReconsiderationHearingHeld()


def _heard(request: pb.HearReconsiderationPartiesRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    copy(request, record.statement, "text", "unhearable")
    record.statement.ClearField("hear_time")
    if request.text.strip():
        record.statement.hear_time.CopyFrom(request.done_time)


@act(RECONSIDERATION.HEAR_PARTIES, takes=_heard)
def hear_reconsideration_parties(
    _request: pb.HearReconsiderationPartiesRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationPartiesHeard:
    """Record what the parties said, or why they could not be heard (ARL 49)."""
    return events.ReconsiderationPartiesHeard()


def stand_still(record: pb.Reconsideration, do: Do, cause: str) -> None:
    """The time to decide does not count while a case is suspended (ARL 39(1)); one that is over does not begin anew."""
    for row in terms(record, do):
        if row.state == RUNNING:
            exclude(do.tx, row, do.at, None, ground="SUSPENSION", cause=cause)
            show_deadlines(record, [row])


def terms(record: pb.Reconsideration, do: Do) -> list[Clock]:
    """The clocks of the time to decide."""
    rows = (do.tx.find(Clock, f"{record.reconsideration_id}/{clock_id}") for clock_id in DECIDE)
    return [row for row in rows if row is not None]


def _suspended(request: pb.SuspendReconsiderationRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    stopped = record.suspensions.add(ground=request.ground, document=request.document)
    stopped.suspend_time.CopyFrom(request.done_time)


@act(RECONSIDERATION.SUSPEND, takes=_suspended)
def suspend_reconsideration(
    request: pb.SuspendReconsiderationRequest, record: pb.Reconsideration, do: Do
) -> events.ReconsiderationSuspended:
    """Suspend it in a case of the law (ARL 39(1)). The time to decide stands still."""
    stand_still(record, do, request.document)
    return events.ReconsiderationSuspended()


def _reviewed(request: pb.ReviewReconsiderationDocumentRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    record.ClearField("document_review")
    copy(request, record.document_review, "document_id", "title", "clauses", "document")
    record.document_review.own_power = has_power(tx, request.document_id)
    stopped = record.suspensions.add(ground=DOCUMENT_REVIEW, document=request.document)
    stopped.suspend_time.CopyFrom(request.done_time)


@act(RECONSIDERATION.REVIEW_DOCUMENT, takes=_reviewed)
def review_reconsideration_document(
    request: pb.ReviewReconsiderationDocumentRequest, record: pb.Reconsideration, do: Do
) -> events.ReconsiderationDocumentReviewed:
    """Begin the review of a document (ARL 56, 57). Starts REC-15 and REC-17, or REC-16."""
    stand_still(record, do, request.document)
    return events.ReconsiderationDocumentReviewed()


@act(RECONSIDERATION.NOTIFY_MAKER, takes=took)
def notify_document_maker(
    request: pb.NotifyDocumentMakerRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationMakerNotified:
    """Ask the maker about the clauses (ARL 58(1)). Starts REC-18."""
    record.document_review.notify_time.CopyFrom(request.done_time)
    return events.ReconsiderationMakerNotified()


@act(RECONSIDERATION.RECEIVE_MAKER_REPLY, takes=took)
def record_document_maker_reply(
    request: pb.RecordDocumentMakerReplyRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationMakerReplied:
    """Record what the maker answered (ARL 58(1)). Stops REC-18."""
    record.document_review.maker_reply = request.text
    record.document_review.reply_time.CopyFrom(request.done_time)
    return events.ReconsiderationMakerReplied()


def _dealt(request: Any, record: pb.Reconsideration) -> None:
    record.document_review.text = request.text
    record.document_review.document = request.document
    record.document_review.deal_time.CopyFrom(request.done_time)


def _found(request: pb.DecideReconsiderationDocumentRequest, _record: pb.Reconsideration) -> Act:
    return RECONSIDERATION.STOP_CLAUSE if request.stopped else RECONSIDERATION.FIND_LAWFUL


@act(RECONSIDERATION.FIND_LAWFUL, RECONSIDERATION.STOP_CLAUSE, by=_found, takes=took)
def decide_reconsideration_document(
    request: pb.DecideReconsiderationDocumentRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationDocumentDecided:
    """Find the clauses lawful, or stop them: the register of documents follows that (ARL 59). Stops REC-15."""
    _dealt(request, record)
    record.document_review.stopped = request.stopped
    return events.ReconsiderationDocumentDecided()


@act(RECONSIDERATION.FORWARD_DOCUMENT, takes=took)
def forward_reconsideration_document(
    request: pb.ForwardReconsiderationDocumentRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationDocumentForwarded:
    """Forward it to who has power over it (ARL 56, 57). Starts REC-19."""
    record.document_review.forwarded_to = request.forwarded_to
    record.document_review.forward_time.CopyFrom(request.done_time)
    return events.ReconsiderationDocumentForwarded()


@act(RECONSIDERATION.RECEIVE_DOCUMENT_ANSWER, takes=took)
def record_reconsideration_document_answer(
    request: pb.RecordReconsiderationDocumentAnswerRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationDocumentAnswered:
    """Record what the competent body answered (ARL 60). Stops REC-19."""
    _dealt(request, record)
    return events.ReconsiderationDocumentAnswered()


def _resumed(request: pb.ResumeReconsiderationRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    if record.suspensions:
        record.suspensions[-1].resume_reason = request.resume_reason
        record.suspensions[-1].resume_time.CopyFrom(request.done_time)


def _whence(_request: pb.ResumeReconsiderationRequest, record: pb.Reconsideration) -> Act:
    return RECONSIDERATION.RESUME if record.HasField("reply") else RECONSIDERATION.RESUME_UNANSWERED


@act(RECONSIDERATION.RESUME, RECONSIDERATION.RESUME_UNANSWERED, by=_whence, takes=_resumed)
def resume_reconsideration(
    _request: pb.ResumeReconsiderationRequest, record: pb.Reconsideration, do: Do
) -> events.ReconsiderationResumed:
    """Let it go on (ARL 39(2)). The time to decide runs on."""
    for row in terms(record, do):
        if row.state == SUSPENDED:
            resume(do.tx, row, do.at)
            show_deadlines(record, [row])
    return events.ReconsiderationResumed()
