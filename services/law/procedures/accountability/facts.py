"""The record of a pursuit of responsibility, and what the rules may ask of it."""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import datetime

from services.law.procedures.accountability.kinds import Against, Cause, Kind, LeaderShare
from services.law.procedures.papers import Minutes, Statement
from services.law.rule import Facts


@dataclass(frozen=True)
class PriorNotice:
    """What is told before responsibility is decided on."""

    serve_time: datetime | None = None
    facts: str = ""
    reasons: str = ""
    basis: str = ""
    rights_told: bool = False
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True)
class Found:
    """What the investigation found: the facts and their proof, and what is weighed for the kind."""

    facts: str = ""
    evidence: tuple[str, ...] = ()
    fault: str = ""
    harm: str = ""
    circumstances: str = ""
    grave: bool = False
    """Whether what followed was grave."""
    occur_time: datetime | None = None
    """When what the unit did happened: who led it then answers for it."""
    leaders: tuple[LeaderShare, ...] = ()
    no_leader: str = ""
    """Why the chief of then is not among them."""


@dataclass(frozen=True)
class Meeting:
    """The meeting of the heads that deliberates and decides."""

    hold_time: datetime | None = None
    participants: tuple[str, ...] = ()
    record_number: str = ""
    conclusion: str = ""


@dataclass(frozen=True)
class AccountabilityRecord:
    """The record of a pursuit of responsibility, with what the act hands in."""

    against: Against | None = None
    review_time: datetime | None = None
    pursue: bool = False
    """Whether the preliminary review proposes to pursue."""
    opinion: str = ""
    causes: tuple[Cause, ...] = ()
    proposers: frozenset[str] = frozenset()
    """Who reviewed the clue, and who investigated: they propose, another decides."""
    investigators: tuple[str, ...] = ()
    complexity: str = ""
    extension_count: int = 0
    """How often the term was extended before."""
    found: Found = field(default_factory=Found)
    meeting: Meeting = field(default_factory=Meeting)
    notice: PriorNotice = field(default_factory=PriorNotice)
    statement: Statement = field(default_factory=Statement)
    minutes: Minutes = field(default_factory=Minutes)
    """The record of a statement that was made before the office."""
    kinds: tuple[Kind, ...] = ()
    """What is proposed, or decided, for the organisation or person."""
    document_number: str = ""
    remedy_told: bool = False
    competent_body: str = ""
    """The body to which discipline or a crime belongs, where it is one."""
    reasons: str = ""


class AccountabilityFacts(Facts):
    """The record with what the act hands in (`record`), and the node's own time."""

    record: AccountabilityRecord
    now: datetime

    @abstractmethod
    def source_stands(self) -> bool:
        """Whether what the clue comes from is on record here and is about whom it is to be pursued against."""

    @abstractmethod
    def pursued_known(self) -> bool:
        """Whether the registry knows the unit, or the officer as one of it."""

    @abstractmethod
    def leads(self) -> bool:
        """Whether the person is, or was, a head of the unit by the registry."""

    @abstractmethod
    def heads_then(self) -> frozenset[str]:
        """Who was a head of the unit when it happened, by the registry; nobody where it is not said when."""

    @abstractmethod
    def chief_then(self) -> str:
        """Its chief of then; empty for none, and where it is not said when."""

    @abstractmethod
    def pursued_already(self) -> bool:
        """Whether the same clue is pursued against the same in another matter."""

    @abstractmethod
    def brought_time(self) -> datetime | None:
        """Since when there is what the meeting of the act has before it: the proposal, what the person said for itself or that it
        waived, what is asked on review. None where it is not there.
        """

    @abstractmethod
    def term_end(self) -> datetime | None:
        """When the term of the investigation ends, as it stands before the act."""

    @abstractmethod
    def done_by(self) -> str:
        """Who does the act."""

    @abstractmethod
    def acting(self) -> tuple[str, ...]:
        """Who does the act, and whom it names to take part."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """Whom it is pursued against, and the heads and officers of the unit, by the registry."""

    @abstractmethod
    def stated(self) -> bool:
        """Whether the person, or the head of the unit by the registry, made its statement at its own node."""

    @abstractmethod
    def by_pursued(self) -> bool:
        """Whether the act comes from the person, or from the head of the unit by the registry."""

    @abstractmethod
    def by_head(self) -> bool:
        """Whether the act comes from a head of the unit by the registry, who is not whom it is pursued against."""

    @abstractmethod
    def served_time(self) -> datetime | None:
        """When the paper of the act was served."""

    @abstractmethod
    def receipt(self) -> str:
        """What proves that it was."""

    @abstractmethod
    def review_end(self) -> datetime | None:
        """When the time to ask for a review of the decision ends."""

    @abstractmethod
    def reviewed_again(self) -> bool:
        """Whether the decision was reviewed and stands, as it was or changed."""

    @abstractmethod
    def carried_out(self) -> bool:
        """Whether all that was laid on is carried out: by the registry, or as the unit reported by a paper."""

    @abstractmethod
    def filed(self) -> bool:
        """Whether the registry has put the result as it stands into the file of the officer or unit."""

    def reasons(self) -> str:
        return self.record.reasons
