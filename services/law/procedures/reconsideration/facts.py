"""The record of a reconsideration, and what the rules may ask of it."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedures.papers import Evidence, missing, within
from services.law.rule import Facts

FEWEST_HEARERS = 2  # beside who presides over a hearing, ARL 50(3)
SMALL_SUM = 300_000  # fen: what a case under the simplified procedure may be about, ARL 53(1)[3]


class Condition(StrEnum):
    """The conditions of admission beside that of time, ARL 30(1)."""

    PARTIES = "PARTIES"
    INTEREST = "INTEREST"
    REQUEST_AND_REASONS = "REQUEST_AND_REASONS"
    SCOPE = "SCOPE"
    COMPETENCE = "COMPETENCE"
    NOT_TAKEN_BEFORE = "NOT_TAKEN_BEFORE"


class Answered(StrEnum):
    """What the agency's reply speaks to, RIR 41."""

    LEGALITY = "LEGALITY"
    APPROPRIATENESS = "APPROPRIATENESS"
    REQUEST = "REQUEST"


class Made(StrEnum):
    """How the penalty was made."""

    ON_THE_SPOT = "ON_THE_SPOT"
    BY_DEVICE = "BY_DEVICE"
    OTHERWISE = "OTHERWISE"


class Simple(StrEnum):
    """The cases of the simplified procedure, ARL 53."""

    ON_THE_SPOT = "ON_THE_SPOT"
    WARNING = "WARNING"
    SMALL_SUM = "SMALL_SUM"
    OPEN_INFORMATION = "OPEN_INFORMATION"
    AGREED = "AGREED"


class Course(StrEnum):
    """By which procedure the case is heard."""

    ORDINARY = "ORDINARY"
    SIMPLIFIED = "SIMPLIFIED"


class Weight(StrEnum):
    """Whether a case is grave, difficult or complex, as the body found."""

    PLAIN = "PLAIN"
    GRAVE = "GRAVE"


class Suspension(StrEnum):
    """The cases in which a reconsideration is suspended, ARL 39(1)."""

    DEATH = "DEATH"
    INCAPACITY = "INCAPACITY"
    MISSING = "MISSING"
    DISSOLVED = "DISSOLVED"
    FORCE_MAJEURE = "FORCE_MAJEURE"
    MEDIATION = "MEDIATION"
    QUESTION_OF_LAW = "QUESTION_OF_LAW"
    OTHER_CASE = "OTHER_CASE"
    DOCUMENT_REVIEW = "DOCUMENT_REVIEW"
    OTHER = "OTHER"


class Channel(StrEnum):
    """How an application came, ARL 22, 32."""

    COUNTER = "COUNTER"
    POST = "POST"
    ONLINE = "ONLINE"
    ORAL = "ORAL"
    AGENCY = "AGENCY"
    TRANSFERRED = "TRANSFERRED"


class Annulment(StrEnum):
    """Why a decision is annulled, wholly or in part, ARL 64(1)."""

    FACTS = "FACTS"
    PROCEDURE = "PROCEDURE"
    BASIS = "BASIS"
    COMPETENCE = "COMPETENCE"


# ARL 41[5]: suspended under ARL 39(1)[1], [2] or [4].
ENDS_AFTER_SIXTY_DAYS = frozenset({Suspension.DEATH, Suspension.INCAPACITY, Suspension.DISSOLVED})


@dataclass(frozen=True)
class ReconsiderationRecord:
    """The record of a reconsideration, with what the act hands in."""

    made: Made | None = None
    apply_time: datetime | None = None
    conditions: tuple[Condition, ...] = ()
    """The conditions of admission that were found to be met."""
    unmet: tuple[Condition, ...] = ()
    """Those that were found not to be met."""
    unclear: tuple[str, ...] = ()
    """What of the papers is missing or unclear."""
    accept_time: datetime | None = None
    course: Course | None = None
    simple: Simple | None = None
    sum_fen: int | None = None
    applicant_tell_time: datetime | None = None
    """When the applicant was told that the agency set its decision right."""
    body_tell_time: datetime | None = None
    """When the reconsideration body was told of it."""
    insists: bool | None = None
    """Whether the applicant insists on reconsideration of the first decision all the same."""
    competent_body_told: str = ""
    """The body to which an applicant who insists was sent."""
    reply_time: datetime | None = None
    answered: tuple[Answered, ...] = ()
    """What the reply speaks to."""
    staff_agents: tuple[str, ...] = ()
    """Those of its own staff whom the agency named to appear for it."""
    advisers: tuple[str, ...] = ()
    """The agency's legal advisers and public lawyers who took part in the reply, by their ids on the register."""
    reviewers: tuple[str, ...] = ()
    """Those who hear the case for the reconsideration body."""
    evidence: tuple[Evidence, ...] = ()
    hear_time: datetime | None = None
    unhearable: str = ""
    """Why a party cannot be heard, for reasons of its own."""
    weight: Weight | None = None
    hearing_time: datetime | None = None
    suspension: Suspension | None = None
    suspend_time: datetime | None = None
    own_will: bool = False
    settlement_harmless: bool = False
    head_agree_time: datetime | None = None
    discussion_record: str = ""
    third_party_request: str = ""
    """What a third party asks for against the applicant."""
    reasons: str = ""
    applicant: str = ""
    request: str = ""
    """What is asked for, and why."""
    channel: Channel | None = None
    forward_document: str = ""
    """The paper by which another body or the agency passed the application on."""
    competent_body: str = ""
    """The body that is competent, where this one is not."""
    document: str = ""
    """The paper of the act that is done."""
    third_party_evidence: str = ""
    """What a third party whose interests are touched handed in, where the agency handed in nothing."""
    commission_opinion: str = ""
    """What the reconsideration commission advised."""
    annulments: tuple[Annulment, ...] = ()
    perform_until_time: datetime | None = None
    signed_time: datetime | None = None
    """When all parties had signed what they agreed on."""
    resume_reason: str = ""
    clauses: tuple[str, ...] = ()
    """The clauses of a document that the maker is asked about."""
    maker_notify_time: datetime | None = None
    document_dealt_time: datetime | None = None
    """When the document that is reviewed with it was found lawful or stopped, or its competent body answered."""
    text: str = ""
    """What a report, an order or an opinion says."""
    opinion_time: datetime | None = None
    opinion_report_time: datetime | None = None
    presider: str = ""
    hearers: tuple[str, ...] = ()
    recorder: str = ""
    stay_time: datetime | None = None
    """When execution was stayed, while that lasts."""


class ReconsiderationFacts(Facts):
    """The record with what the act hands in (`record`), and the node's own time."""

    record: ReconsiderationRecord
    now: datetime

    @abstractmethod
    def application_end(self) -> datetime | None:
        """When the time to apply ends."""

    @abstractmethod
    def admission_end(self) -> datetime | None:
        """When the five working days to say whether it is admitted are over."""

    @abstractmethod
    def reply_end(self) -> datetime | None:
        """When the time for the agency's reply is over."""

    @abstractmethod
    def decision_end(self) -> datetime | None:
        """When the time to decide is over, suspensions and a lawful extension counted."""

    @abstractmethod
    def worse_for_applicant(self) -> bool:
        """Whether what is decided is worse for the applicant than the decision it changes."""

    @abstractmethod
    def gains_said(self) -> bool:
        """Whether what takes the place of a penalty says what the illegal gains are, and that agrees; true where none does."""

    @abstractmethod
    def unit_known(self) -> bool:
        """Whether the agency is a confirmed body of the city, and the case, if one is named, its own."""

    @abstractmethod
    def taken_before(self) -> bool:
        """Whether the same applicant's application against the same act was admitted here before, or a suit about it was."""

    @abstractmethod
    def unqualified(self) -> tuple[str, ...]:
        """Those named to hear the case who are not entered as qualified at that moment."""

    @abstractmethod
    def partial(self) -> tuple[str, ...]:
        """Those named to hear the case who took part in it at the agency, belong to the agency, or are a party."""

    @abstractmethod
    def hearing_notice_end(self) -> datetime | None:
        """Until when the parties had to be told of the hearing."""

    @abstractmethod
    def own_power(self) -> bool:
        """Whether the reconsideration body may deal with the document that is reviewed itself."""

    @abstractmethod
    def overdue(self) -> bool:
        """Whether the time to perform the decision, or to report on the opinion, has ended and nothing was done."""

    @abstractmethod
    def adviser_then(self, adviser: str) -> bool:
        """Whether somebody was an adviser of the agency, or of the government, by the register when the act was done."""

    def advisers(self) -> tuple[str, ...]:
        return self.record.advisers

    def reasons(self) -> str:
        return self.record.reasons

    def admissible(self) -> bool:
        """Whether all the conditions of admission are met, that of time with them."""
        met = missing(Condition, self.record.conditions) == () and not self.record.unmet
        known = self.unit_known() is True and self.taken_before() is False
        return met and known and within(self.application_end(), self.record.apply_time)

    def evidence_collected_since(self) -> bool:
        """Whether the agency gathered evidence of its own since the admission; true where a time is not known."""
        return any(e.gathered_since(self.record.accept_time) for e in self.record.evidence)

    def document_open(self) -> bool:
        """Whether it stands still for the review of a document that is not dealt with."""
        return (
            self.record.suspension == Suspension.DOCUMENT_REVIEW and self.record.document_dealt_time is None
        )

    def panel_complete(self) -> bool:
        """Whether one presides over the hearing, two or more hear, and another writes the record; all who hear are assigned."""
        r = self.record
        hearers = {name for name in r.hearers if name.strip()} - {r.presider}
        assigned = {r.presider, *hearers} <= set(r.reviewers)
        return (
            bool(r.presider.strip())
            and len(hearers) >= FEWEST_HEARERS
            and assigned
            and bool(r.recorder.strip())
        )
