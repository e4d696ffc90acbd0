"""Two hundred cases, the same each time, and what comes of each of them under a pack: clocks, extensions, exclusions, numbers,
and the rules of the penalty procedure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_CITIZEN, PARTY_KIND_ORGANISATION

from services.kit.clocks.change import GROUNDS
from services.law.calendar import SHANGHAI, china
from services.law.citation import INTERNAL
from services.law.clock import Clock, Extension, catalogue, due
from services.law.procedures.penalty import PENALTY
from services.law.procedures.penalty.facts import Discussion, Told
from services.law.process import Move, Process
from services.law.rule import Rule
from tests.law.counting import worked
from tests.law.penalty import record
from tests.law.penalty.known import FULL, NATION, Known

SECTORS = ("market", "housing", "environment")
DAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Replayed:
    """What happens in a case: `at` is when whatever it is that starts a clock was done, `hearing` the day of the hearing."""

    at: datetime
    hearing: date
    citizen: bool
    fine: int
    confiscation: int
    discussed: bool
    told: bool
    added: int
    by: str
    ground: str
    left_out: tuple[date, date]

    @property
    def day(self) -> date:
        return self.at.date()


@cache
def replayed() -> tuple[Replayed, ...]:
    """The same two hundred each time: every other on a month's end or beside a rest day; amounts on and beside each limit."""
    rng = Random(20261128)
    days = [date(2024, 6, 1) + timedelta(n) for n in range(730)]
    edges = [d for d in days if (d + timedelta(1)).day == 1 or worked(d) is not worked(d + timedelta(1))]
    limits = (5_000_00, 10_000_00, 50_000_00, 100_000_00, 200_000_00, 500_000_00)
    amounts = [limit + more for limit in limits for more in (-1, 0, 1)]
    grounds = [*GROUNDS]
    found = []
    for n in range(200):
        day = rng.choice(edges if n % 2 else days)
        begin = day + timedelta(rng.randrange(9))
        found.append(
            Replayed(
                at=datetime.combine(day, time(rng.randrange(24), rng.randrange(60)), SHANGHAI),
                hearing=day + timedelta(rng.randrange(20, 60)),
                citizen=rng.random() < 0.4,
                fine=rng.choice(amounts),
                confiscation=rng.choice((0, *amounts)),
                discussed=rng.random() < 0.5,
                told=rng.random() < 0.5,
                added=rng.choice((1, 7, 10, 11, 15, 16, 30, 31, 60, 61)),
                by=rng.choice(("agency_head", "collective")),
                ground=grounds[n % len(grounds)],
                left_out=(begin, begin + timedelta(rng.randrange(1, 25))),
            )
        )
    return tuple(found)


def outcome(case: Replayed, sector: str) -> dict[Any, Any]:
    """Everything that comes of a case under a pack, by item."""
    parts = (ends, extended, excluded, numbers, rules)
    return {(part.__name__, *item): value for part in parts for item, value in part(case, sector)}


@cache
def clocks(day: date, sector: str) -> tuple[tuple[Clock, Clock | None], ...]:
    return tuple((clock, NATION.clock(clock, day, sector)) for clock in catalogue().values())


def ends(case: Replayed, sector: str) -> Iterator[Any]:
    """When each clock ends; None where nobody sets its days."""
    for written, clock in clocks(case.day, sector):
        start = case.hearing if written.direction == "before" else case.at
        found = due(clock, start, china()) if clock else None
        yield (written.id,), found and (found.at if clock.term.unit == "hour" else found.day)


def extended(case: Replayed, sector: str) -> Iterator[Any]:
    """Why each extension that may be asked for is void; the first one is granted in full where a second is asked for."""
    for written, clock in clocks(case.day, sector):
        for nth in (1, 2) if written.id in extendable() else ():
            found = clock and added_to(clock, case, nth)
            yield (written.id, nth), [b.reason for b in found.void] if found else ["EXTENSION_NOT_PROVIDED"]


@cache
def extendable() -> frozenset[str]:
    """The clocks that somebody's rule lengthens."""
    written = [pair for sector in SECTORS for pair in clocks(DAY, sector)]
    return frozenset(w.id for w, clock in written if w.extensions or (clock and clock.extensions))


def added_to(clock: Clock, case: Replayed, nth: int) -> Any:
    """A clock with the extension that the case asks for as its first or second one; None for what cannot be extended."""
    if clock.direction in ("before", "quota", "cap") or clock.term.unit in ("annual", "hour"):
        return None
    slots = [slot for n in range(nth) if (slot := clock.extension(n))]
    unit = slots[-1].unit if slots else clock.term.unit
    granted = [Extension(s.amount or 1, s.unit, case.day, s.by) for s in slots[: nth - 1]]
    return due(clock, case.day, china(), (), [*granted, Extension(case.added, unit, case.day, case.by)])


def excluded(case: Replayed, sector: str) -> Iterator[Any]:
    """Whether each clock leaves out the time of the case's ground."""
    for written, clock in clocks(case.day, sector):
        yield (written.id, case.ground), bool(clock) and GROUNDS[case.ground] in clock.excluded_zh


def numbers(case: Replayed, sector: str) -> Iterator[Any]:
    for key in NATION.keys:
        try:
            yield (key,), NATION.value(key, case.day, sector).value
        except ValueError:  # not set yet on that day
            yield (key,), None


def rules(case: Replayed, sector: str) -> Iterator[Any]:
    """Whether each rule of the penalty procedure holds, and whether it is law or only an internal rule."""
    facts: dict[Move, Known] = {}
    for name, (table, move, rule) in asked().items():
        if move not in facts:
            facts[move] = known(case, sector, table, move)
        yield (name, "holds"), rule.holds(facts[move])
        yield (name, "law"), NATION.cited(rule.law, sector, name) != INTERNAL


@cache
def asked() -> Mapping[str, tuple[Process, Move, Rule]]:
    """Every rule of the penalty procedure, with the first act of which it is asked."""
    found: dict[str, tuple[Process, Move, Rule]] = {}
    for table in PENALTY.tables:
        for move in table.moves:
            for rule in move.rules:
                found.setdefault(rule.name, (table, move, rule))
    return found


def known(case: Replayed, sector: str, table: Process, move: Move) -> Known:
    before = cases.Case()
    before.CopyFrom(stood(table, move))
    before.sector = sector
    before.party.kind = PARTY_KIND_CITIZEN if case.citizen else PARTY_KIND_ORGANISATION
    facts = Known(move, before)
    for penalty in (before.notice.penalty, before.proposal, before.decision.penalty, facts.known["penalty"]):
        penalty.fine.fen, penalty.confiscation.fen = case.fine, case.confiscation
    facts.known["discussion"] = FULL if case.discussed else Discussion("", ())
    facts.known["told"] = Told("事实", "理由", "依据", case.told)
    return facts


@cache
def stood(table: Process, move: Move) -> cases.Case:
    return record(table, move)


@cache
def outcomes() -> tuple[tuple[Replayed, tuple[dict[Any, Any], ...]], ...]:
    return tuple((case, tuple(outcome(case, sector) for sector in SECTORS)) for case in replayed())
