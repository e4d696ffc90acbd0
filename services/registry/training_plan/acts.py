"""The yearly plan of training of a body, or of the city."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import training_plan_pb2 as messages

from services.kit.refusal import Exists
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.training import TRAINING_PLAN, without_target
from services.registry.body.model import Body
from services.registry.lawful import admit, require
from services.registry.request import announce, change, own
from services.registry.training.facts import Organiser, PlanFacts
from services.registry.training_plan.model import TrainingPlan, plan_values


@write(loads=(Body, "body_id"))
def adopt_training_plan(
    request: messages.AdoptTrainingPlanRequest, tx: Tx
) -> messages.AdoptTrainingPlanResponse:
    """Adopt the yearly plan of a body, or of the city (CBZ 2019 No. 7, 2)."""
    admit(TRAINING_PLAN.ADOPT_TRAINING_PLAN, Organiser(tx, request.body_id), node=tx.node)
    require((without_target,), PlanFacts(tx, request))
    plan_id = f"{request.body_id or tx.node}/{request.year}"
    if tx.find(TrainingPlan, plan_id):
        raise Exists(
            "PLAN_EXISTS",
            f"there is a training plan for {request.year}; amend it",
            f"{request.year}年度培训计划已经制定，可以修改",
            plan_id=plan_id,
        )
    plan = messages.TrainingPlan(
        plan_id=plan_id,
        node=tx.node,
        body_id=request.body_id,
        year=request.year,
        goal=request.goal,
        items=request.items,
        adopt_time=tx.now,
        version=1,
    )
    tx.add(TrainingPlan.new(plan_id=plan_id, **plan_values(plan)))
    announce(tx, events.TrainingPlanAdopted(plan=plan), plan_id)
    return messages.AdoptTrainingPlanResponse(plan=plan)


@write(loads=(TrainingPlan, "plan_id"))
def amend_training_plan(
    request: messages.AmendTrainingPlanRequest, tx: Tx
) -> messages.AmendTrainingPlanResponse:
    """Put a new goal and new items in place of the old (CBZ 2019 No. 7, 2)."""
    row = own(tx, TrainingPlan, request.plan_id)
    require((without_target,), PlanFacts(tx, request))
    plan = messages.TrainingPlan.FromString(row.record)
    plan.goal = request.goal
    del plan.items[:]
    plan.items.extend(request.items)
    plan.version += 1
    change(row, plan_values(plan))
    announce(tx, events.TrainingPlanAdopted(plan=plan), plan.plan_id)
    return messages.AmendTrainingPlanResponse(plan=plan)
