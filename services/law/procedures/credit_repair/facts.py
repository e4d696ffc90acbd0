"""The record of a credit repair, and what the rules may ask of it."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.rule import Facts


@dataclass(frozen=True)
class RepairRecord:
    """The record of an application for repair, of an objection or of a shield, with what the act hands in."""

    promise: str = ""
    """The party's public promise that its papers are true and that it answers for them."""
    proofs: tuple[str, ...] = ()
    """The papers that show that the dishonest act was put right and the duties done."""
    missing: tuple[str, ...] = ()
    """What the party was told that its papers lack."""
    reasons: str = ""
    extension_reason: str = ""
    objected_to: str = ""
    """What an objection is about: "ANSWER" to an application, or "DISPLAY"."""
    ruling: str = ""
    """The ruling by which a court approved the plan of a restructuring, or a settlement."""
    falsehood: str = ""
    """Which paper was false, or which promise was broken, and by what that is shown."""


class CreditRepairFacts(Facts):
    """The record with what the act hands in (`record`), and the node's own time."""

    record: RepairRecord
    now: datetime

    @abstractmethod
    def displayed(self) -> bool:
        """Whether the credit websites show the penalty."""

    @abstractmethod
    def shortest_end(self) -> datetime | None:
        """The first moment after the shortest display, None where none is known."""

    @abstractmethod
    def undone(self) -> tuple[str, ...]:
        """What of the decision was not carried out when the act was done."""

    @abstractmethod
    def imposed_over(self) -> bool:
        """Whether what was imposed for a time is over; true where nothing was."""

    @abstractmethod
    def asked_already(self) -> bool:
        """Whether another application or objection about the penalty is not answered."""

    @abstractmethod
    def barred(self) -> bool:
        """Whether false papers or a broken promise keep the penalty from repair."""

    @abstractmethod
    def answered_before(self) -> bool:
        """Whether the applicant was told of the result before."""

    @abstractmethod
    def objection_end(self) -> datetime | None:
        """When an objection that was accepted has to be answered."""

    @abstractmethod
    def record_end(self) -> datetime | None:
        """Until when the record of false papers or of a broken promise has to be on show."""

    def reasons(self) -> str:
        return self.record.reasons
