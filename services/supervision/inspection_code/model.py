"""The codes that the city gave for inspections."""

from datetime import datetime

from sqlmodel import Field

from services.kit.store import Instant
from services.supervision.row import Row


class InspectionCode(Row, table=True):
    """One code, given for one inspection."""

    code: str = Field(primary_key=True)
    inspection_id: str = Field(unique=True)
    node: str
    valid_from: datetime = Field(sa_type=Instant)
    valid_until: datetime = Field(sa_type=Instant)
    record: bytes


class CodeSeries(Row, table=True):
    """The last number that was given out in an area on a day."""

    series: str = Field(primary_key=True)
    last: int
