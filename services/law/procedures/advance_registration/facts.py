"""The record of an advance registration of evidence, and what the rules may ask of it."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.law.parameters import Layers
from services.law.procedures.shared import HeadFacts
from services.law.standing import Person
from services.law.term import day_of


@dataclass(frozen=True)
class Listed:
    """A thing on the list."""

    name: str = ""
    quantity: int = 0


@dataclass(frozen=True)
class RegistrationRecord:
    """The record of an advance registration, with what the act hands in."""

    danger: str = ""
    """Why the evidence may vanish or be hard to get later."""
    urgency: str = ""
    approve_time: datetime | None = None
    consent_time: datetime | None = None
    """When the head agreed, by message too, to what was done before the paper."""
    register_time: datetime | None = None
    certificate_shown: bool = False
    things: tuple[Listed, ...] = ()
    list_sign_time: datetime | None = None
    list_deliver_time: datetime | None = None
    notice_deliver_time: datetime | None = None
    evidence_ids: tuple[str, ...] = ()
    """The evidence of the case in which what was registered is preserved."""


class RegistrationFacts(HeadFacts):
    """The record of a registration with what the act hands in (`record`), and the node's own time."""

    record: RegistrationRecord
    now: datetime
    parameters: Layers

    def switch(self, key: str) -> int:
        """Whether what stands under a key is asked or allowed in the sector on the day of the act."""
        return self.parameters.value(key, day_of(self.at()), self.sector()).value

    @abstractmethod
    def term_end(self) -> datetime | None:
        """When the seven working days since the registration are over."""

    @abstractmethod
    def case_open(self) -> bool:
        """Whether the case that the evidence is of is filed, and not decided or ended yet."""

    @abstractmethod
    def officers(self) -> Sequence[Person]:
        """Those who register, as they stood when it was done."""

    @abstractmethod
    def handling(self) -> frozenset[str]:
        """Who handles the case."""

    @abstractmethod
    def taking_part(self) -> frozenset[str]:
        """The people who take part in the act, by their numbers."""

    @abstractmethod
    def standing_aside(self) -> frozenset[str]:
        """Who takes no part in the case any more, because of a granted recusal."""

    @abstractmethod
    def preserved(self) -> frozenset[str]:
        """The evidence that the case got since the registration."""

    @abstractmethod
    def held_by_measures(self) -> frozenset[str]:
        """The names of what seals and seizures of the case, taken since the registration, hold."""

    @abstractmethod
    def confiscation_decided(self) -> bool:
        """Whether the decision on the case confiscates."""

    def place(self) -> str:
        """The area in which it is done, as a refusal tells it."""
        return ""

    def certificate_shown(self) -> bool:
        return self.record.certificate_shown

    def urgently_done(self) -> datetime | None:
        return self.record.register_time

    @abstractmethod
    def stayed_by(self) -> tuple[str, ...]:
        """The orders by which execution of the decision was stayed at the time of the act."""
