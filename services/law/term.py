"""What counting a statutory period takes and gives: terms, excluded time, extensions, due dates."""

import calendar as months
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from services.law.calendar import SHANGHAI, Calendar
from services.law.rule import Broken

DAY_UNITS = ("working_day", "calendar_day", "month", "year")
UNITS = (*DAY_UNITS, "hour", "annual", "times", "class_hour")
DIRECTIONS = ("after", "before", "min_wait", "quota", "cap", "annual")

_LAST_MOMENT = time(23, 59, 59, 999999, SHANGHAI)

# A day, or a moment with a zone; two of them are time that does not count (K10).
When = date | datetime
Interval = tuple[When, When]


@dataclass(frozen=True)
class Term:
    """An amount of time. For `annual`, amount is month × 100 + day of the fixed yearly date."""

    amount: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit {self.unit!r}, expected one of {', '.join(UNITS)}")
        if type(self.amount) is not int:
            raise ValueError(f"a term is a whole number of {self.unit}, not {self.amount!r}")
        if self.amount < 0:
            raise ValueError(f"a term of {self.amount} {self.unit} is negative")
        if self.unit == "annual":
            date(2023, *divmod(self.amount, 100))  # a common year: 29 February is no yearly date


@dataclass(frozen=True)
class Extension:
    """Time added by a decision. It is void unless approved while the term still runs (K12)."""

    amount: int
    unit: str
    approved: When
    by: str = ""


# Why a day of a period counts or does not: article, Chinese, English.
REASONS: dict[str, tuple[str, str, str]] = {
    "START": ("CIV-2020:201(1)", "开始当日不计入", "the day it starts on is not counted"),
    "MOMENT": ("CIV-2020:201(2)", "按小时计算，自规定时刻起算", "hours run from the very moment"),
    "COUNTED": ("CIV-2020:201(1)", "计入", "counted"),
    "REST_DAY": ("HOL-2024:7", "非工作日，不计入", "not a working day, not counted"),
    "EXCLUDED": ("CIV-2020:204", "依法扣除的时间", "time that the law excludes"),
    "CORRESPONDING": ("CIV-2020:202", "到期月的对应日", "the corresponding day of the last month"),
    "MONTH_END": ("CIV-2020:202", "到期月没有对应日，为月末日", "no corresponding day, so the month's end"),
    "EXTENDED": ("CIV-2020:204", "自此起为批准延长的期限", "from here the approved extension runs"),
    "ROLLED": ("CIV-2020:203(1)", "最后一日非工作日，顺延", "the last day is no working day, so it rolls on"),
    "EARLIER": (
        "CIV-2020:203(1)",
        "倒计期限不顺延，提前至工作日",
        "backwards, so moved earlier, never later",
    ),
    "FIXED": ("CIV-2020:204", "每年固定日期", "a fixed date of the year"),
}


@dataclass(frozen=True)
class Step:
    """One day of the counting: whether it counts, how many do so far, and why."""

    day: date
    counts: bool
    number: int
    why: str

    @property
    def law(self) -> str:
        return REASONS[self.why][0]

    @property
    def says_zh(self) -> str:
        return REASONS[self.why][1]

    @property
    def says(self) -> str:
        return REASONS[self.why][2]


@dataclass(frozen=True)
class Due:
    """When a period ends: its last moment in Asia/Shanghai, and how that was counted.

    For a period before a day, `block` is the last lawful day and `warn` the day by which all days
    between are clear. `provisional` holds while a year that was leaned on is not proclaimed.
    `void` says why extensions that were handed in do not count.
    """

    at: datetime
    day: date
    provisional: bool
    block: date | None = None
    warn: date | None = None
    void: tuple[Broken, ...] = ()
    _explain: Callable[[], tuple[Step, ...]] = field(default=tuple, repr=False, compare=False)

    @property
    def workings(self) -> tuple[Step, ...]:
        """The counting, day by day; worked out when asked for."""
        return self._explain()

    @property
    def opens(self) -> datetime:
        """The first moment after the period, from which an act that had to wait is lawful."""
        return self.at + timedelta(microseconds=1)


def end_of(day: date) -> datetime:
    """The last moment of a day in Asia/Shanghai."""
    return datetime.combine(day, _LAST_MOMENT)


def moment(when: When) -> datetime:
    """A moment in Asia/Shanghai; a plain day means its first moment. Raises ValueError without a zone."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time(0, tzinfo=SHANGHAI))
    if when.tzinfo is None:
        raise ValueError(f"{when.isoformat()} has no time zone")
    return when.astimezone(SHANGHAI)


def day_of(when: When) -> date:
    """The day in Asia/Shanghai that a moment falls on. Raises ValueError without a zone."""
    return moment(when).date() if isinstance(when, datetime) else when


def merged(intervals: Sequence[Interval], start: date) -> list[tuple[date, date]]:
    """Intervals as days, cut to what follows `start`, in order, overlapping ones joined.

    The day an interval starts on still counts and the day it ends on does not, as for any period.
    Raises ValueError for one that ends before it starts.
    """
    days = []
    for begin, end in intervals:
        first, last = day_of(begin), day_of(end)
        if last < first:
            raise ValueError(f"excluded time ends on {last}, before it starts on {first}")
        if last > start:
            days.append((max(first, start), last))
    days.sort()
    joined: list[tuple[date, date]] = []
    for first, last in days:
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        elif last > first:
            joined.append((first, last))
    return joined


def shifted(term: Term, day: date, sign: int = 1) -> date:
    """A day moved by calendar days, months or years; in a shorter month, its last day (K3)."""
    if term.unit == "calendar_day":
        return day + timedelta(days=sign * term.amount)
    if term.unit not in ("month", "year"):
        raise ValueError(f"{term.amount} {term.unit} cannot be counted from a day")
    count = term.amount * (12 if term.unit == "year" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + sign * count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def pushed(end: date, spans: Sequence[tuple[date, date]], calendar: Calendar, roll: bool) -> date:
    """The last day of a period, where time that does not count began on it, or on the day that took its place because it is no
    working day (民法典 203): the period runs on to the end of that time, and never ends within it.
    """
    for begin, last in spans:
        held = calendar.next_working(end) if roll else end
        if begin > held:
            break
        if last > held:
            end = last
    return end
