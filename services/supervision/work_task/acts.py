"""Tasks of law-based government are assigned, reported on, checked and spot-checked (CBZ-2019-7 26, 28, DL-ERS-2005)."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import work_task_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.work_task import WORK_TASK as TASK
from services.supervision.body.model import Body
from services.supervision.work_task.act import PREFIX, act


def new_task(request: pb.AssignWorkTaskRequest, tx: Tx) -> pb.WorkTask:
    body = tx.find(Body, request.body_id)
    task = pb.WorkTask(
        task_id=tx.new_id(PREFIX),
        node=body.node if body is not None else tx.city,
        body_id=request.body_id,
        body_name=body.name if body is not None else "",
        kind=request.kind,
        year=request.year,
        title=request.title.strip(),
        document_number=request.document_number.strip(),
        content=request.content,
        standard=request.standard,
        laws=request.laws,
        audience=request.audience,
        assigner=tx.caller.subject,
    )
    if request.HasField("due_time"):
        task.due_time.CopyFrom(request.due_time)
    put_moment(task.assign_time, tx.now)
    return task


def assigned(_request: Any, _task: pb.WorkTask, _do: Do) -> events.WorkTaskAssigned:
    return events.WorkTaskAssigned()


@act(TASK.ASSIGN, begins=new_task, loads=((Body, "body_id"),))
def assign_work_task(request: Any, task: pb.WorkTask, do: Do) -> events.WorkTaskAssigned:
    """Assign a task to a unit (CBZ-2019-7 26). Starts TSK-01. The unit is told."""
    return assigned(request, task, do)


@act(TASK.REPORT)
def report_work_task(request: pb.ReportWorkTaskRequest, task: pb.WorkTask, do: Do) -> events.WorkTaskReported:
    """The unit says in writing what it did, and what shows it (DL-ERS-2005). Stops TSK-01."""
    told = task.reports.add(
        report=request.report,
        proof=request.proof,
        chair=request.chair,
        minutes=request.minutes,
        reporter=do.caller,
    )
    if request.HasField("meet_time"):
        told.meet_time.CopyFrom(request.meet_time)
    put_moment(told.report_time, do.now)
    return events.WorkTaskReported()


def _looked_at(request: Any, task: pb.WorkTask, do: Do, *, spot: bool) -> Any:
    found = task.checks.add(fit=request.fit, reasons=request.reasons, checker=do.caller, spot=spot)
    put_moment(found.check_time, do.now)
    if request.fit:
        return events.WorkTaskSpotChecked() if spot else events.WorkTaskAccepted()
    task.due_time.CopyFrom(request.due_time)
    return events.WorkTaskReturned()


@act(TASK.ACCEPT, TASK.RETURN, by=lambda request, _task: TASK.ACCEPT if request.fit else TASK.RETURN)
def check_work_task(
    request: pb.CheckWorkTaskRequest, task: pb.WorkTask, do: Do
) -> events.WorkTaskAccepted | events.WorkTaskReturned:
    """Accept what was reported, or send it back to be corrected within a time (DL-ERS-2005)."""
    return _looked_at(request, task, do, spot=False)  # type: ignore[no-any-return]


@act(
    TASK.SPOT_PASS,
    TASK.SPOT_FAIL,
    by=lambda request, _task: TASK.SPOT_PASS if request.fit else TASK.SPOT_FAIL,
)
def spot_check_work_task(
    request: pb.SpotCheckWorkTaskRequest, task: pb.WorkTask, do: Do
) -> events.WorkTaskSpotChecked | events.WorkTaskReturned:
    """Look again into what was accepted; what is not fit is corrected (DL-ERS-2005)."""
    return _looked_at(request, task, do, spot=True)  # type: ignore[no-any-return]


@act(TASK.WITHDRAW)
def withdraw_work_task(
    request: pb.WithdrawWorkTaskRequest, task: pb.WorkTask, do: Do
) -> events.WorkTaskWithdrawn:
    """Withdraw a task that is not reported on. Stops TSK-01."""
    task.withdraw_reasons, task.withdrawer = request.reasons, do.caller
    put_moment(task.withdraw_time, do.now)
    return events.WorkTaskWithdrawn()
