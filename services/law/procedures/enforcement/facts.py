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


class Harm(StrEnum):
    """What a duty that is not performed endangers, so that a substitute may perform it, ACL 50."""

    TRAFFIC = "TRAFFIC"
    ENVIRONMENT = "ENVIRONMENT"
    NATURAL_RESOURCES = "NATURAL_RESOURCES"


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
    decision_number: str = ""
    decision_serve_time: datetime | None = None
    decision_receipt: str = ""
    urgency: str = ""
    residents_supplied: bool = False
    """That nobody's water, power, heating or gas at home is cut off to force performance."""
    harm: Harm | None = None
    substitute_demand_time: datetime | None = None
    substitute_supervisor: str = ""
    agreement_harmless: bool = False
    suspension: Suspension | None = None
    suspend_time: datetime | None = None
    harmless: bool = False
    unable: bool = False
    """The party really cannot perform."""
    end: End | None = None


class EnforcementFacts(Facts):
    """The record of an enforcement with what the act hands in (`record`), and the node's own time."""

    record: EnforcementRecord
    now: datetime

    @abstractmethod
    def own_power(self) -> bool:
        """Whether a law gives the agency the power to enforce by itself."""

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
