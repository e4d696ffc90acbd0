"""The rules that the law puts on acts: the facts that they ask, what they say when they are broken, and the verdict on an act."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from itertools import repeat
from typing import Any, TypeVar

from services.law.citation import cite

T = TypeVar("T")
_REASON = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_GUARD = re.compile(r"G-[0-9]{2,3}")
_WARNING = re.compile(r"EW-[0-9]{2}")
_SEVERITIES = ("block", "warn")


class NotAsked(Exception):
    """A fact that only a request can tell was looked at where there is none, as in a listing of open acts."""


class Unknown(Exception):
    """A fact that cannot be known here, as at the city what the record of a department does not show."""


class NotKnown:
    """Stands where a fact cannot be known here: whoever asks whether it holds raises Unknown."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __bool__(self) -> bool:
        raise Unknown(self.what)


class Facts(ABC):
    """What the rules of one procedure may ask. A subclass in law writes out what the record itself shows and leaves abstract
    what has to be looked up; each place that holds the rules (the act, the listing, the city) implements all of it.

    A fact is never silently absent: it is told, or raises NotAsked or Unknown. A class that lacks one cannot be built.
    """

    @abstractmethod
    def at(self) -> datetime:
        """When the act was done."""

    def sector(self) -> str:
        """The pack of sector rules whose articles are cited; empty where the act is of no body in particular."""
        return ""


def fact(look: Callable[[Any], T]) -> Callable[[Any], T]:
    """A fact that is looked up once, however many rules ask for it.

    A method that overrides one and goes on with what `super()` tells is to be a fact itself, or to tell the same.
    """
    name = look.__name__

    @wraps(look)
    def once(self: Any) -> T:
        found = look(self)
        # in the method's place from now on, and told at no cost: a dozen rules ask when the act was done
        self.__dict__[name] = repeat(found).__next__
        return found

    return once


@dataclass(frozen=True)
class Broken:
    """One rule that does not hold: why, under which article, and what the article says."""

    reason: str
    law: str
    says: str
    says_zh: str
    by: str = field(default="", compare=False)
    """The rule, or the act, by the name under which sectors have articles of their own for it: "rule.punishable"."""


class Unlawful(Exception):
    """An act that the law does not allow. `broken` lists every rule it breaks, never only the first. `sector` is that of the
    record, whose articles are cited.
    """

    def __init__(
        self, broken: Iterable[Broken], about: dict[str, str] | None = None, sector: str = ""
    ) -> None:
        self.sector = sector
        self.broken: list[Broken] = list(broken)
        self.about: dict[str, str] = dict(about or {})
        super().__init__("; ".join(f"{b.reason} ({b.law}): {b.says}" for b in self.broken))


@dataclass(frozen=True)
class Rule:
    """A condition that the law puts on an act, with all that is said of it. A `warn` rule does not stop the act.

    `states` is what the article asks for; `says` and `says_zh` are what a refusal says: what is wrong, and what would mend it.
    `guard` is its number in the requirements, `warning` the early warning that it is when it was broken and nobody refused,
    `tells` the figures that a refusal adds.
    """

    reason: str
    law: str
    says: str
    says_zh: str
    holds: Callable[[Any], bool] = field(compare=False)
    severity: str = "block"
    states: str = ""
    guard: str = ""
    warning: str = ""
    tells: Callable[[Any], Mapping[str, str]] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not _REASON.fullmatch(self.reason):
            raise ValueError(f"reason {self.reason!r} is not UPPER_SNAKE")
        if self.severity not in _SEVERITIES:
            raise ValueError(f"{self.reason}: severity {self.severity!r} is not one of {_SEVERITIES}")
        if not self.says or not self.says_zh:
            raise ValueError(f"{self.reason}: a rule is said in English (its docstring) and in Chinese (zh=)")
        if self.guard and not all(map(_GUARD.fullmatch, self.guard.split())):
            raise ValueError(f"{self.reason}: guard {self.guard!r} is not of the form G-05")
        if self.warning and not _WARNING.fullmatch(self.warning):
            raise ValueError(f"{self.reason}: warning {self.warning!r} is not of the form EW-09")
        cite(self.law)

    @property
    def name(self) -> str:
        """The name under which sectors have articles of their own for it."""
        return f"rule.{self.holds.__name__}"

    def broken(self) -> Broken:
        return Broken(self.reason, self.law, self.says, self.says_zh, self.name)


def rule(
    reason: str,
    *,
    law: str,
    zh: str,
    en: str = "",
    severity: str = "block",
    guard: str = "",
    warning: str = "",
    tells: Callable[[Any], Mapping[str, str]] | None = None,
) -> Callable[[Callable[[Any], bool]], Rule]:
    """Make a predicate a Rule. Its docstring states what the article asks for; `en` says what is wrong when it does not hold
    and what would mend it, and where none is given the docstring is said as a condition that is not met. Raises ValueError
    if ill-formed.
    """

    def build(holds: Callable[[Any], bool]) -> Rule:
        states = " ".join((holds.__doc__ or "").split())
        says = en or (states and f"Not met: {states}")
        return Rule(reason, law, says, zh, holds, severity, states, guard, warning, tells)

    return build


@dataclass(frozen=True)
class Verdict:
    """How an act stands to its rules: those it breaks, and those that cannot be said for want of a request or of a fact."""

    broken: tuple[Rule, ...] = ()
    not_asked: tuple[Rule, ...] = ()
    unknown: tuple[Rule, ...] = ()


def judge(rules: Iterable[Rule], facts: Any) -> Verdict:
    """Hold rules where not every fact is at hand: what cannot be said is listed as that, and never passes for kept."""
    broken, not_asked, unknown = [], [], []
    for each in rules:
        try:
            if not each.holds(facts):
                broken.append(each)
        except NotAsked:
            not_asked.append(each)
        except Unknown:
            unknown.append(each)
    return Verdict(tuple(broken), tuple(not_asked), tuple(unknown))


def told(broken: Iterable[Rule], facts: Any) -> dict[str, str]:
    """The figures that go with broken rules. What is not known is left out."""
    said: dict[str, str] = {}
    for each in broken:
        if each.tells is not None:
            try:
                said |= each.tells(facts)
            except (NotAsked, Unknown):
                continue
    return said
