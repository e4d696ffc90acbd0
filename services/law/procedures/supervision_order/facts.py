"""The record of a supervision matter, and what the rules may ask of it."""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.law.rule import Facts
from services.law.standing import Person


class Finding(StrEnum):
    """What the inquiry found."""

    DUTY_NOT_DONE = "DUTY_NOT_DONE"
    UNLAWFUL = "UNLAWFUL"
    CLEARLY_IMPROPER = "CLEARLY_IMPROPER"


@dataclass(frozen=True)
class SupervisionDocument:
    """An urging letter, opinion or decision: what it states. `term_end_time` is known once it was served."""

    number: str = ""
    facts: str = ""
    basis: str = ""
    correction: str = ""
    term_days: int = 0
    term_end_time: datetime | None = None
    report_asked: bool = False
    objection_right_told: bool = False
    receipt: str = ""
    """What proves that it was served."""
    issuer: str = ""


@dataclass(frozen=True)
class SupervisionRecord:
    """The record of a supervision matter, with what the act hands in."""

    person_tell_time: datetime | None = None
    """When the person was told where to seek its remedy."""
    supervisors: tuple[str, ...] = ()
    """Who supervises here: those whom the act names, or those of the matter with who does the act."""
    measure: str = ""
    """What was done in the inquiry, and what it brought to light."""
    findings: tuple[Finding, ...] = ()
    major: bool = False
    document: SupervisionDocument = field(default_factory=SupervisionDocument)
    report_time: datetime | None = None
    report: str = ""
    """What the supervised agency says: what it corrected, or how the matter stands."""
    verifier: str = ""
    examiner: str = ""
    """Who decides on the objection."""
    correct_time: datetime | None = None
    """When it was verified that the matter is corrected."""
    send_back_time: datetime | None = None
    objection_open: bool = False
    """Whether an objection waits for its answer."""
    prominent: str = ""
    """What stands out so much in the enforcement that it is made known."""
    person: str = ""
    factors: str = ""
    """Causes, consequences and what was corrected, weighed for a person."""
    competent_body: str = ""
    authority_document: str = ""
    """The paper of the government, or of the body above, on which the act rests."""
    reasons: str = ""


class SupervisionFacts(Facts):
    """The record with what the act hands in (`record`), and the node's own time."""

    record: SupervisionRecord
    now: datetime

    @abstractmethod
    def source_stands(self) -> bool:
        """Whether what the matter is opened from is on record here, or is named by its paper or a reason, as its kind wants."""

    @abstractmethod
    def unit_known(self) -> bool:
        """Whether the body is a confirmed one of the department, and the case, if one is named, a case of it."""

    @abstractmethod
    def from_warning(self) -> bool:
        """Whether it was opened from an early warning."""

    @abstractmethod
    def fine_target(self) -> bool:
        """Whether what is to be put right sets a target for fines or case numbers."""

    @abstractmethod
    def in_remedy(self) -> bool:
        """Whether the matter is in reconsideration or before a court, or belongs there."""

    @abstractmethod
    def person_asks(self) -> bool:
        """Whether a person asked for it, who has to be told."""

    @abstractmethod
    def people(self) -> tuple[Person, ...]:
        """Those who supervise here, each as the registry says that it stood at this moment among the people of the office."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """Those who enforce, or decided, in the case that is looked into."""

    @abstractmethod
    def officer_known(self) -> bool:
        """Whether the person for whom something is proposed is an officer of the supervised agency."""

    @abstractmethod
    def overdue(self) -> bool:
        """Whether the term of the document in force is over and no report came."""

    @abstractmethod
    def proposal_open(self) -> bool:
        """Whether there is a proposal on a person that waits for its answer."""

    def acting(self) -> tuple[str, ...]:
        return self.record.supervisors

    def reasons(self) -> str:
        return self.record.reasons

    def not_obeyed(self) -> bool:
        """Whether a report was sent back because the matter was not corrected, or none came in the term."""
        r = self.record
        end = r.document.term_end_time
        late = end is not None and self.at() > end and r.report_time is None
        return r.send_back_time is not None or late
