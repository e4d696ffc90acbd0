"""What was planned, held and attended, as it is read."""

from sqlalchemy import select
from yifa.registry.v1 import training_pb2 as messages
from yifa.registry.v1 import training_requests_pb2 as asked

from services.kit.rpc import read
from services.kit.view import View
from services.registry.model import Attendance, Training, TrainingPlan
from services.registry.model.training import attendance_proto

PLANS = select(TrainingPlan.plan_id, TrainingPlan.record)
TRAININGS = select(Training.training_id, Training.record)
ATTENDANCES = select(*Attendance.__table__.columns)


class TrainingReads:
    @read
    def GetTrainingPlan(
        self, request: asked.GetTrainingPlanRequest, view: View
    ) -> asked.GetTrainingPlanResponse:
        """One plan, with the trainings that carry it out."""
        wanted = request.plan_id
        row = view.get(PLANS.where(TrainingPlan.plan_id == wanted), "TrainingPlan", wanted)
        held = view.rows(
            TRAININGS.where(Training.plan_id == wanted).order_by(Training.training_id).limit(1000)
        )
        return asked.GetTrainingPlanResponse(
            plan=messages.TrainingPlan.FromString(row.record),
            trainings=[messages.Training.FromString(t.record) for t in held],
        )

    @read
    def ListTrainingPlans(
        self, request: asked.ListTrainingPlansRequest, view: View
    ) -> asked.ListTrainingPlansResponse:
        statement = PLANS.where(TrainingPlan.year == request.year) if request.year else PLANS
        rows, token = view.page(statement, (TrainingPlan.plan_id,), request.page_size, request.page_token)
        plans = [messages.TrainingPlan.FromString(row.record) for row in rows]
        return asked.ListTrainingPlansResponse(plans=plans, next_page_token=token)

    @read
    def GetTraining(self, request: asked.GetTrainingRequest, view: View) -> asked.GetTrainingResponse:
        """One training, and a page of its attendance by officer."""
        wanted = request.training_id
        row = view.get(TRAININGS.where(Training.training_id == wanted), "Training", wanted)
        came = ATTENDANCES.where(Attendance.training_id == wanted)
        rows, token = view.page(came, (Attendance.officer_id,), request.page_size, request.page_token)
        return asked.GetTrainingResponse(
            training=messages.Training.FromString(row.record),
            attendances=map(attendance_proto, rows),
            next_page_token=token,
        )

    @read
    def ListTrainings(self, request: asked.ListTrainingsRequest, view: View) -> asked.ListTrainingsResponse:
        statement = TRAININGS
        if request.year:
            statement = statement.where(Training.year == request.year)
        if request.body_id:
            statement = statement.where(Training.body_id == request.body_id)
        if request.state:
            state = messages.TrainingState.Name(request.state).removeprefix("TRAINING_STATE_")
            statement = statement.where(Training.state == state)
        rows, token = view.page(statement, (Training.training_id,), request.page_size, request.page_token)
        trainings = [messages.Training.FromString(row.record) for row in rows]
        return asked.ListTrainingsResponse(trainings=trainings, next_page_token=token)
