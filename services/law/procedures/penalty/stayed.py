"""Whether execution of the decision of a case was stayed at a moment: by whom, until when (ARL 42; ALIT 56)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.stay_pb2 import Stay, StayAuthority
from yifa.enforcement.v1.surcharge_pb2 import RemedyKind, RemedyTime

from services.law.moment import moment_at

# In which remedy.
_REMEDIES: Mapping[int, int] = {
    StayAuthority.STAY_AUTHORITY_RECONSIDERATION_BODY: RemedyKind.REMEDY_KIND_RECONSIDERATION,
    StayAuthority.STAY_AUTHORITY_AGENCY: RemedyKind.REMEDY_KIND_RECONSIDERATION,
    StayAuthority.STAY_AUTHORITY_COURT: RemedyKind.REMEDY_KIND_SUIT,
}


def remedy_at(case: Case, ordered_by: int, at: datetime | None) -> RemedyTime | None:
    """The remedy that lasted at a moment in which such an authority may order a stay; None where there was none."""
    known: Iterable[RemedyTime] = reversed(case.remedies)
    for remedy in known:
        begin, end = moment_at(remedy, "begin_time"), moment_at(remedy, "end_time")
        if at is None or begin is None or remedy.kind != _REMEDIES.get(ordered_by):
            continue
        if begin <= at and (end is None or at <= end):
            return remedy
    return None


def with_remedy(case: Case, stay: Stay) -> datetime | None:
    """When the remedy ended in which a stay was ordered; None while it lasts, and where none is known."""
    remedy = remedy_at(case, stay.ordered_by, moment_at(stay, "begin_time"))
    return None if remedy is None else moment_at(remedy, "end_time")


def stayed_by(case: Case, at: datetime) -> tuple[str, ...]:
    """The orders by which execution was stayed at a moment."""
    return tuple(number_of(each) for each in case.stays if lasts(case, each, at))


def lasts(case: Case, stay: Stay, at: datetime) -> bool:
    """Whether a stay lasted at a moment; one of which nobody said when it began always did."""
    begin = moment_at(stay, "begin_time")
    ends = (moment_at(stay, "end_time"), with_remedy(case, stay))
    return (begin is None or begin <= at) and all(end is None or at < end for end in ends)


def number_of(stay: Stay) -> str:
    return stay.document.strip()


def of_number(case: Case, number: str) -> Stay | None:
    """The stay that was ordered by a document; None for one that is not on record, or a blank."""
    wanted = number.strip()
    return next((each for each in case.stays if wanted and number_of(each) == wanted), None)
