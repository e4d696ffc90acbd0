"""What stands on the record of a major administrative decision."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What is decided on, one of five (MDR 3(1))."""

    POLICY = "POLICY"
    PLAN = "PLAN"
    RESOURCES = "RESOURCES"
    PROJECT = "PROJECT"
    OTHER_MAJOR = "OTHER_MAJOR"


class Exclusion(StrEnum):
    """What the regulation does not apply to (MDR 3(2))."""

    MACRO_REGULATION = "MACRO_REGULATION"
    LEGISLATION = "LEGISLATION"
    EMERGENCY = "EMERGENCY"
    OTHER_LAW = "OTHER_LAW"


class Proposer(StrEnum):
    """From whom the suggestion comes (MDR 10)."""

    LEADER = "LEADER"
    DEPARTMENT = "DEPARTMENT"
    DEPUTY = "DEPUTY"
    PUBLIC = "PUBLIC"


class Trait(StrEnum):
    """What of a matter makes a step obligatory."""

    VITAL_INTERESTS = "VITAL_INTERESTS"
    """Of major public interest or the vital interests of the public: a hearing (MDR 16(1), GF-2008-17 8)."""
    SPECIAL_GROUP = "SPECIAL_GROUP"
    SPECIALISED = "SPECIALISED"
    RISKY = "RISKY"
    MARKET = "MARKET"
    CONGRESS = "CONGRESS"


class Part(StrEnum):
    """What the review of legality looks at (MDR 27)."""

    POWER = "POWER"
    PROCEDURE = "PROCEDURE"
    CONTENT = "CONTENT"


class Stance(StrEnum):
    """What somebody says in the meeting."""

    AGREE = "AGREE"
    DISAGREE = "DISAGREE"
    ABSTAIN = "ABSTAIN"


class Meeting(StrEnum):
    """In what meeting a decision is discussed (MDR 30(1))."""

    EXECUTIVE = "EXECUTIVE"
    PLENARY = "PLENARY"


class Above(StrEnum):
    """To whom is reported before a decision comes out (MDR 8, 31)."""

    PARTY = "PARTY"
    CONGRESS = "CONGRESS"


class Piece(StrEnum):
    """What the file of a decision holds (MDR 33)."""

    START = "START"
    DRAFT = "DRAFT"
    PARTICIPATION = "PARTICIPATION"
    EXPERTS = "EXPERTS"
    RISK = "RISK"
    COMPETITION = "COMPETITION"
    REVIEW = "REVIEW"
    MINUTES = "MINUTES"
    REPORTS = "REPORTS"
    DECISION = "DECISION"


class Trouble(StrEnum):
    """What is met while a decision is carried out (MDR 35(1))."""

    FLAW = "FLAW"
    CHANGED_FACTS = "CHANGED_FACTS"
    FORCE_MAJEURE = "FORCE_MAJEURE"


class Cause(StrEnum):
    """Why a decision is evaluated afterwards (MDR 36(1))."""

    SHORT_OF_EXPECTED = "SHORT_OF_EXPECTED"
    MANY_OPINIONS = "MANY_OPINIONS"
    DEEMED_NEEDED = "DEEMED_NEEDED"


class Fault(StrEnum):
    """For what responsibility is pursued (MDR 38 to 41)."""

    PROCEDURE_BROKEN = "PROCEDURE_BROKEN"
    GRAVE_MISTAKE = "GRAVE_MISTAKE"
    LONG_DELAY = "LONG_DELAY"
    PREPARED_FALSELY = "PREPARED_FALSELY"
    NOT_EXECUTED = "NOT_EXECUTED"
    HIDDEN_TROUBLE = "HIDDEN_TROUBLE"


FOR_LIFE = frozenset({Fault.GRAVE_MISTAKE, Fault.LONG_DELAY})
"""For these responsibility lasts for life, and the consequences are to be named (MDR 38(2))."""


@dataclass(frozen=True)
class Found:
    """Whether a trait applies; where it does not, why not."""

    trait: Trait | None = None
    applies: bool = True
    reasons: str = ""


@dataclass(frozen=True)
class Consulted:
    """A unit that was consulted: it agrees, or the dispute is told (MDR 13)."""

    unit: str = ""
    agrees: bool = False
    dispute: str = ""


@dataclass(frozen=True)
class Hearing:
    """A hearing (MDR 16, 17)."""

    hold_time: datetime | None = None
    place: str = ""
    selection: str = ""
    """How those who take part were selected, as it was made public."""
    list_address: str = ""
    participants: tuple[str, ...] = ()
    serve_time: datetime | None = None
    receipt: str = ""
    introduced: bool = False
    debated: bool = False
    signed: tuple[str, ...] = ()
    minutes: str = ""
    told_document: str = ""
    """The paper that tells them what became of what they said."""


@dataclass(frozen=True)
class Draw:
    """How experts are drawn: the hash of the seed and the source of the number first, then both (the list is frozen)."""

    seed_hash: str = ""
    public_source: str = ""
    draw_after: datetime | None = None
    listed: tuple[str, ...] = ()
    count: int = 0
    seed: str = ""
    public_number: str = ""


@dataclass(frozen=True)
class Opinion:
    """What an expert argues: for need, feasibility and science, signed by the own name."""

    expert: str = ""
    text: str = ""
    signed_by: str = ""


@dataclass(frozen=True)
class Risk:
    """The assessment of risks (MDR 22 to 24), or the one that was made already (22(2))."""

    assessor: str = ""
    points: tuple[str, ...] = ()
    prevention: str = ""
    contingency: str = ""
    heard: tuple[str, ...] = ()
    controllable: bool = False
    adjustment: str = ""
    """What was changed of the draft so that it can be controlled."""
    existing: str = ""


@dataclass(frozen=True)
class Review:
    """The review of legality (MDR 25 to 28)."""

    reviewers: tuple[str, ...] = ()
    lawful: tuple[Part, ...] = ()
    opinion: str = ""
    advisers: tuple[str, ...] = ()
    advice: str = ""
    urgency: str = ""
    exploratory: str = ""
    """Why it is a reform for which the State has no rules yet."""
    legal_risks: str = ""
    conclude_time: datetime | None = None
    passed: bool = False


@dataclass(frozen=True)
class Speech:
    """What one member of the meeting said."""

    person: str = ""
    stance: Stance | None = None
    words: str = ""


@dataclass(frozen=True)
class Discussion:
    """The meeting (MDR 30)."""

    kind: Meeting | None = None
    hold_time: datetime | None = None
    minutes: str = ""
    head: str = ""
    speeches: tuple[Speech, ...] = ()
    """In the order in which they spoke."""
    against_majority: str = ""
    """Why the head decides otherwise than most said, as told in the meeting."""


@dataclass(frozen=True)
class Suggestion:
    """The suggestion to decide on something, and what was studied of it (MDR 10)."""

    proposer: Proposer | None = None
    problem: str = ""
    reasons: str = ""
    basis: str = ""
    solution: str = ""
    feasibility: str = ""
    studied_by: str = ""


@dataclass(frozen=True)
class Evaluation:
    """An evaluation after the fact (MDR 36)."""

    cause: Cause | None = None
    evaluator: str = ""
    publicly_heard: str = ""
    participants: tuple[str, ...] = ()
    result: str = ""


@dataclass(frozen=True)
class Pursuit:
    """Whose responsibility is to be pursued, and for what (MDR 38 to 41)."""

    fault: Fault | None = None
    person: str = ""
    facts: str = ""
    consequences: str = ""
    competent_body: str = ""
    document: str = ""


@dataclass(frozen=True)
class DecisionRecord:
    """The record of a decision, with what the act hands in."""

    kind: Kind | None = None
    exclusions: tuple[Exclusion, ...] | None = None
    """Why the regulation would not apply to it; empty: nothing, and that is stated."""
    consent: str = ""
    """The paper by which the Party committee of the same level agreed to the catalogue."""
    catalogue_address: str = ""
    suggestion: Suggestion = field(default_factory=Suggestion)
    start_document: str = ""
    traits: tuple[Found, ...] = ()
    text: str = ""
    bases: tuple[str, ...] = ()
    consulted: tuple[Consulted, ...] = ()
    none_concerned: bool = False
    draft_addresses: tuple[str, ...] = ()
    explanation: str = ""
    shortened: str = ""
    """Why the public has less than the usual time, as it was told."""
    group_opinions: str = ""
    hearing: Hearing = field(default_factory=Hearing)
    adoption: str = ""
    secret_law: str = ""
    """The article by which it is not made public."""
    experts: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    """The experts who stated in writing that they have no interest."""
    draw: Draw = field(default_factory=Draw)
    opinions: tuple[Opinion, ...] = ()
    opinion: Opinion = field(default_factory=Opinion)
    """The one that is handed in."""
    expert_adoption: str = ""
    risk: Risk = field(default_factory=Risk)
    competition: str = ""
    """What the review of fair competition concluded."""
    competition_reviewer: str = ""
    procedure_note: str = ""
    """What is said for the review of how the steps were gone through."""
    review: Review = field(default_factory=Review)
    discussion: Discussion = field(default_factory=Discussion)
    report_to: Above | None = None
    report_document: str = ""
    """The report that is handed in."""
    party_document: str = ""
    congress_document: str = ""
    decider: str = ""
    decision_document: str = ""
    gazette: str = ""
    website: str = ""
    newspaper: str = ""
    adoption_note: str = ""
    """What is told the public of what became of its opinions and those of the experts."""
    executors: tuple[str, ...] = ()
    file_number: str = ""
    pieces: tuple[Piece, ...] = ()
    archive_time: datetime | None = None
    report: str = ""
    report_time: datetime | None = None
    report_due_time: datetime | None = None
    """By when it is to be reported next, as who decided set it."""
    trouble: Trouble | None = None
    suspender: str = ""
    reasons: str = ""
    evaluation: Evaluation = field(default_factory=Evaluation)
    pursuit: Pursuit = field(default_factory=Pursuit)

    def wants(self, trait: Trait) -> bool:
        """Whether a step is asked for: also where nobody said with reasons that it is not."""
        said = [t for t in self.traits if t.trait == trait]
        return not said or any(t.applies is not False or not t.reasons.strip() for t in said)
