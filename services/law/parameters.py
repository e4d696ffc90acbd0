"""Numbers that the law leaves to provinces, cities and sectors: dated, cited, and layered.

A later layer speaks before an earlier one: sector, city, province, nation. A number that national law
fixes cannot be set below it.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from services.law.citation import Cited, cite
from services.law.statute import Clock, Extending
from services.law.term import Term

FOLDER = Path(__file__).parent / "layers"
KINDS = ("national", "provincial", "city", "sector")
UNITS = (
    "fen", "working_day", "calendar_day", "month", "year", "hour", "minute",
    "per_mille", "percent", "count", "class_hour", "km", "times", "month_day",
    "switch",
)  # fmt: skip


@dataclass(frozen=True)
class Dated:
    """A value from a day on, and the article that sets it."""

    since: date
    value: int
    law: str


@dataclass(frozen=True)
class Parameter:
    """One number of one layer. `fixed` numbers of national law are nobody else's to set."""

    key: str
    unit: str
    values: tuple[Dated, ...]
    title_zh: str = ""
    title_en: str = ""
    fixed: bool = False

    def on(self, day: date) -> Dated | None:
        return next((v for v in reversed(self.values) if v.since <= day), None)


@dataclass(frozen=True)
class Layer:
    """The numbers that one authority sets; `extends` names the layer it stands on."""

    name: str
    kind: str
    extends: str
    parameters: Mapping[str, Parameter]


@dataclass(frozen=True)
class Resolved:
    """A value, the article and the layer that set it, and what each layer on the way down says."""

    value: int
    unit: str
    citation: Cited
    layer: str
    chain: tuple[tuple[str, int, str], ...] = field(default=())


class Layers:
    """National law, with what province, city and sectors set on top of it.

    Raises ValueError for a layer that sets a number fixed by national law, a number that the
    national layer does not know, or one in another unit.
    """

    def __init__(
        self,
        national: Layer,
        provincial: Layer | None = None,
        city: Layer | None = None,
        sector: Layer | Iterable[Layer] | None = None,
    ) -> None:
        self.national = national
        self._sectors = {s.name: s for s in ([sector] if isinstance(sector, Layer) else sector or ())}
        self._general = [layer for layer in (city, provincial, national) if layer is not None]
        for layer in (*self._general[:-1], *self._sectors.values()):
            _check_against(national, layer)

    def value(self, key: str, on: date, sector: str = "") -> Resolved:
        """The number in force on a day; KeyError for an unknown key, ValueError before the first date."""
        if key not in self.national.parameters:
            raise KeyError(f"no parameter {key!r}")
        chain = []
        for layer in self._stack(sector):
            parameter = layer.parameters.get(key)
            dated = parameter.on(on) if parameter else None
            if dated:
                chain.append((layer.name, dated.value, dated.law))
        if not chain:
            raise ValueError(f"parameter {key!r} has no value in force on {on}")
        name, value, law = chain[0]
        return Resolved(value, self.national.parameters[key].unit, cite(law), name, tuple(chain))

    def clock(self, clock: Clock, on: date, sector: str = "") -> Clock:
        """The clock with the term that a layer gives it under `clock.<id>`, or as it is."""
        key = f"clock.{clock.id}"
        if key not in self.national.parameters:
            return clock
        found = self.value(key, on, sector)
        if found.layer == self.national.name:
            return clock
        return clock.with_term(Term(found.value, found.unit), found.citation.code)

    def bounded(self, clock: Clock, on: date, sector: str = "") -> Clock:
        """The clock with its extensions as far as the parameters that bound them allow on a day."""
        return replace(clock, extensions=tuple(self._bounded(e, on, sector) for e in clock.extensions))

    def _bounded(self, extending: Extending, on: date, sector: str) -> Extending:
        if not extending.limit:
            return extending
        limit = self.value(extending.limit, on, sector)
        return replace(extending, amount=limit.value, unit=limit.unit, law=limit.citation.code)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.national.parameters)

    @property
    def sectors(self) -> tuple[str, ...]:
        return tuple(self._sectors)

    def _stack(self, sector: str) -> list[Layer]:
        return [*([self._sectors[sector]] if sector in self._sectors else ()), *self._general]


def _check_against(national: Layer, layer: Layer) -> None:
    for key, parameter in layer.parameters.items():
        base = national.parameters.get(key)
        if base is None:
            raise ValueError(f"{layer.name}: {key} is no parameter of the national layer")
        if base.fixed:
            raise ValueError(f"{layer.name}: {key} is fixed by {base.values[-1].law}")
        if base.unit != parameter.unit:
            raise ValueError(f"{layer.name}: {key} is in {base.unit}, not {parameter.unit}")


@cache
def national() -> Layer:
    """The national layer: what national law fixes, and defaults where it leaves a number to others."""
    parts = [read_layer(path) for path in sorted(FOLDER.glob("national*.toml"))]
    merged: dict[str, Parameter] = {}
    for part in parts:
        if twice := merged.keys() & part.parameters.keys():
            raise ValueError(f"{part.name}: {min(twice)} is already defined")
        merged.update(part.parameters)
    return Layer("national", "national", "", MappingProxyType(merged))


def load_layers(paths: Iterable[Path], name: str = "") -> Layers:
    """The layers that a named layer (a city's, mostly) stands on, sectors included.

    Raises ValueError for a bad file, a layer that is missing, defined twice, or stands on itself.
    """
    found: dict[str, Layer] = {}
    for path in paths:
        layer = read_layer(path)
        if layer.name in found:
            raise ValueError(f"{path.name}: layer {layer.name} is already defined")
        found[layer.name] = layer
    for layer in found.values():
        _refuse_cycle(layer, found)
    by_kind: dict[str, Layer] = {}
    at = name
    while at and at != "national":
        if at not in found:
            raise ValueError(f"layer {at} is not among the files")
        by_kind[found[at].kind] = found[at]
        at = found[at].extends
    sectors = [layer for layer in found.values() if layer.kind == "sector"]
    return Layers(national(), by_kind.get("provincial"), by_kind.get("city"), sectors)


def _refuse_cycle(layer: Layer, found: Mapping[str, Layer]) -> None:
    seen = [layer.name]
    while layer.extends and layer.extends != "national":
        if layer.extends not in found:
            raise ValueError(f"layer {layer.name} extends {layer.extends}, which is not among the files")
        layer = found[layer.extends]
        if layer.name in seen:
            raise ValueError(f"layers stand on each other in a circle: {' -> '.join([*seen, layer.name])}")
        seen.append(layer.name)


def read_layer(path: Path) -> Layer:
    """A layer from its file; raises ValueError as `file:line: reason`."""
    try:
        text = path.read_text("utf-8")
        tables = tomllib.loads(text)
    except ValueError as wrong:  # no UTF-8, or no TOML
        raise ValueError(f"{path.name}: {wrong}") from wrong
    head = tables.pop("layer", {})
    named = isinstance(head, dict) and isinstance(head.get("name"), str) and head["name"]
    if not named or head.get("kind") not in KINDS:
        raise ValueError(f"{path.name}:1: [layer] needs a name and a kind, one of {', '.join(KINDS)}")
    parameters = {}
    for key, entry in tables.items():
        try:
            if not isinstance(entry, dict):
                raise TypeError("is a table of a unit and dated values")
            parameters[key] = _parameter(key, entry)
        except (TypeError, KeyError, ValueError) as wrong:
            line = text[: max(text.find(f'["{key}"]'), 0)].count("\n") + 1
            said = f"{wrong} is missing" if isinstance(wrong, KeyError) else str(wrong)
            raise ValueError(f"{path.name}:{line}: {key}: {said}") from wrong
    return Layer(head["name"], head["kind"], head.get("extends", ""), MappingProxyType(parameters))


def _dated(value: Any) -> Dated:
    if not isinstance(value, dict):
        raise TypeError("values are a list of { since, value, law }")
    dated = Dated(**value)
    if type(dated.since) is not date:
        raise TypeError(f"since is a day as 2022-01-01, not {dated.since!r}")
    if type(dated.value) is not int:
        raise TypeError(f"a value is a whole number, not {dated.value!r}")
    return dated


def _parameter(key: str, entry: dict[str, Any]) -> Parameter:
    values = tuple(_dated(value) for value in entry.pop("values"))
    parameter = Parameter(key, values=values, **entry)
    if parameter.unit not in UNITS:
        raise ValueError(f"unknown unit {parameter.unit!r}")
    dates = [value.since for value in values]
    if not dates or dates != sorted(set(dates)):
        raise ValueError("the dates of its values overlap: each `since` must be later than the one before")
    for value in values:
        if not value.law:
            raise ValueError("no citation")
        cite(value.law)
        if parameter.unit == "switch" and value.value not in (0, 1):
            raise ValueError(f"a switch is 0 or 1, not {value.value}")
    return parameter
