"""The law on an act of the registry: the step it makes, and rules that stand outside a table."""

from collections.abc import Iterable
from typing import Any

from services.law.procedures.officer import OfficerFacts
from services.law.process import Process, Rule, Unlawful


def step(process: Process, act: str, state: str, facts: Any, **about: str) -> str:
    """The state that an act leads to. Raises Unlawful, whose metadata also names the record."""
    try:
        return process.step(act, state, facts).target
    except Unlawful as no:
        no.about.update(about)
        raise


def require(rules: Iterable[Rule], facts: OfficerFacts, **about: str) -> None:
    """Raise Unlawful with every rule that does not hold."""
    if broken := [r.broken() for r in rules if not r.holds(facts)]:
        raise Unlawful(broken, about)
