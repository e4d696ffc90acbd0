"""What of the law is in force in the code: the state of every clock, guard and row of the checklist."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from services.law.clock import Clock, catalogue, runs
from services.law.event import announcers
from services.law.requirement import Requirement, checklist, guards
from services.lawdocs import code, tests

# What holds the counting of a clock that no test names.
COUNTS_ALL = "tests/law/test_explain.py::test_every_clock_is_counted_as_a_second_counter_counts_it"


class State(Enum):
    """How far something is held, in Chinese and English."""

    HELD = ("已实现", "in force")
    PARTLY = ("部分实现", "partly")
    COUNTED = ("可计算，不运行", "counted, not run")
    MISSING = ("未实现", "not built")
    OUTSIDE = ("不在范围", "out of scope")


@dataclass(frozen=True)
class Covered:
    """The state of one thing, the places that hold it (path::name), and the tests that hold those."""

    id: str
    state: State
    where: tuple[str, ...]
    tests: tuple[str, ...]


@cache
def clocks() -> dict[str, Covered]:
    """Every clock of the catalogue."""
    return {clock_id: _clock(catalogue()[clock_id]) for clock_id in sorted(catalogue())}


def _clock(clock: Clock) -> Covered:
    named = tests.of(clock.id)
    counted = tuple(t for t in named if t.startswith("tests/law/"))
    if runs(clock):
        driven = tuple(t for t in named if t not in counted)
        starting = dict.fromkeys(
            event for name in (*clock.starts, *clock.resumes) for event in announcers().get(name, ())
        )
        where = tuple(f"services/{service}::{_short(e)}" for e in starting for service in code.keepers(e))
        return Covered(clock.id, State.HELD, where, driven or counted)
    if clock.direction in ("quota", "annual") and (where := code.counted_by(clock.id)):
        return Covered(clock.id, State.HELD, where, tuple(t for t in named if t not in counted) or counted)
    limiting = [g for g in guards().values() if clock.id in g.clocks]
    if limiting:
        held = [h for g in limiting for h in holders(g)]
        return Covered(clock.id, State.HELD, tuple(dict.fromkeys(held)), counted or _tested(limiting[0]))
    return Covered(clock.id, State.COUNTED, (), counted or (COUNTS_ALL,))


def _short(event: str) -> str:
    return event.rpartition(".")[2]


@cache
def guarded() -> dict[str, Covered]:
    """Every guard. Raises ValueError for one that names something that is not there."""
    return {guard_id: _guard(guard) for guard_id, guard in guards().items()}


def _guard(guard: Requirement) -> Covered:
    where = holders(guard)
    state = State.MISSING if not where else State.PARTLY if guard.lacks_zh else State.HELD
    return Covered(guard.id, state, where, _tested(guard))


@cache
def checked() -> dict[str, Covered]:
    """Every row of the checklist. Raises ValueError for one that names something that is not there."""
    return {row_id: _row(row) for row_id, row in checklist().items()}


def _row(row: Requirement) -> Covered:
    own = holders(row)
    links = [*(guarded()[g] for g in row.guards), *(clocks()[c] for c in row.clocks)]
    states = {link.state for link in links} | ({State.HELD} if own else set())
    where = tuple(dict.fromkeys([*own, *(w for link in links for w in link.where)]))
    held = tuple(dict.fromkeys([*_tested(row), *(t for link in links if link.where for t in link.tests)]))
    return Covered(row.id, _of_links(row, states), where, held)


def _of_links(row: Requirement, states: set[State]) -> State:
    if row.outside:
        return State.OUTSIDE
    if not states & {State.HELD, State.PARTLY}:
        return State.MISSING
    return State.HELD if states == {State.HELD} and not row.lacks_zh else State.PARTLY


def holders(asked: Requirement) -> tuple[str, ...]:
    """Where a requirement is held. Raises ValueError if a refusal, finding, code or test is not there."""
    found = [f"{h.path}::{h.name}" for h in code.guarding(asked.id)]
    for reason in asked.reasons:
        held = [f"{h.path}::{h.name}" for h in code.rules() if h.rule.reason == reason]
        if not held:
            raise ValueError(f"{asked.id}: no rule refuses for {reason}")
        found += held
    for reason in asked.findings:
        if reason not in code.findings():
            raise ValueError(f"{asked.id}: supervision does not look for {reason}")
        found.append(code.findings()[reason])
    if gone := [anchor for anchor in (*asked.code, *asked.tests) if not code.exists(anchor)]:
        raise ValueError(f"{asked.id}: {gone[0]} is not there")
    return tuple(dict.fromkeys([*found, *asked.code]))


def _tested(asked: Requirement) -> tuple[str, ...]:
    warnings = [h.rule.warning for h in code.guarding(asked.id) if h.rule.warning]
    reasons = dict.fromkeys([*asked.reasons, *(h.rule.reason for h in code.guarding(asked.id))])
    return tuple(dict.fromkeys([*asked.tests, *tests.of(*reasons, *asked.findings, *warnings)]))


def counts(covered: Iterable[Covered]) -> Counter[State]:
    return Counter(each.state for each in covered)
