"""The workings of a due date: the same period counted again, one day at a time, with the reason for each."""

from collections.abc import Sequence
from datetime import date, timedelta

from services.law.calendar import Calendar
from services.law.term import Step, Term, pushed, shifted

_ONE_DAY = timedelta(days=1)
Spans = Sequence[tuple[date, date]]


def forward(
    terms: Sequence[Term], start: date, due: date, calendar: Calendar, spans: Spans, roll: bool
) -> tuple[Step, ...]:
    """The steps from the day a period starts to the day it ends; terms after the first are extensions."""
    steps = [Step(start, False, 0, "START")]
    day = start
    for turn, term in enumerate(terms):
        if turn:
            steps.append(Step(day, False, 0, "EXTENDED"))
        walk = _days if term.unit in ("working_day", "calendar_day") else _months
        counted = walk(term, day, calendar, spans, steps)
        day = pushed(counted, spans, calendar, roll)
        _on(counted, day, spans, steps)
    _on(day, due, spans, steps)
    return tuple(steps)


def _on(day: date, to: date, spans: Spans, steps: list[Step]) -> None:
    """The days by which a period whose count is full goes on."""
    while day < to:
        day += _ONE_DAY
        left_out = any(first < day <= last for first, last in spans)
        steps.append(Step(day, False, steps[-1].number, "EXCLUDED" if left_out else "ROLLED"))


def backward(term: Term, until: date, due: date, calendar: Calendar) -> tuple[Step, ...]:
    """The steps back from the day a period is counted from to the last lawful day before it."""
    steps = [Step(until, False, 0, "START")]
    if term.unit in ("month", "year"):
        day = shifted(term, until, -1)
        steps.append(Step(day, True, term.amount, _corresponds(until, day)))
    else:
        day = until
        while (number := steps[-1].number) < term.amount:
            day -= _ONE_DAY
            counts = term.unit == "calendar_day" or calendar.is_working(day)
            steps.append(Step(day, counts, number + counts, "COUNTED" if counts else "REST_DAY"))
    while day > due:
        day -= _ONE_DAY
        steps.append(Step(day, False, steps[-1].number, "EARLIER"))
    return tuple(steps)


def _days(term: Term, day: date, calendar: Calendar, spans: Spans, steps: list[Step]) -> date:
    number = 0
    while number < term.amount:
        day += _ONE_DAY
        if any(first < day <= last for first, last in spans):
            why = "EXCLUDED"
        elif term.unit == "working_day" and not calendar.is_working(day):
            why = "REST_DAY"
        else:
            why = "COUNTED"
            number += 1
        steps.append(Step(day, why == "COUNTED", number, why))
    return day


def _months(term: Term, start: date, calendar: Calendar, spans: Spans, steps: list[Step]) -> date:
    base = end = shifted(term, start)
    missed = 0
    for begin, last in spans:
        if last <= start or begin >= end:
            continue
        first = max(begin, start)
        missed += (last - first).days
        end = base + timedelta(days=missed)
        steps += [
            Step(first + timedelta(days=n + 1), False, 0, "EXCLUDED") for n in range((last - first).days)
        ]
    steps.append(Step(end, True, term.amount, _corresponds(start, base)))
    return end


def _corresponds(start: date, end: date) -> str:
    return "CORRESPONDING" if start.day == end.day else "MONTH_END"
