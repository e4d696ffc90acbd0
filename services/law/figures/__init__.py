"""How the figures of enforcement are counted (services/law/figure.py, tables/figures.toml).

A figure counts what happened, by the moment at which it did: a decision as it was made, an amount as it was decided. So a year
that is over says the same whenever it is counted again, and whatever is counted can be listed one by one.
"""

from collections.abc import Mapping
from types import MappingProxyType

from services.law.figure import FIGURES
from services.law.figures import case, oversight, record  # noqa: F401
from services.law.figures.counts import FOUND, Counted, Counts

__all__ = ["COUNTS", "Counted"]
COUNTS: Mapping[str, Counts] = MappingProxyType(FOUND)
"""What counts each figure, by its id."""
if _differ := FIGURES.keys() ^ COUNTS.keys():
    raise ValueError(f"{min(_differ)} is declared and not counted, or counted and not declared")
