"""When a period ends, worked out for a question and told as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.cli.law.days import name_of, weekday
from services.cli.law.query import Unanswerable
from services.law.calendar import Calendar, china
from services.law.citation import cite
from services.law.clock import Clock, Due, Extension, Interval, When, due
from services.law.parameters import Layers, Said
from services.law.rule import Broken
from services.law.term import Step, Term, day_of, moment
from services.law.words import of_term

# Terms that are not counted from day to day, so nothing lengthens them.
_NOT_LENGTHENED = frozenset({"before", "quota", "cap", "annual"})


@dataclass(frozen=True)
class Answer:
    """A due date with everything it rests on."""

    clock: Clock
    term: Term
    start: When
    due: Due
    calendar: Calendar
    layer: str = "national"
    """Who sets its days."""

    @property
    def by_hours(self) -> bool:
        return self.term.unit == "hour"

    @property
    def when(self) -> str:
        return self.due.at.isoformat() if self.by_hours else self.due.day.isoformat()

    @property
    def unproclaimed(self) -> list[int]:
        """The years that were leaned on and are not proclaimed, empty unless the date is provisional."""
        if not self.due.provisional:
            return []
        first, last = sorted((day_of(self.start), self.due.day))
        years = range(first.year, last.year + 1)
        return [y for y in years if not self.calendar.is_known(y)] or [last.year + 1]


def answer(
    clock: Clock,
    start: When,
    layers: Layers,
    sector: str,
    excluded: Sequence[Interval],
    extensions: Sequence[Extension],
) -> Answer:
    """When the clock runs out. Raises Unanswerable for a question that the law leaves no answer to."""
    day = day_of(start)
    if (excluded or extensions) and (clock.direction in _NOT_LENGTHENED or clock.term.unit == "annual"):
        raise Unanswerable(
            f"{clock.id}“{clock.title_zh}”是倒计、定期或者年度期限，不能扣除或者延长时间。",
            f"{clock.id} is counted back, or fixed to the year: nothing is excluded from it or added to it.",
        )
    said = _said(clock, day, layers, sector)
    here = said.clock
    term = here.term_on(day)
    if term.unit == "hour" and not isinstance(start, datetime):
        raise Unanswerable(
            f"{clock.id}“{clock.title_zh}”按小时计算，--from 应写明时刻，例如 {day}T09:30。",
            f"{clock.id} runs in hours: give --from a time of day, as {day}T09:30.",
        )
    _check_times(day, excluded, extensions)
    calendar = china()
    try:
        found = due(here, start, calendar, excluded, extensions)
    except (OverflowError, ValueError) as wrong:
        raise Unanswerable(
            f"{clock.id}：不能计算：{wrong}。", f"{clock.id} cannot be counted: {wrong}."
        ) from None
    for begin, end in excluded:
        if day_of(begin) >= found.day:
            raise Unanswerable(
                f"--exclude 的{begin}..{end}在期限届满（{found.day}）之后，不影响期限。",
                f"--exclude: {begin}..{end} lies after the term has ended ({found.day}) and changes nothing.",
            )
    return Answer(here, term, start, found, calendar, said.layer)


def _said(clock: Clock, day: date, layers: Layers, sector: str) -> Said:
    """Who sets the days of a clock, and which. Raises Unanswerable where nobody does, or did not yet."""
    try:
        said = layers.said(clock, day, sector)
    except ValueError as wrong:
        raise Unanswerable(f"{clock.id}：层级参数不能使用：{wrong}。", f"{clock.id}: {wrong}.") from None
    counting = next((each for each in said if each.counts), None)
    if counting is not None:
        return counting
    binding = [each.clock for each in said if each.binds]
    if binding:
        since = min(each.terms[0][0] for each in binding)
        raise Unanswerable(
            f"{clock.id}“{clock.title_zh}”自{since}起施行，{day}尚未施行。",
            f"{clock.id} is law since {since}; it was not yet on {day}.",
        )
    zh, en = "、".join(layers.sectors), ", ".join(layers.sectors)
    raise Unanswerable(
        f"{clock.id}“{clock.title_zh}”没有全国统一的期限，{cite(clock.law).text_zh}只约束其所属领域或者地方；"
        f"请用 --sector 指明领域（{zh}），或者用 --layer 给出本市、本机关的规定。",
        f"{clock.id} has no number that binds everybody: {cite(clock.law).text_en} binds its own sector or place only. "
        f"Name the sector with --sector ({en}), or the city's or agency's own rule with --layer.",
    )


def _check_times(start: date, excluded: Sequence[Interval], extensions: Sequence[Extension]) -> None:
    """Time that is left out, and approvals, belong to the run of the term. Raises Unanswerable."""
    for begin, end in excluded:
        if begin == end:
            raise Unanswerable(
                f"--exclude 的{begin}..{end}没有扣除任何一天：自{begin}的次日起算，止于{end}；"
                "扣除一天应写前一日..当日。",
                f"--exclude: {begin}..{end} leaves nothing out: it begins the day after {begin}; "
                "for one day write the day before it and the day.",
            )
        if day_of(end) <= start:
            raise Unanswerable(
                f"--exclude 的{begin}..{end}在起算日{start}之前，不影响期限。",
                f"--exclude: {begin}..{end} lies before the start on {start} and changes nothing.",
            )
    for added in extensions:
        if day_of(added.approved) < start:
            raise Unanswerable(
                f"--approved 的{day_of(added.approved)}早于起算日{start}。",
                f"--approved: {day_of(added.approved)} lies before the start on {start}.",
            )


def as_json(a: Answer) -> dict[str, Any]:
    """The answer for programs."""
    cited, (term_zh, term_en) = cite(a.clock.law), of_term(a.term)
    told: dict[str, Any] = {
        "clock": a.clock.id,
        "title_zh": a.clock.title_zh,
        "title_en": a.clock.title_en,
        "law": cited.code,
        "law_zh": cited.text_zh,
        "law_en": cited.text_en,
        "term": {"amount": a.term.amount, "unit": a.term.unit, "zh": term_zh, "en": term_en},
        "layer": a.layer,
        "internal": a.clock.internal,
        "direction": a.clock.direction,
        "from": a.start.isoformat(),
        "due": a.when,
        "provisional": a.due.provisional,
        "unproclaimed_years": a.unproclaimed,
        "steps": [step_json(s, a.calendar) for s in a.due.workings],
        "void": [broken_json(b) for b in a.due.void],
    }
    if a.clock.direction == "min_wait":
        told["opens"] = a.due.at.isoformat() if a.by_hours else next_day(a.due).isoformat()
    if a.due.block is not None and a.due.warn is not None:
        told |= {"block": a.due.block.isoformat(), "warn": a.due.warn.isoformat()}
    return told


def next_day(found: Due) -> date:
    """The first day after a wait, on which the act is lawful."""
    return moment(found.opens).date()


def step_json(step: Step, calendar: Calendar) -> dict[str, Any]:
    (week_zh, week_en), (name_zh, name_en) = weekday(step.day), name_of(step.day, calendar)
    return {
        "day": step.day.isoformat(),
        "weekday_zh": week_zh,
        "weekday_en": week_en,
        "day_zh": name_zh,
        "day_en": name_en,
        "counts": step.counts,
        "number": step.number,
        "why": step.why,
        "law": step.law,
        "says_zh": step.says_zh,
        "says_en": step.says,
    }


def broken_json(broken: Broken) -> dict[str, str]:
    return {"reason": broken.reason, "law": broken.law, "zh": broken.says_zh, "en": broken.says}
