"""What a case file is reviewed by (案卷评查标准): the items of a field's standard as dated data, and what their verdicts come to.

A standard is one file of `rubrics`; an amendment is a further file with the same id and a later day. A layer has its own under
[rubric.NAME], written in the same way (see rubrics/general.toml). Points are in hundredths.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from services.law.citation import cite
from services.law.rubric_parts import BESIDE, FAMILIES, PARTS, Family, FileKind, leads_to
from services.law.statute import catalogue
from services.law.written import toml_in

FOLDER = Path(__file__).parent / "rubrics"
WHOLE = 10_000
"""A hundred points."""
_RULE = re.compile(r"(?:[A-Z_]+:)?[A-Z][A-Z0-9_]*")


class Kind(StrEnum):
    """What an item weighs: it fails the file by itself, it carries points, or points are taken off for it once."""

    VETO = "veto"
    POINTS = "points"
    BASE = "base"


class Result(StrEnum):
    """What is said of an item of a file. That it cannot be judged is never counted as met."""

    MET = "MET"
    NOT_MET = "NOT_MET"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    UNKNOWN = "UNKNOWN"


class Grade(StrEnum):
    EXCELLENT = "EXCELLENT"
    GOOD = "GOOD"
    PASS = "PASS"  # noqa: S105 - a grade
    FAIL = "FAIL"


@dataclass(frozen=True)
class Item:
    """An item of a standard, and what the machine can say of it. See rubrics/general.toml."""

    id: str
    group: str
    kind: Kind
    zh: str
    en: str
    law: str
    points: int = 0
    files: frozenset[str] = frozenset()
    where: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    partly: bool = False


@dataclass(frozen=True)
class Rubric:
    """A standard as it holds from a day on. `digest` is the SHA-256 of its file, or of its table in a layer: what a file was
    reviewed by is known by it.
    """

    id: str
    version: str
    since: date
    title_zh: str
    title_en: str
    law: str
    sectors: tuple[str, ...]
    formula: str
    base_most: int
    items: tuple[Item, ...]
    digest: bytes
    family: Family = Family.PENALTY

    def asked_of(self, kind: str) -> tuple[Item, ...]:
        """The items that are asked of a kind of file."""
        return tuple(item for item in self.items if not item.files or kind in item.files)


@cache
def rubrics() -> tuple[Rubric, ...]:
    """Every standard there is. Raises ValueError naming the file and what is wrong with it."""
    found = tuple(_read(path) for path in sorted(FOLDER.glob("*.toml")))
    named = [(rubric.id, rubric.since) for rubric in found]
    general = {rubric.family for rubric in found if not rubric.sectors}
    if len(set(named)) < len(named) or general != set(Family):
        raise ValueError(
            f"{FOLDER.name}: two standards of one id and day, or none for every field of a kind of file"
        )
    return found


def _read(path: Path) -> Rubric:
    text = path.read_bytes()
    try:
        return rubric_from(toml_in(text.decode()), sha256(text).digest())
    except (KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"{path.name}: {wrong}") from wrong


def rubric_from(entry: Mapping[str, Any], digest: bytes) -> Rubric:
    """A standard as it is written. Raises ValueError, KeyError, TypeError for what cannot be one."""
    raw = dict(entry)
    family = Family(raw.pop("family", Family.PENALTY))
    items = tuple(_item(each, family) for each in raw.pop("item"))
    rubric = Rubric(
        items=items,
        digest=digest,
        family=family,
        **{**raw, "sectors": tuple(raw["sectors"]), "base_most": raw.get("base_most", 0)},
    )
    if type(rubric.since) is not date:
        raise TypeError(f"since is a day as 2026-02-01, not {rubric.since!r}")
    cite(rubric.law)
    for refused in _refused(rubric):
        raise ValueError(refused)
    return rubric


def _refused(rubric: Rubric) -> Iterator[str]:
    """What is wrong with a standard: its sums, and weights that can never count as they are written."""
    ids = [item.id for item in rubric.items]
    if len(set(ids)) < len(ids):
        yield "two items of one id"
    if rubric.formula not in ("points", "halves"):
        yield f"there is no formula {rubric.formula!r}"
    base = [item for item in rubric.items if item.kind is Kind.BASE]
    if not 0 <= rubric.base_most <= WHOLE // 2 or bool(base) != bool(rubric.base_most):
        yield f"base_most is the most that is taken off once, up to {WHOLE // 2}, and stands only where there are such items"
    if base and rubric.formula != "halves":
        yield "what is taken off once counts by the formula of halves only"
    first, *_ = kinds = FAMILIES[rubric.family].kinds
    if (whole := _sum(rubric.asked_of(first))) != WHOLE:
        yield f"the points of an {first.lower()} file make {whole}, not {WHOLE}"
    for kind in kinds:
        if not _sum(rubric.asked_of(kind)):
            yield f"no item that is asked of {kind} carries points"


def _sum(items: Iterable[Item]) -> int:
    return sum(item.points for item in items if item.kind is Kind.POINTS)


def _item(raw: Mapping[str, Any], family: Family) -> Item:
    """Raises ValueError for a test that there is not, and for points where there may be none."""
    tests = raw.get("tests", {})
    item = Item(
        **{k: v for k, v in raw.items() if k not in ("tests", "kind", "files", "where")},
        kind=Kind(raw["kind"]),
        files=frozenset(FileKind(kind) for kind in raw.get("files", ())),
        where=tuple(raw.get("where", ())),
        rules=tuple(tests.get("rules", ())),
        also=tuple(tests.get("also", ())),
        clocks=tuple(tests.get("clocks", ())),
        either=tuple(tests.get("either", ())),
        has=tuple(tests.get("has", ())),
        partly=tests.get("partly", False),
    )
    cite(item.law)
    if not (item.zh.strip() and item.en.strip()):
        raise ValueError(f"{item.id}: an item is said in both languages")
    if wrong := [each for each in (*item.rules, *item.also) if not _RULE.fullmatch(each)]:
        raise ValueError(f"{item.id}: {wrong[0]} names no rule")
    if wrong := [each for each in (*item.clocks, *item.either) if each not in catalogue()]:
        raise ValueError(f"{item.id}: no clock {wrong[0]}")
    if wrong := sorted(item.files - set(FAMILIES[family].kinds)):
        raise ValueError(f"{item.id}: {wrong[0]} is no kind of these files")
    if wrong := [each for each in item.has if each not in PARTS[family]]:
        raise ValueError(f"{item.id}: no part of a case is called {wrong[0]}")
    if wrong := [e for e in (*item.has, *item.where) if not (e in BESIDE[family] or leads_to(family, e))]:
        raise ValueError(f"{item.id}: no part of a case is called {wrong[0]}")
    if type(item.points) is not int or not 0 <= item.points <= WHOLE:
        raise ValueError(f"{item.id}: points are a whole number of hundredths up to {WHOLE}")
    if (item.points > 0) != (item.kind is not Kind.VETO):
        raise ValueError(f"{item.id}: a veto has no points, every other item has some")
    return item


def read_rubrics(
    tables: Mapping[str, Any], told: Callable[[str, Callable[[], Rubric]], Rubric]
) -> tuple[Rubric, ...]:
    """The standards of a layer; `told` says in which file and line one stands that is refused. Raises ValueError."""
    found = tuple(told(name, lambda n=name, e=entry: _of_layer(n, e)) for name, entry in tables.items())  # type: ignore[misc]
    for one in found:
        if twice := [o for o in found if o is not one and o.since == one.since and alike(o, one)]:
            raise ValueError(f"rubric.{one.id} and rubric.{twice[0].id} begin on one day for the same fields")
    return found


def alike(one: Rubric, other: Rubric) -> bool:
    """Whether two standards are for files of one kind and the same field, or both for every field."""
    return one.family is other.family and bool(
        set(one.sectors) & set(other.sectors) or not (one.sectors or other.sectors)
    )


def _of_layer(name: str, entry: Mapping[str, Any]) -> Rubric:
    """A standard of a layer. Its name is none that is shipped."""
    if name in {rubric.id for rubric in rubrics()}:
        raise ValueError("a standard of that name is shipped: give it another")
    if "id" in entry:
        raise ValueError("the id of a standard is the name of its table")
    written = json.dumps({**entry, "id": name}, sort_keys=True, ensure_ascii=False, default=str)
    rubric = rubric_from({**entry, "id": name}, sha256(written.encode()).digest())
    return rubric


def rubric_of(
    sector: str, on: date, own: Iterable[tuple[Rubric, ...]] = (), family: Family = Family.PENALTY
) -> Rubric:
    """The standard that holds for the files of a field on a day. Raises LookupError where none held yet.

    `own` are those of the layers, first who is asked first. One for the field goes before one for every field; of the same kind
    the narrower layer's, and the shipped ones last; then the newest.
    """
    ranked = [*own, rubrics()]
    held = [
        (bool(r.sectors), -rank, r.since, r)
        for rank, its in enumerate(ranked)
        for r in its
        if r.family is family and r.since <= on and (sector in r.sectors or not r.sectors)
    ]
    if not held:
        raise LookupError(on)
    return max(held, key=lambda each: each[:3])[3]


def first_rubric() -> Rubric:
    """The general standard of penalty files that held first: what was done before any held is looked at by it."""
    return min((r for r in rubrics() if not r.sectors and r.family is Family.PENALTY), key=lambda r: r.since)


@dataclass(frozen=True)
class Weighed:
    """What was said of one item: its kind and points, the verdict, and what was taken off."""

    kind: Kind
    points: int
    result: Result
    lost: int = 0


def score_of(formula: str, base_most: int, weighed: Iterable[Weighed]) -> int | None:
    """The points of a file in hundredths; None where no item carries any. What does not apply counts on neither side."""
    listed = tuple(weighed)
    asked = [w for w in listed if w.kind is Kind.POINTS and w.result is not Result.NOT_APPLICABLE]
    whole = sum(w.points for w in asked)
    if not whole:
        return None
    won = sum(w.points - w.lost for w in asked if w.result in (Result.MET, Result.NOT_MET))
    share = (WHOLE * won * 2 + whole) // (2 * whole)
    if formula == "points":
        return share
    if vetoed(listed):
        return 0
    taken = sum(w.lost for w in listed if w.kind is Kind.BASE and w.result is Result.NOT_MET)
    return max(0, WHOLE // 2 + (share + 1) // 2 - min(taken, base_most))


def vetoed(weighed: Iterable[Weighed]) -> bool:
    """Whether anything fails the file by itself."""
    return any(w.kind is Kind.VETO and w.result is Result.NOT_MET for w in weighed)


def grade_of(score: int, thresholds: Mapping[Grade, int], *, veto: bool) -> Grade:
    """The grade by the least points of each, in whole points; what a veto fails is failed whatever its points."""
    if veto:
        return Grade.FAIL
    ranked = sorted(thresholds.items(), key=lambda each: -each[1])
    return next((grade for grade, least in ranked if score >= least * 100), Grade.FAIL)


GRADES: Mapping[Grade, str] = MappingProxyType(
    {grade: f"file_review.grade.{grade.lower()}" for grade in (Grade.EXCELLENT, Grade.GOOD, Grade.PASS)}
)
"""Where the least points of a grade stand among the parameters."""


def thresholds(parameters: Any, on: date, sector: str = "") -> Mapping[Grade, int]:
    """The least points of each grade on a day, as the city has them."""
    return {grade: int(parameters.value(key, on, sector).value) for grade, key in GRADES.items()}
