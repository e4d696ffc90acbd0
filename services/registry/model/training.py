"""Training and the study of law, as they are kept and as they go on the wire.

`record` holds the message of the same name; the columns beside it are what is searched and summed.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field
from yifa.law.v1 import law_pb2
from yifa.registry.v1 import training_pb2 as messages

from services.kit.store import Instant
from services.law.citation import cite
from services.registry.model.base import Row
from services.registry.rules import CHINA


class TrainingPlan(Row, table=True):
    plan_id: str = Field(primary_key=True)
    node: str
    year: int
    version: int
    record: bytes


class Training(Row, table=True):
    """A training counts for the year in which it begins."""

    __table_args__ = (Index("ix_training_year_body", "year", "body_id"),)

    training_id: str = Field(primary_key=True)
    node: str
    body_id: str
    unit: str
    plan_id: str = Field(index=True)
    year: int
    kind: int
    state: str
    version: int
    record: bytes


class Attendance(Row, table=True):
    """Whether an officer came; the key is `training_id/officer_id`."""

    __table_args__ = (Index("ix_attendance_training", "training_id", "officer_id"),)

    key: str = Field(primary_key=True)
    training_id: str
    officer_id: str = Field(index=True)
    attended: bool
    score: int | None = None


class OfficerYear(Row, table=True):
    """What one department did for an officer in a year; the key is `officer_id/year/node`."""

    __table_args__ = (Index("ix_officer_year_officer", "officer_id", "year"),)

    key: str = Field(primary_key=True)
    officer_id: str
    node: str
    year: int
    hours: int = 0
    half_days: int = 0
    sessions: int = 0
    evaluation: int = 0
    version: int = 0


class LawStudy(Row, table=True):
    study_id: str = Field(primary_key=True)
    year: int = Field(index=True)
    version: int = 1
    record: bytes


class YearQuota(Row, table=True):
    """What must be held in a year; the key is `clock_id/subject_id/year`, `next_time` when it reminds or falls due."""

    key: str = Field(primary_key=True)
    clock_id: str
    subject_id: str
    node: str
    year: int = Field(index=True)
    needed: int
    done: int = 0
    state: str = "RUNNING"
    law: str
    due_time: datetime = Field(sa_type=Instant)
    meet_time: datetime | None = Field(default=None, sa_type=Instant)
    next_time: datetime | None = Field(default=None, sa_type=Instant, index=True)
    version: int = 0


def year_of(at: datetime) -> int:
    """The year that a moment belongs to (Asia/Shanghai)."""
    return at.astimezone(CHINA).year


def plan_values(plan: messages.TrainingPlan) -> dict[str, Any]:
    return {
        "node": plan.node,
        "year": plan.year,
        "version": plan.version,
        "record": plan.SerializeToString(),
    }


def training_values(training: messages.Training) -> dict[str, Any]:
    return {
        "node": training.node,
        "body_id": training.body_id,
        "unit": training.unit,
        "plan_id": training.plan_id,
        "year": year_of(training.start_time.ToDatetime(tzinfo=UTC)),
        "kind": training.kind,
        "state": messages.TrainingState.Name(training.state).removeprefix("TRAINING_STATE_"),
        "version": training.version,
        "record": training.SerializeToString(),
    }


def study_values(study: messages.LawStudy) -> dict[str, Any]:
    held = study.hold_time.ToDatetime(tzinfo=UTC)
    return {"year": year_of(held), "version": 1, "record": study.SerializeToString()}


def attendance_proto(row: Any) -> messages.Attendance:
    return messages.Attendance(officer_id=row.officer_id, attended=row.attended, score=row.score)


def officer_year_proto(row: Any) -> messages.OfficerYear:
    return messages.OfficerYear(
        officer_id=row.officer_id,
        node=row.node,
        year=row.year,
        hours=row.hours,
        half_days=row.half_days,
        sessions=row.sessions,
        evaluation=row.evaluation,
        version=row.version,
    )


def year_quota_proto(row: Any) -> messages.YearQuota:
    return messages.YearQuota(
        clock_id=row.clock_id,
        subject_id=row.subject_id,
        year=row.year,
        needed=row.needed,
        done=row.done,
        state=f"YEAR_QUOTA_STATE_{row.state}",
        due_time=row.due_time,
        meet_time=row.meet_time,
        citation=citation_proto(row.law),
        node=row.node,
        version=row.version,
    )


def citation_proto(code: str) -> law_pb2.Citation:
    law = cite(code)
    return law_pb2.Citation(code=law.code, text_zh=law.text_zh, text_en=law.text_en)
