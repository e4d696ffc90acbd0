"""The law on an act of the registry: what its rules are told, the step that it makes, and rules that stand outside a table."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from services.kit.tx import Tx
from services.law.procedure import Act
from services.law.rule import Broken, Facts, Rule, Unlawful, told


class Looked(Facts):
    """What is looked up in a transaction. An act of the registry is done when it is recorded."""

    def __init__(self, tx: Tx) -> None:
        self.tx, self.now = tx, tx.now

    def at(self) -> datetime:
        return self.now

    def node(self) -> str:
        return self.tx.node

    def caller(self) -> str:
        return self.tx.caller.subject


def step(act: Act, state: str, facts: Facts, **about: str) -> str:
    """The state that an act leads to. Raises Unlawful, whose metadata also names the record."""
    try:
        return act.procedure.step(act.name, None, state, facts).target
    except Unlawful as no:
        no.about.update(about)
        raise


def admit(act: Act, facts: Facts, **about: Any) -> None:
    """Raise Unlawful unless an act that leads to no state is open."""
    step(act, "", facts, **about)


def why_not(act: Act, state: str, facts: Facts) -> list[Broken]:
    """What stands against an act, an empty list if nothing does."""
    return act.procedure.goes_by(None).why_not(act.name, state, facts)


def require(rules: Iterable[Rule], facts: Facts, **about: Any) -> None:
    """Raise Unlawful with every rule that does not hold, and the figures that go with them."""
    if broken := [r for r in rules if not r.holds(facts)]:
        about |= told(broken, facts)
        raise Unlawful([r.broken() for r in broken], about, facts.sector())
