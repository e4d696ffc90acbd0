"""Which law data counted: a hash of each row of the law as it binds at a node, and one over all of them, the edition.

A row is a clock ("PEN-15"), a number ("hearing.fine.citizen"), a rule or an act with its articles ("rule.two_officers",
"act.CLOSE_CASE"), a year of the calendar that comes with the release ("calendar.2026"), or the kernel ("kernel"). Its hash is
over what it says of days, conditions and articles, layer by layer: titles and notes are left out, and nothing that is only
written otherwise makes another hash. Where a sector has a row otherwise than everybody, it stands once more, as
"housing/PEN-15".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any, NamedTuple

from services.law.calendar import china
from services.law.citation import statutes
from services.law.clock import Clock, catalogue
from services.law.layer import Dated
from services.law.parameters import Layers
from services.law.procedures import every

KERNEL = 1
"""The mark of the code that counts. It goes up when, of the same data, another day comes out (tests/law/test_edition.py holds the
answers). A hash of the source would be another with every comment, and say of days that they were counted otherwise when they
were not.
"""

# Titles and notes; and terms, of which only the one that is in force counts.
_LEFT_OUT = frozenset({"title_zh", "title_en", "late_zh", "late_en", "note_zh", "note_en", "terms"})
_LENGTH = 12
Form = list[tuple[date | None, str]]
"""A row as it is written to be hashed: what holds, and from which day on."""


@dataclass(frozen=True, eq=False)
class Edition:
    """The law as it binds at a node: the mark that records keep, and the hash of each row."""

    mark: str
    rows: Mapping[str, str]


@lru_cache(64)
def edition_of(layers: Layers) -> Edition:
    """The edition of a node with these layers. It takes a while, once for a node."""
    rows = {"kernel": str(KERNEL), **_years()}
    for name, form in _forms(layers).items():
        everywhere = form("")
        rows[name] = _row(everywhere)
        for sector in layers.sectors:
            if (own := form(sector)) != everywhere:
                rows[f"{sector}/{name}"] = _row(own)
    return Edition(f"{_hash(sorted(rows.items()))}.{KERNEL}", MappingProxyType(rows))


def hash_of(rows: Mapping[str, str], name: str, sector: str = "", day: date | None = None) -> str:
    """The hash of a row for a body of a sector, as it holds on a day, or all of it without one. Empty where nothing holds.

    An amendment adds to a row what holds from its day on, and takes nothing from what was counted before.
    """
    row = rows.get(f"{sector}/{name}", rows.get(name, ""))
    if day is None or "=" not in row:
        return row
    held = [part for part in row.split(",") if part <= f"{day}=~"]
    return held[-1] if held else ""


def differing(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """The rows in which two editions differ, those of sectors by their full names."""
    each = ((name, plain(name), name.rpartition("/")[0]) for name in old.keys() | new.keys())
    return sorted(
        full for full, name, sector in each if hash_of(old, name, sector) != hash_of(new, name, sector)
    )


def plain(name: str) -> str:
    """A row's name without the sector that has it otherwise."""
    return name.rpartition("/")[2]


# How a row is written to be hashed.


def _forms(layers: Layers) -> dict[str, Any]:
    """Each row's form, given a sector."""
    found: dict[str, Any] = {}
    for clock in catalogue().values():
        found[clock.id] = lambda sector, c=clock: _clock(layers, c, sector)
    for key in layers.keys:
        found[key] = lambda sector, k=key: _number(layers, k, sector)
    for name, its in _said_in_procedures().items():
        found[name] = lambda sector, n=name, i=its: _procedural(layers, n, i, sector)
    return found


class Binding(NamedTuple):
    """An article, what binds of it here, and from when until when it is law."""

    part: str
    binding: str
    in_force: date
    repealed: date | None
    level: str


def _clock(layers: Layers, clock: Clock, sector: str) -> Form:
    """As the layers have it from day to day: what is overridden counts for nothing."""
    own = [layer.clocks[clock.id] for layer in layers.asked(sector) if clock.id in layer.clocks]
    keys = [f"clock.{clock.id}", *(e.limit for e in clock.extensions if e.limit)]
    keys += [e["limit"] for entry in own for e in entry.get("extensions", ()) if "limit" in e]
    dated = [d for key in keys for d in _dated(layers, key, sector)]
    laws = [clock.law, clock.excluded_law, *(e.law for e in clock.extensions), *(d.law for d in dated)]
    laws += [law for entry in own for law in _laws(entry)]
    since = {day for day, _ in clock.terms} | {d.since for d in dated}
    since |= {t["since"] for entry in own for t in entry.get("term", ())}

    def on(day: date) -> Any:
        here = layers.clock(clock, day, sector)
        return here and (here, here.term_on(day))

    return _from_day_to_day(since, _binding(layers, laws, sector), on)


def _number(layers: Layers, key: str, sector: str) -> Form:
    dated = _dated(layers, key, sector)
    binding = _binding(layers, [d.law for d in dated], sector)

    def on(day: date) -> Any:
        try:
            found = layers.value(key, day, sector)
        except ValueError:  # nobody sets it then
            return None
        return found.value, found.unit, found.citation.code

    return _from_day_to_day({d.since for d in dated}, binding, on)


def _dated(layers: Layers, key: str, sector: str) -> list[Dated]:
    set_by = (layer.parameters[key] for layer in layers.asked(sector) if key in layer.parameters)
    return [dated for parameter in set_by for dated in parameter.values]


def _from_day_to_day(since: set[date], binding: list[Binding], on: Callable[[date], Any]) -> Form:
    """What holds from each day on that changes it."""
    days = since.union(*({b.in_force, b.repealed or b.in_force} for b in binding))
    held: Form = []
    last = ""
    for day in sorted(days):
        what = on(day)
        if (written := "" if what is None else _written(what)) != last:
            held.append((day, written))
            last = written
    return held


def _procedural(layers: Layers, name: str, its: Any, sector: str) -> Form:
    each = (f"[{_told(said)},{layers.cited(said[0], sector, name)!r}]" for said in its)
    return [(None, f"[{','.join(each)}]")]


def _laws(entry: Mapping[str, Any]) -> Iterator[str]:
    yield from (entry[key] for key in ("law", "excluded_law") if key in entry)
    yield from (e["law"] for e in entry.get("extensions", ()) if "law" in e)


def _binding(layers: Layers, laws: Iterable[str], sector: str) -> list[Binding]:
    parts = sorted({part.strip() for law in laws for part in law.split(";") if part.strip()})
    held = ((part, statutes()[part.partition(":")[0]]) for part in parts)
    return [Binding(part, layers.binding(part, sector), s.in_force, s.repealed, s.level) for part, s in held]


@cache
def _said_in_procedures() -> Mapping[str, list[tuple[str, ...]]]:
    """The rules and acts of all procedures by name, with what the tables say of them."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for table in (table for procedure in every() for table in procedure.tables):
        for move in table.moves:
            told = (move.law, table.name, move.source, move.target, *(r.name for r in move.rules))
            found.setdefault(f"act.{move.act}", set()).add(told)
            for r in move.rules:
                found.setdefault(r.name, set()).add((r.law, r.reason, r.severity, r.guard, r.warning))
    return {name: sorted(said) for name, said in found.items()}


@cache
def _years() -> Mapping[str, str]:
    """The years that come with the release."""
    return {f"calendar.{year}": _hash(days) for year, days in china().proclaimed().items()}


def _row(form: Form) -> str:
    return ",".join(f"{day}={_hash(text)}" if day else _hash(text) for day, text in form)


def _hash(form: Any) -> str:
    return sha256(_written(form).encode()).hexdigest()[:_LENGTH]


def _written(value: Any) -> str:
    """A value as one text that says the same of the same, whatever order it was written down in."""
    if isinstance(value, str):
        return repr(value)
    if is_dataclass(value):
        return _entry(value)  # type: ignore[arg-type]
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{k}:{_written(value[k])}' for k in sorted(value) if k not in _LEFT_OUT)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_written, value))}]"
    if isinstance(value, frozenset):
        return _written(sorted(value))
    return repr(str(value) if isinstance(value, date) else value)


@cache
def _told(said: tuple[str, ...]) -> str:
    """What a table says of a rule or an act, the same for every sector."""
    return _written(said)


@lru_cache(8192)
def _entry(value: Any) -> str:
    """A clock or a number: the same object stands in the layers of every node and sector."""
    return _written({f.name: getattr(value, f.name) for f in fields(value)})
