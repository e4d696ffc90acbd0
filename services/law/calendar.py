"""Working days in mainland China: weekends, proclaimed holidays and make-up working days."""

import calendar as months
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from functools import cache
from pathlib import Path

from chinese_calendar import constants as proclaimed

from services.law.written import toml_of

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991: needs no zone database
CALENDARS = Path(__file__).parent / "statutes" / "calendar"

# HOL-2024:2. The festivals of the lunar calendar and 清明 move; only these days are sure before a notice.
_FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@dataclass(frozen=True)
class YearData:
    """Holidays and make-up working days of a year as the State Council's notice proclaims them.

    Days of December before may belong to a year, when its New Year holiday reaches back. Raises
    ValueError for data that cannot be a proclaimed year.
    """

    year: int
    holidays: frozenset[date]
    make_up: frozenset[date]
    source: str = ""

    def __post_init__(self) -> None:
        if faults := year_faults(self.year, sorted(self.holidays), sorted(self.make_up)):
            raise ValueError(f"calendar {self.year}: {faults[0].says}")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a year's days: in which list and at which place in it (-1: with the list itself)."""

    field: str
    at: int
    says: str
    says_zh: str


def year_faults(year: int, holidays: Sequence[date], make_up: Sequence[date]) -> list[Fault]:
    """Everything that keeps two lists of days from being the proclaimed arrangement of a year (HOL-2024:2, 7)."""
    found = []
    for field, days in (("holidays", holidays), ("make_up_days", make_up)):
        for n, day in enumerate(days):
            if day.year != year and (day.year, day.month) != (year - 1, 12):
                found.append(Fault(field, n, f"{day} is not of that year", f"{day}不属于该年度"))
            if day in days[:n]:
                found.append(Fault(field, n, f"{day} is listed twice", f"{day}重复列出"))
    for n, day in enumerate(make_up):
        if day in holidays:
            said = (f"{day} is both a holiday and a working day", f"{day}既列为放假日又列为上班日")
            found.append(Fault("make_up_days", n, *said))
        if day.weekday() < 5:
            said = (f"make-up day {day} is not a Saturday or Sunday", f"调休上班日{day}不是星期六或者星期日")
            found.append(Fault("make_up_days", n, *said))
    for day in (date(year, month, n) for month, n in sorted(_FIXED)):
        if day not in holidays:
            said = (f"{day} is a statutory holiday but not listed", f"{day}为法定节假日，但未列出")
            found.append(Fault("holidays", -1, *said))
    if not make_up:
        said = (
            "no make-up working days; not the proclaimed arrangement",
            "没有调休上班日，不是公布的放假安排",
        )
        found.append(Fault("make_up_days", -1, *said))
    return found


class _Year:
    """One year's working days, indexed both ways so that counting costs a look-up."""

    __slots__ = ("before", "first", "known", "nth", "source")

    def __init__(
        self, year: int, holidays: Iterable[date], make_up: Iterable[date], known: bool, source: str
    ):
        self.first = date(year, 1, 1).toordinal()
        self.known = known
        self.source = source
        days = 366 if months.isleap(year) else 365
        flags = [(self.first + i - 1) % 7 < 5 for i in range(days)]
        for on, listed in ((False, holidays), (True, make_up)):
            for day in listed:
                if day.year == year:
                    flags[day.toordinal() - self.first] = on
        self.nth = [self.first + i for i, on in enumerate(flags) if on]
        self.before = [0] * (days + 1)  # before[i]: working days among the first i days
        for i, on in enumerate(flags):
            self.before[i + 1] = self.before[i] + on


class Calendar:
    """Which days are worked. Immutable: a newly proclaimed year makes a new Calendar."""

    def __init__(self, years: Mapping[int, YearData] | None = None) -> None:
        self._data: dict[int, YearData] = dict(years or {})
        self._years: dict[int, _Year] = {}  # a cache: filled on first use, always with the same values

    def with_year(self, data: YearData) -> "Calendar":
        """A calendar that also knows this year, in place of whatever was known about it."""
        return Calendar({**self._data, data.year: data})

    def is_known(self, year: int) -> bool:
        """Whether the year's holidays and make-up days have been proclaimed and loaded."""
        return self._year(year).known

    def source(self, year: int) -> str:
        """Where a year's days come from; empty for one that has not been proclaimed."""
        return self._year(year).source

    def is_settled(self, day: date) -> bool:
        """Whether no later notice is expected to change this day."""
        if not self.is_known(day.year):
            return False
        # A New Year's Day between Sunday and Wednesday has been bridged into December (as in 2011 and 2018).
        reaches_back = (
            day.month == 12 and day.day >= 29 and date(day.year + 1, 1, 1).weekday() in (6, 0, 1, 2)
        )
        return not reaches_back or self.is_known(day.year + 1)

    def is_working(self, day: date) -> bool:
        table = self._year(day.year)
        at = day.toordinal() - table.first
        return table.before[at + 1] > table.before[at]

    def next_working(self, day: date) -> date:
        """The day itself if it is worked, else the next day that is."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def previous_working(self, day: date) -> date:
        """The day itself if it is worked, else the last day before it that is."""
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day

    def working_between(self, after: date, until: date) -> int:
        """How many days are worked after one day, up to and including another."""
        if until <= after:
            return 0
        return (
            self._worked_until(until)
            - self._worked_until(after)
            + sum(self._year(y).before[-1] for y in range(after.year, until.year))
        )

    def add_working(self, day: date, amount: int) -> date:
        """The amount-th working day after a day (before it, if negative); zero gives the day itself."""
        if amount == 0:
            return day
        worked = self._worked_until(day)
        # Forward, `rank` counts from the year's start; backward, the day itself is not counted if worked.
        rank = worked + amount if amount > 0 else worked - self.is_working(day) + amount + 1
        year, table = day.year, self._year(day.year)
        while rank > len(table.nth):
            rank -= len(table.nth)
            year += 1
            table = self._year(year)
        while rank < 1:
            year -= 1
            table = self._year(year)
            rank += len(table.nth)
        return date.fromordinal(table.nth[rank - 1])

    def proclaimed(self) -> dict[int, tuple[int, ...]]:
        """The working days of every year that is known, as ordinals."""
        years = sorted(self._data.keys() | _library_years())
        return {year: tuple(self._year(year).nth) for year in years if self.is_known(year)}

    def _worked_until(self, day: date) -> int:
        table = self._year(day.year)
        return table.before[day.toordinal() - table.first + 1]

    def _year(self, year: int) -> _Year:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = self._build(year)
        return found

    def _build(self, year: int) -> _Year:
        if year in self._data:
            data = self._data[year]
            holidays, make_up, known, source = set(data.holidays), set(data.make_up), True, data.source
        elif year in _library_years():
            holidays = {day for day in proclaimed.holidays if day.year == year}
            make_up = {day for day in proclaimed.workdays if day.year == year}
            known, source = True, "chinesecalendar"
        else:
            holidays, make_up, known, source = {date(year, m, d) for m, d in _FIXED}, set(), False, ""
        if year + 1 in self._data:
            after = self._data[year + 1]
            holidays = {d for d in holidays if d not in after.make_up} | after.holidays
            make_up = {d for d in make_up if d not in after.holidays} | after.make_up
        return _Year(year, holidays, make_up, known, source)


@cache
def china() -> Calendar:
    """The calendar of the years proclaimed so far: the library's, and the dated files beside the statutes."""
    files = sorted(CALENDARS.glob("[0-9][0-9][0-9][0-9].toml"))
    years = {int(f.stem): read_year(f) for f in files if int(f.stem) not in _library_years()}
    return Calendar(years)


def read_year(path: Path) -> YearData:
    """A year from a dated file; raises ValueError naming the file and what is wrong with it."""
    try:
        table = toml_of(path)
        return YearData(
            table["year"], frozenset(table["holidays"]), frozenset(table["make_up"]), table["source"]
        )
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        raise ValueError(f"{path.name}: {wrong!s}") from wrong


@cache
def _library_years() -> frozenset[int]:
    # A year without make-up days in the library has been guessed from the statute, not proclaimed.
    return frozenset(d.year for d in proclaimed.holidays) & frozenset(d.year for d in proclaimed.workdays)
