"""What counts a figure over one record."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple, Protocol


class Counted(NamedTuple):
    """Something that a record counts for: when it happened, the amount in fen, and what it is in the record (a document)."""

    at: datetime
    fen: int = 0
    which: str = ""


class Known(Protocol):
    """What a figure has to look up besides the record."""

    def least(self, case: Any, penalty: Any) -> int | None:
        """The least that the statute lets be imposed, in fen; None where it is not known."""


Counts = Callable[[Any, Known], Iterator[Counted]]
FOUND: dict[str, Counts] = {}


def counts(figure_id: str) -> Callable[[Counts], Counts]:
    """Mark what counts a figure. Raises ValueError for one that is counted already."""

    def mark(function: Counts) -> Counts:
        if figure_id in FOUND:
            raise ValueError(f"{figure_id} is counted twice")
        FOUND[figure_id] = function
        return function

    return mark
