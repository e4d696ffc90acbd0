"""When a certificate is in force."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from services.law.calendar import SHANGHAI


@dataclass(frozen=True)
class Interval:
    """From a moment on, until just before another; without an end it lasts."""

    from_time: datetime
    until_time: datetime | None = None

    def covers(self, at: datetime) -> bool:
        return self.from_time <= at and (self.until_time is None or at < self.until_time)


@dataclass(frozen=True)
class Validity:
    """What decides whether a certificate is in force at a moment. `ending` is how it ended or will end."""

    issue_time: datetime
    expire_time: datetime
    suspensions: tuple[Interval, ...] = ()
    ending: str = "EXPIRED"


def standing(certificate: Validity, at: datetime) -> str:
    """How a certificate stands at a moment, past or to come.

    NOT_ISSUED, ACTIVE, SUSPENDED, or how it ended: EXPIRED, REVOKED, CANCELLED, LOST, VOID.
    """
    if at < certificate.issue_time:
        return "NOT_ISSUED"
    if at >= certificate.expire_time:
        return certificate.ending
    return "SUSPENDED" if any(s.covers(at) for s in certificate.suspensions) else "ACTIVE"


def certificate_in_force(certificate: Validity, at: datetime) -> bool:
    """Whether the holder may act at a moment."""
    return standing(certificate, at) == "ACTIVE"


def ended(suspension: Interval, at: datetime) -> Interval:
    """A suspension that somebody ends at a moment: what has begun stops there, what has not never begins."""
    return replace(suspension, until_time=max(suspension.from_time, at))


def expiry(issue_time: datetime, years: int) -> datetime:
    """The first moment after so many years, the day of issue being the first day (Asia/Shanghai)."""
    issued = issue_time.astimezone(SHANGHAI).date()
    try:
        end = issued.replace(year=issued.year + years)
    except ValueError:
        end = date(issued.year + years, 3, 1)
    return datetime(end.year, end.month, end.day, tzinfo=SHANGHAI)


WHY_NOT = {
    "NOT_ISSUED": ("the certificate was not yet issued", "该证件当时尚未发放"),
    "EXPIRED": ("the certificate has expired", "该证件已过有效期"),
    "REVOKED": ("the certificate was revoked", "该证件已被吊销"),
    "CANCELLED": ("the certificate was cancelled", "该证件已被注销"),
    "LOST": ("the certificate was reported lost", "该证件已报遗失作废"),
    "VOID": ("the certificate was found void", "该证件已被确认无效"),
    "SUSPENDED": ("the certificate is suspended", "该证件处于暂扣期间"),
    "ACTIVE": ("", ""),
}
