"""Whose number counts where several layers set one.

The sector's is asked first, then the city's, the province's, the nation's. An article that says otherwise is said in the data:
`yields = "to_place"` for a sector's number that gives way to what city and province set, `yields = "to_lower"` for a place's
beside which a sector's lower one prevails.
"""

from collections.abc import Sequence
from typing import NamedTuple

TO_PLACE, TO_LOWER = "to_place", "to_lower"
PLACES = ("city", "provincial")
# Which layers may say that their number gives way in which way.
MAY: dict[str, tuple[str, ...]] = {"sector": (TO_PLACE,), "city": (TO_LOWER,), "provincial": (TO_LOWER,)}


class Number(NamedTuple):
    """What one layer sets: its name and kind, the value, the article, and to what it gives way."""

    layer: str
    kind: str
    value: int
    law: str
    yields: str = ""


def ranked(said: Sequence[Number]) -> list[Number]:
    """The numbers, the one that counts first; they are handed in with the sector's first and the nation's last."""
    sectors = [n for n in said if n.kind == "sector"]
    places = [n for n in said if n.kind in PLACES]
    rest = [n for n in said if n not in sectors and n not in places]
    if not (sectors and places):
        return list(said)
    [sector] = sectors
    lower = sector.value < places[0].value
    first = lower if places[0].yields == TO_LOWER else sector.yields != TO_PLACE
    return [*([sector] if first else []), *places, *([] if first else [sector]), *rest]
