"""The record of a major administrative decision (重大行政决策), and what the rules may ask of it."""

from abc import abstractmethod
from datetime import datetime

from services.law.procedures.major_decision.record import DecisionRecord
from services.law.rule import Facts


class DecisionFacts(Facts):
    """The record of a decision with what the act hands in (`record`), and the node's own time."""

    record: DecisionRecord
    now: datetime

    @abstractmethod
    def unit_known(self) -> bool:
        """Whether the unit that is to prepare it is the government's office, or a body that the registry confirmed."""

    @abstractmethod
    def of_unit(self) -> bool:
        """Whether who acts does so for the unit that prepares it."""

    @abstractmethod
    def executes(self) -> bool:
        """Whether who acts does so for a unit that is to carry it out."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """Those who proposed or drafted it."""

    @abstractmethod
    def least_comment_end(self) -> datetime | None:
        """Until when the public has to be heard at least: the usual time, or the shorter one of what is urgent."""

    @abstractmethod
    def comment_end(self) -> datetime | None:
        """Until when the public is heard, as it was told."""

    @abstractmethod
    def unanswered(self) -> int:
        """How many comments have no answer."""

    @abstractmethod
    def material_due(self) -> datetime | None:
        """By when those who take part in the hearing have to have its material."""

    @abstractmethod
    def pool(self) -> frozenset[str]:
        """The experts of the pool who may argue."""

    @abstractmethod
    def conflicted(self) -> frozenset[str]:
        """Of the experts, those who have a direct interest as the pool and the matter show it."""

    @abstractmethod
    def drawn(self) -> tuple[str, ...]:
        """Whom the seed and the public number draw from the frozen list."""

    @abstractmethod
    def review_from(self) -> datetime | None:
        """When the review may be concluded at the earliest."""

    @abstractmethod
    def in_force(self) -> bool:
        """Whether the decision that is to be changed or ended is being carried out."""

    @abstractmethod
    def main_assessors(self) -> frozenset[str]:
        """Who did the main arguing or assessing before it was decided."""

    @abstractmethod
    def evaluating(self) -> bool:
        """Whether an evaluation was ordered and has not come."""

    @abstractmethod
    def responsible(self) -> frozenset[str]:
        """Those who proposed, prepared, reviewed, voted on or decided it, by the record."""

    @abstractmethod
    def dissenting(self) -> frozenset[str]:
        """Those whose different opinion the minutes state."""

    @abstractmethod
    def pursuable(self) -> bool:
        """Whether the office itself may pursue: the person is known in the unit that is named."""

    @abstractmethod
    def adviser_then(self, adviser: str) -> bool:
        """Whether somebody was an adviser of the government by the register when the act was done."""

    def advisers(self) -> tuple[str, ...]:
        """Those who are named in the review."""
        return self.record.review.advisers

    def acting(self) -> tuple[str, ...]:
        return self.record.review.reviewers

    def reasons(self) -> str:
        return self.record.reasons


def come(moment: datetime | None, f: DecisionFacts) -> bool:
    """Whether something was done by the time of the act; what has no time was not."""
    return moment is not None and moment <= f.at()
