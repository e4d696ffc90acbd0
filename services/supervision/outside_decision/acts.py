"""Decisions of audit and supervision bodies, and conclusions of government inspections, are carried out, or who refuses answers
for it (AUD 52, OPR-SUP 12, CITY-ERS 6(5)); a conclusion may be reviewed (GIR 17).
"""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import outside_decision_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.outside_decision import OUTSIDE_DECISION as DECISION
from services.supervision.accountability.clue import of_outside_decision
from services.supervision.body.model import Body
from services.supervision.outside_decision.act import PREFIX, act


def _begins(request: pb.RegisterOutsideDecisionRequest, tx: Tx) -> pb.OutsideDecision:
    body = tx.find(Body, request.body_id)
    decision = pb.OutsideDecision(
        decision_id=tx.new_id(PREFIX),
        node=body.node if body is not None else tx.city,
        body_id=request.body_id,
        body_name=body.name if body is not None else "",
        kind=request.kind,
        authority=request.authority,
        document_number=request.document_number.strip(),
        orders=request.orders,
        registrar=tx.caller.subject,
        inspectors=request.inspectors,
    )
    for name in ("make_time", "due_time", "receive_time"):
        if request.HasField(name):
            getattr(decision, name).CopyFrom(getattr(request, name))
    put_moment(decision.register_time, tx.now)
    return decision


@act(DECISION.REGISTER, begins=_begins, loads=((Body, "body_id"),))
def register_outside_decision(
    _request: Any, _decision: pb.OutsideDecision, _do: Do
) -> events.OutsideDecisionRegistered:
    """Put a decision of an audit or supervision body on record. The unit is told."""
    return events.OutsideDecisionRegistered()


@act(DECISION.REPORT)
def report_outside_decision(
    request: pb.ReportOutsideDecisionRequest, decision: pb.OutsideDecision, do: Do
) -> events.OutsideDecisionReported:
    """The unit says what it did, and what shows it; after a refusal too."""
    told = decision.reports.add(report=request.report, evidence=request.evidence, reporter=do.caller)
    put_moment(told.report_time, do.now)
    return events.OutsideDecisionReported()


def _looked_at(decision: pb.OutsideDecision, do: Do, reasons: str) -> None:
    last = decision.reports[-1]
    last.verifier, last.reasons = do.caller, reasons
    put_moment(last.verify_time, do.now)


@act(DECISION.SEND_BACK)
def send_outside_report_back(
    request: pb.SendOutsideReportBackRequest, decision: pb.OutsideDecision, do: Do
) -> events.OutsideReportSentBack:
    """Send a report back: what was ordered is not done."""
    _looked_at(decision, do, request.reasons)
    return events.OutsideReportSentBack()


@act(DECISION.REQUEST_REVIEW)
def request_conclusion_review(
    request: pb.RequestConclusionReviewRequest, decision: pb.OutsideDecision, do: Do
) -> events.ConclusionReviewRequested:
    """The unit asks for the review of a conclusion (GIR 17). Stops SUP-15, starts SUP-16; what was ordered runs on."""
    decision.review.CopyFrom(pb.ConclusionReview(reasons=request.reasons, asker=do.caller))
    put_moment(decision.review.ask_time, do.now)
    return events.ConclusionReviewRequested()


def _outcome(request: pb.DecideConclusionReviewRequest, _decision: Any) -> Any:
    revoked = request.outcome == pb.REVIEW_OUTCOME_REVOKED
    return DECISION.REVOKE_IN_REVIEW if revoked else DECISION.DECIDE_REVIEW


@act(DECISION.DECIDE_REVIEW, DECISION.REVOKE_IN_REVIEW, by=_outcome)
def decide_conclusion_review(
    request: pb.DecideConclusionReviewRequest, decision: pb.OutsideDecision, do: Do
) -> events.ConclusionReviewDecided | events.ConclusionRevoked:
    """Put on record how the government decided the review (GIR 17). Stops SUP-16; what it changes holds from now on."""
    review = decision.review
    review.outcome, review.document_number, review.decide_reasons = (
        request.outcome,
        request.document_number,
        request.reasons,
    )
    review.reviewers[:], review.recorder = request.reviewers, do.caller
    review.decide_time.CopyFrom(request.decide_time)
    if request.outcome == pb.REVIEW_OUTCOME_REVOKED:
        put_moment(decision.end_time, do.now)
        return events.ConclusionRevoked()
    if request.outcome == pb.REVIEW_OUTCOME_CHANGED:
        review.old_orders, decision.orders = decision.orders, request.orders
        review.old_due_time.CopyFrom(decision.due_time)
        decision.due_time.CopyFrom(request.due_time)
    return events.ConclusionReviewDecided()


@act(DECISION.VERIFY)
def verify_outside_decision(
    request: pb.VerifyOutsideDecisionRequest, decision: pb.OutsideDecision, do: Do
) -> events.OutsideDecisionCarriedOut:
    """Find that what was ordered is done."""
    _looked_at(decision, do, request.reasons)
    put_moment(decision.end_time, do.now)
    return events.OutsideDecisionCarriedOut()


@act(DECISION.FIND_REFUSED)
def find_outside_decision_refused(
    request: pb.FindOutsideDecisionRefusedRequest, decision: pb.OutsideDecision, do: Do
) -> events.OutsideDecisionRefused:
    """Find that the unit refuses. That is a clue of responsibility, which registers itself."""
    decision.refusal.CopyFrom(
        pb.OutsideDecisionRefusal(paper=request.refusal, reasons=request.reasons, by=do.caller)
    )
    put_moment(decision.refusal.find_time, do.now)
    do.then = lambda: of_outside_decision(do.tx, decision)
    return events.OutsideDecisionRefused()


@act(DECISION.WITHDRAW)
def withdraw_outside_decision(
    request: pb.WithdrawOutsideDecisionRequest, decision: pb.OutsideDecision, do: Do
) -> events.OutsideDecisionWithdrawn:
    """Record that who made it took it back."""
    decision.withdrawal, decision.withdraw_reasons = request.document_number, request.reasons
    put_moment(decision.end_time, do.now)
    return events.OutsideDecisionWithdrawn()
