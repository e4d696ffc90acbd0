"""The requests for instructions about records of this department, as the city told of them. A replica."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import Instant
from services.law.procedures.important_matter import waiting


class ImportantMatter(Row, table=True):
    """A request that was sent to the superior: the record that it is about waits from `ask_time` to `end_time`."""

    matter_id: str = Field(primary_key=True)
    record_id: str = Field(index=True)
    ask_time: datetime | None = Field(default=None, sa_type=Instant)
    end_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = Field(sa_type=BigInteger)


def awaited(look: Any, record_id: str, at: datetime | None = None) -> tuple[str, ...]:
    """The requests about a record that wait for their reply now, or waited at a moment. `look` is a transaction or a view."""
    return waiting(look.among(ImportantMatter, "record_id", [record_id]) if record_id else (), at)
