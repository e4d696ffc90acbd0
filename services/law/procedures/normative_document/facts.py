"""The record of a normative document, and what the rules may ask of it."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedures.papers import missing
from services.law.rule import Facts


class Maker(StrEnum):
    """What kind of body makes the document: one of these, or nobody who may."""

    GOVERNMENT = "GOVERNMENT"
    DEPARTMENT = "DEPARTMENT"
    AUTHORISED = "AUTHORISED"
    SUPERIOR = "SUPERIOR"
    """A body above the city: its documents are entered from its list, not made here."""


MAY_MAKE = frozenset({Maker.GOVERNMENT, Maker.DEPARTMENT, Maker.AUTHORISED})


class Assessed(StrEnum):
    """What is assessed before the drafting goes on."""

    NEED = "NEED"
    FEASIBILITY = "FEASIBILITY"
    FAIRNESS = "FAIRNESS"
    FAIR_COMPETITION = "FAIR_COMPETITION"


class NoComment(StrEnum):
    """What lets a document go on without public comment."""

    # a kind of document
    SECRET_BY_LAW = "SECRET_BY_LAW"  # noqa: S105
    EMERGENCY = "EMERGENCY"


class Paper(StrEnum):
    """What is handed in for the review of legality."""

    DRAFT = "DRAFT"
    BASIS = "BASIS"
    COMMENTS = "COMMENTS"
    EXPLANATION = "EXPLANATION"


@dataclass(frozen=True)
class Trait:
    """Whether something is so of a draft; None where nobody said. Where it is not, why."""

    applies: bool | None = None
    reasons: str = ""

    @property
    def said(self) -> bool:
        return self.applies is True or (self.applies is False and bool(self.reasons.strip()))

    @property
    def denied(self) -> bool:
        """Whether it was said, for reasons, that it is not so: whatever is asked for where it is so is not asked for here."""
        return self.applies is False and self.said


@dataclass(frozen=True)
class Costs:
    """What a draft costs and brings, or did: in money, by whom, how that was found, and what follows."""

    cost_fen: int = 0
    benefit_fen: int = 0
    bearers: str = ""
    method: str = ""
    conclusion: str = ""

    @property
    def said(self) -> bool:
        return self != Costs()

    @property
    def whole(self) -> bool:
        counted = self.cost_fen > 0 or self.benefit_fen > 0
        return counted and all(each.strip() for each in (self.bearers, self.method, self.conclusion))


@dataclass(frozen=True)
class Voice:
    """What somebody said of a draft at a hearing, or an expert in writing, and what became of it."""

    id: str = ""
    name: str = ""
    expert: str = ""
    """The expert's id in the pool; empty for who spoke at the hearing."""
    opinion: str = ""
    answer: str = ""

    @property
    def whole(self) -> bool:
        return bool(self.name.strip() and self.opinion.strip())


@dataclass(frozen=True)
class DocumentRecord:
    """The record of a normative document, with what the act hands in."""

    maker: Maker | None = None
    plan_document: str = ""
    """The paper by which it was put on the plan of making, or added to it."""
    text: str = ""
    assessed: tuple[Assessed, ...] = ()
    draft_address: str = ""
    """Where the public reads the draft."""
    adoption: str = ""
    """What was taken up of the comments, and why the rest was not."""
    no_comment: NoComment | None = None
    papers: tuple[Paper, ...] = ()
    reviewers: tuple[str, ...] = ()
    urgency: str = ""
    """Why the review takes less than its time."""
    opinion: str = ""
    """What the review says of a draft that it does not pass."""
    beyond_power: tuple[str, ...] | None = None
    """The clauses that the review found to create a permit, penalty, force, fee, or duty without law; empty: none."""
    minutes: str = ""
    """The record of the deliberation."""
    deliberate_time: datetime | None = None
    signer: str = ""
    sign_time: datetime | None = None
    number: str = ""
    print_time: datetime | None = None
    publish_address: str = ""
    publish_time: datetime | None = None
    effect_time: datetime | None = None
    early_effect: str = ""
    """Why it takes effect before the waiting time is over."""
    evaluation: str = ""
    """What the evaluation found."""
    expiry_evaluate_time: datetime | None = None
    """When it was evaluated towards the end of its validity."""
    expire_time: datetime | None = None
    list_document: str = ""
    """The list of documents that go on, on which one stands that was made before this register."""
    list_time: datetime | None = None
    reasons: str = ""
    document: str = ""
    """The paper of another body by which a clause is suspended, or a suggestion comes."""
    clauses: tuple[str, ...] = ()
    answer: str = ""
    vital_interests: Trait = Trait()
    """Whether it changes what people have a great interest in."""
    specialised: Trait = Trait()
    """Whether it is specialised or technical."""
    legislation: Trait = Trait()
    """Whether it is a project of the government's legislation, or its scheme wants costs and benefits analysed."""
    costs: Costs = Costs()
    """What was found of them when it was drafted; nothing is said where they were not analysed."""
    costs_evaluated: Costs = Costs()
    """What the evaluation finds of them."""
    hearing_address: str = ""
    """Where the hearing was announced, and how to take part."""
    hearing_place: str = ""
    hearing_due_time: datetime | None = None
    """For when it was announced."""
    hearing_notice_time: datetime | None = None
    hearing_host: str = ""
    hearing_time: datetime | None = None
    hearing_minutes: str = ""
    voices: tuple[Voice, ...] = ()
    """What was said at the hearing and by experts, with what the act hands in."""
    answers: tuple[Voice, ...] = ()
    """What the act says became of them."""


class DocumentFacts(Facts):
    """The record of a document with what the act hands in (`record`), and the node's own time."""

    record: DocumentRecord
    now: datetime

    @abstractmethod
    def of_maker(self) -> bool:
        """Whether who acts does so for the body that makes the document."""

    @abstractmethod
    def signing(self) -> str:
        """Who signs the act for the maker: in a department its head in person, for the government whom the legal office names."""

    @abstractmethod
    def rank(self, person: str) -> int:
        """The rank (PostRank) of the head of the maker that a person was when the act was done; 0 for who was none."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """Those who drafted it."""

    @abstractmethod
    def comment_end(self) -> datetime | None:
        """When the time for public comment is over."""

    @abstractmethod
    def unanswered(self) -> int:
        """How many comments have no answer."""

    @abstractmethod
    def review_from(self) -> datetime | None:
        """When the review may be concluded at the earliest."""

    @abstractmethod
    def wait_end(self) -> datetime | None:
        """When the time that passes between publication and effect is over."""

    @abstractmethod
    def latest_end(self) -> datetime | None:
        """Until when it may be valid at most."""

    @abstractmethod
    def hearing_from(self) -> datetime | None:
        """When a hearing that is announced now may be held at the earliest, as the city has it."""

    @abstractmethod
    def always_heard(self) -> bool:
        """Whether the city wants a hearing on every document."""

    @abstractmethod
    def always_argued(self) -> bool:
        """Whether the city wants experts on every document."""

    @abstractmethod
    def pool(self) -> frozenset[str]:
        """Those of the named experts who are in the pool."""

    @abstractmethod
    def bound(self) -> frozenset[str]:
        """Those of the named experts who have a direct interest in the maker."""

    @abstractmethod
    def fine_target(self) -> bool:
        """Whether its text sets a target for fines or case numbers."""

    @abstractmethod
    def duty_pushed(self) -> bool:
        """Whether its text makes a committee of residents or villagers do what a department has to."""

    @abstractmethod
    def number_taken(self) -> bool:
        """Whether another document has the number."""

    def acting(self) -> tuple[str, ...]:
        return self.record.reviewers

    def reasons(self) -> str:
        return self.record.reasons

    def heard(self) -> tuple[Voice, ...]:
        """Who spoke at the hearing."""
        return tuple(v for v in self.record.voices if not v.expert)

    def argued(self) -> tuple[Voice, ...]:
        """What experts wrote."""
        return tuple(v for v in self.record.voices if v.expert)

    def experts(self) -> frozenset[str]:
        return frozenset(v.expert for v in self.argued())

    def missing_papers(self) -> tuple[str, ...]:
        """The papers that are missing; without public comment there are no comments to hand in."""
        excused = self.record.no_comment in tuple(NoComment)
        return missing([p for p in Paper if not (excused and p == Paper.COMMENTS)], self.record.papers)

    def term_end(self) -> datetime | None:
        return self.record.expire_time
