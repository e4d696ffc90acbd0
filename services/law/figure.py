"""The figures that are counted of enforcement, as declared in tables/figures.toml: for yearly reports, reports of one's own, and
assessments.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from services.law.citation import cite

TABLE = Path(__file__).parent / "tables" / "figures.toml"


@dataclass(frozen=True)
class Figure:
    """One figure. `source` is the kind of record that it is counted over, `within` the figure of which it counts a part.

    amount: whether it has a sum besides. of_fines: whether it grows with fines, or with the number of cases (APL 74(3)).
    by: the words by which a scheme can choose what it counts of it.
    """

    id: str
    source: str
    title_zh: str
    title_en: str
    law: str
    within: str = ""
    amount: bool = False
    of_fines: bool = False
    by: str = ""


def _figures() -> Mapping[str, Figure]:
    """Raises ValueError for a figure without its article, or that is a part of none."""
    found = {
        name: Figure(id=name, **entry) for name, entry in tomllib.loads(TABLE.read_text("utf-8")).items()
    }
    for each in found.values():
        cite(each.law)
        if each.within and each.within not in found:
            raise ValueError(f"{TABLE.name}: {each.id} is a part of no figure")
    return MappingProxyType(found)


FIGURES: Mapping[str, Figure] = _figures()
"""Every figure by its id, in the order in which reports show them."""
