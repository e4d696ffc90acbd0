"""A second, slow counter of statutory periods that shares nothing with the kernel: it walks day by day.

The rest days are typed from the State Council's yearly notices on holiday arrangements.
"""

from datetime import date, timedelta

DAY = timedelta(days=1)

# (first day off, last day off) and the weekend days worked instead.
NOTICES = {
    2024: (
        ["01-01/01-01", "02-10/02-17", "04-04/04-06", "05-01/05-05", "06-08/06-10", "09-15/09-17",
         "10-01/10-07"],
        ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    ),
    2025: (
        ["01-01/01-01", "01-28/02-04", "04-04/04-06", "05-01/05-05", "05-31/06-02", "10-01/10-08"],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (
        ["01-01/01-03", "02-15/02-23", "04-04/04-06", "05-01/05-05", "06-19/06-21", "09-25/09-27",
         "10-01/10-07"],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}  # fmt: skip
FIXED = {"01-01", "05-01", "05-02", "10-01", "10-02", "10-03"}


def worked(day: date) -> bool:
    text = day.strftime("%m-%d")
    if day.year not in NOTICES:
        return day.weekday() < 5 and text not in FIXED
    off, make_up = NOTICES[day.year]
    if text in make_up:
        return True
    return day.weekday() < 5 and not any(a <= text <= b for a, b in (span.split("/") for span in off))


def month_later(start: date, months: int) -> date:
    """Walk to the corresponding day of the month that many months on, or to that month's last day."""
    day, passed = start, 0
    while passed < abs(months):
        before = day
        day += DAY if months > 0 else -DAY
        passed += before.month != day.month
    if months < 0:
        while day.day > start.day:
            day -= DAY
        return day
    while day.day < start.day and (day + DAY).month == day.month:
        day += DAY
    return day


def excluded_days(intervals) -> set[date]:
    """The days left out: after the day an interval starts on, up to the day it ends on."""
    return {a + DAY * n for a, b in intervals for n in range(1, (b - a).days + 1)}


def walk(start: date, amount: int, unit: str, left_out: set[date]) -> date:
    if unit in ("month", "year"):
        base = month_later(start, amount * (12 if unit == "year" else 1))
        end = base
        while (longer := base + DAY * sum(start < d <= end for d in left_out)) != end:
            end = longer
        return end
    day, counted = start, 0
    while counted < amount:
        day += DAY
        counted += day not in left_out and (unit == "calendar_day" or worked(day))
    return day


def roll_on(day: date) -> date:
    while not worked(day):
        day += DAY
    return day


def held_up(end: date, excluded, left_out: set[date], roll: bool) -> date:
    """Time left out that begins on the last day, or on the one it moved to, keeps the period open until it is over."""
    while True:
        last = roll_on(end) if roll else end
        later = last
        if any(a <= last < b and b > a for a, b in excluded):
            while later + DAY in left_out:
                later += DAY
        if later == last:
            return end
        end = later


def due_day(start, amount, unit, *, excluded=(), extensions=(), roll=True) -> date:
    """The last day of a period; extensions are (amount, unit, approved), late ones are void."""
    left_out = excluded_days(excluded)
    end = held_up(walk(start, amount, unit, left_out), excluded, left_out, roll)
    for more, more_unit, approved in sorted(extensions, key=lambda e: e[2]):
        if approved <= (roll_on(end) if roll else end):
            end = held_up(walk(end, more, more_unit, left_out), excluded, left_out, roll)
    return roll_on(end) if roll else end


def last_day_before(until, amount, unit, roll=True) -> tuple[date, date]:
    """The last lawful day before a date, and the one that leaves a clear day more."""
    if unit == "working_day":
        found = []
        day = until
        while len(found) <= amount:
            day -= DAY
            if worked(day):
                found.append(day)
        return found[amount - 1], found[amount]
    back = until - DAY * amount if unit == "calendar_day" else month_later(until, -amount)
    block = back
    while roll and not worked(block):
        block -= DAY
    warn = back - DAY
    while not worked(warn):
        warn -= DAY
    return block, warn
