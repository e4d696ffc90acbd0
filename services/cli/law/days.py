"""What a day is called: its weekday, its holiday, or that it is a make-up working day."""

from datetime import date

from chinese_calendar import constants as proclaimed

from services.law.calendar import Calendar
from services.law.words import Words

WEEKDAYS: tuple[Words, ...] = (
    ("周一", "Mon"),
    ("周二", "Tue"),
    ("周三", "Wed"),
    ("周四", "Thu"),
    ("周五", "Fri"),
    ("周六", "Sat"),
    ("周日", "Sun"),
)
# Holidays on fixed days of the solar calendar: sure before any notice.
_FIXED: dict[tuple[int, int], Words] = {
    (1, 1): ("元旦", "New Year's Day"),
    (5, 1): ("劳动节", "Labour Day"),
    (5, 2): ("劳动节", "Labour Day"),
    (10, 1): ("国庆节", "National Day"),
    (10, 2): ("国庆节", "National Day"),
    (10, 3): ("国庆节", "National Day"),
}


def weekday(day: date) -> Words:
    return WEEKDAYS[day.weekday()]


def name_of(day: date, calendar: Calendar) -> Words:
    """Why a day is worked or not, if that is not plain from its weekday; empty for an ordinary working day."""
    weekend = day.weekday() >= 5
    if calendar.is_working(day):
        return ("调休上班日", "make-up day") if weekend else ("", "")
    if found := _holiday(day, calendar):
        return f"{found[0]}假期", found[1]
    return ("周末", "weekend") if weekend else ("法定节假日", "public holiday")


def _holiday(day: date, calendar: Calendar) -> Words | None:
    name = proclaimed.holidays.get(day) if calendar.is_known(day.year) else None
    if name is not None:
        return proclaimed.Holiday(name).chinese, name
    return _FIXED.get((day.month, day.day))
