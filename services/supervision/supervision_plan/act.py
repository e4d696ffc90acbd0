"""The acts of a plan of supervision: bound to its procedure, its table and its facts."""

from typing import Any

from yifa.supervision.v1 import supervision_plan_pb2 as pb

from services.kit.act import Acts
from services.law.moment import moment_of
from services.law.procedures.supervision_plan import SUPERVISION_PLAN
from services.supervision.supervision_plan.facts import Planning
from services.supervision.supervision_plan.model import SupervisionPlan

PREFIX = "SP-"
_STATES = {n: name.removeprefix("SUPERVISION_PLAN_STATE_") for name, n in pb.SupervisionPlanState.items()}


def columns(plan: pb.SupervisionPlan) -> dict[str, Any]:
    return {
        "state": _STATES[plan.state],
        "kind": plan.kind,
        "year": plan.year,
        "draft_time": moment_of(plan.draft_time),
        "version": plan.version,
    }


act = Acts(
    row=SupervisionPlan,
    record=pb.SupervisionPlan,
    key="plan_id",
    procedure=SUPERVISION_PLAN,
    facts=Planning,
    columns=columns,
    tags=("plan_id",),
)
