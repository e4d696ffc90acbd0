"""The year's arrangement of holidays, as the city's legal office enters it from the notice.

It is kept here, with the oversight of all departments: one home, one journal, and watchers see it at once. Every service
of every node, this one among them, keeps a copy and counts its clocks anew (services/kit/calendar.py).
"""

from collections.abc import Sequence
from datetime import date

from yifa.law.v1 import calendar_pb2 as calendars
from yifa.law.v1.events_pb2 import CalendarYearLoaded
from yifa.supervision.v1 import calendar_pb2 as pb

from services.kit.calendar import keep_year, known_year
from services.kit.refusal import Exists, Malformed, Stale
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.calendar import year_faults

NO_DAY = ("is no day of the calendar", "不是有效的日期")


@write
def load_calendar_year(request: pb.LoadCalendarYearRequest, tx: Tx) -> pb.LoadCalendarYearResponse:
    """Load the year that the State Council proclaimed (HOL-2024:7); all clocks that lean on it are counted anew.

    Refuses with MALFORMED, CALENDAR_YEAR_LOADED, CALENDAR_YEAR_CHANGED.
    """
    return pb.LoadCalendarYearResponse(calendar_year=load_year(tx, request))


def load_year(tx: Tx, request: pb.LoadCalendarYearRequest) -> calendars.CalendarYear:
    """Keep a year and announce it to all. Raises Malformed, Exists, Stale; the same content again changes nothing."""
    check(request)
    known = known_year(tx, request.year)
    version = known.version if known is not None else 0
    made = calendars.CalendarYear(
        year=request.year,
        holidays=sorted(request.holidays, key=_when),
        make_up_days=sorted(request.make_up_days, key=_when),
        source=request.source,
        version=version + 1,
        load_time=tx.now,
    )
    if known is not None and _content(known) == _content(made):
        return known
    about = {"year": str(request.year), "version": str(version)}
    if version and not request.replaces_version:
        raise Exists(
            "CALENDAR_YEAR_LOADED",
            f"the year {request.year} is loaded with other content; to correct it, name version {version}",
            f"{request.year}年的放假安排已载入且内容不同；如需更正，请注明所更正的版本{version}",
            **about,
        )
    if request.replaces_version != version:
        raise Stale(
            "CALENDAR_YEAR_CHANGED",
            f"the year {request.year} is at version {version}, not {request.replaces_version}; read it again",
            f"{request.year}年的放假安排当前为版本{version}，并非{request.replaces_version}，请重新读取",
            **about,
        )
    keep_year(tx, made)
    tx.emit(CalendarYearLoaded(calendar_year=made), subject=f"calendar/{made.year}", to="all")
    return made


def check(request: pb.LoadCalendarYearRequest) -> None:
    """Raise Malformed with everything that keeps the days from being the proclaimed arrangement of the year."""
    wrong: dict[str, tuple[str, str]] = {}
    days = {name: _days(name, getattr(request, name), wrong) for name in ("holidays", "make_up_days")}
    if not wrong:
        for fault in year_faults(request.year, days["holidays"], days["make_up_days"]):
            field = fault.field if fault.at < 0 else f"{fault.field}[{fault.at}].day"
            wrong.setdefault(field, (fault.says, fault.says_zh))
    if wrong:
        raise Malformed(wrong)


def _days(
    name: str, listed: Sequence[calendars.CalendarDay], wrong: dict[str, tuple[str, str]]
) -> list[date]:
    days = []
    for n, item in enumerate(listed):
        try:
            days.append(date(*_when(item)))
        except ValueError:
            wrong[f"{name}[{n}].day"] = NO_DAY
    return days


def _when(item: calendars.CalendarDay) -> tuple[int, int, int]:
    return item.day.year, item.day.month, item.day.day


def _content(year: calendars.CalendarYear) -> bytes:
    bare = calendars.CalendarYear(
        year=year.year, holidays=year.holidays, make_up_days=year.make_up_days, source=year.source
    )
    return bare.SerializeToString(deterministic=True)
