"""Whether the city judges what a standard of case-file review asks."""

from functools import cache

from services.law.parameters import Layers
from services.law.procedures.measure import MEASURE
from services.law.procedures.penalty import PENALTY


def check_rubrics(layers: Layers) -> None:
    """Raise ValueError where a layer's own standard asks for a rule that nobody holds over a case: it would pass every file."""
    for rubric in layers.own_rubrics:
        for item in rubric.items:
            if unknown := {*item.rules, *item.also} - judged():
                raise ValueError(f"rubric.{rubric.id}: {item.id}: the city judges no rule {min(unknown)}")


@cache
def judged() -> frozenset[str]:
    """The rules, by reason or by act and reason, that the city holds again over a case and what runs beside it."""
    moves = [m for p in (PENALTY, MEASURE) for table in p.tables for m in table.moves]
    return frozenset(
        name for m in moves for r in m.rules if r.warning for name in (r.reason, f"{m.act}:{r.reason}")
    )
