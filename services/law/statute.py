"""Clocks as the statutes give them: dated tables read from statutes/*.toml, refused when they are wrong."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from services.law.citation import INTERNAL, STATUTES, cite, ended, internal, statute_of
from services.law.declared import held_otherwise
from services.law.event import NAME, announced_by, announcers
from services.law.term import DIRECTIONS, Term
from services.law.words import CONDITIONS

LAYERS = ("national", "sector", "provincial", "city")


@dataclass(frozen=True)
class Extending:
    """An extension that the law gives: by whom, how much at most (None: no number), how often (0: as often as it is approved).

    `limit` is the parameter that bounds it where the statute gives no number, or leaves it to a sector.
    """

    by: str
    unit: str
    law: str
    amount: int | None = None
    times: int = 1
    limit: str = ""


@dataclass(frozen=True)
class Clock:
    """A statutory period: what starts and stops it, how long it runs, who must act, what follows if missed.

    `starts` and `stops` are names of legal character, as events and acts of procedures announce them ("decision.made").
    `resumes` are those after which it runs on from its first day though it had stopped: nothing gives the term anew.
    `only_if` names a condition in the starting event's facts. `terms` are dated, the newest last; `roll` says whether
    a last day without work moves on to the next.
    """

    id: str
    title_zh: str
    title_en: str
    law: str
    terms: tuple[tuple[date, Term], ...]
    direction: str = "after"
    who: str = "agency"
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    only_if: str = ""
    roll: bool = True
    extensions: tuple[Extending, ...] = ()
    excluded_zh: str = ""
    excluded_en: str = ""
    excluded_law: str = ""  # the article, where it is another than the clock's own
    late_zh: str = ""
    late_en: str = ""
    note_zh: str = ""
    note_en: str = ""
    layer: str = "national"
    configurable: bool = False

    @property
    def term(self) -> Term:
        """The newest term."""
        return self.terms[-1][1]

    def in_force(self, day: date) -> bool:
        """Whether the clock was law on a day: not before its first term, nor after its statute ended."""
        return self.terms[0][0] <= day and not ended(self.law, day)

    def term_on(self, day: date) -> Term:
        """The term in force on a day; raises ValueError if the clock was not yet law, or no longer. No older term comes back."""
        if ended(self.law, day):
            raise ValueError(f"{self.id}: {self.law} had ended on {day}")
        for since, term in reversed(self.terms):
            if since <= day:
                return term
        raise ValueError(f"{self.id}: no term was in force on {day}")

    def extension(self, granted: int) -> Extending | None:
        """What may be given after that many extensions; None where they are used, or there are none."""
        for slot in self.extensions:
            if not slot.times or granted < slot.times:
                return slot
            granted -= slot.times
        return None

    @property
    def internal(self) -> bool:
        """Whether the agency, or the city, set it for itself."""
        return internal(self.law)

    def with_term(self, term: Term, law: str = "") -> "Clock":
        """The same clock with a local or sector term; raises ValueError if the law leaves no choice."""
        if not self.configurable:
            raise ValueError(f"{self.id}: {self.law} fixes this term")
        return replace(self, terms=((self.terms[0][0], term),), law=law or self.law)


@cache
def catalogue() -> Mapping[str, Clock]:
    """Every clock by id; raises ValueError naming file, line and reason if a statute file is bad."""
    return MappingProxyType(read_statutes(STATUTES))


def runs(clock: Clock) -> bool:
    """Whether services run the clock: events drive it, and it is not declared to be held in another way."""
    return driven(clock) and clock.id not in held_otherwise()


def driven(clock: Clock) -> bool:
    """Whether an event starts the clock and an event can stop it.

    A clock that nobody can stop would only raise false alarms: it is counted, not run. So are waits, terms counted backwards
    and yearly numbers, which rules ask for.
    """
    known = announcers().keys()
    return (
        clock.direction == "after"
        and not known.isdisjoint(clock.starts)
        and not known.isdisjoint(clock.stops)
    )


@lru_cache(4096)
def started_by(event: str) -> tuple[Clock, ...]:
    """The clocks that an event, by the full name of its message, starts for those whom they bind."""
    names = set(announced_by(event))
    return tuple(c for c in catalogue().values() if names.intersection(c.starts) and runs(c))


@lru_cache(4096)
def stopped_by(event: str) -> tuple[Clock, ...]:
    """The clocks that an event, by the full name of its message, stops."""
    names = set(announced_by(event))
    return tuple(c for c in catalogue().values() if names.intersection(c.stops) and runs(c))


@lru_cache(4096)
def resumed_by(event: str) -> tuple[Clock, ...]:
    """The clocks that run on from their first day after an event, by the full name of its message."""
    names = set(announced_by(event))
    return tuple(c for c in catalogue().values() if names.intersection(c.resumes) and runs(c))


@lru_cache(4096)
def named_by(event: str) -> tuple[str, ...]:
    """The ids of the clocks that an event starts, stops or lets run on."""
    moved = (*started_by(event), *stopped_by(event), *resumed_by(event))
    return tuple(dict.fromkeys(c.id for c in moved))


# What a layer may say of a clock. What starts and stops it is the same for all.
_OWN = frozenset({
    "law", "term", "extensions", "excluded_zh", "excluded_en", "excluded_law", "late_zh", "late_en", "note_zh", "note_en",
})  # fmt: skip


def overlaid(clock: Clock, entry: Mapping[str, Any], kind: str) -> Clock:
    """A clock as a layer of a kind has it. Raises ValueError for a term that the law fixes, or what is wrong with the entry.

    What the agency sets for itself needs no citation; for all others an article is named.
    """
    if unknown := entry.keys() - _OWN:
        raise ValueError(f"{min(unknown)} is not a layer's to say")
    own: dict[str, Any] = {"law": INTERNAL} if kind == "agency" else {}
    own |= entry
    if "law" not in own:
        raise ValueError("no citation")
    cite(own["law"])
    if "term" in own:
        if not clock.configurable and not statute_of(clock.law).of:
            raise ValueError(f"{clock.law} fixes this term")
        own["terms"] = tuple((t["since"], Term(t["amount"], t["unit"])) for t in own.pop("term"))
    if "extensions" in own:
        own["extensions"] = tuple(Extending(**{"law": own["law"], **e}) for e in own["extensions"])
    if "excluded_zh" in own:
        own.setdefault("excluded_law", own["law"])
    made = replace(clock, **{"configurable": False, **own})
    _check(made)
    return made


def read_statutes(folder: Path) -> dict[str, Clock]:
    """The clocks of every statute file in a folder; raises ValueError for the first thing wrong."""
    clocks: dict[str, Clock] = {}
    for path in sorted(folder.glob("*.toml")):
        if not path.name.startswith("index"):
            for clock in read_statute(path):
                if clock.id in clocks:
                    raise ValueError(f"{path.name}: {clock.id} is already defined in another file")
                clocks[clock.id] = clock
    return clocks


def read_statute(path: Path) -> list[Clock]:
    """The clocks of one statute file; raises ValueError as `file:line: reason`."""
    try:
        text = path.read_text("utf-8")
        tables = tomllib.loads(text)
    except ValueError as wrong:  # no UTF-8, or no TOML
        raise ValueError(f"{path.name}: {wrong}") from wrong
    if not isinstance(tables.get("clock", {}), dict):
        raise ValueError(f"{path.name}: a clock is written as a table [clock.ID]")
    common = {key: value for key, value in tables.items() if key != "clock"}
    clocks = []
    for clock_id, entry in tables.get("clock", {}).items():
        try:
            clocks.append(_clock(clock_id, {**common, **entry}))
        except (TypeError, KeyError, ValueError) as wrong:
            said = f"{wrong} is missing" if isinstance(wrong, KeyError) else str(wrong)
            raise ValueError(f"{path.name}:{_line(text, clock_id)}: {clock_id}: {said}") from wrong
    return clocks


def _line(text: str, clock_id: str) -> int:
    at = re.search(rf"^\[clock\.{re.escape(clock_id)}\]", text, re.MULTILINE)
    return text.count("\n", 0, at.start()) + 1 if at else 1


def _clock(clock_id: str, entry: dict[str, Any]) -> Clock:
    if not entry.get("law"):
        raise ValueError("no citation")
    cite(entry["law"])
    terms = tuple((t["since"], Term(t["amount"], t["unit"])) for t in entry.pop("term"))
    extensions = tuple(Extending(**{"law": entry["law"], **e}) for e in entry.pop("extensions", ()))
    lists: dict[str, Any] = {k: _names(k, entry.pop(k)) for k in ("starts", "stops", "resumes") if k in entry}
    rolls = not any(term.unit in ("hour", "annual") for _, term in terms)
    clock = Clock(clock_id, terms=terms, extensions=extensions, **lists, **{"roll": rolls, **entry})
    _check(clock)
    return clock


def _names(key: str, named: Any) -> tuple[str, ...]:
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
        raise TypeError(f"{key} is a list of names, not {named!r}")
    if wrong := [name for name in named if not NAME.fullmatch(name)]:
        raise ValueError(f"{key}: {wrong[0]!r} is no name as 'decision.made'")
    if len(set(named)) < len(named):
        raise ValueError(f"{key} says a name twice")
    return tuple(named)


def _check(clock: Clock) -> None:
    dates = [since for since, _ in clock.terms]
    if wrong := [since for since in dates if type(since) is not date]:
        raise ValueError(f"since is a day as 2021-07-15, not {wrong[0]!r}")
    if not dates:
        raise ValueError("no term")
    if dates != sorted(set(dates)):
        raise ValueError("the dates of its terms overlap: each `since` must be later than the one before")
    if clock.direction not in DIRECTIONS:
        raise ValueError(f"unknown direction {clock.direction!r}, expected one of {', '.join(DIRECTIONS)}")
    if clock.layer not in LAYERS:
        raise ValueError(f"unknown layer {clock.layer!r}, expected one of {', '.join(LAYERS)}")
    if not (clock.starts or clock.direction == "annual"):
        raise ValueError("nothing starts it: `starts` is needed")
    if not clock.stops:
        raise ValueError("nothing stops it: `stops` is needed")
    if clock.only_if and clock.only_if not in CONDITIONS:
        raise ValueError(f"unknown condition {clock.only_if!r}, expected one of {', '.join(CONDITIONS)}")
    if clock.excluded_law:
        cite(clock.excluded_law)
    for extending in clock.extensions:
        cite(extending.law)
        Term(extending.amount or 0, extending.unit)
    _check_days(clock)


def _check_days(clock: Clock) -> None:
    """The unit must be the one its statute counts terms of that many days in."""
    statute = statute_of(clock.law)
    if statute.working_days is None or clock.configurable:
        return
    for _, term in clock.terms:
        if term.unit in ("working_day", "calendar_day"):
            working = statute.working_days.covers(term.amount, clock.who)
            if working != (term.unit == "working_day"):
                kind = "working" if working else "calendar"
                where = f"{statute.code}:{statute.working_days.article}"
                raise ValueError(f"{term.amount} days of {statute.code} are {kind} days ({where})")
