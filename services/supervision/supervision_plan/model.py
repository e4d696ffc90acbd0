"""Plans of supervision, and special actions."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import supervision_plan_pb2 as pb

from services.kit.store import Instant
from services.supervision.row import Row


class SupervisionPlan(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.SupervisionPlan."""

    __table_args__ = (Index("supervisionplan_draft", "draft_time", "plan_id"),)

    plan_id: str = Field(primary_key=True)
    state: str = ""
    kind: int = 0
    year: int = Field(default=0, index=True)
    draft_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    def plan(self) -> pb.SupervisionPlan:
        return pb.SupervisionPlan.FromString(self.record)
