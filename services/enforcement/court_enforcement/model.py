"""Enforcements by the court: the columns they are searched by, and what of a case they show."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, select
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import since
from services.law.procedures.court_enforcement.recorded import AT_COURT, ENDED, SHOWS


class CourtEnforcement(Row, table=True):
    """One enforcement: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.CourtEnforcement."""

    __table_args__ = (Index("court_enforcement_waiting", "state", "since", "enforcement_id"),)

    enforcement_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    case_number: str = ""
    state: str
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    record: bytes


def rows_of(look: Any, case_id: str) -> list[Any]:
    """The rows of those of a case, the first first. `look` is a transaction or a view."""
    its = select(CourtEnforcement).where(CourtEnforcement.case_id == case_id)
    return list(look.query(its.order_by(CourtEnforcement.enforcement_id)))


def under_way(look: Any, case_id: str) -> list[str]:
    """Those of a case that are not at an end, by their ids."""
    return [row.enforcement_id for row in rows_of(look, case_id) if row.state not in ENDED]


def before_the_court(look: Any, case_id: str) -> bool:
    """Whether the court was applied to in a case and has not said the last word."""
    return any(row.state in AT_COURT for row in rows_of(look, case_id))


def enforced(look: Any, case_id: str, ground: int) -> bool:
    """Whether the court's part in a case shows a ground to close it."""
    return any(row.state in SHOWS.get(ground, frozenset()) for row in rows_of(look, case_id))
