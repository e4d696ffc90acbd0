"""What the rules of an inspection are told at the department: from its rows, and from the signed codes that were scanned."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.inspection_draw_pb2 import InspectionDraw as DrawProto
from yifa.enforcement.v1.inspection_pb2 import Inspection as InspectionProto
from yifa.enforcement.v1.inspection_pb2 import InspectionCode
from yifa.enforcement.v1.inspection_plan_pb2 import InspectionPlan as PlanProto

from services.enforcement.body.model import Body, PowerItem
from services.enforcement.case.model import Case
from services.enforcement.head.model import rank_in
from services.enforcement.important_matter.model import awaited
from services.enforcement.inspection.model import Inspection, JointProposal
from services.enforcement.inspection_draw.model import InspectionDraw
from services.enforcement.inspection_object.model import InspectionObject, exempt_at, object_id
from services.enforcement.inspection_plan.model import InspectionPlan
from services.enforcement.officer.looking import stood_at
from services.kit.shown import numbers_shown
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.procedures.inspection.facts import InspectionFacts, Lead
from services.law.process import Move
from services.law.rule import NotAsked, fact
from services.law.standing import Person, Scope


class Looked(InspectionFacts):
    """The facts of an act that is asked for; without a request, those of a listing. `look` is a transaction or a view."""

    def __init__(self, record: InspectionProto, look: Any, move: Move, request: Any = None) -> None:
        self.record, self.look, self.move, self.asked = record, look, move, request is not None
        self.now, self.parameters = look.now, look.parameters

    def caller(self) -> str:
        """In a listing whoever lists: it may be somebody else who does the act."""
        if not self.asked:
            raise NotAsked("who does it")
        return str(self.look.caller.subject)

    def rank(self, person: str) -> int:
        return rank_in(self.look, self.record, person, self.at())

    def body(self, body_id: str) -> Body | None:
        return self.look.find(Body, body_id)  # type: ignore[no-any-return]

    def item(self, item_id: str) -> PowerItem | None:
        return self.look.find(PowerItem, item_id)  # type: ignore[no-any-return]

    def stood(self, person: str, at: datetime, scope: Scope) -> Person:
        return stood_at(self.look, person, at, scope)

    def shown(self) -> frozenset[str]:
        """A code proves by the node's own key that the holder had it made at that time; no key, no proof."""
        signer = around(self.look).signer
        if signer is None:
            return frozenset()
        return numbers_shown(self.handed_in().check_in.shown, {signer.key_id: signer.public_key}, self.at())

    @fact
    def plan(self) -> PlanProto | None:
        row = self.look.find(InspectionPlan, self.record.plan_id) if self.record.plan_id else None
        return PlanProto.FromString(row.record) if row is not None and row.state != "DRAFT" else None

    @fact
    def lead(self) -> Lead | None:
        row = self.look.find(Case, self.record.clue_case_id) if self.record.clue_case_id else None
        if row is None:
            return None
        case = cases.Case.FromString(row.record)
        if case.body_id != self.record.body_id or not case.clue.HasField("receive_time"):
            return None
        return Lead(
            moment_of(case.clue.receive_time),
            case.clue.source == cases.CLUE_SOURCE_INSPECTION,
            row.identity_number == self.record.enterprise.credit_code,
        )

    @fact
    def draw(self) -> DrawProto | None:
        row = self.look.find(InspectionDraw, self.record.draw_id)
        if row is None or row.state != "DRAWN":
            return None
        draw = DrawProto.FromString(row.record)
        return draw if draw.body_id == self.record.body_id else None

    @fact
    def counted(self) -> int:
        year = moment_of(self.record.planned_time).astimezone(SHANGHAI).year
        of_it = (
            Inspection.credit_code == self.record.enterprise.credit_code,
            Inspection.body_id == self.record.body_id,
            Inspection.year == year,
            Inspection.inspection_id != self.record.inspection_id,
            Inspection.counted,
        )
        return len(self.look.query(select(Inspection).where(*of_it)))

    @fact
    def awaited(self) -> tuple[str, ...]:
        return awaited(self.look, self.record.inspection_id)

    def exempt(self) -> bool:
        key = object_id(self.record.body_id, self.record.enterprise.credit_code)
        row = self.look.find(InspectionObject, key)
        return row is not None and exempt_at(row, moment_of(self.record.planned_time))

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
        return frozenset(row.proposal_id for row in rows if self.record.body_id in row.body_ids)

    def given_code(self) -> InspectionCode | None:
        """As the city's event put it into the record."""
        return self.record.code if self.record.code.code else None

    def approved_before(self) -> bool:
        row = self.look.find(Inspection, self.record.inspection_id)
        return row is not None and InspectionProto.FromString(row.record).HasField("approval")


def around(look: Any) -> Any:
    """What is known of the node, from a transaction or a view."""
    return look.batch.around if hasattr(look, "batch") else look.around
