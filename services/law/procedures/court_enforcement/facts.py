"""The record of an enforcement by the court, and what the rules may ask of it."""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.law.procedures.papers import Demand, Duty, Statement, missing, of_money
from services.law.procedures.shared import HeadFacts


class Paper(StrEnum):
    """What comes along with an application to the court, ACL 55(1)."""

    APPLICATION = "APPLICATION"
    DECISION = "DECISION"
    PARTY_OPINION = "PARTY_OPINION"
    OBJECT = "OBJECT"


@dataclass(frozen=True)
class CourtRecord:
    """The record of an enforcement by the court, with what the act hands in."""

    duty: Duty | None = None
    demand: Demand = field(default_factory=Demand)
    statement: Statement = field(default_factory=Statement)
    papers: tuple[Paper, ...] = ()
    head_sign_time: datetime | None = None
    apply_time: datetime | None = None
    urgency: str = ""
    public_safety: str = ""
    """What of public safety immediate enforcement protects."""
    ruling_receive_time: datetime | None = None
    ruling_document: str = ""
    """The paper by which the court said what it says last."""
    good_reason: bool = False
    """The party was found to have a good reason for not performing."""


class CourtFacts(HeadFacts):
    """The record with what the act hands in (`record`), and the node's own time."""

    record: CourtRecord
    now: datetime

    @abstractmethod
    def own_power(self) -> bool:
        """Whether a law gives the agency the power to enforce by itself."""

    @abstractmethod
    def remedy_end(self) -> datetime | None:
        """When the periods of reconsideration and suit against the decision end, a deferral counted."""

    @abstractmethod
    def remedy_used(self) -> bool:
        """Whether the party asked for reconsideration or sued."""

    @abstractmethod
    def stayed_by(self) -> tuple[str, ...]:
        """The orders by which execution of the decision was stayed at the time of the act."""

    @abstractmethod
    def application_not_before(self) -> datetime | None:
        """When ten working days since the demand was served are over."""

    @abstractmethod
    def application_end(self) -> datetime | None:
        """When the three months since the end of the remedy periods are over."""

    @abstractmethod
    def left(self) -> tuple[str, ...]:
        """What of the decision is not carried out: FINE, where money is owed, and the kinds of the other orders."""

    @abstractmethod
    def after(self) -> datetime | None:
        """When what the act builds on was done, None where that is not known."""

    @abstractmethod
    def begun_already(self) -> bool:
        """Whether another enforcement of the case is not at an end."""

    def demand(self) -> Demand:
        return self.record.demand

    def statement(self) -> Statement:
        return self.record.statement

    def served_time(self) -> datetime | None:
        return self.record.demand.serve_time

    def receipt(self) -> str:
        return self.record.demand.receipt

    def money_duty(self) -> bool:
        return of_money(self.record.duty)

    def missing_papers(self) -> tuple[str, ...]:
        return missing(Paper, self.record.papers)
