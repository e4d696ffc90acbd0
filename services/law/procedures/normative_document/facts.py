"""The record of a normative document, and what the rules may ask of it."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedures.papers import missing
from services.law.rule import Facts


class Maker(StrEnum):
    """What kind of body makes the document."""

    GOVERNMENT = "GOVERNMENT"
    DEPARTMENT = "DEPARTMENT"
    AUTHORISED = "AUTHORISED"
    COORDINATING = "COORDINATING"
    DISPATCHED = "DISPATCHED"
    INTERNAL = "INTERNAL"


MAY_MAKE = frozenset({Maker.GOVERNMENT, Maker.DEPARTMENT, Maker.AUTHORISED})


class Assessed(StrEnum):
    """What is assessed before the drafting goes on."""

    NEED = "NEED"
    FEASIBILITY = "FEASIBILITY"
    FAIRNESS = "FAIRNESS"


class NoComment(StrEnum):
    """What lets a document go on without public comment."""

    SECRET_BY_LAW = "SECRET_BY_LAW"
    EMERGENCY = "EMERGENCY"


class Paper(StrEnum):
    """What is handed in for the review of legality."""

    DRAFT = "DRAFT"
    BASIS = "BASIS"
    COMMENTS = "COMMENTS"
    EXPLANATION = "EXPLANATION"


@dataclass(frozen=True)
class DocumentRecord:
    """The record of a normative document, with what the act hands in."""

    maker: Maker | None = None
    assessed: tuple[Assessed, ...] = ()
    comment_end_time: datetime | None = None
    adoption: str = ""
    """What was taken up of the comments, and why the rest was not."""
    no_comment: NoComment | None = None
    papers: tuple[Paper, ...] = ()
    reviewers: tuple[str, ...] = ()
    beyond_power: tuple[str, ...] | None = None
    """The clauses that the review found to create a permit, penalty, force, fee, or duty without law; empty: none."""
    deliberate_time: datetime | None = None
    sign_time: datetime | None = None
    number: str = ""
    print_time: datetime | None = None
    publish_time: datetime | None = None
    early_effect: str = ""
    """Why it takes effect before the waiting time is over."""
    evaluate_time: datetime | None = None
    expire_time: datetime | None = None
    on_list: bool = False
    """On the list of documents that go on."""


class DocumentFacts(Facts):
    """The record of a document with what the act hands in (`record`), and the node's own time."""

    record: DocumentRecord
    now: datetime

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """Those who drafted it."""

    @abstractmethod
    def wait_end(self) -> datetime | None:
        """When the time that passes between publication and effect is over."""

    def acting(self) -> tuple[str, ...]:
        return self.record.reviewers

    def missing_papers(self) -> tuple[str, ...]:
        """The papers that are missing; without public comment there are no comments to hand in."""
        excused = self.record.no_comment in tuple(NoComment)
        return missing([p for p in Paper if not (excused and p == Paper.COMMENTS)], self.record.papers)

    def term_end(self) -> datetime | None:
        return self.record.expire_time
