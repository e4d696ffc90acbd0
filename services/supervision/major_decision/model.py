"""Major decisions, what the public says of them, and who answers for what, for life."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row


class MajorDecision(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.MajorDecision.

    nodes: those of the unit that prepares it and of the bodies that carry it out, each between bars. catalogued: whether it is
    on the catalogue. public_time: when it was published, None while it is none of the public's. turn_time: when
    somebody is reminded of a report, None when that was done.
    """

    __table_args__ = (
        Index("majordecision_listed", "list_time", "decision_id"),
        Index("majordecision_public", "public_time", "decision_id"),
        Index("majordecision_year", "year", "list_time", "decision_id"),
        Index("major_decision_waiting", "state", "since", "decision_id"),
    )

    decision_id: str = Field(primary_key=True)
    state: str = Field(default="", index=True)
    body_id: str = Field(default="", index=True)
    nodes: str = ""
    year: int = 0
    title: str = ""
    catalogued: bool = False
    list_time: datetime = Field(sa_type=Instant)
    public_time: datetime | None = Field(default=None, sa_type=Instant)
    report_due_time: datetime | None = Field(default=None, sa_type=Instant)
    turn_time: datetime | None = Field(default=None, sa_type=Instant, index=True)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    def decision(self) -> pb.MajorDecision:
        return pb.MajorDecision.FromString(self.record)


class DecisionComment(Row, table=True):
    """A comment; `record` is a yifa.supervision.v1.DecisionComment. Who made it is not kept."""

    comment_id: str = Field(primary_key=True)
    decision_id: str = Field(index=True)
    comment_time: datetime = Field(sa_type=Instant)
    answered: bool = False
    record: bytes


class DecisionResponsibility(Row, table=True):
    """What somebody did in a decision: written once, kept for life (MDR 38(2)).

    `record` is a yifa.supervision.v1.DecisionResponsibility.
    """

    __table_args__ = (Index("decisionresponsibility_person", "person", "done_time", "key"),)

    key: str = Field(primary_key=True)
    person: str = ""
    decision_id: str = Field(index=True)
    done_time: datetime = Field(sa_type=Instant)
    record: bytes
