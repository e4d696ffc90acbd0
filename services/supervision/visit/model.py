"""Visits of departments to enterprises that were no inspections."""

from datetime import datetime

from sqlmodel import Field

from services.kit.store import Instant
from services.supervision.row import Row


class VisitView(Row, table=True):
    """One visit; `record` is a yifa.enforcement.v1.Visit."""

    visit_id: str = Field(primary_key=True)
    node: str
    credit_code: str = Field(index=True)
    visit_time: datetime = Field(sa_type=Instant)
    record: bytes
