"""A procedure: its tables of moves, which of them a record goes by, and what its rules have to know."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.law.process import Move, Process
from services.law.rule import Facts, Rule, Unlawful, judge, told


@dataclass(frozen=True)
class Act:
    """One act of a procedure, as `PENALTY.MAKE_DECISION`."""

    procedure: Procedure
    name: str

    @property
    def method(self) -> str:
        """The RPC that does it."""
        return self.procedure.named(self.name).method


class Procedure:
    """What the law says of one procedure.

    `facts` is the abstract class of what its rules ask, `tables` are its moves, `goes_by` says from the record which table holds
    for it (needed as soon as there are several). Its acts are attributes; Python raises AttributeError for one that no table has.
    """

    def __init__(
        self,
        name: str,
        facts: Any,
        *tables: Process,
        goes_by: Callable[[Any], Process] | None = None,
        open_first: tuple[str, ...] = (),
    ) -> None:
        self.name, self.facts, self.tables = name, facts, tables
        self.goes_by = goes_by or (lambda record: tables[0])
        self.open_first = frozenset(open_first)
        """Reasons that are told also of an act asked for too early: what the law itself wants to come first."""
        self._named = {str(m.act): m for table in reversed(tables) for m in reversed(table.moves)}

    def __getattr__(self, act: str) -> Act:
        if act.startswith("_") or act not in self._named:
            raise AttributeError(f"procedure {self.__dict__.get('name')} has no act {act}")
        return Act(self, act)

    def named(self, act: str) -> Move:
        """The first move of an act: its article, titles and RPC. Raises KeyError for an unknown act."""
        return self._named[act]

    def step(self, act: str, record: Any, state: str, facts: Facts) -> Move:
        """The move that an act makes. Raises Unlawful with every rule that it breaks, and what has to come first."""
        table = self.goes_by(record)
        try:
            return table.step(act, state, facts)
        except Unlawful as no:
            if table.move(act, state) is not None:
                raise
            first = self.too_early(act, record, facts)
            raise Unlawful(
                [*no.broken, *(r.broken() for r in first)], no.about | told(first, facts), no.sector
            ) from None

    def too_early(self, act: str, record: Any, facts: Facts) -> list[Rule]:
        """Of what the law wants to come before an act, that which has not."""
        move = next((m for m in self.goes_by(record).moves if m.act == act), None)
        first = [r for r in (move.rules if move else ()) if r.reason in self.open_first]
        return list(judge(first, facts).broken)


def whole(facts: type[Facts]) -> type[Facts]:
    """The class, which tells every fact. Raises TypeError, naming those that are missing, when a service starts."""
    if inspect.isabstract(facts):
        missing = ", ".join(sorted(facts.__abstractmethods__))  # type: ignore[attr-defined]
        raise TypeError(f"{facts.__module__}.{facts.__qualname__} does not tell: {missing}")
    return facts
