"""The acts of a task: bound to its procedure, its table, its clock and its facts."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import work_task_pb2 as pb

from services.kit.tx import Tx
from services.law.moment import moment_at, moment_of
from services.law.procedures.work_task import CLOCK, SPOT_CHECK, WORK_TASK
from services.supervision.deadline.following import follow
from services.supervision.deadline.model import Clock
from services.supervision.deadline.reminding import Reminding
from services.supervision.told_unit import ToldUnit
from services.supervision.warning.own_clock import look_at_own
from services.supervision.work_task.facts import Tasked
from services.supervision.work_task.model import WorkTask

PREFIX = "WT-"
_STATES = {n: name.removeprefix("WORK_TASK_STATE_") for name, n in pb.WorkTaskState.items()}


def judge(tx: Tx, task_id: str, *, again: bool = False) -> None:
    """Bring the warnings about a task that is not done, and about one that nobody looked into again, in line (EW-02)."""
    row = tx.get(WorkTask, task_id)
    for clock_id in (CLOCK, SPOT_CHECK):
        look_at_own(tx, row, clock_id, row.node, again=again)


def conditions(task: pb.WorkTask) -> frozenset[str]:
    """That the responsibility system of a unit is accepted: what was accepted is spot-checked (DL-ERS-2005)."""
    return frozenset({"acceptance"} if task.kind == pb.WORK_TASK_KIND_ACCEPTANCE else ())


def columns(task: pb.WorkTask) -> dict[str, Any]:
    return {
        "state": _STATES[task.state],
        "kind": task.kind,
        "year": task.year,
        "node": task.node,
        "body_id": task.body_id,
        "document_number": task.document_number,
        "assign_time": moment_of(task.assign_time),
        "version": task.version,
    }


def follow_due(tx: Tx, task: pb.WorkTask) -> None:
    """The term is what the task, or who sent it back, says."""
    follow(tx, task, task.task_id, CLOCK, moment_at(task, "due_time"))


def then(tx: Tx, record: Any, _event: Any) -> None:
    """The early warnings look at what was done."""
    judge(tx, record.task_id)


act = ToldUnit(
    row=WorkTask,
    record=pb.WorkTask,
    key="task_id",
    procedure=WORK_TASK,
    facts=Tasked,
    columns=columns,
    clocks=Clock,
    conditions=conditions,
    tags=("task_id",),
    follow=follow_due,
    then=then,
)
TERMS = Reminding(act, judge, events.WorkTaskReminded)
