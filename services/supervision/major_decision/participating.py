"""The participation of the public: comment with answers, hearings (MDR 14 to 18)."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.act import Do
from services.kit.refusal import Missing
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import moment_at, moment_of, put_moment
from services.law.procedures.major_decision import MAJOR_DECISION as DECISION
from services.supervision.major_decision.act import act
from services.supervision.major_decision.model import DecisionComment, MajorDecision
from services.supervision.major_decision.terms import least_comment_end


def _laid_open(request: pb.PublishDecisionDraftRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    """The public has until when it is told, or the least that the law gives."""
    decision.draft_addresses[:] = request.addresses
    decision.explanation, decision.shortened = request.explanation, request.shortened
    put_moment(decision.comment_start_time, tx.now)
    told = moment_at(request, "comment_end_time") or least_comment_end(tx, tx.now, request.shortened)
    if told is not None:
        put_moment(decision.comment_end_time, told)


@act(DECISION.PUBLISH_DRAFT, takes=_laid_open)
def publish_decision_draft(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.DecisionDraftPublished:
    """Put the draft before the public (MDR 15(1))."""
    return events.DecisionDraftPublished()


def _allowed(tx: Tx, name: str, decision_id: str, request: object) -> pb.MajorDecision:
    """The decision, if the act is open. Raises Missing, Unlawful."""
    decision: pb.MajorDecision = act.open(tx, decision_id)
    todo = getattr(DECISION, name)
    act.step(todo, decision, act.facts(decision, tx, DECISION.named(name), request))
    return decision


def _taken_down(tx: Tx, decision: pb.MajorDecision, text: str, *, after: bool) -> pb.DecisionComment:
    comment = pb.DecisionComment(
        comment_id=tx.new_id("DM-"), decision_id=decision.decision_id, text=text, after=after
    )
    put_moment(comment.comment_time, tx.now)
    tx.add(
        DecisionComment.new(
            comment_id=comment.comment_id,
            decision_id=comment.decision_id,
            comment_time=moment_of(comment.comment_time),
            answered=after,  # what comes on a decision that is carried out is no comment that has to be closed
            record=comment.SerializeToString(deterministic=True),
        )
    )
    act.write(tx, decision, events.DecisionCommented(comment=comment))
    return comment


@write(loads=(MajorDecision, "decision_id"))
def comment_on_decision_draft(
    request: pb.CommentOnDecisionDraftRequest, tx: Tx
) -> pb.CommentOnDecisionDraftResponse:
    """Take a comment down while the draft is open for it (MDR 14(1)). Refuses with NOT_FOUND, COMMENT_CLOSED."""
    decision = _allowed(tx, "COMMENT", request.decision_id, request)
    decision.comments += 1
    return pb.CommentOnDecisionDraftResponse(comment=_taken_down(tx, decision, request.text, after=False))


@write(loads=(MajorDecision, "decision_id"))
def suggest_on_decision(request: pb.SuggestOnDecisionRequest, tx: Tx) -> pb.SuggestOnDecisionResponse:
    """Take a suggestion down on a decision that is carried out (MDR 35(2)). Refuses with NOT_FOUND."""
    decision = _allowed(tx, "SUGGEST", request.decision_id, request)
    if decision.withheld:  # nobody outside knows of it
        raise Missing("MajorDecision", request.decision_id)
    decision.suggestions += 1
    return pb.SuggestOnDecisionResponse(comment=_taken_down(tx, decision, request.text, after=True))


@write(loads=(DecisionComment, "comment_id"))
def answer_decision_comment(
    request: pb.AnswerDecisionCommentRequest, tx: Tx
) -> pb.AnswerDecisionCommentResponse:
    """Answer a comment: taken up, or why not (MDR 18). What is answered again is answered anew."""
    row = tx.get(DecisionComment, request.comment_id)
    _allowed(tx, "ANSWER_COMMENT", row.decision_id, request)
    comment = pb.DecisionComment.FromString(row.record)
    comment.adopted, comment.answer = request.adopted, request.answer
    put_moment(comment.answer_time, tx.now)
    row.answered, row.record = True, comment.SerializeToString(deterministic=True)
    tx.emit(events.DecisionCommentAnswered(comment=comment), subject=row.decision_id)
    return pb.AnswerDecisionCommentResponse(comment=comment)


def _scheduled(request: pb.ScheduleDecisionHearingRequest, decision: pb.MajorDecision, _tx: Tx) -> None:
    """A hearing that is put off begins anew: its material is served again."""
    decision.hearing.CopyFrom(
        pb.DecisionHearing(
            place=request.place,
            selection=request.selection,
            list_address=request.list_address,
            participants=request.participants,
        )
    )
    if request.HasField("hold_time"):
        decision.hearing.hold_time.CopyFrom(request.hold_time)


@act(DECISION.SCHEDULE_HEARING, takes=_scheduled)
def schedule_decision_hearing(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.DecisionHearingScheduled:
    """Announce a hearing (MDR 16(2), (3))."""
    return events.DecisionHearingScheduled()


def _served(request: pb.ServeHearingMaterialRequest, decision: pb.MajorDecision, _tx: Tx) -> None:
    decision.hearing.receipt = request.receipt
    if request.HasField("serve_time"):
        decision.hearing.serve_time.CopyFrom(request.serve_time)


@act(DECISION.SERVE_MATERIAL, takes=_served)
def serve_hearing_material(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.HearingMaterialServed:
    """Record that the material reached those who take part, seven days before (MDR 16(3))."""
    return events.HearingMaterialServed()


def _held(request: pb.HoldDecisionHearingRequest, decision: pb.MajorDecision, _tx: Tx) -> None:
    hearing = decision.hearing
    hearing.introduced, hearing.debated = request.introduced, request.debated
    hearing.signed[:] = request.signed
    hearing.minutes = request.minutes


@act(DECISION.HOLD_HEARING, takes=_held)
def hold_decision_hearing(_request: Any, _decision: pb.MajorDecision, _do: Do) -> events.DecisionHearingHeld:
    """Record how the hearing was held (MDR 17)."""
    return events.DecisionHearingHeld()


def _closed(request: pb.CloseDecisionCommentRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    decision.adoption, decision.group_opinions = request.adoption, request.group_opinions
    if request.hearing_document:
        decision.hearing.told_document = request.hearing_document
    put_moment(decision.comment_close_time, tx.now)


@act(DECISION.CLOSE_COMMENT, takes=_closed)
def close_decision_comment(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.DecisionCommentClosed:
    """Close the comment and tell what was taken up (MDR 18)."""
    return events.DecisionCommentClosed()


def _skipped(request: pb.SkipDecisionCommentRequest, decision: pb.MajorDecision, _tx: Tx) -> None:
    decision.secret_law, decision.secret_reasons = request.secret_law, request.reasons


@act(DECISION.SKIP_COMMENT, takes=_skipped)
def skip_decision_comment(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.DecisionCommentSkipped:
    """Go on without public comment: the law keeps the matter secret (MDR 14(1))."""
    return events.DecisionCommentSkipped()
