"""When a clock ends and when it reminds: by the law and the layers of its case, on the calendar of today."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from services.kit.clocks.row import ClockRow
from services.kit.store import moment
from services.law.calendar import SHANGHAI, Calendar
from services.law.clock import Clock, Due, Extension, catalogue, due
from services.law.parameters import Layers
from services.law.reminding import Schedule, schedule

APPROACHED, PASSED = "approached", "passed"


@lru_cache(16384)
def clock_on(parameters: Layers, clock_id: str, day: date, sector: str) -> Clock | None:
    """The clock that runs for a case of a sector when it starts on a day; None where nobody set its days."""
    return parameters.clock(catalogue()[clock_id], day, sector)


@lru_cache(16384)
def clock_held(parameters: Layers, clock_id: str, day: date, sector: str) -> Clock:
    """The clock of what started on a day, also where those who set its days then do so no more."""
    return parameters.held(catalogue()[clock_id], day, sector)


@lru_cache(16384)
def _due_on(
    parameters: Layers, calendar: Calendar, clock_id: str, day: date, sector: str
) -> tuple[datetime, bool] | None:
    """When a clock ends that starts on a day, and whether that is provisional; None if it depends on the hour."""
    clock = clock_on(parameters, clock_id, day, sector)
    if clock is None or clock.term_on(day).unit == "hour":
        return None
    end = due(clock, day, calendar)
    return end.at, end.provisional


def due_from(
    parameters: Layers, calendar: Calendar, clock: Clock, at: datetime, sector: str
) -> tuple[datetime, bool]:
    """When a clock ends that starts at a moment, and whether that is provisional: counted once for all that start on a day."""
    local = at.astimezone(SHANGHAI)
    known = _due_on(parameters, calendar, clock.id, local.date(), sector)
    if known is None:
        end = due(clock, local, calendar)
        return end.at, end.provisional
    return known


def clock_of(parameters: Layers, row: ClockRow) -> Clock:
    """The clock that a row runs."""
    return clock_held(parameters, row.clock_id, started_on(row), row.sector)


def started_on(row: ClockRow) -> date:
    return row.start_time.astimezone(SHANGHAI).date()


def ends(clock: Clock, row: ClockRow, calendar: Calendar, now: datetime) -> Due:
    """When a row's clock ends. Time that is being excluded counts as excluded up to now."""
    excluded = [(moment(e["from"]), _until(e["until"], now)) for e in row.excluded]
    extensions = [Extension(e["amount"], e["unit"], moment(proved(e)), e["by"]) for e in row.extensions]
    return due(clock, row.start_time.astimezone(SHANGHAI), calendar, excluded, extensions)


def term_end(parameters: Layers, row: ClockRow, calendar: Calendar, now: datetime) -> datetime:
    """When a row's term ends as it stands now: for one that stands still, later with every day."""
    return ends(clock_of(parameters, row), row, calendar, now).at


def proved(extension: Mapping[str, Any]) -> int:
    """When an extension was approved as far as it is proved: by its paper, else by its having been recorded."""
    return int(extension["approved" if extension["document"] else "recorded"])


def _until(until: int | None, now: datetime) -> datetime:
    return now if until is None else moment(until)


def stages(parameters: Layers, calendar: Calendar, row: ClockRow) -> list[tuple[str, datetime]]:
    """Everything a clock fires, in order: reminders, its end, what follows the end."""
    end = row.due_time
    plan = schedule(parameters, row.clock_id, end.astimezone(SHANGHAI).date(), row.sector)
    before = [(APPROACHED, at) for at in _reminders(plan, row.start_time, end, calendar)]
    return [*before, (PASSED, end), *((PASSED, end + timedelta(days=d)) for d in plan.after)]


def first_stage(parameters: Layers, calendar: Calendar, row: ClockRow) -> datetime:
    """When a clock that just started fires first."""
    end = row.due_time
    plan = schedule(parameters, row.clock_id, end.astimezone(SHANGHAI).date(), row.sector)
    return next(iter(_reminders(plan, row.start_time, end, calendar)), end)


def _reminders(plan: Schedule, start: datetime, end: datetime, calendar: Calendar) -> list[datetime]:
    """At fixed days before the end, else at a share of the term or some working days, whichever is more."""
    if plan.days:
        return [end - timedelta(days=d) for d in plan.days]
    if not plan.share:
        return []
    local = end.astimezone(SHANGHAI)
    working = local - (local.date() - calendar.add_working(local.date(), -plan.least))
    return [max(start, min(end - (end - start) * plan.share / 100, working))]
