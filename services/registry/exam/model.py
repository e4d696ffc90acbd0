"""Exams and entries, as they are kept and as they go on the wire.

`record` holds the message, the columns are what is searched.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, select
from sqlmodel import Field
from yifa.registry.v1 import exam_pb2 as messages

from services.kit.store import Instant, JsonList
from services.registry.row import Row


class Exam(Row, table=True):
    exam_id: str = Field(primary_key=True)
    state: str
    version: int
    record: bytes


class ExamEntry(Row, table=True):
    """One officer in one exam; the key is `exam_id/officer_id`, or an id of its own for a result without a session."""

    __table_args__ = (
        Index("ix_exam_entry_exam", "exam_id", "officer_id"),
        Index("ix_exam_entry_state", "state", "update_time"),
    )

    entry_id: str = Field(primary_key=True)
    exam_id: str
    officer_id: str = Field(index=True)
    node: str
    state: str
    general_score: int = 0
    special_score: int = 0
    refusals: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    update_time: datetime = Field(sa_type=Instant)
    version: int = 1


def exam_values(exam: messages.Exam) -> dict[str, Any]:
    return {
        "state": messages.ExamState.Name(exam.state).removeprefix("EXAM_STATE_"),
        "version": exam.version,
        "record": exam.SerializeToString(),
    }


def exam_entry_proto(row: Any) -> messages.ExamEntry:
    return messages.ExamEntry(
        entry_id=row.entry_id,
        exam_id=row.exam_id,
        officer_id=row.officer_id,
        node=row.node,
        state=f"EXAM_ENTRY_STATE_{row.state}",
        general_score=row.general_score,
        special_score=row.special_score,
        refusals=row.refusals,
        update_time=row.update_time,
        version=row.version,
    )


EXAMS = select(Exam.exam_id, Exam.record)
ENTRIES = select(*ExamEntry.__table__.columns)
