"""The record of a measure, and what the rules may ask of it."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.law.procedures.correcting import Slip
from services.law.procedures.papers import Demand, Minutes
from services.law.procedures.publishing import Publishing
from services.law.procedures.shared import HeadFacts
from services.law.standing import Person


class Release(StrEnum):
    """The cases in which a measure is lifted, ACL 28(1) and 33(1)."""

    NO_VIOLATION = "NO_VIOLATION"
    UNRELATED = "UNRELATED"
    DECIDED = "DECIDED"
    TERM_OVER = "TERM_OVER"
    NOT_NEEDED = "NOT_NEEDED"


@dataclass(frozen=True)
class Thing:
    """A thing, place or sum under the measure."""

    name: str = ""
    quantity: int = 0
    mark: str = ""
    """What tells it from others of its name: a serial number, a plate, a title deed."""
    related: bool = False
    """Connected with the violation."""
    dispensable: bool = False
    """No necessity of life of a person and those it supports."""


@dataclass(frozen=True)
class Extension:
    """A longer term: by how many days, why, and when the party was told of it in writing."""

    approve_time: datetime | None = None
    days: int = 0
    complexity: str = ""
    tell_time: datetime | None = None
    told_reasons: str = ""


@dataclass(frozen=True)
class MeasureDecision:
    """What the decision to seal or seize states (ACL 24(2))."""

    party: str = ""
    address: str = ""
    reasons: str = ""
    basis: str = ""
    days: int = 0
    remedies: str = ""
    """How and until when the party may ask for reconsideration or sue."""
    agency: str = ""
    seal_time: datetime | None = None
    """The day under the agency's seal."""


@dataclass(frozen=True)
class MeasureRecord:
    """The record of a measure, with what the act hands in."""

    urgency: str = ""
    approve_time: datetime | None = None
    execute_time: datetime | None = None
    certificate_shown: bool = False
    party_call_time: datetime | None = None
    party_present: bool = False
    witness: str = ""
    rights_tell_time: datetime | None = None
    hear_time: datetime | None = None
    minutes: Minutes = field(default_factory=Minutes)
    things: tuple[Thing, ...] = ()
    other_organs_asked: bool = False
    """That those who took it made sure that no other organ of the state holds it."""
    decision: MeasureDecision = field(default_factory=MeasureDecision)
    violation_fen: int = 0
    """The sum that the violation is about, which a freeze answers to."""
    frozen_fen: int = 0
    freeze_notice_time: datetime | None = None
    decision_deliver_time: datetime | None = None
    list_deliver_time: datetime | None = None
    extensions: tuple[Extension, ...] = ()
    appraisal_end_time: datetime | None = None
    appraisal_tell_time: datetime | None = None
    release: Release | None = None
    release_cause: str = ""
    destruction_law: str = ""
    transfer_tell_time: datetime | None = None
    demand: Demand = field(default_factory=Demand)
    publishing: Publishing = field(default_factory=Publishing)
    slip: Slip = field(default_factory=Slip)
    """The correction of the record that is proposed or decided."""


class MeasureFacts(HeadFacts):
    """The record of a measure with what the act hands in (`record`), and the node's own time."""

    record: MeasureRecord
    now: datetime

    def slip(self) -> Slip:
        """The correction of the record that is proposed or decided."""
        return self.record.slip

    @abstractmethod
    def empowered(self) -> bool:
        """Whether a law or regulation gives the acting agency itself the power, which it holds from no mandate."""

    @abstractmethod
    def empowered_to_freeze(self) -> bool:
        """Whether a law, no mere regulation, gives the acting agency itself the power to freeze."""

    @abstractmethod
    def officers(self) -> Sequence[Person]:
        """Those who take the measure, as they stood when it was taken."""

    def place(self) -> str:
        """The area in which it is taken, as a refusal tells it."""
        return ""

    @abstractmethod
    def taking_part(self) -> frozenset[str]:
        """The people who take part in the act, by their numbers."""

    @abstractmethod
    def standing_aside(self) -> frozenset[str]:
        """Who takes no part in the case any more, because of a granted recusal."""

    @abstractmethod
    def case_open(self) -> bool:
        """Whether the case that the measure serves is inquired into or to be decided."""

    @abstractmethod
    def held_already(self) -> bool:
        """Whether an open measure, of whatever body, holds one of the things or the money already."""

    @abstractmethod
    def decided_at(self) -> datetime | None:
        """When the case was decided that the measure serves; None while it is not, or once the decision was set aside."""

    @abstractmethod
    def confiscation_decided(self) -> bool:
        """Whether the decision on the case confiscates."""

    @abstractmethod
    def police_opened(self) -> bool:
        """Whether the police opened a criminal case on the referral of the case."""

    @abstractmethod
    def term_end(self) -> datetime | None:
        """When the measure ends as it stands before the act, appraisals and a lawful extension counted."""

    @abstractmethod
    def remedy_end(self) -> datetime | None:
        """When the periods of reconsideration and suit against the penalty end."""

    @abstractmethod
    def remedy_used(self) -> bool:
        """Whether the party asked for reconsideration or sued."""

    @abstractmethod
    def stayed_by(self) -> tuple[str, ...]:
        """The orders by which execution of the decision was stayed at the time of the act."""

    @abstractmethod
    def awaited(self) -> tuple[str, ...]:
        """The requests for instructions about the measure that waited for their reply when the act was done."""

    @abstractmethod
    def fine_left(self) -> bool:
        """Whether something of the fine or its surcharge is not paid."""

    def certificate_shown(self) -> bool:
        return self.record.certificate_shown

    def minutes(self) -> Minutes:
        return self.record.minutes

    def demand(self) -> Demand:
        return self.record.demand

    def money_duty(self) -> bool:
        """What is auctioned pays a fine."""
        return True

    def urgently_done(self) -> datetime | None:
        return self.record.execute_time

    def last_extension(self) -> Extension:
        """The extension that the act makes; a blank one if it makes none."""
        return self.record.extensions[-1] if self.record.extensions else Extension()
