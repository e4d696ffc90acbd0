"""The yearly plans of training, as they are read."""

from yifa.registry.v1 import training_pb2 as messages
from yifa.registry.v1 import training_plan_pb2 as training_plans

from services.kit.rpc import read
from services.kit.view import View
from services.registry.training.model import TRAININGS, Training
from services.registry.training_plan.model import PLANS, TrainingPlan


@read
def get_training_plan(
    request: training_plans.GetTrainingPlanRequest, view: View
) -> training_plans.GetTrainingPlanResponse:
    """One plan, with the trainings that carry it out."""
    wanted = request.plan_id
    row = view.get(PLANS.where(TrainingPlan.plan_id == wanted), "TrainingPlan", wanted)
    held = view.rows(TRAININGS.where(Training.plan_id == wanted).order_by(Training.training_id).limit(1000))
    return training_plans.GetTrainingPlanResponse(
        plan=training_plans.TrainingPlan.FromString(row.record),
        trainings=[messages.Training.FromString(t.record) for t in held],
    )


@read
def list_training_plans(
    request: training_plans.ListTrainingPlansRequest, view: View
) -> training_plans.ListTrainingPlansResponse:
    statement = PLANS.where(TrainingPlan.year == request.year) if request.year else PLANS
    rows, token = view.page(statement, (TrainingPlan.plan_id,), request.page_size, request.page_token)
    plans = [training_plans.TrainingPlan.FromString(row.record) for row in rows]
    return training_plans.ListTrainingPlansResponse(plans=plans, next_page_token=token)
