"""The facts of a plan of supervision: the record with what the act hands in, and what the city knows of bodies and plans."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import supervision_plan_pb2 as pb

from services.law.fine_target import sets_target
from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.supervision_plan import (
    Level,
    Paper,
    PlanItem,
    PlanKind,
    SupervisionPlanFacts,
    SupervisionPlanRecord,
)
from services.law.process import Move
from services.law.rule import fact
from services.supervision.body.model import Body
from services.supervision.complaint.facts import word
from services.supervision.supervision_plan.model import SupervisionPlan


def _paper(paper: pb.SpecialActionPaper) -> Paper:
    level = word(pb.SpecialActionLevel, paper.level, "SPECIAL_ACTION_LEVEL_", Level)
    return Paper(paper.authority, level, paper.document_number, moment_at(paper, "issue_time"))


def record_of(plan: pb.SupervisionPlan, request: Any) -> SupervisionPlanRecord:
    return SupervisionPlanRecord(
        kind=word(pb.SupervisionPlanKind, plan.kind, "SUPERVISION_PLAN_KIND_", PlanKind),
        year=plan.year,
        title=plan.title,
        focus=tuple(plan.focus),
        items=tuple(
            PlanItem(i.item_id, i.subject, i.responsible, i.begin_month, i.end_month) for i in plan.items
        ),
        responsible=plan.responsible,
        schedule=plan.schedule,
        requirements=plan.requirements,
        deployment=_paper(plan.deployment),
        approval=_paper(plan.approval),
        address=plan.address,
        summary=plan.summary,
        reasons=str(getattr(request, "reasons", "")),
    )


@whole
class Planning(SupervisionPlanFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, plan: pb.SupervisionPlan, look: Any, _move: Move, request: Any = None) -> None:
        self.plan, self.look, self.now = plan, look, look.now
        self.record = record_of(plan, request)

    def at(self) -> datetime:
        return self.now

    @fact
    def bodies_known(self) -> bool:
        named = {body_id for item in self.plan.items for body_id in item.body_ids}
        return all(self._confirmed(body_id) for body_id in named)

    def _confirmed(self, body_id: str) -> bool:
        body = self.look.find(Body, body_id)
        return body is not None and bool(body.confirmed) and body.from_time is not None

    @fact
    def fine_target(self) -> bool:
        """By the words of all that it says."""
        r = self.record
        items = (text for item in r.items for text in (item.subject, item.responsible))
        return bool(sets_target(r.title, *r.focus, *items, r.responsible, r.schedule, r.requirements))

    @fact
    def planned_already(self) -> bool:
        its = select(SupervisionPlan).where(
            SupervisionPlan.year == self.plan.year,
            SupervisionPlan.kind == pb.SUPERVISION_PLAN_KIND_YEARLY,
            SupervisionPlan.state != "WITHDRAWN",
            SupervisionPlan.plan_id != self.plan.plan_id,
        )
        return bool(self.look.query(its))

    def deployed_here(self) -> bool:
        return self.plan.deployment.authority in self._own()

    def approved_here(self) -> bool:
        return self.plan.approval.authority in (*self._own(), self.plan.deployment.authority)

    def _own(self) -> tuple[str, str]:
        names = self.look.parameters.numbering()
        return names.office, names.government
