"""What statistics and the yearly report add up alike."""

from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select
from yifa.registry.v1 import officer_pb2

from services.law.calendar import SHANGHAI
from services.registry.certificate.model import Certificate
from services.registry.exam.model import ExamEntry
from services.registry.measure.model import Suspension
from services.registry.officer.model import Officer
from services.registry.standing.objections import ENFORCEMENT

STAFF = (Officer.leave_time.is_(None), Officer.staff_kind == officer_pb2.STAFF_KIND_PERMANENT)
PASSED, FAILED, ABSENT = (
    func.sum(case((ExamEntry.state == state, 1), else_=0)).label(state.lower())
    for state in ("PASSED", "FAILED", "ABSENT")
)


def holders(now: datetime) -> Any:
    """Counts of officers who hold a certificate for enforcement that has not ended, suspended ones apart.

    Whoever leaves, or goes over to another body, has his certificate cancelled: so certificates alone tell.
    """
    suspended = Certificate.certificate_number.in_(
        select(Suspension.certificate_number).where(
            Suspension.from_time <= now, or_(Suspension.until_time.is_(None), Suspension.until_time > now)
        )
    )
    return select(
        func.count(func.distinct(Certificate.officer_id)).label("held"),
        func.count(func.distinct(case((suspended, Certificate.officer_id)))).label("suspended"),
    ).where(
        Certificate.expire_time > now,
        Certificate.issue_time <= now,
        Certificate.kind.in_((0, ENFORCEMENT)),
    )


def covered(officers: int, held: tuple[int, int]) -> dict[str, int]:
    holding, suspended = held
    return {
        "officers": officers,
        "in_force": holding - suspended,
        "suspended": suspended,
        "without": max(0, officers - holding),
    }


def sat_in(year: int) -> tuple[Any, ...]:
    """The conditions under which an entry's exam was over in a year."""
    begins, ends = datetime(year, 1, 1, tzinfo=SHANGHAI), datetime(year + 1, 1, 1, tzinfo=SHANGHAI)
    done = ExamEntry.state.in_(("PASSED", "FAILED", "ABSENT"))
    return done, ExamEntry.update_time >= begins, ExamEntry.update_time < ends


def renewable_by(at: datetime, now: datetime) -> tuple[Any, ...]:
    """The conditions under which a certificate that has not ended can be renewed by a moment."""
    return (
        Certificate.expire_time > now,
        Certificate.renew_time <= at,
        Certificate.kind.in_((0, ENFORCEMENT)),
    )
