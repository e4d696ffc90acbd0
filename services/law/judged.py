"""The rules that the city holds again over a case and what runs beside it, by which a standard of case-file review may ask."""

from functools import cache

from services.law.parameters import Layers
from services.law.procedures.measure import MEASURE
from services.law.procedures.penalty import PENALTY
from services.law.procedures.permit import PERMIT


@cache
def judged() -> frozenset[str]:
    """The rules, by reason, or by act and reason; of permits those whose breach the record tells."""
    moves = [m for p in (PENALTY, MEASURE) for table in p.tables for m in table.moves]
    held = ((m.act, r.reason) for m in moves for r in m.rules if r.warning)
    told = (r.reason for table in PERMIT.tables for m in table.moves for r in m.rules)
    return frozenset(name for act, reason in held for name in (reason, f"{act}:{reason}")) | frozenset(told)


def refuse_unjudged(layers: Layers) -> Layers:
    """The layers. Raises ValueError for a standard of theirs that asks for a rule which the city does not judge: nothing would be
    looked at.
    """
    for name, rubric in layers.rubrics:
        for item in rubric.items:
            if unknown := {*item.rules, *item.also} - judged():
                raise ValueError(
                    f"{name}: rubric.{rubric.id}: {item.id}: the city judges no rule {min(unknown)}"
                )
    return layers
