"""Advance registrations of evidence: the columns they are searched by, and what lies registered."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, select
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import since
from services.law.procedures.advance_registration.recorded import OPEN


class AdvanceRegistration(Row, table=True):
    """One registration: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.AdvanceRegistration."""

    __table_args__ = (Index("advance_registration_waiting", "state", "since", "registration_id"),)

    registration_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    case_number: str = ""
    state: str = Field(index=True)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    record: bytes


def open_registrations(look: Any, case_id: str) -> list[Any]:
    """The rows of a case under which something lies registered. `look` is a transaction or a view."""
    its = select(AdvanceRegistration).where(
        AdvanceRegistration.case_id == case_id,  # type: ignore[arg-type]
        AdvanceRegistration.state.in_(OPEN),  # type: ignore[attr-defined]
    )
    return list(look.query(its.order_by(AdvanceRegistration.registration_id)))
