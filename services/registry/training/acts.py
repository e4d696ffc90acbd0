"""Training: scheduled, held, attended, closed; at the department for its people, at the city for all."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import quota_pb2 as quotas
from yifa.registry.v1 import training_pb2 as messages
from yifa.registry.v1 import training_plan_pb2 as training_plans

from services.kit.refusal import Exists, Malformed, Missing
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.training import TRAINING
from services.registry.attendance.model import Attendance
from services.registry.body.model import Body
from services.registry.head_training.clock import follow
from services.registry.lawful import step
from services.registry.officer.model import Officer
from services.registry.officer_year.credit import credit
from services.registry.officer_year.model import OfficerYear
from services.registry.quota.counting import counted
from services.registry.quota.model import year_quota_proto
from services.registry.request import announce, change, moment_in, own
from services.registry.training.facts import TrainingFacts
from services.registry.training.model import Training, training_values, year_of
from services.registry.training.record import proceed
from services.registry.training_plan.model import TrainingPlan


@write(loads=((Body, "body_id"), (TrainingPlan, "plan_id")))
def schedule_training(request: messages.ScheduleTrainingRequest, tx: Tx) -> messages.ScheduleTrainingResponse:
    """Set a training: topic, time, place, teacher, people (CITY-ERS 3(9))."""
    begins = moment_in(request, "start_time", tx.now)
    check_plan(tx, request)
    training = messages.Training(
        training_id=tx.new_id("T-"),
        node=tx.node,
        body_id=request.body_id,
        unit=request.unit,
        plan_id=request.plan_id,
        plan_item=request.plan_item,
        kind=request.kind,
        topic=request.topic,
        start_time=begins,
        place=request.place,
        teacher=request.teacher,
        hours=request.hours,
        half_days=request.half_days,
        version=1,
    )
    state = step(TRAINING.SCHEDULE_TRAINING, "", TrainingFacts(tx, training), node=tx.node)
    training.state = messages.TrainingState.Value(f"TRAINING_STATE_{state}")
    tx.add(Training.new(training_id=training.training_id, **training_values(training)))
    announce(tx, events.TrainingScheduled(training=training), training.training_id)
    return messages.ScheduleTrainingResponse(training=training)


@write(loads=(Training, "training_id"))
def record_attendance(request: messages.RecordAttendanceRequest, tx: Tx) -> messages.RecordAttendanceResponse:
    """Take the attendance of some officers, and credit those who came (CITY-ERS 3(9), 3(11))."""
    row = own(tx, Training, request.training_id)
    training = messages.Training.FromString(row.record)
    begins = training.start_time.ToDatetime(tzinfo=UTC)
    first = row.state == "SCHEDULED"
    proceed(
        training, row, TRAINING.RECORD_ATTENDANCE, TrainingFacts(tx, training, listed=request.attendances)
    )
    officers = listed(tx, training, request.attendances)
    tx.load(OfficerYear, [f"{o.officer_id}/{year_of(begins)}/{tx.node}" for o in officers])
    for officer, came in zip(officers, request.attendances, strict=True):
        tx.add(new_attendance(training.training_id, came))
        if came.attended and officer.node == tx.node:
            attended(tx, officer, training, begins)
        follow(tx, officer.officer_id)
    came = sum(a.attended for a in request.attendances)
    training.attended += came
    training.absent += len(request.attendances) - came
    training.version += 1
    change(row, training_values(training))
    quota = counted(tx, training, begins) if first else None
    tell(tx, training, officers, request.attendances, quota and year_quota_proto(quota))
    return messages.RecordAttendanceResponse(training=training)


@write(loads=(Training, "training_id"))
def close_training(request: messages.CloseTrainingRequest, tx: Tx) -> messages.CloseTrainingResponse:
    """Put on record what came of a training (CITY-ERS 3(9))."""
    row = own(tx, Training, request.training_id)
    training = messages.Training.FromString(row.record)
    proceed(training, row, TRAINING.CLOSE_TRAINING, TrainingFacts(tx, training))
    training.effect = request.effect
    training.version += 1
    change(row, training_values(training))
    announce(tx, events.TrainingClosed(training=training), training.training_id)
    return messages.CloseTrainingResponse(training=training)


@write(loads=(Training, "training_id"))
def cancel_training(request: messages.CancelTrainingRequest, tx: Tx) -> messages.CancelTrainingResponse:
    """Call off a training that was not held (CBZ 2019 No. 7, 2)."""
    row = own(tx, Training, request.training_id)
    training = messages.Training.FromString(row.record)
    proceed(training, row, TRAINING.CANCEL_TRAINING, TrainingFacts(tx, training))
    training.cancel_cause = request.cause
    training.version += 1
    change(row, training_values(training))
    announce(tx, events.TrainingCancelled(training=training), training.training_id)
    return messages.CancelTrainingResponse(training=training)


def check_plan(tx: Tx, request: messages.ScheduleTrainingRequest) -> None:
    """Raise Malformed unless the plan and the item that a training carries out are there."""
    if not request.plan_id:
        if request.plan_item:
            raise Malformed({"plan_item": ("names an item of no plan", "未指明培训计划")})
        return
    plan = training_plans.TrainingPlan.FromString(own(tx, TrainingPlan, request.plan_id).record)
    if request.plan_item > len(plan.items):
        raise Malformed(
            {"plan_item": (f"the plan has {len(plan.items)} items", f"计划只有{len(plan.items)}项")}
        )


def listed(tx: Tx, training: messages.Training, attendances: Iterable[messages.Attendance]) -> list[Officer]:
    """The officers of a list, each new to the training. Raises Malformed, Missing, Exists."""
    ids = [a.officer_id for a in attendances]
    if len(set(ids)) < len(ids):
        raise Malformed({"attendances": ("names an officer twice", "同一人员重复登记")})
    tx.load(Officer, ids)
    tx.load(Attendance, [f"{training.training_id}/{i}" for i in ids])
    for officer_id in ids:
        if tx.find(Attendance, f"{training.training_id}/{officer_id}"):
            raise Exists(
                "ATTENDANCE_RECORDED",
                "the attendance of this officer is on record already",
                "该人员的到课情况已经登记",
                officer_id=officer_id,
            )
    officers = [tx.get(Officer, i) for i in ids]
    for officer in officers:
        if tx.node not in (officer.node, tx.city):
            raise Missing("Officer", officer.officer_id)
    return officers


def new_attendance(training_id: str, came: messages.Attendance) -> Attendance:
    return Attendance.new(
        key=f"{training_id}/{came.officer_id}",
        training_id=training_id,
        officer_id=came.officer_id,
        attended=came.attended,
        score=came.score if came.HasField("score") else None,
    )


def attended(tx: Tx, officer: Officer, training: messages.Training, begins: datetime) -> None:
    credit(
        tx,
        officer,
        year_of(begins),
        course=training.topic,
        hours=training.hours,
        half_days=training.half_days,
        sessions=1,
    )


def tell(
    tx: Tx,
    training: messages.Training,
    officers: Iterable[Officer],
    attendances: Iterable[messages.Attendance],
    quota: quotas.YearQuota | None,
) -> None:
    """Announce attendance: a department's to the city, the city's to each department for its own people."""
    if tx.node != tx.city:
        event = events.TrainingHeld(training=training, attendances=attendances, quota=quota)
        tx.emit(event, subject=training.training_id)
        return
    by_node: dict[str, list[messages.Attendance]] = defaultdict(list)
    for officer, came in zip(officers, attendances, strict=True):
        by_node[officer.node].append(came)
    for node, theirs in by_node.items():
        event = events.TrainingHeld(training=training, attendances=theirs, quota=quota)
        tx.emit(event, subject=training.training_id, to=node)
