"""Schemes of assessment (评议考核方案): the tree of indicators by which bodies of enforcement are assessed each year, as dated
data of the layers, and how points follow from what is counted.

A layer says [assessment.NAME] with titles, law, grades and `since`, the first year that it holds for, and
[[assessment.NAME.indicator]] in the order of the tree: "1", "1.1", "1.1.1". Weights and points are hundredths of a point. Those
at the ends of the tree have them, and together make a hundred points (GBF-2005-37:3); what stands above them is their sum.

No indicator counts fines, their number or their sum, nor how many cases there are (APL 74(3)): what grows with them is refused,
and so are words that measure by them. Points are only ever taken off for what was found to be wrong.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from services.law.citation import cite
from services.law.figure import FIGURES
from services.law.fine_target import LAW, REASON, speaks_of_fines
from services.law.statute import catalogue

WHOLE = 100_00


class By(StrEnum):
    """Who scores an indicator."""

    MACHINE = "MACHINE"
    """What was counted takes points off."""
    PERSON = "PERSON"
    """The oversight office, with reasons, by a written standard."""
    SURVEY = "SURVEY"
    """The share of the public that was satisfied."""


class Post(StrEnum):
    """The posts for which a scheme may be made (岗位), by their rank."""

    CHIEF = "CHIEF"
    DEPUTY = "DEPUTY"
    UNIT_HEAD = "UNIT_HEAD"
    STAFF = "STAFF"


class Scorer(StrEnum):
    """Who scores what people score of a person, by the role."""

    UNIT_HEAD = "UNIT_HEAD"
    AGENCY_HEAD = "AGENCY_HEAD"
    OVERSIGHT = "OVERSIGHT"


OF_OFFICERS = frozenset(
    {
        "case",
        "measure",
        "referral",
        "court_enforcement",
        "enforcement",
        "inspection",
        "filing",
        "warning",
        "deadline",
    }
)
"""The kinds of record that tell who handled them."""


class Grade(StrEnum):
    """The four grades, the best first (CITY-ERS 2(6))."""

    EXCELLENT = "EXCELLENT"
    GOOD = "GOOD"
    PASSED = "PASSED"
    FAILED = "FAILED"


@dataclass(frozen=True)
class Indicator:
    """One end of the tree, or, without a weight of its own, what stands above some.

    counts: the figure that takes points off, `only` which of it (its `by`). per: how many hundredths each takes off; without it
    they are taken off by the share that it is of the figure of which it is a part. standard: by what a person scores. scorer: who
    does, where it is a person who is assessed.
    """

    id: str
    title_zh: str
    title_en: str
    law: str = ""
    weight: int = 0
    by: By | None = None
    counts: str = ""
    only: tuple[str, ...] = ()
    per: int = 0
    standard_zh: str = ""
    standard_en: str = ""
    scorer: Scorer | None = None

    def points(self, counted: int, of: int) -> int:
        """What is left of the weight when so many were counted, of so many. Where there was nothing to go wrong, all of it."""
        if self.per:
            return max(0, self.weight - self.per * counted)
        return self.weight if not of else self.weight * max(0, of - counted) // of

    def satisfied(self, satisfied: int, asked: int) -> int:
        """The points that a survey gives. Raises ZeroDivisionError where nobody was asked."""
        return self.weight * satisfied // asked


@dataclass(frozen=True)
class Weighed:
    """What an indicator is worth, in hundredths of a point."""

    id: str
    weight: int


@dataclass(frozen=True)
class Scored:
    """What somebody scores, and why."""

    id: str
    points: int
    reason: str = ""


def within(scores: tuple[Scored, ...], weights: tuple[Weighed, ...]) -> bool:
    """Whether each indicator is scored once, within its weight, and nothing else is."""
    worth = {each.id: each.weight for each in weights}
    ids = [each.id for each in scores]
    return sorted(ids) == sorted(worth) and all(0 <= each.points <= worth[each.id] for each in scores)


@dataclass(frozen=True)
class Scheme:
    """A scheme, its indicators in the order of the tree. `grades` are the points from which on each grade is proposed.

    `bodies` are those that it is for, by their names; none: every one. `post` is set where people are assessed by it: then
    `quotas` are how many in a hundred of those assessed by it in a body may have a grade, and `recheck` in how many days after
    the result was told a person may ask for a recheck.
    """

    name: str
    title_zh: str
    title_en: str
    law: str
    since: date
    grades: Mapping[Grade, int]
    indicators: tuple[Indicator, ...]
    bodies: tuple[str, ...] = ()
    post: Post | None = None
    quotas: Mapping[Grade, int] = field(default_factory=lambda: MappingProxyType({}))
    recheck: int = 0

    @property
    def ends(self) -> tuple[Indicator, ...]:
        """The indicators that are scored."""
        return tuple(each for each in self.indicators if each.by is not None)

    def weighed(self, *by: By) -> tuple[Weighed, ...]:
        """What is scored, or what is scored by some."""
        return tuple(Weighed(each.id, each.weight) for each in self.ends if not by or each.by in by)


def grade_for(points: int, grades: Mapping[Grade, int]) -> Grade:
    """The grade that so many points are proposed for, given from how many on each is."""
    return next((grade for grade, least in grades.items() if points >= least), Grade.FAILED)


def scheme_of(name: str, entry: Mapping[str, Any]) -> Scheme:
    """A scheme as a layer says it. Raises ValueError, KeyError, TypeError for what cannot be one."""
    given = dict(entry)
    indicators = tuple(_indicator(each) for each in given.pop("indicator"))
    grades = given.pop("grades")
    bodies, post = tuple(given.pop("bodies", ())), given.pop("post", None)
    quotas = {Grade(grade): percent for grade, percent in given.pop("quotas", {}).items()}
    if not all(type(each) is str and each.strip() for each in bodies):
        raise TypeError("bodies are the names of bodies")
    if type(given["since"]) is not date or (given["since"].month, given["since"].day) != (1, 1):
        raise ValueError("since is the first day of a year, as 2026-01-01")
    cite(given["law"])
    wanted = [grade for grade in Grade if grade is not Grade.FAILED]
    least = [grades.get(grade, 0) for grade in wanted]
    if (
        grades.keys() != set(wanted)
        or least != sorted(set(least), reverse=True)
        or not 0 < least[-1] <= least[0] <= WHOLE
    ):
        raise ValueError(
            f"grades are {', '.join(wanted)}, each with fewer points than the one before, within {WHOLE}"
        )
    scheme = Scheme(
        name=name,
        indicators=indicators,
        bodies=bodies,
        post=Post(post) if post is not None else None,
        grades=MappingProxyType(dict(zip(wanted, least, strict=True))),
        quotas=MappingProxyType(quotas),
        **given,
    )
    for refused in _refused(scheme):
        raise ValueError(refused)
    return scheme


def _indicator(entry: Mapping[str, Any]) -> Indicator:
    given = dict(entry)
    by = given.pop("by", None)
    scorer = given.pop("scorer", None)
    for name in ("weight", "per"):
        if type(given.get(name, 0)) is not int:
            raise TypeError(f"{given.get('id')}: {name} is a whole number of hundredths of a point")
    return Indicator(
        by=By(by) if by is not None else None,
        only=tuple(given.pop("only", ())),
        scorer=Scorer(scorer) if scorer is not None else None,
        **given,
    )


def _refused(scheme: Scheme) -> Iterator[str]:
    """What is wrong with a scheme."""
    ids = [each.id for each in scheme.indicators]
    above = {each.rpartition(".")[0] for each in ids} - {""}
    if not ids or len(set(ids)) != len(ids):
        yield "indicators each have an id of their own"
    if missing := above - set(ids):
        yield f"{min(missing)} stands above others and is not there"
    for each in scheme.indicators:
        if (each.id in above) == (each.by is not None):
            yield f"{each.id} is scored and stands above others, or does neither"
        yield from (f"{each.id}: {said}" for said in (_above(each) if each.by is None else _end(each)))
        if scheme.post is not None:
            yield from (f"{each.id}: {said}" for said in _of_a_person(each))
        elif each.scorer is not None:
            yield f"{each.id}: what people score of a body the oversight office does: it names no scorer"
    yield from _for_a_person(scheme)
    for text in (scheme.title_zh, scheme.title_en):
        if part := speaks_of_fines(text):
            yield _fines(part)
    if (whole := sum(each.weight for each in scheme.ends)) != WHOLE:
        yield f"the weights make {whole}, not {WHOLE}"


def _above(each: Indicator) -> Iterator[str]:
    if each.weight or each.counts or each.only or each.per:
        yield "what stands above others is their sum, and is not scored by itself"
    yield from _words(each)


def _end(each: Indicator) -> Iterator[str]:
    if each.law:
        cite(each.law)
    else:
        yield "rests on no article"
    if each.weight <= 0:
        yield "has no weight"
    if each.by is not By.MACHINE and (each.counts or each.only or each.per):
        yield f"what {each.by} scores is not counted"
    if each.by is By.PERSON and not (each.standard_zh.strip() and each.standard_en.strip()):
        yield "a person scores by a written standard, in both languages"
    if each.by is By.MACHINE:
        yield from _counted(each)
    yield from _words(each)


def _counted(each: Indicator) -> Iterator[str]:
    figure = FIGURES.get(each.counts)
    if figure is None:
        yield f"there is no figure {each.counts!r}"
        return
    if figure.of_fines or figure.amount:
        yield _fines(f"{figure.id} ({figure.title_en})")
    if each.only and not figure.by:
        yield f"{figure.id} cannot be told apart by `only`"
    if figure.by == "clock_id" and (unknown := set(each.only) - catalogue().keys()):
        yield f"there is no clock {min(unknown)}"
    if each.per < 0 or (not each.per and not figure.within):
        yield f"{figure.id} is a part of no figure: say how many points each takes off (per)"


def _for_a_person(scheme: Scheme) -> Iterator[str]:
    """What only a scheme for people has."""
    if scheme.post is None and (scheme.quotas or scheme.recheck):
        yield "quotas and the days for a recheck are of a scheme for people (post)"
    if scheme.post is not None and (type(scheme.recheck) is not int or scheme.recheck <= 0):
        yield "it is not said in how many days a person may ask for a recheck (recheck)"
    if any(type(share) is not int or not 0 <= share <= 100 for share in scheme.quotas.values()):
        yield "a quota is a whole number of people in a hundred"


def _of_a_person(each: Indicator) -> Iterator[str]:
    if each.by is By.SURVEY:
        yield "what the public says is of the body, not of a post"
    if (each.scorer is not None) != (each.by is By.PERSON):
        yield "what people score of a person says who does (scorer), and nothing else does"
    figure = FIGURES.get(each.counts)
    if figure is not None and figure.source not in OF_OFFICERS:
        yield f"{figure.id} does not tell whose it is"


def _words(each: Indicator) -> Iterator[str]:
    for text in (each.title_zh, each.title_en, each.standard_zh, each.standard_en):
        if part := speaks_of_fines(text):
            yield _fines(part)


def _fines(what: str) -> str:
    return f"{REASON}: nobody is assessed by fines, their number or sum, or by how many cases there are: {what} ({LAW})"


def chosen(schemes: Iterable[Scheme], year: int, body: str = "", post: Post | None = None) -> Scheme | None:
    """The scheme of a layer for a year: of those that had begun by then one for the body first, then the newest."""
    begun = [
        each
        for each in schemes
        if each.since.year <= year and each.post is post and (not each.bodies or body in each.bodies)
    ]
    return max(begun, key=lambda each: (bool(each.bodies), each.since), default=None)


def read_schemes(
    tables: Mapping[str, Any], told: Callable[[str, Callable[[], Scheme]], Scheme]
) -> tuple[Scheme, ...]:
    """The schemes of a layer; `told` says in which file and line one stands that is refused. Raises ValueError."""
    found = tuple(told(name, lambda n=name, e=entry: scheme_of(n, e)) for name, entry in tables.items())  # type: ignore[misc]
    for_whom = [(each.since, each.post, body) for each in found for body in each.bodies or ("",)]
    if len(set(for_whom)) != len(for_whom):
        raise ValueError("two schemes of one layer, for the same bodies and post, begin with the same year")
    return found
