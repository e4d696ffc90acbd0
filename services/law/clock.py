"""When statutory periods end: the counting rules, from a clock or a bare term to a due date."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache, partial

from services.law import explain
from services.law.calendar import SHANGHAI, Calendar
from services.law.rule import Broken
from services.law.statute import Clock, catalogue, driven, named_by, resumed_by, runs, started_by, stopped_by
from services.law.term import (
    Due,
    Extension,
    Interval,
    Step,
    Term,
    When,
    day_of,
    end_of,
    merged,
    moment,
    pushed,
    shifted,
)
from services.law.words import of_amount, of_person

__all__ = [
    "SHANGHAI",
    "Clock",
    "Due",
    "Extension",
    "Interval",
    "Step",
    "Term",
    "When",
    "catalogue",
    "driven",
    "due",
    "in_time",
    "named_by",
    "resumed_by",
    "runs",
    "started_by",
    "stopped_by",
]

_ONE_DAY = timedelta(days=1)
_BARE = Clock(id="", title_zh="", title_en="", law="CIV-2020:200", terms=())


def due(
    clock_or_term: Clock | Term,
    start: When,
    calendar: Calendar,
    excluded: Sequence[Interval] = (),
    extension: Extension | Sequence[Extension] | None = None,
) -> Due:
    """When the period ends that starts (or, counted backwards, ends) with `start`.

    The term is the one in force on the day it starts. Raises ValueError for a moment without a zone,
    hours counted from a bare day, or a day on which the clock was not yet law.
    """
    if isinstance(clock_or_term, Term):
        clock, term = _BARE, clock_or_term
    else:
        clock, term = clock_or_term, clock_or_term.term_on(day_of(start))
    if clock.direction == "before":
        return _before(clock, term, day_of(start), calendar)
    if clock.direction in ("quota", "cap"):
        return _fixed(date(day_of(start).year, 12, 31), calendar)
    if term.unit == "annual":
        return _fixed(_next_yearly(term, day_of(start)), calendar)
    extensions = (extension,) if isinstance(extension, Extension) else tuple(extension or ())
    if term.unit == "hour":
        return _hours(clock, term, start, excluded, extensions)
    if not (excluded or extensions):
        return _straight(term, day_of(start), calendar, clock.roll)
    spans = merged(excluded, day_of(start)) if excluded else []
    return _after(clock, term, day_of(start), calendar, spans=spans, extensions=extensions)


def in_time(due: Due, received: When, posted: When | None = None) -> bool:
    """Whether a paper came in time; one handed to the post inside the period did (K8)."""
    return moment(received if posted is None else posted) <= due.at


@lru_cache(16384)
def _straight(term: Term, start: date, calendar: Calendar, roll: bool) -> Due:
    """When a term ends to which nothing was added and of which nothing is excluded: counted once for all that start on a day."""
    return _after(replace(_BARE, roll=roll), term, start, calendar, spans=(), extensions=())


def _after(
    clock: Clock,
    term: Term,
    start: date,
    calendar: Calendar,
    *,
    spans: Sequence[tuple[date, date]],
    extensions: tuple[Extension, ...],
) -> Due:
    end = _count(term, start, calendar, spans, clock.roll)
    day = calendar.next_working(end) if clock.roll else end
    terms, void = [term], []
    for added in sorted(extensions, key=lambda e: moment(e.approved)):
        fault = extension_fault(clock, added, end_of(day), len(terms) - 1)
        if fault:
            void.append(fault)
            continue
        terms.append(Term(added.amount, added.unit))
        end = _count(terms[-1], end, calendar, spans, clock.roll)
        day = calendar.next_working(end) if clock.roll else end
    by_working_days = any(t.unit == "working_day" for t in terms)
    provisional = (by_working_days or clock.roll) and not (
        calendar.is_settled(end)
        and (day == end or calendar.is_settled(day))
        and (not by_working_days or _all_known(calendar, start + _ONE_DAY, end))
    )
    work = partial(explain.forward, terms, start, day, calendar, spans, clock.roll)
    return Due(end_of(day), day, provisional, void=tuple(void), _explain=work)


def _count(
    term: Term, start: date, calendar: Calendar, spans: Sequence[tuple[date, date]], roll: bool
) -> date:
    """The last day of the term before any roll-over; excluded time inside the run lengthens it (K10)."""
    working = term.unit == "working_day"
    missed = 0
    end = base = calendar.add_working(start, term.amount) if working else shifted(term, start)
    for begin, last in spans:
        if begin >= end:
            break
        first = max(begin, start)
        if last <= first:
            continue
        if working:
            missed += calendar.working_between(first, last)
            end = calendar.add_working(start, term.amount + missed)
        else:
            missed += (last - first).days
            end = base + timedelta(days=missed)
    return pushed(end, spans, calendar, roll)


def _before(clock: Clock, term: Term, until: date, calendar: Calendar) -> Due:
    """Counted back from a day. One that is not rolled ends on the very day: a term of somebody who has to ask for something would
    be shortened by moving it earlier, and no article says that.
    """
    if not clock.roll:
        leaned_on = block = shifted(term, until, -1)
        warn = calendar.previous_working(block - _ONE_DAY)
    elif term.unit == "working_day":
        leaned_on = until - _ONE_DAY
        block = calendar.add_working(until, -term.amount)
        warn = calendar.add_working(block, -1)
    else:
        leaned_on = shifted(term, until, -1)
        block = calendar.previous_working(leaned_on)
        warn = calendar.previous_working(leaned_on - _ONE_DAY)
    provisional = clock.roll and not (calendar.is_settled(block) and _all_known(calendar, block, leaned_on))
    work = partial(explain.backward, term, until, block, calendar)
    return Due(end_of(block), block, provisional, block, warn, _explain=work)


def _hours(
    clock: Clock, term: Term, start: When, excluded: Sequence[Interval], extensions: tuple[Extension, ...]
) -> Due:
    """Hours run on through nights and holidays (K2); excluded time must be given in moments too."""
    if not isinstance(start, datetime):
        raise ValueError(f"{term.amount} hours run from a moment, not from the day {start}")
    begin = moment(start)
    at = begin + timedelta(hours=term.amount)
    last = begin
    for start_of, until in sorted((moment(a), moment(b)) for a, b in excluded):
        first = max(start_of, last)
        if first < at and until > first:
            at += until - first
            last = until
    terms, void = 0, []
    for added in sorted(extensions, key=lambda e: moment(e.approved)):
        fault = extension_fault(clock, added, at, terms)
        if fault:
            void.append(fault)
        else:
            at += timedelta(hours=added.amount)
            terms += 1
    steps = (Step(begin.date(), False, 0, "MOMENT"), Step(at.date(), True, term.amount, "MOMENT"))
    return Due(at, at.date(), False, void=tuple(void), _explain=lambda: steps)


def _fixed(day: date, calendar: Calendar) -> Due:
    """A fixed date does not roll on; `warn` is the last working day that still meets it."""
    warn = calendar.previous_working(day)
    step = Step(day, True, 1, "FIXED")
    return Due(end_of(day), day, False, day, warn, _explain=lambda: (step,))


def _next_yearly(term: Term, day: date) -> date:
    month, of_month = divmod(term.amount, 100)
    this_year = date(day.year, month, of_month)
    return this_year if this_year >= day else this_year.replace(year=day.year + 1)


def _all_known(calendar: Calendar, first: date, last: date) -> bool:
    return all(calendar.is_known(year) for year in range(first.year, last.year + 1))


def extension_fault(clock: Clock, added: Extension, deadline: datetime, granted: int) -> Broken | None:
    """Why an extension is void: late (K12), more than the statute gives, too long, or by the wrong body."""
    if moment(added.approved) > deadline:
        return Broken(
            "EXTENSION_LATE",
            clock.law,
            f"Approved on {day_of(added.approved)}, after the term ended on {deadline.date()}.",
            f"于{day_of(added.approved)}批准，已超过{deadline.date()}届满的期限，延长无效。",
        )
    if clock is _BARE:
        return None
    slot = clock.extension(granted)
    if slot is None:
        return Broken(
            "EXTENSION_NOT_PROVIDED",
            clock.law,
            f"The law gives {granted} extension(s) of this term, and they are used.",
            f"法律规定该期限可延长{granted}次，已无可延长的次数。",
        )
    if added.by and added.by != slot.by:
        return Broken(
            "EXTENSION_NOT_COMPETENT",
            slot.law,
            f"This extension is for the {of_person(slot.by)[1]} to approve, not the {of_person(added.by)[1]}.",
            f"该延长应由{of_person(slot.by)[0]}批准，{of_person(added.by)[0]}无权批准。",
        )
    most, asked = of_amount(slot.amount, slot.unit), of_amount(added.amount, added.unit)
    if added.unit != slot.unit or (slot.amount is not None and added.amount > slot.amount):
        return Broken(
            "EXTENSION_TOO_LONG",
            slot.law,
            f"At most {most[1]} may be added, not {asked[1]}.",
            f"最多可延长{most[0]}，不得延长{asked[0]}。",
        )
    return None
