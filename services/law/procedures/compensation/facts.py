"""The record of a claim of state compensation, and what the rules may ask of it."""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.law.procedures.papers import Minutes
from services.law.rule import Facts


class Way(StrEnum):
    """How a claim is made, SCL 12."""

    IN_PERSON = "IN_PERSON"
    BY_POST = "BY_POST"
    ORALLY = "ORALLY"


class Standing(StrEnum):
    """By what somebody may claim, SCL 6."""

    VICTIM = "VICTIM"
    HEIR = "HEIR"
    SUCCESSOR = "SUCCESSOR"


class Infringement(StrEnum):
    """What the agency did that the law compensates, SCL 3, 4."""

    DETENTION = "DETENTION"
    CONFINEMENT = "CONFINEMENT"
    VIOLENCE = "VIOLENCE"
    WEAPON = "WEAPON"
    OTHER_TO_PERSON = "OTHER_TO_PERSON"
    PENALTY = "PENALTY"
    MEASURE = "MEASURE"
    TAKING = "TAKING"
    OTHER_TO_PROPERTY = "OTHER_TO_PROPERTY"


class Exemption(StrEnum):
    """For what the state does not answer, SCL 5."""

    PRIVATE_ACT = "PRIVATE_ACT"
    OWN_DOING = "OWN_DOING"
    BY_LAW = "BY_LAW"


class Topic(StrEnum):
    """What is talked about with the claimant; the first three alone are open to an agreement, SCL 13(1)."""

    MANNER = "MANNER"
    ITEMS = "ITEMS"
    AMOUNT = "AMOUNT"
    LIABILITY = "LIABILITY"
    UNLAWFULNESS = "UNLAWFULNESS"


NEGOTIABLE: frozenset[Topic] = frozenset({Topic.MANNER, Topic.ITEMS, Topic.AMOUNT})


class Item(StrEnum):
    """What is compensated and how, SCL 32 to 36."""

    LIBERTY = "LIBERTY"
    HEALTH = "HEALTH"
    DISABILITY = "DISABILITY"
    DEATH = "DEATH"
    MENTAL = "MENTAL"
    FINE_RETURNED = "FINE_RETURNED"
    DAMAGE = "DAMAGE"
    SALE_PRICE = "SALE_PRICE"
    RUNNING_COSTS = "RUNNING_COSTS"
    DIRECT_LOSS = "DIRECT_LOSS"
    PROPERTY_RETURNED = "PROPERTY_RETURNED"
    RESTORED = "RESTORED"
    RELEASED = "RELEASED"
    APOLOGY = "APOLOGY"


IN_KIND: frozenset[Item] = frozenset({Item.PROPERTY_RETURNED, Item.RESTORED, Item.RELEASED, Item.APOLOGY})
"""What is made good without money."""


@dataclass(frozen=True)
class Awarded:
    """One item of an award. For liberty: days, and the national average of a day's wage of the year before."""

    item: Item | None = None
    fen: int = 0
    days: int = 0
    daily_fen: int = 0
    principal_fen: int = 0
    """The money that is returned, without its interest."""
    basis: str = ""
    """How it was reckoned, and by which proof."""

    def right(self) -> bool:
        """Whether it is an item of the law, reckoned as the law reckons it (SCL 32, 33, 36)."""
        if self.item not in tuple(Item) or not self.basis.strip():
            return False
        if self.item in IN_KIND:
            return self.fen == 0
        if self.item == Item.LIBERTY:
            return self.days > 0 and self.daily_fen > 0 and self.fen == self.days * self.daily_fen
        if self.item == Item.FINE_RETURNED:
            return 0 < self.principal_fen <= self.fen
        return self.fen > 0


class Fault(StrEnum):
    """The faults for which who did it bears the costs, SCL 16(1)."""

    INTENT = "INTENT"
    GROSS_NEGLIGENCE = "GROSS_NEGLIGENCE"


@dataclass(frozen=True)
class Agreement:
    """What was agreed with the claimant."""

    topics: tuple[Topic, ...] = ()
    agreed: bool = False
    items: tuple[Awarded, ...] = ()
    document: str = ""
    minutes: Minutes = field(default_factory=Minutes)


@dataclass(frozen=True)
class Recourse:
    """What somebody who did it has to bear of the costs."""

    officer_id: str = ""
    fault: Fault | None = None
    fen: int = 0
    document: str = ""


@dataclass(frozen=True)
class CompensationRecord:
    """The record of a claim, with what the act hands in."""

    claimant: str = ""
    standing: Standing | None = None
    victim: str = ""
    """Who was injured, where that is not the claimant."""
    relation: str = ""
    relation_proof: str = ""
    demands: str = ""
    grounds: str = ""
    """The facts and reasons of the claim."""
    way: Way | None = None
    stamped_receipt: str = ""
    """What was given at once to who handed the claim in."""
    apply_time: datetime | None = None
    missing: tuple[str, ...] = ()
    """What the claim lacks, as the claimant was told."""
    ask_count: int | None = None
    """How often a supplement was asked for before."""
    handlers: tuple[str, ...] = ()
    hear_time: datetime | None = None
    minutes: Minutes = field(default_factory=Minutes)
    agreement: Agreement = field(default_factory=Agreement)
    infringements: tuple[Infringement, ...] = ()
    unlawful_by: str = ""
    """What shows that the act was unlawful: a judgment, a decision, what the agency found itself."""
    exemptions: tuple[Exemption, ...] | None = None
    """What exempts the state; None where it was not looked into."""
    items: tuple[Awarded, ...] = ()
    reasons: str = ""
    awarded_fen: int | None = None
    """The money that is awarded in the end; None while nothing is decided."""
    in_kind: bool | None = None
    """Whether something is to be made good without money; None while nothing is decided."""
    restore_time: datetime | None = None
    overdue: bool = False
    """Whether no decision came in time."""
    decide_time: datetime | None = None
    serve_time: datetime | None = None
    receipt_of_service: str = ""
    result_said: bool = False
    """Whether it is said what a court or the reconsideration body awards in the end, be it nothing."""
    paid_fen: int = 0
    recourse: Recourse = field(default_factory=Recourse)
    recovered_fen: int | None = None
    """What was laid on people before this act."""
    recoveries: int = 0
    no_fault: str = ""
    """Why nobody bears any of it."""
    document: str = ""


class CompensationFacts(Facts):
    """The record with what the act hands in (`record`), and the node's own time."""

    record: CompensationRecord
    now: datetime

    @abstractmethod
    def unit_known(self) -> bool:
        """Whether the agency is a confirmed body, and the case, if one is named, its own."""

    @abstractmethod
    def claim_end(self) -> datetime | None:
        """When the time to claim ends: two years, without custody and a bar in its last six months."""

    @abstractmethod
    def ask_end(self) -> datetime | None:
        """When the time to ask for a supplement ends."""

    @abstractmethod
    def decision_end(self) -> datetime | None:
        """When the time to decide ends."""

    @abstractmethod
    def suit_end(self) -> datetime | None:
        """When the time to sue ends: three months from the decision, or from the end of the time for one."""

    @abstractmethod
    def remedy_stands(self) -> bool:
        """Whether the register holds the suit or reconsideration that is named, against this agency, begun since."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """Those who took part in the act that is said to have injured."""

    @abstractmethod
    def took_part(self) -> bool:
        """Whether who is to bear costs is an officer of the agency, and took part in the case if one is named."""

    def acting(self) -> tuple[str, ...]:
        return self.record.handlers

    def minutes(self) -> Minutes:
        return self.record.minutes

    def served_time(self) -> datetime | None:
        return self.record.serve_time

    def receipt(self) -> str:
        return self.record.receipt_of_service

    def reasons(self) -> str:
        return self.record.reasons

    def term_end(self) -> datetime | None:
        return self.suit_end()
