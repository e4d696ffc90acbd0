"""Referrals of suspected crimes: the columns they are searched by, and the newest of a case."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, select
from sqlmodel import Field
from yifa.enforcement.v1.referral_pb2 import Referral as ReferralProto

from services.enforcement.row import Row
from services.kit.store import since


class Referral(Row, table=True):
    """One referral: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.Referral."""

    __table_args__ = (Index("referral_waiting", "state", "since", "referral_id"),)

    referral_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    case_number: str = ""
    state: str
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    record: bytes


def referrals_of(look: Any, case_id: str) -> list[ReferralProto]:
    """The referrals of a case, the first first. `look` is a transaction or a view."""
    its = select(Referral).where(Referral.case_id == case_id).order_by(Referral.referral_id)  # type: ignore[arg-type]
    return [ReferralProto.FromString(row.record) for row in look.query(its)]


def newest_referral(look: Any, case_id: str) -> ReferralProto | None:
    """The newest referral of a case, None where there was none."""
    found = referrals_of(look, case_id)
    return found[-1] if found else None
