"""Training, as it is kept and as it goes on the wire.

`record` holds the message; the columns beside it are what is searched and summed.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Index, select
from sqlmodel import Field
from yifa.law.v1 import law_pb2
from yifa.registry.v1 import training_pb2 as messages

from services.law.calendar import SHANGHAI
from services.law.citation import cite
from services.registry.row import Row


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


def year_of(at: datetime) -> int:
    """The year that a moment belongs to (Asia/Shanghai)."""
    return at.astimezone(SHANGHAI).year


def citation_proto(code: str) -> law_pb2.Citation:
    law = cite(code)
    return law_pb2.Citation(code=law.code, text_zh=law.text_zh, text_en=law.text_en)


TRAININGS = select(Training.training_id, Training.record)
