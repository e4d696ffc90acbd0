"""What of a year that was assessed calls for an order of correction (责令整改, DL-ERS-2005)."""

from dataclasses import dataclass
from enum import StrEnum

from services.law.procedures.penalty.corrected import Rate


class Wrong(StrEnum):
    """What of a year calls for an order of correction (DL-ERS-2005)."""

    CORRECTED_OFTEN = "CORRECTED_OFTEN"
    UNSATISFIED = "UNSATISFIED"
    NOT_HANDED_IN = "NOT_HANDED_IN"
    NOT_MENDED = "NOT_MENDED"


@dataclass(frozen=True)
class Year:
    """What a year's assessment came to, as far as an order of correction may follow from it; None where it is not known."""

    corrected: int = 0
    ended: int = 0
    asked: int = 0
    satisfied: int | None = None
    handed_in: bool | None = None


@dataclass(frozen=True)
class Bounds:
    """The city's numbers: from which share of so many decisions at least correction is often, and below which share of so many
    people asked at least satisfaction is low.
    """

    share: int
    cases: int
    satisfied: int
    asked: int


def wrongs_of(year: Year, bounds: Bounds) -> tuple[Wrong, ...]:
    """What of a year calls for an order of correction. What is not known calls for none: the order rests on facts."""
    found = {
        Wrong.CORRECTED_OFTEN: Rate(year.corrected, year.ended).high(bounds.share, bounds.cases),
        Wrong.UNSATISFIED: year.satisfied is not None
        and year.asked >= max(bounds.asked, 1)
        and 100 * year.satisfied < bounds.satisfied * year.asked,
        Wrong.NOT_HANDED_IN: year.handed_in is False,
    }
    return tuple(wrong for wrong, holds in found.items() if holds)
