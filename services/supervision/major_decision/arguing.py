"""Experts, risks, fair competition (MDR 19 to 24, 29[1])."""

from collections.abc import Iterable
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.major_decision import MAJOR_DECISION as DECISION
from services.supervision.decision_expert.model import DecisionExpert
from services.supervision.major_decision.act import act
from services.supervision.major_decision.facts import DoneDecision


def put_experts(
    decision: pb.MajorDecision, tx: Tx, expert_ids: Iterable[str], statements: Iterable[str]
) -> None:
    """Those who are to argue, as the pool knows them."""
    stated = set(statements)
    del decision.experts[:]
    for expert_id in expert_ids:
        row = tx.find(DecisionExpert, expert_id)
        decision.experts.add(
            expert_id=expert_id,
            name=row.name if row is not None else "",
            unit=row.unit if row is not None else "",
            stated=expert_id in stated,
        )


def _chosen(request: pb.ChooseDecisionExpertsRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    put_experts(decision, tx, request.expert_ids, request.statements)


@act(DECISION.CHOOSE_EXPERTS, takes=_chosen)
def choose_decision_experts(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.DecisionExpertsChosen:
    """Choose experts of the pool who have no interest in the matter (MDR 20)."""
    return events.DecisionExpertsChosen()


def _promised(request: pb.PromiseExpertDrawRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    """The list is that of the pool in the field now, without whom an interest bars; it is frozen."""
    facts = DoneDecision(decision, tx, DECISION.named("PROMISE_DRAW"), request)
    fit = facts.pool() - facts.conflicted()
    rows = [tx.get(DecisionExpert, expert_id) for expert_id in sorted(fit)]
    listed = [r.expert_id for r in rows if request.field in pb.DecisionExpert.FromString(r.record).fields]
    decision.draw.CopyFrom(
        pb.DecisionExpertDraw(
            field=request.field,
            count=request.count,
            seed_hash=request.seed_hash.lower(),
            public_source=request.public_source,
            listed=listed,
        )
    )
    if request.HasField("draw_after"):
        decision.draw.draw_after.CopyFrom(request.draw_after)


@act(DECISION.PROMISE_DRAW, takes=_promised)
def promise_expert_draw(_request: Any, _decision: pb.MajorDecision, _do: Do) -> events.ExpertDrawPromised:
    """Freeze the list, and make the hash of the seed and the source of the number known (MDR 20)."""
    return events.ExpertDrawPromised()


def _drawn(request: pb.DrawDecisionExpertsRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    decision.draw.seed, decision.draw.public_number = request.seed, request.public_number
    drawn = DoneDecision(decision, tx, DECISION.named("DRAW_EXPERTS"), request).drawn()
    decision.draw.drawn[:] = drawn
    put_experts(decision, tx, drawn, request.statements)


@act(DECISION.DRAW_EXPERTS, takes=_drawn)
def draw_decision_experts(_request: Any, _decision: pb.MajorDecision, _do: Do) -> events.DecisionExpertsDrawn:
    """Draw experts by the seed that was promised and the number that came (MDR 20)."""
    return events.DecisionExpertsDrawn()


@act(DECISION.GIVE_OPINION)
def record_expert_opinion(
    request: pb.RecordExpertOpinionRequest, decision: pb.MajorDecision, do: Do
) -> events.ExpertOpinionReceived:
    """Record what an expert argued, signed by name (MDR 19(2))."""
    made = decision.opinions.add(
        expert_id=request.expert_id, text=request.text, signed_by=request.signed_by, sha256=request.sha256
    )
    put_moment(made.receive_time, do.now)
    decision.expert_adoption = request.adoption or decision.expert_adoption
    return events.ExpertOpinionReceived()


def _assessed(request: pb.AssessDecisionRiskRequest, decision: pb.MajorDecision, _tx: Tx) -> None:
    decision.risk.CopyFrom(request.risk)


@act(DECISION.ASSESS_RISK, takes=_assessed)
def assess_decision_risk(_request: Any, _decision: pb.MajorDecision, _do: Do) -> events.DecisionRiskAssessed:
    """Record the assessment of risks (MDR 22, 23)."""
    return events.DecisionRiskAssessed()


def _reviewed(request: pb.ReviewDecisionCompetitionRequest, decision: pb.MajorDecision, _tx: Tx) -> None:
    decision.competition, decision.competition_reviewer = request.conclusion, request.reviewed_by


@act(DECISION.REVIEW_COMPETITION, takes=_reviewed)
def review_decision_competition(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.DecisionCompetitionReviewed:
    """Record the review of fair competition (MDR 29[1])."""
    return events.DecisionCompetitionReviewed()
