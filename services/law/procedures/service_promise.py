"""Promises of a body about its services (服务承诺): what it promises, in which time, and what follows where it is not kept, is
public; how it was kept is reported, and what was not is compensated (CITY-ERS 3(7)). What is promised of a permit stands with it.
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.law.calendar import SHANGHAI
from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, under
from services.law.procedures.work_task import by_unit, unit_known
from services.law.process import table
from services.law.rule import Facts, rule

LAW = "CITY-ERS:3(7)"
TELLING, OWED = "SVP-01", "SVP-02"
"""The time to report how a promise was kept; to give something for what was not."""


@dataclass(frozen=True)
class BrokenPromise:
    """A matter in which a promise was not kept: its number, and why."""

    number: str = ""
    reasons: str = ""


@dataclass(frozen=True)
class ServicePromiseRecord:
    """The record of a promise, with what the act hands in."""

    title: str = ""
    content: str = ""
    days: int = 0
    compensation: str = ""
    """What who was promised gets where it is not kept."""
    contact: str = ""
    address: str = ""
    """Where it is public."""
    from_time: datetime | None = None
    until_time: datetime | None = None
    """Of which time it is reported how the promise was kept."""
    kept: int = 0
    broken: tuple[BrokenPromise, ...] = ()
    given: str = ""
    """What was given for a matter in which it was not kept."""
    reasons: str = ""


class ServicePromiseFacts(Facts):
    """The record of a promise with what the act hands in (`record`), and the node's own time."""

    record: ServicePromiseRecord
    now: datetime

    @abstractmethod
    def body_known(self) -> bool:
        """Whether the unit is a confirmed enforcement body."""

    @abstractmethod
    def of_body(self) -> bool:
        """Whether who acts does so for the unit."""

    @abstractmethod
    def promised_already(self) -> bool:
        """Whether the unit has published a promise of this title that it did not withdraw."""

    @abstractmethod
    def reported_until(self) -> datetime | None:
        """Up to when it was reported how the promise was kept: since its publication; None for one that is not published."""

    @abstractmethod
    def broken_before(self) -> frozenset[str]:
        """The numbers of the matters in which it was reported that the promise was not kept."""

    @abstractmethod
    def owed(self) -> bool:
        """Whether the promise was not kept in the matter that is named, and nothing was given for it yet."""

    def reasons(self) -> str:
        return self.record.reasons


def _stated(*texts: str) -> bool:
    return all(text.strip() for text in texts)


@rule(
    "SERVICE_PROMISE_INCOMPLETE",
    law=LAW,
    zh="服务承诺应当载明事项、内容、办理时限（工作日）、违诺补偿、监督电话和公布的地方。",
    en="The promise lacks its title, what is promised, in how many working days, what is given where it is not kept, whom to "
    "call, or where it is public. State all.",
)
def promise_whole(f: ServicePromiseFacts) -> bool:
    """What is promised, by when, and what follows if it is not kept, is public (CITY-ERS 3(7))."""
    r = f.record
    return r.days > 0 and _stated(r.title, r.content, r.compensation, r.contact, r.address)


@rule(
    "PROMISED_ALREADY",
    law=LAW,
    zh="该主体已经公布同一事项的服务承诺。",
    en="The body has published a promise of that title. Withdraw it first, or name another.",
)
def promised_once(f: ServicePromiseFacts) -> bool:
    """One matter is promised once."""
    return f.promised_already() is False


@rule(
    "KEEPING_NOT_TOLD",
    law=LAW,
    zh="履行情况应当载明期间（紧接上次报告之后、不晚于现在）、兑现件数和未兑现的事项编号及原因，编号不得重复。",
    en="The time is not said, does not follow on what was reported or is not over, nothing is counted, or a matter in which the "
    "promise was not kept lacks its number or reason, or is named twice. State all (from_time, until_time, kept, broken).",
)
def keeping_told(f: ServicePromiseFacts) -> bool:
    """How a promise was kept is told time after time, each matter in which it was not by its number (CITY-ERS 3(7))."""
    r, since = f.record, f.reported_until()
    if r.from_time is None or r.until_time is None or since is None:
        return False
    in_turn = since <= r.from_time < r.until_time <= f.now and _follows(since, r.from_time)
    numbers = [each.number.strip() for each in r.broken]
    told = all(_stated(each.number, each.reasons) for each in r.broken) and len(set(numbers)) == len(numbers)
    counted = r.kept >= 0 and r.kept + len(numbers) > 0
    return in_turn and told and counted and f.broken_before().isdisjoint(numbers)


def _follows(since: datetime, at: datetime) -> bool:
    """Whether no day lies between, of which nobody would ever tell."""
    return at.astimezone(SHANGHAI).date() - since.astimezone(SHANGHAI).date() <= timedelta(days=1)


@rule(
    "NOTHING_OWED",
    law=LAW,
    zh="所指事项没有未兑现的记录，或者已经补偿。",
    en="In that matter the promise was not reported to be broken, or was compensated. Name one that is owed (number).",
)
def compensation_owed(f: ServicePromiseFacts) -> bool:
    """What was not kept is compensated once (CITY-ERS 3(7))."""
    return f.owed() is True


@rule(
    "COMPENSATION_NOT_TOLD",
    law=LAW,
    zh="应当写明给予的补偿。",
    en="It is not said what was given. State it (compensation).",
)
def compensation_told(f: ServicePromiseFacts) -> bool:
    """What was given is on record (CITY-ERS 3(7))."""
    return _stated(f.record.given)


_BODY, _UNIT = under(unit_known, LAW), under(by_unit, LAW)
_WHY = under(reasons_given, LAW)

# fmt: off
TABLE = table(
    "service_promise",
    ("PUBLISH", "", "PUBLISHED", LAW, (promise_whole, _BODY, _UNIT, promised_once),
     "AGENCY_HEAD", ("公布服务承诺", "Publish a promise"), "service_promise.published", "PublishServicePromise"),
    ("REPORT", "PUBLISHED", "=", LAW, (_UNIT, keeping_told),
     "UNIT_HEAD AGENCY_HEAD", ("报告承诺履行情况", "Report how it was kept"), "service_promise.reported", "ReportServicePromise"),
    ("REPORT_BROKEN", "PUBLISHED", "=", LAW, (_UNIT, keeping_told),
     "UNIT_HEAD AGENCY_HEAD", ("报告承诺未兑现", "Report what was not kept"),
     "service_promise.reported service_promise.broken", "ReportServicePromise"),
    ("COMPENSATE", "PUBLISHED WITHDRAWN", "=", LAW, (_UNIT, compensation_owed, compensation_told),
     "UNIT_HEAD AGENCY_HEAD", ("登记违诺补偿", "Record the compensation"), "", "CompensateServicePromise"),
    ("MAKE_GOOD", "PUBLISHED WITHDRAWN", "=", LAW, (_UNIT, compensation_owed, compensation_told),
     "UNIT_HEAD AGENCY_HEAD", ("登记最后一件违诺补偿", "Record the last compensation owed"), "service_promise.made_good",
     "CompensateServicePromise"),
    ("WITHDRAW", "PUBLISHED", "WITHDRAWN", LAW, (_UNIT, _WHY),
     "AGENCY_HEAD", ("撤回服务承诺", "Withdraw the promise"), "service_promise.withdrawn", "WithdrawServicePromise"),
    titles=("服务承诺", "Promise of service"),
    ends="WITHDRAWN",
)
# fmt: on
SERVICE_PROMISE = Procedure("service_promise", ServicePromiseFacts, TABLE)
