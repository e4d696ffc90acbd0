"""The record of an enforcement, and what the rules may ask of it."""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.law.procedures.papers import Demand, Duty, Statement, local_midnight, of_money
from services.law.rule import Facts


class Suspension(StrEnum):
    """The cases in which enforcement is suspended, ACL 39(1)."""

    HARDSHIP = "HARDSHIP"
    THIRD_PARTY = "THIRD_PARTY"
    IRREPARABLE = "IRREPARABLE"
    OTHER = "OTHER"


class End(StrEnum):
    """The cases in which enforcement is terminated, ACL 40."""

    DEATH = "DEATH"
    DISSOLVED = "DISSOLVED"
    OBJECT_LOST = "OBJECT_LOST"
    DECISION_ANNULLED = "DECISION_ANNULLED"
    OTHER = "OTHER"


class Means(StrEnum):
    """How money is brought in by force, ACL 46–48."""

    TRANSFER = "TRANSFER"
    AUCTION = "AUCTION"
    DISPOSAL = "DISPOSAL"


class Wrong(StrEnum):
    """Why what was enforced is undone, ACL 41."""

    ANNULLED = "ANNULLED"
    CHANGED = "CHANGED"
    MISTAKE = "MISTAKE"


class Harm(StrEnum):
    """What a duty that is not performed endangers, so that a substitute may perform it, ACL 50."""

    TRAFFIC = "TRAFFIC"
    ENVIRONMENT = "ENVIRONMENT"
    NATURAL_RESOURCES = "NATURAL_RESOURCES"


@dataclass(frozen=True)
class Stage:
    """A part that an agreement lets the party pay by a day, ACL 42(1)."""

    amount_fen: int = 0
    due_time: datetime | None = None


@dataclass(frozen=True)
class Execution:
    """How money is brought in: from which bank, with what notice to it; by which auction house."""

    means: Means | None = None
    bank: str = ""
    bank_notice: str = ""
    auctioneer: str = ""


@dataclass(frozen=True)
class Restitution:
    """What was given back, put right or compensated, why, and what shows it, ACL 41."""

    wrong: Wrong | None = None
    cause: str = ""
    given_back: str = ""
    proof: str = ""


@dataclass(frozen=True)
class EnforcementDecision:
    """What a decision to enforce states, ACL 37(2)."""

    reasons: str = ""
    basis: str = ""
    manner: str = ""
    enforce_time: datetime | None = None
    remedies: str = ""


@dataclass(frozen=True)
class EnforcementRecord:
    """The record of an enforcement, with what the act hands in."""

    duty: Duty | None = None
    duty_fen: int = 0
    surcharge_tell_time: datetime | None = None
    surcharge_fen: int = 0
    demolition_announce_time: datetime | None = None
    demolition_term_end_time: datetime | None = None
    demand: Demand = field(default_factory=Demand)
    statement: Statement = field(default_factory=Statement)
    good_reason: str = ""
    """A good reason of the party for not performing, found when its statement was rechecked."""
    hiding_evidence: str = ""
    decision: EnforcementDecision = field(default_factory=EnforcementDecision)
    decision_number: str = ""
    decision_serve_time: datetime | None = None
    decision_receipt: str = ""
    urgency: str = ""
    residents_supplied: bool = False
    """That nobody's water, power, heating or gas at home is cut off to force performance."""
    harm: Harm | None = None
    substitute_demand_time: datetime | None = None
    substitute_supervisor: str = ""
    execution: Execution = field(default_factory=Execution)
    agreement_harmless: bool = False
    stages: tuple[Stage, ...] = ()
    mended: str = ""
    """What the party did to mend its default."""
    waived_fen: int = 0
    suspension: Suspension | None = None
    suspend_time: datetime | None = None
    harmless: bool = False
    unable: bool = False
    """The party really cannot perform."""
    end: End | None = None
    restitution: Restitution = field(default_factory=Restitution)


class EnforcementFacts(Facts):
    """The record of an enforcement with what the act hands in (`record`), and the node's own time."""

    record: EnforcementRecord
    now: datetime

    @abstractmethod
    def own_power(self) -> bool:
        """Whether a law gives the agency the power to enforce by itself."""

    @abstractmethod
    def begun_already(self) -> bool:
        """Whether another enforcement of the case is not at an end, by the agency or by the court."""

    @abstractmethod
    def ended_for_good(self) -> bool:
        """Whether another enforcement of the decision was terminated or given up."""

    @abstractmethod
    def after(self) -> datetime | None:
        """When what the act builds on was done, None where that is not known."""

    @abstractmethod
    def overdue(self) -> bool:
        """Whether the time to pay is over: that of the law, or of the instalment that falls due next."""

    @abstractmethod
    def left_fen(self) -> int:
        """What is owed of fine and surcharge by the time of the act; nothing of a decision that was taken away."""

    @abstractmethod
    def surcharge_left_fen(self) -> int:
        """What of the surcharge is neither paid nor waived by the time of the act."""

    @abstractmethod
    def brought_in_fen(self) -> int:
        """What this enforcement brought in, to the designated bank."""

    @abstractmethod
    def stage_missed(self) -> bool:
        """Whether less was paid under the agreement than was due before the act."""

    @abstractmethod
    def wrong(self) -> frozenset[Wrong]:
        """What the case shows to have become of the decision since it was made."""

    @abstractmethod
    def surcharge_days(self) -> int:
        """The days of surcharge by the time of the act; those of remedies and of a deferral do not count."""

    @abstractmethod
    def remedy_end(self) -> datetime | None:
        """When the periods of reconsideration and suit against the decision end."""

    @abstractmethod
    def remedy_used(self) -> bool:
        """Whether the party asked for reconsideration or sued."""

    @abstractmethod
    def night_or_holiday(self) -> bool:
        """Whether the time of the act is night or a public holiday."""

    @abstractmethod
    def substitute_not_before(self) -> datetime | None:
        """When three working days since the last demand before the substitute are over."""

    def demand(self) -> Demand:
        return self.record.demand

    def statement(self) -> Statement:
        return self.record.statement

    def money_duty(self) -> bool:
        return of_money(self.record.duty)

    def served_time(self) -> datetime | None:
        return self.record.decision_serve_time

    def receipt(self) -> str:
        return self.record.decision_receipt

    def years_suspended(self) -> int:
        """Whole years since enforcement was suspended."""
        if self.record.suspend_time is None:
            return 0
        begin, at = local_midnight(self.record.suspend_time), local_midnight(self.at())
        return at.year - begin.year - ((at.month, at.day) < (begin.month, begin.day))
