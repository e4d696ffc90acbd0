"""The review of legality: by the legal office, never by who proposed or drafted (MDR 25 to 28)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.major_decision import MAJOR_DECISION as DECISION
from services.supervision.major_decision.act import act

CONCLUDES: Mapping[int, Act] = MappingProxyType(
    {
        pb.DECISION_REVIEW_CONCLUSION_LAWFUL: DECISION.PASS,
        pb.DECISION_REVIEW_CONCLUSION_TO_BE_CHANGED: DECISION.RETURN,
        pb.DECISION_REVIEW_CONCLUSION_UNLAWFUL: DECISION.FAIL,
        pb.DECISION_REVIEW_CONCLUSION_EXPLORATORY: DECISION.PASS_WITH_RISK,
    }
)


def _submitted(request: pb.SubmitDecisionForReviewRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    """The last text before the review: nothing changes it after that."""
    decision.text = request.text or decision.text
    decision.procedure_note = request.procedure_note
    if tx.caller.subject not in decision.drafters:
        decision.drafters.append(tx.caller.subject)
    put_moment(decision.submit_time, tx.now)


@act(DECISION.SUBMIT_FOR_REVIEW, takes=_submitted)
def submit_decision_for_review(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.DecisionReviewSubmitted:
    """Hand the draft in for the review of legality, all steps gone through (MDR 26)."""
    return events.DecisionReviewSubmitted()


def _reviewed(request: pb.ConcludeDecisionReviewRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    review = decision.reviews.add(
        conclusion=request.conclusion,
        reviewer=tx.caller.subject,
        lawful=request.lawful,
        opinion=request.opinion,
        advisers=request.advisers,
        advice=request.advice,
        urgency=request.urgency,
        exploratory=request.exploratory,
        legal_risks=request.legal_risks,
    )
    put_moment(review.conclude_time, tx.now)


@act(
    *CONCLUDES.values(),
    by=lambda request, _decision: CONCLUDES[request.conclusion],
    takes=_reviewed,
)
def conclude_decision_review(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.DecisionReviewConcluded:
    """Say what the review found of power, procedure and content (MDR 27, 28)."""
    return events.DecisionReviewConcluded()


def _handed_in(_request: Any, decision: pb.MajorDecision, tx: Tx) -> None:
    decision.submitter = tx.caller.subject
    put_moment(decision.discuss_submit_time, tx.now)


@act(DECISION.SUBMIT, takes=_handed_in)
def submit_decision_for_discussion(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.DecisionDiscussionSubmitted:
    """Submit what passed the review to the meeting (MDR 25, 29)."""
    return events.DecisionDiscussionSubmitted()


@act(DECISION.REVISE)
def revise_major_decision(_request: Any, _decision: pb.MajorDecision, _do: Do) -> events.MajorDecisionRevised:
    """Take a reviewed draft back: what is changed is reviewed again (MDR 24, 28)."""
    return events.MajorDecisionRevised()
