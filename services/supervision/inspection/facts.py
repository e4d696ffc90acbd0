"""The facts of an inspection as the city sees them: from the record in the event, and from what the city knows itself: its
registry of bodies, items and certificates, its codes, the plans and visits of all departments.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.inspection_draw_pb2 import InspectionDraw
from yifa.enforcement.v1.inspection_pb2 import Inspection, InspectionCode
from yifa.enforcement.v1.inspection_plan_pb2 import InspectionPlan
from yifa.supervision.v1.inspection_pb2 import JointProposal as Proposal

from services.kit.shown import numbers_shown
from services.law.calendar import SHANGHAI
from services.law.identity import masked
from services.law.moment import moment_of
from services.law.procedure import whole
from services.law.procedures.inspection.acts import ACTS
from services.law.procedures.inspection.facts import InspectionFacts, Lead
from services.law.procedures.penalty.body import during
from services.law.procedures.penalty.recorded import value
from services.law.process import Move
from services.law.rule import Unknown, fact
from services.law.standing import Person, Scope, person_at
from services.supervision.body.model import Body, PowerItem, ShowingKey
from services.supervision.case.facts import as_kept, certificates, rank_then
from services.supervision.case.model import CaseView
from services.supervision.certificate.model import Moved
from services.supervision.important_matter.awaited import awaited
from services.supervision.inspection.model import DrawView, InspectionView, WhiteListed
from services.supervision.inspection_code.model import InspectionCode as Given
from services.supervision.inspection_plan.model import JointProposal, PlanView


class SeenInspection(InspectionFacts):
    """An act as the city sees it. `look` is a transaction or a view, `before` the record before the act, where it is known."""

    def __init__(
        self, look: Any, record: Inspection, move: Move, *, actor: str = "", before: Inspection | None = None
    ) -> None:
        self.look, self.record, self.move, self.actor, self.before = look, record, move, actor, before
        self.now, self.parameters = look.now, look.parameters

    def caller(self) -> str:
        """Whom the record names; else whom the journal has as the actor."""
        path = ACTS[self.move.act].by
        found = str(value(self.record, path)) if path else self.actor
        if not found:
            raise Unknown("who did the act")
        return found

    def rank(self, person: str) -> int:
        return rank_then(self.look, self.record.body_id, self.record.node, person, self.at())

    def body(self, body_id: str) -> Body | None:
        return self.look.find(Body, body_id)  # type: ignore[no-any-return]

    def item(self, item_id: str) -> PowerItem | None:
        return self.look.find(PowerItem, item_id)  # type: ignore[no-any-return]

    def stood(self, person: str, at: datetime, scope: Scope) -> Person:
        """By all the certificates that the city gave: the record may name another than was used."""
        held = [as_kept(row) for row in certificates(self.look, person, "")]
        named = next((o.name for o in self.record.officers if o.officer_id == person), "")
        return person_at(person, named, held, at, self._away(person), scope)

    def _away(self, person: str) -> list[tuple[int, int | None]]:
        moved = self.look.find(Moved, person)
        spans = moved.spans if moved is not None else ()
        return [(s["from"] or 0, s["until"]) for s in spans if s["node"] != self.record.node]

    def shown(self) -> frozenset[str]:
        keys = self.look.query(select(ShowingKey).where(ShowingKey.node == self.record.node))
        known = {row.key_id: bytes(row.public_key) for row in keys}
        return numbers_shown(self.record.check_in.shown, known, self.at())

    @fact
    def plan(self) -> InspectionPlan | None:
        row = self.look.find(PlanView, self.record.plan_id) if self.record.plan_id else None
        return InspectionPlan.FromString(row.record) if row and row.node == self.record.node else None

    @fact
    def lead(self) -> Lead | None:
        """By the case as its department told of it; its party's number is masked here."""
        row = self.look.find(CaseView, self.record.clue_case_id) if self.record.clue_case_id else None
        if row is None or row.node != self.record.node:
            return None
        case = cases.Case.FromString(row.record)
        if case.body_id != self.record.body_id or not case.clue.HasField("receive_time"):
            return None
        return Lead(
            moment_of(case.clue.receive_time),
            case.clue.source == cases.CLUE_SOURCE_INSPECTION,
            case.party.identity_number == masked(self.record.enterprise.credit_code),
        )

    @fact
    def draw(self) -> InspectionDraw | None:
        row = self.look.find(DrawView, self.record.draw_id) if self.record.draw_id else None
        if row is None or row.node != self.record.node:
            return None
        draw = InspectionDraw.FromString(row.record)
        return draw if draw.body_id == self.record.body_id and draw.HasField("draw_time") else None

    @fact
    def counted(self) -> int:
        """What was approved before this act: what came later does not make it unlawful."""
        year = moment_of(self.record.planned_time).astimezone(SHANGHAI).year
        others = self.look.query(
            select(InspectionView).where(
                InspectionView.credit_code == self.record.enterprise.credit_code,
                InspectionView.body_id == self.record.body_id,
                InspectionView.inspection_id != self.record.inspection_id,
                InspectionView.year == year,
                InspectionView.counted,
            )
        )
        return sum(1 for row in others if row.approve_time is not None and row.approve_time < self.at())

    def awaited(self) -> tuple[str, ...]:
        """Those that waited then, as the city itself has them."""
        return awaited(self.look, self.record.inspection_id, self.at())

    def exempt(self) -> bool:
        """By what the department told of its white list before the act."""
        key = f"{self.record.body_id}/{self.record.enterprise.credit_code}"
        row = self.look.find(WhiteListed, key)
        if row is None or row.exempt_from is None or (row.list_time and row.list_time > self.at()):
            return False
        return during(row.exempt_from, row.exempt_until, moment_of(self.record.planned_time))

    @fact
    def proposals(self) -> frozenset[str]:
        at = moment_of(self.record.planned_time)
        rows = self.look.query(
            select(JointProposal).where(
                JointProposal.credit_code == self.record.enterprise.credit_code,
                JointProposal.from_time <= at,
                JointProposal.until_time > at,
            )
        )
        return frozenset(
            row.proposal_id
            for row in rows
            if row.propose_time <= self.at() and self.record.body_id in sides_of(row)
        )

    @fact
    def given_code(self) -> InspectionCode | None:
        """By the city's own book of codes, whatever the record says."""
        given = select(Given).where(Given.inspection_id == self.record.inspection_id)
        rows = self.look.query(given)
        return InspectionCode.FromString(rows[0].record) if rows else None

    def approved_before(self) -> bool:
        if self.before is None:
            raise Unknown("the record before the act")
        return self.before.HasField("approval")


def sides_of(row: Any) -> set[str]:
    """The bodies that a joint visit was proposed to."""
    return {side.body_id for side in Proposal.FromString(row.record).sides}


whole(SeenInspection)
