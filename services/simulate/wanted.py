"""What is to be played, and what came of it."""

from dataclasses import dataclass, field

from services.simulate import before, taken_over
from services.simulate.judge import Verdict
from services.simulate.lawful import LASTS
from services.simulate.scene import Book

# What falls due in the last days is found, and nothing begins in them.
REST = 3
YEAR = 365


@dataclass(frozen=True)
class Wanted:
    """What is to be played. `only` names the warnings or plots that are injected, all where it is empty."""

    seed: int = 1
    departments: int = 20
    days: int = 365
    breaches: int = 2
    lawful: int = 20
    """Lawful cases of each department."""
    only: tuple[str, ...] = ()

    @property
    def takes_over(self) -> bool:
        """Whether the node of one more department gives way to other software."""
        fits = self.days >= taken_over.SINCE + taken_over.LASTS + REST
        return fits and (not self.only or bool(set(self.only) & set(taken_over.KINDS)))

    @property
    def idle(self) -> bool:
        """Whether one more department does nothing for a whole year, while all others do something."""
        return self.days >= YEAR and (not self.only or "EW-28" in self.only)

    @property
    def falls_silent(self) -> bool:
        """Whether a department falls silent at the end."""
        return not self.only or "SILENT" in self.only

    @property
    def cases(self) -> int:
        """How many lawful cases each department has; in a whole year one at least, for a year without any is a finding."""
        return max(self.lawful, int(self.days >= YEAR)) if self.days > LASTS + REST else 0

    @property
    def nodes(self) -> int:
        """How many departments the city has, with those that play a part of their own."""
        return self.departments + self.takes_over + self.idle + len(before.STORIES) * self.grows

    @property
    def grows(self) -> bool:
        """Whether two more departments are set up a year before, so that what they take in can be compared."""
        return self.days >= YEAR and (not self.only or "EW-13" in self.only)


@dataclass
class Played:
    """What came of it."""

    wanted: Wanted
    verdict: Verdict = field(default_factory=Verdict)
    book: Book = field(default_factory=Book)
    left_out: list[str] = field(default_factory=list)
    events: int = 0
    seconds: float = 0.0
    set_up: float = 0.0

    @property
    def good(self) -> bool:
        """Whether every breach was found in time, nothing lawful was warned of, and every plot was played to its end."""
        return self.verdict.good and not self.book.problems
