"""For every procedure a record and facts that keep its rules, and for acts that want another case of the law, that case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from services.law.procedure import whole
from services.law.rule import Facts
from services.law.standing import Person

NOW = datetime(2026, 9, 22, 2, tzinfo=UTC)  # ten in the morning of a Tuesday in Shanghai


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


TWO = (Person("O-1", certified=True), Person("O-2", certified=True))


@dataclass(frozen=True)
class Lawful:
    """A record and the value of each abstract fact; `for_act` says what is otherwise for an act."""

    record: Any
    facts: Mapping[str, Any] = field(default_factory=dict)
    for_act: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, act: str) -> "Lawful":
        """What holds for an act: names of the record are changed there, the others among the facts."""
        return self.where(self.for_act.get(act, {}))

    def all_of(self, act: str) -> "list[Lawful]":
        """That, and the further cases of the act, which are named after it: `DECIDE demolition`."""
        return [
            self.of(act),
            *(self.where(o) for name, o in self.for_act.items() if name.startswith(f"{act} ")),
        ]

    def where(self, other: Mapping[str, Any]) -> "Lawful":
        on_record = {k: v for k, v in other.items() if hasattr(self.record, k)}
        told = {k: v for k, v in other.items() if k not in on_record}
        return Lawful(replace(self.record, **on_record), {**self.facts, **told})


def told(value: Any) -> Callable[..., Any]:
    """A fact that is this, whatever is asked of it."""
    return lambda self, *asked: value


@cache
def telling(kind: type[Facts], names: frozenset[str]) -> Any:
    """A class of facts that are what is said of each. Raises TypeError naming those that are missing."""

    def tells(name: str) -> Callable[..., Any]:
        return lambda self, *asked: self._known[name]

    return whole(type(f"Whole{kind.__name__}", (kind,), {name: tells(name) for name in names}))


def built(kind: type[Facts], record: Any, facts: Mapping[str, Any], now: datetime = NOW) -> Any:
    """The facts of a procedure, told as here. Raises TypeError naming those that are missing."""
    given = {"at": now, **facts}
    made = telling(kind, frozenset(given))()
    made._known, made.record, made.now = given, record, now
    return made
