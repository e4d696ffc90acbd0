"""The tasks of law-based government, newest first."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import work_task_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.law.moment import moment_of
from services.law.procedures.work_task import TABLE
from services.supervision.body.model import Body
from services.supervision.counts import count
from services.supervision.normative_document.seen import own
from services.supervision.work_task.model import WorkTask

BODIES: Any = Body.__table__  # type: ignore[attr-defined]
WAITS = frozenset({pb.WORK_TASK_STATE_ASSIGNED, pb.WORK_TASK_STATE_RETURNED})
TASKS: Any = WorkTask.__table__  # type: ignore[attr-defined]
NEWEST_FIRST = (TASKS.c.assign_time.desc(), TASKS.c.task_id.desc())


@read
def get_work_task(request: pb.GetWorkTaskRequest, view: View) -> pb.GetWorkTaskResponse:
    """A task, and the methods that its state leaves open; a department sees its own. Raises Missing."""
    wanted = [TASKS.c.task_id == request.task_id, *own(view, TASKS)]
    row = view.one(select(TASKS.c.record, TASKS.c.state).where(*wanted))
    if row is None:
        raise Missing("WorkTask", request.task_id)
    open_here = (m.method for m in TABLE.open(row.state))
    answer = pb.GetWorkTaskResponse(open_acts=list(dict.fromkeys(open_here)))
    answer.work_task.ParseFromString(row.record)
    return answer


@read
def list_work_tasks(request: pb.ListWorkTasksRequest, view: View) -> pb.ListWorkTasksResponse:
    """Tasks, newest first; a department sees its own. Refuses with BAD_PAGE_TOKEN."""
    state = pb.WorkTaskState.Name(request.state).removeprefix("WORK_TASK_STATE_")
    asked = (
        (request.node, TASKS.c.node == request.node),
        (request.state, TASKS.c.state == state),
        (request.kind, TASKS.c.kind == request.kind),
        (request.year, TASKS.c.year == request.year),
        (request.body_id, TASKS.c.body_id == request.body_id),
    )
    wanted = [*own(view, TASKS), *(condition for said, condition in asked if said)]
    found = select(TASKS.c.record, TASKS.c.assign_time, TASKS.c.task_id).where(*wanted)
    rows, token = view.page(found, NEWEST_FIRST, request.page_size, request.page_token)
    listed = pb.ListWorkTasksResponse(next_page_token=token, total=count(view, TASKS, wanted))
    for row in rows:
        listed.work_tasks.add().ParseFromString(row.record)
    return listed


@read
def list_work_task_units(request: pb.ListWorkTaskUnitsRequest, view: View) -> pb.ListWorkTaskUnitsResponse:
    """How far every unit is with its tasks of a kind and year, and which has none; a department sees its own."""
    its = (TASKS.c.kind == request.kind, TASKS.c.year == request.year, TASKS.c.state != "WITHDRAWN")
    of_unit: defaultdict[str, list[pb.WorkTask]] = defaultdict(list)
    for row in view.rows(select(TASKS.c.body_id, TASKS.c.record).where(*own(view, TASKS), *its)):
        of_unit[row.body_id].append(pb.WorkTask.FromString(row.record))
    standing = (BODIES.c.confirmed.is_(True), BODIES.c.from_time.is_not(None), BODIES.c.until_time.is_(None))
    bodies = select(BODIES.c.body_id, BODIES.c.name, BODIES.c.node).where(*own(view, BODIES), *standing)
    listed = pb.ListWorkTaskUnitsResponse()
    for body in view.rows(bodies.order_by(BODIES.c.body_id)):
        tasks = of_unit[body.body_id]
        listed.units.add(
            body_id=body.body_id,
            body_name=body.name,
            node=body.node,
            assigned=len(tasks),
            reported=sum(t.state == pb.WORK_TASK_STATE_REPORTED for t in tasks),
            accepted=sum(t.state == pb.WORK_TASK_STATE_ACCEPTED for t in tasks),
            overdue=sum(t.state in WAITS and moment_of(t.due_time) < view.now for t in tasks),
        )
    return listed
