"""The record of an enforcement by the agency itself, with what the act hands in."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.law.procedures.papers import Demand, Duty, Statement
from services.law.procedures.publishing import Publishing


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


class Way(StrEnum):
    """Who performs by force: the agency directly, or a substitute for the party, ACL 12, 50."""

    DIRECT = "DIRECT"
    SUBSTITUTE = "SUBSTITUTE"


class Signer(StrEnum):
    """Who signs the record of a substitute, ACL 51(1)[4]."""

    SUPERVISOR = "SUPERVISOR"
    PERFORMER = "PERFORMER"
    PARTY = "PARTY"
    WITNESS = "WITNESS"


class Place(StrEnum):
    """Where things are cleared at once, ACL 52."""

    ROAD = "ROAD"
    RIVER = "RIVER"
    WATERWAY = "WATERWAY"
    PUBLIC_PLACE = "PUBLIC_PLACE"


@dataclass(frozen=True)
class Stage:
    """A part that an agreement lets the party pay, or do, by a day, ACL 42(1)."""

    amount_fen: int = 0
    due_time: datetime | None = None
    what: str = ""


@dataclass(frozen=True)
class Substitute:
    """What a decision on a substitute states besides, ACL 50, 51(1)[1]."""

    performer: str = ""
    uninterested: bool = False
    target: str = ""
    budget_fen: int = 0


@dataclass(frozen=True)
class Clearing:
    """What was cleared at once, where, by whom, and how the party came to know, ACL 52."""

    place: Place | None = None
    what: str = ""
    unable: str = ""
    performer: str = ""
    party_present: bool = False
    told_by: str = ""


@dataclass(frozen=True)
class Costs:
    """What a substitute cost and how that was claimed, ACL 51(2); the payment is the one that is recorded."""

    amount_fen: int = 0
    reckoning: str = ""
    bill: str = ""
    overrun: str = ""
    term_end_time: datetime | None = None
    remedies: str = ""
    receipt: str = ""
    payment_fen: int = 0


@dataclass(frozen=True)
class Execution:
    """How money is brought in: from which bank, with what notice to it; by which auction house. How a duty is performed."""

    means: Means | None = None
    bank: str = ""
    bank_notice: str = ""
    auctioneer: str = ""
    how: str = ""
    """How a duty is performed."""


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
    demolition_place: str = ""
    """Where the demolition was announced."""
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
    way: Way | None = None
    substitute: Substitute = field(default_factory=Substitute)
    perform_time: datetime | None = None
    """The day that was set for the substitute."""
    substitute_demand_time: datetime | None = None
    substitute_demand_receipt: str = ""
    supervisors: tuple[str, ...] = ()
    peaceful: bool = False
    """That the substitute uses no violence, threats or other unlawful means."""
    signers: tuple[Signer, ...] = ()
    clearing: Clearing = field(default_factory=Clearing)
    costs: Costs = field(default_factory=Costs)
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
    publishing: Publishing = field(default_factory=Publishing)
