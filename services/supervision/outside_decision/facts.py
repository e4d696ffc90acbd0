"""The facts of such a decision: the record with what the act hands in, and what the city knows of bodies and people."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import outside_decision_pb2 as pb

from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.outside_decision import (
    REVIEW,
    OutsideDecisionFacts,
    OutsideDecisionRecord,
    Review,
)
from services.law.procedures.outside_decision import Body as Kind
from services.law.process import Move
from services.law.rule import fact
from services.supervision.body.model import Body
from services.supervision.body.people import people_of
from services.supervision.complaint.facts import word
from services.supervision.normative_document.maker import acts_for
from services.supervision.outside_decision.model import OutsideDecision


def record_of(decision: pb.OutsideDecision, request: Any, caller: str) -> OutsideDecisionRecord:
    reporting = isinstance(request, pb.ReportOutsideDecisionRequest)
    last = decision.reports[-1] if decision.reports else pb.OutsideDecisionReport()
    said = request if reporting else last
    review = decision.review
    decided = (
        request
        if isinstance(request, pb.DecideConclusionReviewRequest)
        else pb.DecideConclusionReviewRequest()
    )
    return OutsideDecisionRecord(
        kind=word(pb.OutsideBodyKind, decision.kind, "OUTSIDE_BODY_KIND_", Kind),
        authority=decision.authority,
        number=decision.document_number,
        made_time=moment_at(decision, "make_time"),
        orders=decision.orders,
        due_time=moment_at(decision, "due_time"),
        report=said.report,
        evidence=said.evidence,
        reporter=last.reporter,
        verifier=caller,
        refusal=str(getattr(request, "refusal", "")),
        document=str(getattr(request, "document_number", "")),
        reasons=str(getattr(request, "reasons", "")),
        receive_time=moment_at(decision, "receive_time"),
        inspectors=tuple(decision.inspectors),
        review_due=next((moment_at(d, "due_time") for d in decision.deadlines if d.clock_id == REVIEW), None),
        review_asked=review.HasField("ask_time"),
        review_open=review.HasField("ask_time") and not review.HasField("decide_time"),
        review_ask_time=moment_at(review, "ask_time"),
        outcome=word(pb.ReviewOutcome, decided.outcome, "REVIEW_OUTCOME_", Review),
        reviewers=tuple(decided.reviewers),
        review_paper=decided.document_number,
        review_time=moment_at(decided, "decide_time"),
        new_orders=decided.orders,
        new_due_time=moment_at(decided, "due_time"),
    )


@whole
class Carrying(OutsideDecisionFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, decision: pb.OutsideDecision, look: Any, move: Move, request: Any = None) -> None:
        self.decision, self.look, self.now, self.move = decision, look, look.now, move
        self.record = record_of(decision, request, str(look.caller.subject))

    def at(self) -> datetime:
        """A conclusion is registered as of when the unit received it: its time for a review runs from then (GIR 17)."""
        told = self.record.receive_time if self.move.act == "REGISTER" else None
        return told if told is not None and self.record.kind == Kind.INSPECTION else self.now

    @fact
    def body_known(self) -> bool:
        body = self.look.find(Body, self.decision.body_id)
        return body is not None and bool(body.confirmed) and body.from_time is not None

    @fact
    def entered_already(self) -> bool:
        its = select(OutsideDecision).where(
            OutsideDecision.body_id == self.decision.body_id,
            OutsideDecision.number == self.decision.document_number,
            OutsideDecision.decision_id != self.decision.decision_id,
        )
        return bool(self.look.query(its))

    def of_body(self) -> bool:
        return acts_for(self.look, self.decision.body_id)

    @fact
    def people_of_body(self) -> frozenset[str]:
        return people_of(self.look, self.decision.body_id)
