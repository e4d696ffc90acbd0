"""A layer: what one authority sets on top of national law. A province, a city, a sector (its pack) or an agency for itself.

A layer is a file, or a folder of files, of dated and cited data: numbers under their keys, [clock.ID] with what it says of a
clock, [rule.NAME] and [act.NAME] with its own articles, [statute.CODE] with documents that only it knows, [paper] with how it
numbers documents, [assessment.NAME] with a scheme by which bodies are assessed, [rubric.NAME] with a standard by which case files
are reviewed, [matter.CODE] with an important matter that is told to the superior.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from services.law.assessment import Scheme, read_schemes
from services.law.citation import bring, cite, ended, index_of, statutes
from services.law.fine_target import refuse_target
from services.law.numbering import Numbering, numbering
from services.law.precedence import MAY
from services.law.reportable import Reportable, read_reportable
from services.law.rubric import Rubric, read_rubrics
from services.law.statute import catalogue, overlaid
from services.law.written import text_of, toml_in

KINDS = ("national", "provincial", "city", "sector", "agency")
UNITS = (
    "fen", "working_day", "calendar_day", "month", "year", "hour", "minute",
    "per_mille", "percent", "count", "class_hour", "km", "times", "month_day",
    "switch",
)  # fmt: skip
GROUPED = ("clock", "rule", "act", "statute", "assessment", "rubric", "matter")
"""The tables of which every file of a folder may have some entries."""
HEAD = "pack.toml"
"""The file of a folder that says whose layer it is."""


@dataclass(frozen=True)
class Dated:
    """A value from a day on, and the article that sets it."""

    since: date
    value: int
    law: str


@dataclass(frozen=True)
class Parameter:
    """One number of one layer. `fixed` numbers of national law are nobody else's to set; `yields` says to what it gives way."""

    key: str
    unit: str
    values: tuple[Dated, ...]
    title_zh: str = ""
    title_en: str = ""
    fixed: bool = False
    yields: str = ""

    def on(self, day: date) -> Dated | None:
        """The value of a day; none once its statute ended, for no older one comes back."""
        newest = next((v for v in reversed(self.values) if v.since <= day), None)
        return None if newest is None or ended(newest.law, day) else newest


@dataclass(frozen=True)
class Layer:
    """What one authority sets; `extends` names the layer it stands on.

    rules: the statutes that bind by it, besides those that are its own. adopts: by citation or code, the document of its own
    by which it took over what binds elsewhere. fields: the fields of administration of a sector. clocks: what it says of
    clocks, by id. cites: its articles for rules and acts, as "rule.punishable". papers: how it numbers documents.
    assessments: its schemes of assessment. rubrics: its standards of case-file review. matters: what is told to the superior.
    """

    name: str
    kind: str
    extends: str
    parameters: Mapping[str, Parameter]
    title_zh: str = ""
    title_en: str = ""
    rules: frozenset[str] = frozenset()
    adopts: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    clocks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    cites: Mapping[str, str] = field(default_factory=dict)
    papers: Numbering = field(default_factory=lambda: Numbering(""))
    assessments: tuple[Scheme, ...] = ()
    rubrics: tuple[Rubric, ...] = ()
    matters: tuple[Reportable, ...] = ()

    def binds(self, code: str) -> bool:
        """Whether a statute binds by this layer."""
        return code in self.rules or statutes()[code].of == self.name


def toml_files(path: Path) -> list[Path]:
    """The files of a layer: itself, or those in its folder."""
    return sorted(path.glob("*.toml")) if path.is_dir() else [path]


def read_layer(path: Path) -> Layer:
    """A layer from its file, or from the files of its folder; raises ValueError as `file:line: reason`."""
    files = toml_files(path)
    if path.is_dir() and path / HEAD not in files:
        raise ValueError(f"{path.name}: a folder of a layer has a {HEAD}")
    files.sort(key=lambda file: file.name != HEAD)
    tables: dict[str, Any] = {}
    where: dict[str, tuple[Path, str]] = {}
    for file in files:
        text, read = _tables(file)
        for key, entry in read.items():
            grouped = key in GROUPED
            if key in tables and not grouped:
                raise ValueError(f"{file.name}: {key} is already said in {where[key][0].name}")
            if grouped and (twice := tables.get(key, {}).keys() & entry.keys()):
                raise ValueError(f"{file.name}: {key}.{min(twice)} is already said in {where[key][0].name}")
            tables[key] = {**tables.get(key, {}), **entry} if grouped else entry
            where[key] = file, text
    return _layer(path, tables, where)


def _tables(file: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = text_of(file)
        return text, toml_in(text)
    except ValueError as wrong:  # no UTF-8, or no TOML
        raise ValueError(f"{file.name}: {wrong}") from wrong


def _layer(path: Path, tables: dict[str, Any], where: Mapping[str, tuple[Path, str]]) -> Layer:
    head = tables.pop("layer", {})
    named = isinstance(head, dict) and isinstance(head.get("name"), str) and head["name"]
    if not named or head.get("kind") not in KINDS:
        raise ValueError(f"{path.name}:1: [layer] needs a name and a kind, one of {', '.join(KINDS)}")
    adopts = tables.pop("adopts", {})
    clocks, statutes_of = tables.pop("clock", {}), tables.pop("statute", {})
    schemes, standards = tables.pop("assessment", {}), tables.pop("rubric", {})
    own = {f"{kind}.{name}": e["law"] for kind in ("rule", "act") for name, e in tables.pop(kind, {}).items()}
    said = tables.pop("paper", {})
    papers = _told(where.get("paper", (path, "")), "[paper", "paper", lambda: numbering(said))
    bring(index_of(statutes_of, path.name, head["name"]))
    assessments = read_schemes(
        schemes, lambda name, read: _told(where["assessment"], f"[assessment.{name}", name, read)
    )
    rubrics = read_rubrics(
        standards, lambda name, read: _told(where["rubric"], f"[rubric.{name}", name, read)
    )
    matters = tuple(
        _told(where["matter"], f"[matter.{code}", code, lambda c=code, e=entry: read_reportable(c, e))
        for code, entry in tables.pop("matter", {}).items()
    )
    parameters = {}
    for key, entry in tables.items():
        parameters[key] = _told(
            where[key], f'["{key}"]', key, lambda k=key, e=entry: _parameter(k, e, head["kind"])
        )
    known = catalogue()
    for clock_id, entry in clocks.items():
        heading = f"[clock.{clock_id}]"
        if clock_id not in known:
            raise ValueError(f"{path.name}: {clock_id} is no clock")
        _told(
            where["clock"], heading, clock_id, lambda i=clock_id, e=entry: overlaid(known[i], e, head["kind"])
        )
    for law in (*own.values(), *adopts.values()):
        cite(law)
    return Layer(
        head["name"], head["kind"], head.get("extends", ""), MappingProxyType(parameters),
        head.get("title_zh", ""), head.get("title_en", ""), frozenset(head.get("rules", ())), adopts,
        tuple(head.get("fields", ())), clocks, own, papers, assessments, rubrics, matters,
    )  # fmt: skip


def _told(where: tuple[Path, str], heading: str, key: str, read: Any) -> Any:
    """What an entry is read as. Raises ValueError naming file, line and entry."""
    file, text = where
    try:
        return read()
    except (TypeError, KeyError, ValueError) as wrong:
        line = text[: max(text.find(heading), 0)].count("\n") + 1
        said = f"{wrong} is missing" if isinstance(wrong, KeyError) else str(wrong)
        raise ValueError(f"{file.name}:{line}: {key}: {said}") from wrong


def _dated(value: Any) -> Dated:
    if not isinstance(value, dict):
        raise TypeError("values are a list of { since, value, law }")
    dated = Dated(**value)
    if type(dated.since) is not date:
        raise TypeError(f"since is a day as 2022-01-01, not {dated.since!r}")
    if type(dated.value) is not int:
        raise TypeError(f"a value is a whole number, not {dated.value!r}")
    return dated


def _parameter(key: str, given: Any, kind: str) -> Parameter:
    if not isinstance(given, dict):
        raise TypeError("is a table of a unit and dated values")
    entry = dict(given)
    values = tuple(_dated(value) for value in entry.pop("values"))
    parameter = Parameter(key, values=values, **entry)
    if parameter.unit not in UNITS:
        raise ValueError(f"unknown unit {parameter.unit!r}")
    refuse_target(key, parameter.unit, parameter.title_zh, parameter.title_en)
    if parameter.yields and parameter.yields not in MAY.get(kind, ()):
        ways = " or ".join(map(repr, MAY.get(kind, ()))) or "nothing"
        raise ValueError(f"yields {parameter.yields!r}: a number of this kind of layer gives way to {ways}")
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
