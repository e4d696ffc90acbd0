"""What is counted of enforcement: the figures of yearly reports, of reports of one's own, and of assessments.

A figure counts what happened, by the moment at which it did: a decision as it was made, an amount as it was decided. So a year
that is over says the same whenever it is counted again, and whatever is counted can be listed one by one.
"""

from collections.abc import Mapping
from types import MappingProxyType

from services.law.figures import case, oversight, record  # noqa: F401
from services.law.figures.figure import FOUND, Counted, Figure

__all__ = ["FIGURES", "Counted", "Figure"]
FIGURES: Mapping[str, Figure] = MappingProxyType(FOUND)
"""Every figure by its id, in the order in which reports show them."""
if _lost := [f.id for f in FIGURES.values() if f.within and f.within not in FIGURES]:
    raise ValueError(f"{_lost[0]} is a part of no figure")
