"""The requests for instructions about records of this department, as the city told of them. A replica."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field, select

from services.enforcement.row import Row
from services.kit.store import Instant


class ImportantMatter(Row, table=True):
    """A request that was sent to the superior: the record that it is about waits from `ask_time` to `end_time`."""

    matter_id: str = Field(primary_key=True)
    record_id: str = Field(index=True)
    ask_time: datetime | None = Field(default=None, sa_type=Instant)
    end_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = Field(sa_type=BigInteger)


def awaited(look: Any, record_id: str) -> tuple[str, ...]:
    """The requests about a record that wait for their reply now. `look` is a transaction or a view."""
    return tuple(sorted(row.matter_id for row in _asked(look, record_id) if row.end_time is None))


def awaited_at(look: Any, record_id: str, at: datetime) -> tuple[str, ...]:
    """Those that waited at a moment."""
    return tuple(
        sorted(
            row.matter_id
            for row in _asked(look, record_id)
            if row.ask_time <= at and (row.end_time is None or row.end_time > at)
        )
    )


def _asked(look: Any, record_id: str) -> list[Any]:
    its = select(ImportantMatter).where(
        ImportantMatter.record_id == record_id,
        ImportantMatter.ask_time.is_not(None),  # type: ignore[union-attr]
    )
    return list(look.query(its)) if record_id else []
