"""The facts of a task: the record with what the act hands in, and what the city knows of units and people."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import work_task_pb2 as pb

from services.law.fine_target import sets_target, speaks_of_fines
from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.work_task import TaskKind, WorkTaskFacts, WorkTaskRecord
from services.law.process import Move
from services.law.rule import fact
from services.supervision.body.model import Body
from services.supervision.body.people import people_of
from services.supervision.complaint.facts import word
from services.supervision.normative_document.maker import acts_for
from services.supervision.work_task.model import WorkTask


def record_of(task: pb.WorkTask, request: Any, caller: str) -> WorkTaskRecord:
    said = request if isinstance(request, pb.ReportWorkTaskRequest) else pb.ReportWorkTaskRequest()
    ordering = isinstance(request, pb.CheckWorkTaskRequest | pb.SpotCheckWorkTaskRequest)
    return WorkTaskRecord(
        kind=word(pb.WorkTaskKind, task.kind, "WORK_TASK_KIND_", TaskKind),
        year=task.year,
        title=task.title,
        document=task.document_number,
        content=task.content,
        standard=task.standard,
        laws=tuple(task.laws),
        audience=task.audience,
        due_time=moment_at(request if ordering else task, "due_time"),
        report=said.report,
        proof=said.proof,
        meet_time=moment_at(said, "meet_time"),
        chair=said.chair,
        minutes=said.minutes,
        reporters=tuple(each.reporter for each in task.reports),
        caller=caller,
        reasons=str(getattr(request, "reasons", "")),
    )


@whole
class Tasked(WorkTaskFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, task: pb.WorkTask, look: Any, _move: Move, request: Any = None) -> None:
        self.task, self.look, self.now = task, look, look.now
        self.record = record_of(task, request, str(look.caller.subject))

    def at(self) -> datetime:
        return self.look.now  # type: ignore[no-any-return]

    @fact
    def body_known(self) -> bool:
        body = self.look.find(Body, self.task.body_id)
        return body is not None and bool(body.confirmed) and body.from_time is not None

    def of_government(self) -> bool:
        return not self.task.body_id

    @fact
    def assigned_already(self) -> bool:
        its = select(WorkTask).where(
            WorkTask.body_id == self.task.body_id,
            WorkTask.document_number == self.task.document_number,
            WorkTask.task_id != self.task.task_id,
            WorkTask.state != "WITHDRAWN",
        )
        return any(row.task().title == self.task.title for row in self.look.query(its))

    def fine_target(self) -> bool:
        """By the words of all that it says."""
        said = (self.record.title, self.record.content, self.record.standard)
        return bool(sets_target(*said) or speaks_of_fines(*said))

    def of_body(self) -> bool:
        return acts_for(self.look, self.task.body_id)

    @fact
    def people_of_body(self) -> frozenset[str]:
        return people_of(self.look, self.task.body_id)
