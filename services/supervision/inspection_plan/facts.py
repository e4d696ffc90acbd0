"""The facts of a plan of inspections as the city sees them."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1.inspection_plan_pb2 import InspectionPlan

from services.law.moment import moment_of
from services.law.procedure import whole
from services.law.procedures.inspection.planning import standing
from services.law.procedures.inspection_plan import PlanFacts
from services.law.procedures.penalty.body import during
from services.law.rule import fact
from services.supervision.body.model import Body, PowerItem
from services.supervision.case.facts import rank_then
from services.supervision.inspection.model import WhiteListed
from services.supervision.inspection_plan.model import PlanView


class SeenPlan(PlanFacts):
    """A plan that was approved. `look` is a transaction or a view."""

    def __init__(self, look: Any, plan: InspectionPlan) -> None:
        self.look, self.plan, self.now, self.parameters = look, plan, look.now, look.parameters

    def at(self) -> datetime:
        return moment_of(self.plan.approve_time)

    def rank(self, person: str) -> int:
        return rank_then(self.look, self.plan.body_id, self.plan.node, person, self.at())

    def body(self, body_id: str) -> Body | None:
        return self.look.find(Body, body_id)  # type: ignore[no-any-return]

    def item(self, item_id: str) -> PowerItem | None:
        return self.look.find(PowerItem, item_id)  # type: ignore[no-any-return]

    @fact
    def exempt(self) -> frozenset[str]:
        found = set()
        for visit in self.plan.visits:
            code = visit.enterprise.credit_code
            row = self.look.find(WhiteListed, f"{self.plan.body_id}/{code}")
            planned = moment_of(visit.planned_time)
            if row is not None and row.exempt_from and during(row.exempt_from, row.exempt_until, planned):
                found.add(code)
        return frozenset(found)

    @fact
    def planned(self) -> Mapping[str, int]:
        """What the body's other plans of the year held when this one was approved."""
        plan = self.plan
        others = select(PlanView).where(
            PlanView.body_id == plan.body_id, PlanView.year == plan.year, PlanView.plan_id != plan.plan_id
        )
        earlier = (row for row in self.look.query(others) if row.approve_time <= self.at())
        plans = (p for row in earlier if standing(p := InspectionPlan.FromString(row.record), self.at()))
        return Counter(visit.enterprise.credit_code for other in plans for visit in other.visits)


whole(SeenPlan)
