"""What bodies have to hold in a year, as their departments tell of it."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.kit.store import Instant
from services.supervision.row import Row


class BodyQuota(Row, table=True):
    """A quota of a year: `meet_time` is when it was met. A replica."""

    kept: ClassVar[bool] = True
    key: str = Field(primary_key=True)  # clock/subject/year
    clock_id: str
    subject_id: str
    node: str
    year: int = Field(index=True)
    needed: int
    done: int
    law: str = ""
    meet_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
