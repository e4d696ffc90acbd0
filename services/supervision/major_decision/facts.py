"""The facts of a decision: the record with what the act hands in, and what the city knows of units, experts and people."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import accountability_pb2 as accountabilities
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.law.draw import number_of, pick
from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.accountability import ACCOUNTABILITY
from services.law.procedures.major_decision.facts import DecisionFacts
from services.law.process import Move
from services.law.rule import fact
from services.supervision.accountability.facts import Pursued
from services.supervision.body.model import Body
from services.supervision.decision_expert.model import DecisionExpert, bound_to
from services.supervision.legal_adviser.model import adviser_then
from services.supervision.major_decision import responsibility
from services.supervision.major_decision.model import DecisionComment, MajorDecision
from services.supervision.major_decision.recorded import record_of
from services.supervision.major_decision.terms import MATERIAL, REVIEW, least_comment_end
from services.supervision.major_decision.unit import executes, of_unit
from services.supervision.normative_document.terms import end_of

COUNTED, POOL = 1000, 2000
"""How many comments without an answer are counted, and how many experts the pool is read for, at most."""
LASTING = frozenset({"EXECUTING", "SUSPENDED"})


@whole
class DoneDecision(DecisionFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, decision: pb.MajorDecision, look: Any, move: Move, request: Any = None) -> None:
        self.decision, self.look, self.move, self.request = decision, look, move, request
        self.now = look.now
        self.record = record_of(decision, request, str(look.caller.subject))

    def at(self) -> datetime:
        return self.look.now  # type: ignore[no-any-return]

    def unit_known(self) -> bool:
        return bool(self.decision.node)

    @fact
    def of_unit(self) -> bool:
        return of_unit(self.look, self.decision)

    @fact
    def executes(self) -> bool:
        return executes(self.look, self.decision)

    def involved(self) -> frozenset[str]:
        return frozenset({*self.decision.drafters, self.decision.suggester}) - {""}

    @fact
    def least_comment_end(self) -> datetime | None:
        since = moment_at(self.decision, "comment_start_time")
        return least_comment_end(self.look, since, self.decision.shortened)

    def comment_end(self) -> datetime | None:
        return moment_at(self.decision, "comment_end_time")

    @fact
    def unanswered(self) -> int:
        waiting = select(DecisionComment).where(
            DecisionComment.decision_id == self.decision.decision_id,
            DecisionComment.answered.is_(False),  # type: ignore[attr-defined]
        )
        return len(self.look.query(waiting.limit(COUNTED)))

    @fact
    def material_due(self) -> datetime | None:
        held = moment_at(self.decision, "hearing.hold_time")
        return end_of(self.look, MATERIAL, held) if held is not None else None

    @fact
    def _pool(self) -> tuple[DecisionExpert, ...]:
        listed = select(DecisionExpert).where(DecisionExpert.state == "IN_POOL")
        return tuple(self.look.query(listed.order_by(DecisionExpert.expert_id).limit(POOL)))

    @fact
    def pool(self) -> frozenset[str]:
        return frozenset(row.expert_id for row in self._pool())

    @fact
    def conflicted(self) -> frozenset[str]:
        """Who works for, or has an interest in, the unit that prepares it or what the unit names as interested."""
        touched = {self.decision.body_name, *self.decision.interested} - {""}
        return frozenset(row.expert_id for row in self._pool() if touched & bound_to(row.record))

    @fact
    def drawn(self) -> tuple[str, ...]:
        draw = self.decision.draw
        if not (draw.seed and draw.public_number):
            return ()
        number = number_of(draw.seed, draw.public_number)
        return tuple(pick(number, "expert", dict.fromkeys(draw.listed, 1), draw.count))

    @fact
    def review_from(self) -> datetime | None:
        since = moment_at(self.decision, "submit_time")
        return end_of(self.look, REVIEW, since) if since is not None else None

    def adviser_then(self, adviser: str) -> bool:
        """The legal office asks those of the government, not those of the unit whose draft it is."""
        return adviser_then(self.look, adviser, (), self.at())

    @fact
    def in_force(self) -> bool:
        changed = self.look.find(MajorDecision, self.decision.changes_id)
        return changed is not None and changed.state in LASTING

    def main_assessors(self) -> frozenset[str]:
        d = self.decision
        asked = {name.strip() for each in d.experts for name in (each.name, each.unit)}
        return frozenset({*asked, d.risk.assessor.strip()}) - {""}

    def evaluating(self) -> bool:
        """Whether one is open; while one is ordered, whether another is."""
        ordering = self.request is not None and self.move.act == "ORDER_EVALUATION"
        others = list(self.decision.evaluations)[: -1 if ordering else None]
        return any(not each.HasField("report_time") for each in others)

    @fact
    def responsible(self) -> frozenset[str]:
        return responsibility.responsible(self.look, self.decision)

    def dissenting(self) -> frozenset[str]:
        return responsibility.dissenting(self.decision)

    @fact
    def pursuable(self) -> bool:
        """As accountability itself asks: the person is an officer, or was a head, of the unit that is named."""
        named = self.decision.pursuits[-1] if self.decision.pursuits else pb.DecisionPursuit()
        body = self.look.find(Body, named.body_id) if named.body_id else None
        if body is None:
            return False
        matter = accountabilities.Accountability(
            body_id=named.body_id,
            node=body.node,
            officer_id=named.person,
            against=accountabilities.ACCOUNTABILITY_AGAINST_PERSON,
        )
        return bool(Pursued(matter, self.look, ACCOUNTABILITY.named("REGISTER")).pursued_known())
