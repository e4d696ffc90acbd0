"""What the rules of a plan of inspections are told at the department."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1.inspection_plan_pb2 import InspectionPlan as PlanProto

from services.enforcement.body.model import Body, PowerItem
from services.enforcement.head.facts import DoneByHead
from services.enforcement.inspection_object.model import InspectionObject, exempt_at, object_id
from services.enforcement.inspection_plan.model import InspectionPlan
from services.law.moment import moment_of
from services.law.procedures.inspection_plan import PlanFacts
from services.law.process import Move
from services.law.rule import fact


class Looked(DoneByHead, PlanFacts):
    """`look` is a transaction or a view."""

    HELD = "plan"

    def __init__(self, plan: PlanProto, look: Any, move: Move, request: Any = None) -> None:
        self.plan, self.look, self.move, self.asked = plan, look, move, request is not None
        self.now, self.parameters = look.now, look.parameters

    def at(self) -> datetime:
        return self.now

    def body(self, body_id: str) -> Body | None:
        return self.look.find(Body, body_id)  # type: ignore[no-any-return]

    def item(self, item_id: str) -> PowerItem | None:
        return self.look.find(PowerItem, item_id)  # type: ignore[no-any-return]

    @fact
    def exempt(self) -> frozenset[str]:
        found = set()
        for visit in self.plan.visits:
            code = visit.enterprise.credit_code
            row = self.look.find(InspectionObject, object_id(self.plan.body_id, code))
            if row is not None and exempt_at(row, moment_of(visit.planned_time)):
                found.add(code)
        return frozenset(found)

    @fact
    def planned(self) -> Mapping[str, int]:
        others = select(InspectionPlan).where(
            InspectionPlan.body_id == self.plan.body_id,
            InspectionPlan.year == self.plan.year,
            InspectionPlan.state == "APPROVED",
            InspectionPlan.plan_id != self.plan.plan_id,
        )
        plans = (PlanProto.FromString(row.record) for row in self.look.query(others))
        return Counter(visit.enterprise.credit_code for plan in plans for visit in plan.visits)
