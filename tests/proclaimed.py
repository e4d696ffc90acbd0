"""A year as a notice could proclaim it. The days are made up: no notice of 2027 is known."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from google.type import date_pb2
from yifa.law.v1 import calendar_pb2 as calendars

SOURCE = "示例放假通知〔2026〕1号"
# New Year, Spring Festival from Friday to Friday, Labour Day, National Day.
OFF = [
    *((1, n, "元旦") for n in (1, 2, 3)),
    *((2, n, "春节") for n in range(5, 13)),
    *((5, n, "劳动节") for n in (1, 2, 3)),
    *((10, n, "国庆节") for n in range(1, 8)),
]
WORKED = [(1, 30, "春节"), (10, 9, "国庆节")]


def days(year: int, listed: Iterable[tuple[int, int, str]]) -> list[calendars.CalendarDay]:
    return [day(year, *one) for one in listed]


def day(year: int, month: int, n: int, name: str = "示例") -> calendars.CalendarDay:
    return calendars.CalendarDay(day=date_pb2.Date(year=year, month=month, day=n), name=name)


def arrangement(year: int = 2027, **changes: Any) -> dict[str, Any]:
    """The fields of LoadCalendarYearRequest."""
    worked = [one for one in WORKED if date(year, one[0], one[1]).weekday() > 4]
    values = {
        "year": year,
        "holidays": days(year, OFF),
        "make_up_days": days(year, worked),
        "source": SOURCE,
    }
    return values | changes
