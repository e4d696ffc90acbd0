"""Enforcements by the agency itself: the columns they are searched by, and what of a case they show."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, select
from sqlmodel import Field
from yifa.enforcement.v1 import enforcement_pb2 as pb

from services.enforcement.row import Row
from services.kit.store import since
from services.law.procedures.enforcement.recorded import ENDED, of_duty


class Enforcement(Row, table=True):
    """One enforcement: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.Enforcement."""

    __table_args__ = (Index("enforcement_waiting", "state", "since", "enforcement_id"),)

    enforcement_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    case_number: str = ""
    state: str
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    record: bytes


def rows_of(look: Any, case_id: str) -> list[Any]:
    """The rows of those of a case, the first first. `look` is a transaction or a view."""
    its = select(Enforcement).where(Enforcement.case_id == case_id)
    return list(look.query(its.order_by(Enforcement.enforcement_id)))


def enforcements_of(look: Any, case_id: str) -> list[pb.Enforcement]:
    """Those of a case, the first first."""
    return [pb.Enforcement.FromString(row.record) for row in rows_of(look, case_id)]


def enforcing(look: Any, case_id: str) -> list[pb.Enforcement]:
    """Those of a case that are not at an end."""
    rows = (row for row in rows_of(look, case_id) if row.state not in ENDED)
    return [pb.Enforcement.FromString(row.record) for row in rows]


def brings_in(look: Any, case_id: str, enforcement_id: str) -> bool:
    """Whether an enforcement of a case is one that brings in money now."""
    row = look.find(Enforcement, enforcement_id)
    if row is None or (row.case_id, row.state) != (case_id, "ENFORCING"):
        return False
    return not of_duty(pb.Enforcement.FromString(row.record))
