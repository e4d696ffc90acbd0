"""What the public is told of a kind of power: the ways in which it goes, their steps with article and who does them, and the
terms that run (OPR-SUP 4; CITY-ERS 6(3)). Read from the tables of the procedures and from the clocks: nothing is said twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yifa.registry.v1.power_pb2 import PowerKind

from services.law.citation import internal
from services.law.clock import Clock
from services.law.parameters import Layers
from services.law.procedure import Procedure
from services.law.procedures import clocks_of
from services.law.procedures.enforcement import ENFORCEMENT
from services.law.procedures.inspection import INSPECTION
from services.law.procedures.measure import MEASURE
from services.law.procedures.penalty import PENALTY
from services.law.procedures.permit import PERMIT
from services.law.process import Move, Process

OF_KIND: Mapping[int, Procedure] = {
    PowerKind.POWER_KIND_PENALTY: PENALTY,
    PowerKind.POWER_KIND_PERMIT: PERMIT,
    PowerKind.POWER_KIND_COERCION: MEASURE,
    PowerKind.POWER_KIND_INSPECTION: INSPECTION,
    PowerKind.POWER_KIND_MONEY_ENFORCEMENT: ENFORCEMENT,
    PowerKind.POWER_KIND_DUTY_ENFORCEMENT: ENFORCEMENT,
}
"""The procedure of a kind of power; the other kinds have no table here, and nothing is said of how they go."""

SYSTEM = "SYSTEM"


@dataclass(frozen=True)
class Way:
    """One way in which a power goes, as 简易程序, and what leads on in it."""

    process: Process
    steps: tuple[Move, ...]


def ways(kind: int) -> tuple[Way, ...]:
    """The ways of a kind of power; of two that go through the same steps, in another order, the first."""
    found: dict[frozenset[str], Way] = {}
    for process in OF_KIND[kind].tables if kind in OF_KIND else ():
        steps = tuple(_steps(process))
        if any(not move.source for move in process.moves):
            found.setdefault(frozenset(str(move.act) for move in steps), Way(process, steps))
    return tuple(found.values())


def _steps(process: Process) -> Iterator[Move]:
    """The acts by which it goes on from one state to another, each once; what time brings is no act of anybody."""
    seen: set[str] = set()
    for move in process.moves:
        if move.target != move.source and set(move.roles) != {SYSTEM} and str(move.act) not in seen:
            seen.add(str(move.act))
            yield move


@lru_cache(512)
def terms(kind: int, parameters: Layers, on: date, sector: str) -> tuple[Clock, ...]:
    """The clocks that the acts of a kind of power start, as they run for a sector on a day; an agency's own left out."""
    found: dict[str, Clock] = {}
    for clock in _started(kind):
        runs = parameters.clock(clock, on, sector)
        if runs is not None and not internal(runs.law):
            found[clock.id] = runs
    return tuple(found.values())


def _started(kind: int) -> Iterable[Clock]:
    moves = (move for process in (OF_KIND[kind].tables if kind in OF_KIND else ()) for move in process.moves)
    return {clock.id: clock for move in moves for clock in clocks_of(move)[0]}.values()
