"""What runs beside a case, as its department told last: compulsory measures, advance registrations of evidence, referrals of
suspected crimes, credit repairs, enforcements by the court and by the agency itself.
"""

from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger, select
from sqlmodel import Field
from yifa.enforcement.v1.advance_registration_pb2 import AdvanceRegistration
from yifa.enforcement.v1.court_enforcement_pb2 import CourtEnforcement
from yifa.enforcement.v1.credit_repair_pb2 import CreditRepair
from yifa.enforcement.v1.enforcement_pb2 import Enforcement
from yifa.enforcement.v1.measure_pb2 import Measure
from yifa.enforcement.v1.referral_pb2 import Referral

from services.law.moment import moment_at
from services.supervision.row import Row

MEASURE, REFERRAL, REGISTRATION = "measure", "referral", "advance_registration"
CREDIT_REPAIR, COURT, ENFORCEMENT = "credit_repair", "court_enforcement", "enforcement"


class Beside(Row, table=True):
    """The newest snapshot of a record that runs beside a case."""

    key: str = Field(primary_key=True)
    kind: str
    case_id: str = Field(index=True)
    node: str
    state: str
    version: int = Field(sa_type=BigInteger)
    record: bytes


class Held(Row, table=True):
    """A thing, or money, that some measure holds or held, as another measure would name it."""

    key: str = Field(primary_key=True)
    what: str = Field(index=True)
    measure_id: str


def measures_of(look: Any, case_id: str) -> list[Measure]:
    """The measures of a case, the first first. `look` is a transaction or a view."""
    return [Measure.FromString(row.record) for row in _of(look, case_id, MEASURE)]


def referrals_of(look: Any, case_id: str) -> list[Referral]:
    """The referrals of a case, the first first."""
    return [Referral.FromString(row.record) for row in _of(look, case_id, REFERRAL)]


def registrations_of(look: Any, case_id: str) -> list[AdvanceRegistration]:
    """The advance registrations of a case, the first first."""
    return [AdvanceRegistration.FromString(row.record) for row in _of(look, case_id, REGISTRATION)]


def repairs_of(look: Any, case_id: str) -> list[CreditRepair]:
    """The credit repairs of a case, the first first."""
    return [CreditRepair.FromString(row.record) for row in _of(look, case_id, CREDIT_REPAIR)]


def courts_of(look: Any, case_id: str) -> list[CourtEnforcement]:
    """The enforcements of a case by the court, the first first."""
    return [CourtEnforcement.FromString(row.record) for row in _of(look, case_id, COURT)]


def enforcements_of(look: Any, case_id: str) -> list[Enforcement]:
    """The enforcements of a case by the agency itself, the first first."""
    return [Enforcement.FromString(row.record) for row in _of(look, case_id, ENFORCEMENT)]


def _of(look: Any, case_id: str, kind: str) -> list[Any]:
    its = (row for row in look.among(Beside, "case_id", [case_id]) if row.kind == kind)
    return sorted(its, key=attrgetter("key"))


def holders_of(look: Any, what: frozenset[str]) -> list[Measure]:
    """The measures, of whatever department, that hold or held one of some things."""
    found = look.query(select(Held).where(Held.what.in_(sorted(what))))  # type: ignore[attr-defined]
    rows = [look.find(Beside, key) for key in sorted({row.measure_id for row in found})]
    return [Measure.FromString(row.record) for row in rows if row is not None]


def registered_at(registration: AdvanceRegistration, at: datetime) -> bool:
    """Whether something lay registered at a moment."""
    taken, until = moment_at(registration, "on_site.register_time"), moment_at(registration, "end.end_time")
    return taken is not None and taken <= at and (until is None or at < until)
