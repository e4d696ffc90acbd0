"""Tasks of law-based government that are assigned to units."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import work_task_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row


class WorkTask(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.WorkTask."""

    __table_args__ = (
        Index("worktask_assign", "assign_time", "task_id"),
        Index("worktask_body", "body_id", "document_number"),
        Index("work_task_waiting", "state", "since", "task_id"),
    )

    task_id: str = Field(primary_key=True)
    state: str = ""
    kind: int = 0
    year: int = 0
    node: str = Field(default="", index=True)
    body_id: str = ""
    document_number: str = ""
    assign_time: datetime = Field(sa_type=Instant)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    @property
    def subject(self) -> str:
        return self.task_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names whose task it is."""
        return {"body_id": self.body_id}

    def case(self) -> None:
        """A warning about a task carries no case."""
        return None

    def task(self) -> pb.WorkTask:
        return pb.WorkTask.FromString(self.record)
