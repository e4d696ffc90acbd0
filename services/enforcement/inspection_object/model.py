"""The enterprises that a body inspects (检查对象名录库)."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import Instant
from services.law.procedures.penalty.body import during


class InspectionObject(Row, table=True):
    """One enterprise in the list of one body; `record` is a yifa.enforcement.v1.InspectionObject."""

    object_id: str = Field(primary_key=True)
    body_id: str = Field(index=True)
    exempt_from: datetime | None = Field(default=None, sa_type=Instant)
    exempt_until: datetime | None = Field(default=None, sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
    record: bytes


def object_id(body_id: str, credit_code: str) -> str:
    return f"{body_id}/{credit_code}"


def exempt_at(row: Any, at: datetime) -> bool:
    """Whether an enterprise of the list is on the white list at a moment."""
    return row.exempt_from is not None and during(row.exempt_from, row.exempt_until, at)
