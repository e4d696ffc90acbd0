"""One figure, and how it is declared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from services.law.citation import cite


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


@dataclass(frozen=True)
class Figure:
    """One figure. `source` is the kind of record that it is counted over, `within` the figure of which it counts a part.

    amount: whether it has a sum besides. of_fines: whether it grows with fines, or with the number of cases (APL 74(3)).
    by: the words by which what is counted can be told apart in a scheme (the rules of warnings, the clocks of deadlines).
    """

    id: str
    source: str
    zh: str
    en: str
    law: str
    counts: Counts
    amount: bool = False
    of_fines: bool = False
    within: str = ""
    by: str = ""


FOUND: dict[str, Figure] = {}


def figure(id: str, source: str, zh: str, en: str, law: str, **more: Any) -> Callable[[Counts], Counts]:
    """Mark what counts a figure. Raises ValueError for one that there is already."""
    cite(law)

    def mark(counts: Counts) -> Counts:
        if id in FOUND:
            raise ValueError(f"the figure {id} is there twice")
        FOUND[id] = Figure(id, source, zh, en, law, counts, **more)
        return counts

    return mark
