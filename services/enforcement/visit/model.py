"""Visits to enterprises that are no inspection."""

from datetime import datetime

from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import Instant


class Visit(Row, table=True):
    """One visit; `record` is a yifa.enforcement.v1.Visit."""

    visit_id: str = Field(primary_key=True)
    credit_code: str = Field(index=True)
    visit_time: datetime = Field(sa_type=Instant)
    record: bytes
