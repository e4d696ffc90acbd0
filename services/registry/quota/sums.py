"""The training of a year, added up by officer."""

from typing import Any

from sqlalchemy import BigInteger, and_, cast, func, select

from services.registry.officer.model import Officer
from services.registry.officer_year.model import OfficerYear

# Who is to be trained.
AT_WORK = (Officer.leave_time.is_(None),)


def whole(sums: Any) -> Any:
    """A sum of sums as a whole number; PostgreSQL makes it a decimal."""
    return cast(func.sum(sums), BigInteger)


def summed(column: Any, name: str) -> Any:
    return func.coalesce(func.sum(column), 0).label(name)


def by_officer(year: int) -> Any:
    """Officers at work, each with the training of a year, from whatever department it came."""
    return (
        select(
            Officer.officer_id,
            Officer.name,
            Officer.body_id,
            Officer.node,
            Officer.unit,
            summed(OfficerYear.hours, "hours"),
            summed(OfficerYear.half_days, "half_days"),
            summed(OfficerYear.sessions, "sessions"),
        )
        .outerjoin(OfficerYear, and_(OfficerYear.officer_id == Officer.officer_id, OfficerYear.year == year))
        .where(*AT_WORK)
        .group_by(Officer.officer_id)
    )
