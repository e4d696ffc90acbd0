"""A benchmark's levels held against each other and against the statute: what lies beyond, is left out or said twice."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from yifa.enforcement.v1.benchmark_pb2 import Band, Benchmark, Fine, Whom

from services.law.discretion.measure import fines_in


class Finding(NamedTuple):
    """What is wrong between two bands, or of one: GAP, OVERLAP or BEYOND_STATUTE."""

    code: str
    band: Band
    fine: Fine
    other: Fine
    """The fine of the next level, or what the statute lets be imposed."""


def beyond_statute(item: Benchmark) -> Iterator[Finding]:
    """The bands that reach below or above all that the item's statute lets be imposed of that kind (GBF-2022-27:5).

    A fine that begins at nothing is taken to begin where the statute does; what the statute does not speak of is not judged.
    """
    for band in item.bands:
        for fine in fines_in(band):
            allowed = [each for each in item.statute_fines if alike(fine, each)]
            if not allowed:
                continue
            low = min(each.low.value for each in allowed)
            endless = any(not each.HasField("high") for each in allowed)
            high = max(each.high.value for each in allowed)
            below = fine.HasField("low") and fine.low.value < low
            above = not endless and (not fine.HasField("high") or fine.high.value > high)
            if below or above:
                yield Finding("BEYOND_STATUTE", band, fine, allowed[0])


def between_levels(bands: Sequence[Band]) -> Iterator[Finding]:
    """Gaps and overlaps between the levels of one item, from the lightest up. Ends that meet are neither."""
    singles = [(band, fines_in(band)[0]) for band in bands if len(fines_in(band)) == 1]
    ranged = [(band, fine) for band, fine in singles if fine.HasField("high")]
    ordered = sorted(ranged, key=lambda one: (one[1].low.value, one[1].high.value))
    for (band, fine), (_, other) in pairwise(ordered):
        same = (fine.low.value, fine.high.value) == (other.low.value, other.high.value)
        # Fixed sums, one for each level, leave nothing to be filled.
        fixed = all(each.low.value == each.high.value for each in (fine, other))
        if same or fixed or not alike(fine, other) or fine.when != other.when:
            continue
        if fine.high.value < other.low.value:
            yield Finding("GAP", band, fine, other)
        elif fine.high.value > other.low.value:
            yield Finding("OVERLAP", band, fine, other)


def alike(one: Fine, other: Fine) -> bool:
    """Whether two fines are of one kind, so that their numbers can be compared."""
    kinds = [(fine.rated, fine.of if fine.rated else "", fine.per) for fine in (one, other)]
    responsible = [fine.whom == Whom.WHOM_RESPONSIBLE for fine in (one, other)]
    someone = one.whom == other.whom or Whom.WHOM_UNSPECIFIED in (one.whom, other.whom)
    return kinds[0] == kinds[1] and responsible[0] == responsible[1] and someone
