"""Which law binds a body, whole and short: the layers in the order in which they are asked, its clocks, its numbers, its own
articles.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.law.citation import INTERNAL
from services.law.clock import Clock, catalogue, runs
from services.law.layer import Layer, Parameter
from services.law.parameters import Layers, Resolved
from services.law.procedures import every
from services.law.term import Term


@dataclass(frozen=True)
class BoundClock:
    """A clock as it runs for the body, and its term of the day; both None where nobody set its days, so that the agency has to.
    `instead` is the article below that it takes the place of.
    """

    written: Clock
    counts: Clock | None
    term: Term | None
    instead: str


@dataclass(frozen=True)
class BoundNumber:
    """A number that holds for the body, and the article below that it takes the place of."""

    parameter: Parameter
    holds: Resolved
    instead: str


@dataclass(frozen=True)
class OwnArticle:
    """An act, or a rule on one, that a layer has its own article for, and what would be cited without it."""

    title_zh: str
    title_en: str
    law: str
    instead: str


@dataclass(frozen=True)
class Bound:
    """All that binds a body of a sector ("" of none) on a day."""

    sector: str
    layers: tuple[Layer, ...]
    clocks: tuple[BoundClock, ...]
    numbers: tuple[BoundNumber, ...]
    articles: tuple[OwnArticle, ...]

    @property
    def empty(self) -> tuple[Clock, ...]:
        """The clocks whose days nobody set: for the agency to order."""
        return tuple(each.written for each in self.clocks if each.counts is None)


def bound(layers: Layers, sector: str, on: date) -> Bound:
    """What binds a body of a sector on a day: the clocks that services run or that its layers speak of, the numbers that any
    layer sets, the articles that its layers have instead of others.
    """
    asked = layers.asked(sector)
    return Bound(
        sector,
        asked,
        tuple(_clocks(layers, asked, sector, on)),
        tuple(_numbers(layers, sector, on)),
        tuple(_articles(layers, sector)),
    )


def _clocks(layers: Layers, asked: tuple[Layer, ...], sector: str, on: date) -> Iterator[BoundClock]:
    spoken = {clock_id for layer in asked for clock_id in layer.clocks}
    for written in sorted(catalogue().values(), key=lambda c: c.id):
        if written.id not in spoken and not runs(written):
            continue
        said = [each for each in layers.said(written, on, sector) if each.binds]
        at = next((n for n, each in enumerate(said) if each.counts), len(said))
        counts, below = (said[at].clock, said[at + 1 :]) if at < len(said) else (None, [])
        replaced = (left_of(each.clock.law, counts.law) for each in below if counts)
        yield BoundClock(
            written, counts, counts.term_on(on) if counts else None, next(filter(None, replaced), "")
        )


def _numbers(layers: Layers, sector: str, on: date) -> Iterator[BoundNumber]:
    """Those that some ministry or the place sets for itself."""
    others = [layer for name in layers.sectors if (layer := layers.layer(name))] + [*layers.asked()]
    set_by = {key for layer in others if layer is not layers.national for key in layer.parameters}
    for key in (key for key in layers.keys if key in set_by and not key.startswith("clock.")):
        holds = layers.value(key, on, sector)
        below = (left_of(layers.cited(law, sector), holds.citation.code) for _, _, law in holds.chain[1:])
        yield BoundNumber(layers.national.parameters[key], holds, next(filter(None, below), ""))


def _articles(layers: Layers, sector: str) -> Iterator[OwnArticle]:
    seen = set()
    for move in (move for procedure in every() for table in procedure.tables for move in table.moves):
        named = [(move.name, move.law, move.title_zh, move.title_en)]
        named += [(rule.name, rule.law, rule.says_zh, rule.says) for rule in move.rules]
        for name, law, zh, en in named:
            own, instead = layers.cited(law, sector, name), layers.binding(law, sector) or INTERNAL
            if own != instead and name not in seen:
                seen.add(name)
                yield OwnArticle(zh, en, own, left_of(instead, own))


def left_of(law: str, own: str) -> str:
    """The articles of a citation that are not cited any more where `own` takes its place; internal rules only give way."""
    return ";".join(part for part in law.split(";") if part not in (*own.split(";"), INTERNAL))
