"""How much training officers had, as their departments tell of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, select
from sqlmodel import Field

from services.kit.store import Instant
from services.supervision.row import Row


class TrainedYear(Row, table=True):
    """What one department had done for an officer in a year when it told of it: one row each time, so that it is known later how
    much there was by a day. `half_days` is the sum of that year until then.
    """

    __table_args__ = (Index("trainedyear_officer", "year", "officer_id"),)

    key: str = Field(primary_key=True)  # officer/year/node/version
    officer_id: str
    year: int
    node: str
    half_days: int
    at: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger)


YEARS: Any = TrainedYear.__table__  # type: ignore[attr-defined]


def half_days_of(rows: Iterable[Any], by: datetime | None = None) -> dict[str, int]:
    """How many half days of training each officer had, at all departments together; those told by a moment, or all."""
    newest: dict[tuple[str, str], Any] = {}
    for row in rows:
        place = row.officer_id, row.node
        if (by is None or row.at < by) and (place not in newest or newest[place].version < row.version):
            newest[place] = row
    found: dict[str, int] = {}
    for row in newest.values():
        found[row.officer_id] = found.get(row.officer_id, 0) + row.half_days
    return found


def told_of(look: Any, year: int, officer_id: str = "") -> list[Any]:
    """What was told of a year, or of one officer's."""
    its = select(TrainedYear).where(YEARS.c.year == year)
    return list(look.query(its.where(YEARS.c.officer_id == officer_id) if officer_id else its))
