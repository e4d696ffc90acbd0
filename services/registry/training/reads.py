"""What was held and attended, as it is read."""

from yifa.registry.v1 import training_pb2 as messages

from services.kit.rpc import read
from services.kit.view import View
from services.registry.attendance.model import ATTENDANCES, Attendance, attendance_proto
from services.registry.training.model import TRAININGS, Training


@read
def get_training(request: messages.GetTrainingRequest, view: View) -> messages.GetTrainingResponse:
    """One training, and a page of its attendance by officer."""
    wanted = request.training_id
    row = view.get(TRAININGS.where(Training.training_id == wanted), "Training", wanted)
    came = ATTENDANCES.where(Attendance.training_id == wanted)
    rows, token = view.page(came, (Attendance.officer_id,), request.page_size, request.page_token)
    return messages.GetTrainingResponse(
        training=messages.Training.FromString(row.record),
        attendances=map(attendance_proto, rows),
        next_page_token=token,
    )


@read
def list_trainings(request: messages.ListTrainingsRequest, view: View) -> messages.ListTrainingsResponse:
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
    return messages.ListTrainingsResponse(trainings=trainings, next_page_token=token)
