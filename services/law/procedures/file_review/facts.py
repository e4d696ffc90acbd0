"""The record of the review of a case file, and what the rules may ask of it."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.rule import Facts


@dataclass(frozen=True)
class FileReviewRecord:
    """The record of a review, with what the act hands in."""

    reviewers: tuple[str, ...] = ()
    scorer: str = ""
    scored: tuple[str, ...] = ()
    """The reviewers who have scored it."""
    concluder: str = ""
    """Who put the scores together; set once that is being done."""
    examiner: str = ""
    """Who examines the objection."""
    reasons: str = ""


class FileReviewFacts(Facts):
    """The record with what the act hands in (`record`), and the node's own time."""

    record: FileReviewRecord
    now: datetime

    @abstractmethod
    def reviewers_needed(self) -> int:
        """How many review a file at least, as the city has it on the day."""

    @abstractmethod
    def standard_kept(self) -> bool:
        """Whether the standard by which the file is reviewed is there as it was when the review was opened."""

    @abstractmethod
    def known(self) -> frozenset[str]:
        """Those of the named whom the registry knows: with a certificate in force and not suspended."""

    @abstractmethod
    def members(self) -> frozenset[str]:
        """Those of the named who belong to the body, or the department, whose file it is."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """Those who took part in the case: handled, reviewed, heard, discussed or decided it."""

    @abstractmethod
    def unjudged(self) -> tuple[str, ...]:
        """The items that have no verdict, more than one, or one that says nothing; and verdicts on items that there are not."""

    @abstractmethod
    def beyond(self) -> tuple[str, ...]:
        """The items of which more is taken off than they carry, or whose deduction does not go with the verdict."""

    @abstractmethod
    def unreasoned(self) -> tuple[str, ...]:
        """The items whose verdict takes something off, or departs from the machine's, and gives no reason."""

    @abstractmethod
    def unsettled(self) -> tuple[str, ...]:
        """The items on which reviewers differ and which nobody settled."""

    @abstractmethod
    def carries_points(self) -> bool:
        """Whether any item that carries points applies to the file."""

    @abstractmethod
    def term_end(self) -> datetime | None:
        """The end of the term to object; None while it was not reported."""

    @abstractmethod
    def objected_before(self) -> bool:
        """Whether the department objected before."""

    def reasons(self) -> str:
        return self.record.reasons

    def named(self) -> frozenset[str]:
        return frozenset(who for who in self.record.reviewers if who.strip())
