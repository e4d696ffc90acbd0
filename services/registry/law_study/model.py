"""The leaders' study of law, as it is kept."""

from datetime import UTC
from typing import Any

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import law_study_pb2 as messages

from services.registry.row import Row
from services.registry.training.model import year_of


class LawStudy(Row, table=True):
    study_id: str = Field(primary_key=True)
    year: int = Field(index=True)
    version: int = 1
    record: bytes


def study_values(study: messages.LawStudy) -> dict[str, Any]:
    held = study.hold_time.ToDatetime(tzinfo=UTC)
    return {"year": year_of(held), "version": 1, "record": study.SerializeToString()}


STUDIES = select(LawStudy.study_id, LawStudy.record)
