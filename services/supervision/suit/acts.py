"""The register of suits: filed, accepted, answered, heard, judged, appealed, performed (ALIT 45–94)."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import suit_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import moment_of
from services.law.procedure import Act
from services.law.procedures.litigation import LITIGATION
from services.law.procedures.shared import not_in_future
from services.law.rule import Unlawful
from services.supervision.accountability.clue import name_of
from services.supervision.suit.act import act, remark
from services.supervision.suit.entry import new_suit
from services.supervision.suit.facts import heads_at
from services.supervision.suit.timing import put_timing


def past(suit: pb.Suit, at: Any, tx: Tx) -> None:
    """Raise Unlawful for what is to come: the register takes down what was done."""
    if moment_of(at) > tx.now:
        raise Unlawful([not_in_future.broken()], {"suit_id": suit.suit_id})


def _filed(request: pb.RegisterSuitRequest, tx: Tx) -> pb.Suit:
    said = {
        name: getattr(request, name)
        for name in ("plaintiff", "claims", "court", "file_time", "rights_untold")
    }
    said |= {n: getattr(request, n) for n in ("know_time", "duty_request_time") if request.HasField(n)}
    suit = new_suit(tx, request.body_id, request.case_id, **said)
    past(suit, request.file_time, tx)
    return suit


@act(LITIGATION.FILE, begins=_filed)
def register_suit(_request: pb.RegisterSuitRequest, suit: pb.Suit, do: Do) -> events.SuitRegistered:
    """Register a suit against a body, and whether it was brought in time (ALIT 45-47)."""
    put_timing(suit.timing, do.facts.term(), do.facts.record.file_time)
    return events.SuitRegistered()


def _accepted(request: pb.AcceptSuitRequest, suit: pb.Suit, tx: Tx) -> None:
    past(suit, request.accept_time, tx)
    for name in ("document", "court_number", "simplified", "simple", "sum_fen", "listed", "suggested"):
        setattr(suit, name, getattr(request, name))
    suit.accept_time.CopyFrom(request.accept_time)


def _course(request: pb.AcceptSuitRequest, _suit: pb.Suit) -> Act:
    return LITIGATION.ACCEPT_SIMPLIFIED if request.simplified else LITIGATION.ACCEPT


@act(LITIGATION.ACCEPT, LITIGATION.ACCEPT_SIMPLIFIED, by=_course, takes=_accepted)
def accept_suit(
    request: pb.AcceptSuitRequest, suit: pb.Suit, do: Do
) -> events.SuitAccepted | events.SuitAcceptedSimplified:
    """Record that the court accepted it, and whether the head is called (ALIT 51; ALIT-JI 129)."""
    remark(suit, do)
    return events.SuitAcceptedSimplified() if request.simplified else events.SuitAccepted()


ENDS = {
    pb.SUIT_END_REFUSED: (LITIGATION.REFUSE, events.SuitRefused),
    pb.SUIT_END_WITHDRAWN: (LITIGATION.WITHDRAW, events.SuitWithdrawn),
    pb.SUIT_END_DISMISSED: (LITIGATION.DISMISS, events.SuitDismissed),
}


def _ended(request: pb.EndSuitRequest, suit: pb.Suit, tx: Tx) -> None:
    past(suit, request.end_time, tx)
    suit.document = suit.end_document = request.document
    suit.end_time.CopyFrom(request.end_time)


def _end(request: pb.EndSuitRequest, _suit: pb.Suit) -> Act:
    return ENDS[request.end][0]


@act(LITIGATION.REFUSE, LITIGATION.WITHDRAW, LITIGATION.DISMISS, by=_end, takes=_ended)
def end_suit(request: pb.EndSuitRequest, _suit: pb.Suit, _do: Do) -> Any:
    """Record that it was refused, withdrawn or dismissed (ALIT 51, 62; ALIT-JI 69)."""
    return ENDS[request.end][1]()


def _copy(request: pb.ReceiveSuitCopyRequest, suit: pb.Suit, tx: Tx) -> None:
    past(suit, request.copy_time, tx)
    suit.document = request.document
    suit.copy_time.CopyFrom(request.copy_time)


@act(LITIGATION.RECEIVE_COPY, takes=_copy)
def receive_suit_copy(
    _request: pb.ReceiveSuitCopyRequest, _suit: pb.Suit, _do: Do
) -> events.SuitCopyReceived:
    """Record that the body received the copy. Starts LIT-05 (ALIT 67(1))."""
    return events.SuitCopyReceived()


def _answered(request: pb.AnswerSuitRequest, suit: pb.Suit, tx: Tx) -> None:
    past(suit, request.answer_time, tx)
    suit.document = request.document
    suit.answer.CopyFrom(
        pb.SuitAnswer(answer_time=request.answer_time, evidence=request.evidence, advisers=request.advisers)
    )


@act(LITIGATION.ANSWER, takes=_answered)
def answer_suit(_request: pb.AnswerSuitRequest, _suit: pb.Suit, _do: Do) -> events.SuitAnswered:
    """Record the answer and its evidence. Stops LIT-05 (ALIT 35, 67(1))."""
    return events.SuitAnswered()


def _heard(request: pb.RecordCourtHearingRequest, suit: pb.Suit, tx: Tx) -> None:
    """Who of those named headed the body then is the registry's to say."""
    past(suit, request.hearing.hold_time, tx)
    heard = suit.hearings.add()
    heard.CopyFrom(request.hearing)
    heard.heads_known[:] = heads_at(tx, suit.body_id, heard.heads, moment_of(heard.hold_time))


@act(LITIGATION.HEAR, takes=_heard)
def record_court_hearing(
    _request: pb.RecordCourtHearingRequest, suit: pb.Suit, do: Do
) -> events.CourtHearingRecorded:
    """Record who appeared for the body (ALIT 3(3))."""
    remark(suit, do)
    return events.CourtHearingRecorded()


JUDGMENTS = {
    pb.SUIT_JUDGMENT_KIND_REJECTED: LITIGATION.REJECT,
    pb.SUIT_JUDGMENT_KIND_ANNULLED: LITIGATION.ANNUL,
    pb.SUIT_JUDGMENT_KIND_PERFORMANCE: LITIGATION.ORDER_PERFORMANCE,
    pb.SUIT_JUDGMENT_KIND_PAYMENT: LITIGATION.ORDER_PAYMENT,
    pb.SUIT_JUDGMENT_KIND_UNLAWFUL: LITIGATION.DECLARE_UNLAWFUL,
    pb.SUIT_JUDGMENT_KIND_VOID: LITIGATION.DECLARE_VOID,
    pb.SUIT_JUDGMENT_KIND_CHANGED: LITIGATION.CHANGE,
}


def _judged(request: pb.RecordJudgmentRequest, suit: pb.Suit, tx: Tx) -> None:
    past(suit, request.judge_time, tx)
    suit.document = request.document
    suit.judgment.CopyFrom(
        pb.SuitJudgment(kind=request.kind, document=request.document, judge_time=request.judge_time)
    )
    if request.HasField("perform_until_time"):
        suit.judgment.perform_until_time.CopyFrom(request.perform_until_time)


def _kind(request: pb.RecordJudgmentRequest, _suit: pb.Suit) -> Act:
    return JUDGMENTS[request.kind]


@act(*JUDGMENTS.values(), by=_kind, takes=_judged)
def record_judgment(_request: pb.RecordJudgmentRequest, _suit: pb.Suit, _do: Do) -> events.JudgmentRecorded:
    """Record a judgment (ALIT 69–77). What becomes of the case the department records there."""
    return events.JudgmentRecorded()


def _served(request: pb.ServeJudgmentRequest, suit: pb.Suit, tx: Tx) -> None:
    past(suit, request.serve_time, tx)
    suit.judgment.serve_time.CopyFrom(request.serve_time)


@act(LITIGATION.SERVE, takes=_served)
def serve_judgment(_request: pb.ServeJudgmentRequest, _suit: pb.Suit, _do: Do) -> events.JudgmentServed:
    """Record that the judgment was served. Starts LIT-08 (ALIT 80, 85)."""
    return events.JudgmentServed()


def _appealed(request: pb.RecordAppealRequest, suit: pb.Suit, tx: Tx) -> None:
    past(suit, request.appeal_time, tx)
    suit.document = request.document
    suit.appeal.CopyFrom(
        pb.SuitAppeal(by_body=request.by_body, document=request.document, appeal_time=request.appeal_time)
    )


@act(LITIGATION.APPEAL, takes=_appealed)
def record_appeal(_request: pb.RecordAppealRequest, suit: pb.Suit, do: Do) -> events.SuitAppealed:
    """Record an appeal (ALIT 85)."""
    remark(suit, do)
    return events.SuitAppealed()


def _again(request: pb.RecordAppealJudgmentRequest, suit: pb.Suit, tx: Tx) -> None:
    past(suit, request.judge_time, tx)
    suit.document = suit.judgment.second_document = request.document
    suit.judgment.second_time.CopyFrom(request.judge_time)


@act(LITIGATION.JUDGE_APPEAL, takes=_again)
def record_appeal_judgment(
    _request: pb.RecordAppealJudgmentRequest, _suit: pb.Suit, _do: Do
) -> events.AppealJudged:
    """Record what the second instance decided (ALIT 89)."""
    return events.AppealJudged()


def _performed(request: pb.RecordPerformanceOfJudgmentRequest, suit: pb.Suit, tx: Tx) -> None:
    past(suit, request.perform_time, tx)
    suit.document = request.document
    done = pb.SuitPerformance(text=request.text, document=request.document, perform_time=request.perform_time)
    suit.performance.CopyFrom(done)


@act(LITIGATION.PERFORM, takes=_performed)
def record_performance_of_judgment(
    _request: pb.RecordPerformanceOfJudgmentRequest, _suit: pb.Suit, _do: Do
) -> events.JudgmentPerformed:
    """Record that the judgment was performed (ALIT 94)."""
    return events.JudgmentPerformed()


def _interfered(request: pb.RecordSuitInterferenceRequest, suit: pb.Suit, tx: Tx) -> None:
    past(suit, request.done_time, tx)
    suit.document = request.document
    suit.interferences.add(
        body_id=request.body_id,
        officer_id=request.officer_id,
        officer_name=name_of(tx, request.officer_id),
        facts=request.facts,
        document=request.document,
        do_time=request.done_time,
        recorder=tx.caller.subject,
    )


@act(LITIGATION.RECORD_INTERFERENCE, takes=_interfered)
def record_suit_interference(
    _request: pb.RecordSuitInterferenceRequest, _suit: pb.Suit, _do: Do
) -> events.SuitInterferenceRecorded:
    """Record who interfered with the court; that it is pursued follows from the event (ALIT 3(2), CITY-ERS 8(9))."""
    return events.SuitInterferenceRecorded()
