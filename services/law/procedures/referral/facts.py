"""The record of a referral, and what the rules may ask of it."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.law.procedures.correcting import Slip
from services.law.procedures.papers import missing
from services.law.procedures.shared import HeadFacts
from services.law.standing import Person


class Paper(StrEnum):
    """What goes to the police with a case, CRT 6."""

    LETTER = "LETTER"
    REPORT = "REPORT"
    LIST_OF_THINGS = "LIST_OF_THINGS"
    APPRAISALS = "APPRAISALS"


@dataclass(frozen=True)
class ReferralRecord:
    """The record of a referral, with what the act hands in."""

    report_time: datetime | None = None
    report: str = ""
    reasons: str = ""
    standard: str = ""
    """The standard of prosecution that the facts reach, by the word of those who flagged it."""
    papers: tuple[Paper, ...] = ()
    notice_receive_time: datetime | None = None
    """When the notice of the police was received that they open no case."""
    list_time: datetime | None = None
    """When the things that are handed over were listed."""
    copy_time: datetime | None = None
    """When a copy went to the procuratorate."""
    outcome_document: str = ""
    """The paper by which the criminal case ended."""
    slip: Slip = field(default_factory=Slip)
    """The correction of the record that is proposed or decided."""


class ReferralFacts(HeadFacts):
    """The record of a referral with what the act hands in (`record`), and the node's own time."""

    record: ReferralRecord
    now: datetime

    def slip(self) -> Slip:
        """The correction of the record that is proposed or decided."""
        return self.record.slip

    @abstractmethod
    def officers(self) -> Sequence[Person]:
        """Those named to verify the case."""

    @abstractmethod
    def appraised(self) -> bool:
        """Whether anything in the case was sent to appraisal, the report of which then comes along."""

    @abstractmethod
    def referred_already(self) -> bool:
        """Whether another referral of the case is not at an end."""

    @abstractmethod
    def things_held(self) -> bool:
        """Whether a measure still holds things of the case, which then go along with it."""

    @abstractmethod
    def challenge_end(self) -> datetime | None:
        """When three days since the notice of the police are over."""

    def reasons(self) -> str:
        return self.record.reasons

    def missing_papers(self) -> tuple[str, ...]:
        """The papers of CRT 6 that are missing; an appraisal only where there is one."""
        needed = [p for p in Paper if p != Paper.APPRAISALS or self.appraised() is not False]
        return missing(needed, self.record.papers)
