"""The yearly plans of training, as they are read."""

from yifa.registry.v1 import training_pb2 as messages
from yifa.registry.v1 import training_requests_pb2 as asked

from services.kit.rpc import read
from services.kit.view import View
from services.registry.training.model import TRAININGS, Training
from services.registry.training_plan.model import PLANS, TrainingPlan


@read
def get_training_plan(request: asked.GetTrainingPlanRequest, view: View) -> asked.GetTrainingPlanResponse:
    """One plan, with the trainings that carry it out."""
    wanted = request.plan_id
    row = view.get(PLANS.where(TrainingPlan.plan_id == wanted), "TrainingPlan", wanted)
    held = view.rows(TRAININGS.where(Training.plan_id == wanted).order_by(Training.training_id).limit(1000))
    return asked.GetTrainingPlanResponse(
        plan=messages.TrainingPlan.FromString(row.record),
        trainings=[messages.Training.FromString(t.record) for t in held],
    )


@read
def list_training_plans(
    request: asked.ListTrainingPlansRequest, view: View
) -> asked.ListTrainingPlansResponse:
    statement = PLANS.where(TrainingPlan.year == request.year) if request.year else PLANS
    rows, token = view.page(statement, (TrainingPlan.plan_id,), request.page_size, request.page_token)
    plans = [messages.TrainingPlan.FromString(row.record) for row in rows]
    return asked.ListTrainingPlansResponse(plans=plans, next_page_token=token)
