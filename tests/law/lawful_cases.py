"""The lawful case of every procedure of the law, and single changes to it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType, UnionType
from typing import Any, get_args, get_type_hints

from services.law.procedure import Procedure
from services.law.rule import Facts
from services.law.standing import Person
from tests.law import (
    lawful_decisions,
    lawful_enforcement,
    lawful_oversight,
    lawful_permits,
    lawful_remedies,
)
from tests.law.lawful import NOW, Lawful, ago, built

LAWFUL: Mapping[str, Lawful] = MappingProxyType(
    {
        **lawful_decisions.LAWFUL,
        **lawful_enforcement.LAWFUL,
        **lawful_oversight.LAWFUL,
        **lawful_permits.LAWFUL,
        **lawful_remedies.LAWFUL,
    }
)
PEOPLE = frozenset({"H-1", "S-1", "R-1"})  # those who act in the cases


def kept(procedure: Procedure, act: str) -> Any:
    """Facts that keep the rules of an act."""
    case = LAWFUL[procedure.name].of(act)
    return built(procedure.facts, case.record, case.facts)


def nothing(procedure: Procedure) -> Any:
    """A record on which nothing stands, and facts of which none is known."""
    record = type(LAWFUL[procedure.name].record)()
    return built(procedure.facts, record, dict.fromkeys(abstract(procedure.facts)))


def abstract(kind: type[Facts]) -> list[str]:
    """The facts that have to be looked up or asked, without the time of the act."""
    return sorted(getattr(kind, "__abstractmethods__", frozenset()) - {"at"})


def changed(procedure: Procedure, case: Lawful) -> Iterator[tuple[str, Any, Any]]:
    """Every single change: what is changed, to what, and the facts after it."""
    for where, value, record in on_record(case.record):
        yield where, value, built(procedure.facts, record, case.facts)
    for name, value in case.facts.items():
        for other in others(value, None):
            yield name, other, built(procedure.facts, case.record, {**case.facts, name: other})


def on_record(record: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """A record with one thing on it changed, also in what it holds."""
    hints = get_type_hints(type(record))
    for each in fields(record):
        value, name = getattr(record, each.name), f"{path}{each.name}"
        if is_dataclass(value):
            for where, other, part in on_record(value, f"{name}."):
                yield where, other, replace(record, **{each.name: part})
            continue
        for other in others(value, hints[each.name]):
            yield name, other, replace(record, **{each.name: other})


def others(value: Any, hint: Any) -> list[Any]:
    """What else a value may be; for one that is not set, what its type allows."""
    if value is None:
        return _of_type(hint)
    for kind, change in _CHANGES.items():
        if isinstance(value, kind):
            return change(value)
    parts = [(n, other) for n, part in enumerate(value) for other in _part(part)]
    changed = [(*value[:n], other, *value[n + 1 :]) for n, other in parts]
    return [(), value[:1], value * 2, *changed] if value else [None, ("X-9",)]


# The first kind that a value is of says how it changes.
_CHANGES: Mapping[type, Callable[[Any], list[Any]]] = {
    bool: lambda v: [not v],
    int: lambda v: [0, v - 1, v + 1, v * 1000 + 1000],
    StrEnum: lambda v: [*(e for e in type(v) if e != v), None],
    str: lambda v: ["", "X-9"],
    datetime: lambda v: [v - timedelta(days=9999), v + timedelta(days=9999), None],
    Person: lambda v: [
        v._replace(certified=False),
        *(v._replace(**{flaw: True}) for flaw in ("suspended", "outside", "elsewhere")),
    ],
    frozenset: lambda v: [v | PEOPLE, frozenset()],
}


def _part(part: Any) -> list[Any]:
    if is_dataclass(part):
        return [record for _, _, record in on_record(part)]
    return [other for other in others(part, None) if other is not None]


def _of_type(hint: Any) -> list[Any]:
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    found: list[Any] = []
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            found += list(kind)
        elif kind is datetime:
            found += [ago(9999), NOW]
        elif kind is int:
            found += [0, 10**9]
    return found
