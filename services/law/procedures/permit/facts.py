"""The record of an application for a permit and of the permit that came of it, and what the rules may ask of it."""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.law.procedures.permit.held_record import (
    Holder,
    Holding,
    PermitChange,
    PermitCheck,
    PermitIndemnity,
    PermitLeaving,
    PermitReversal,
    Reversal,
)
from services.law.procedures.publishing import Publishing
from services.law.procedures.shared import HeadFacts


class Handling(StrEnum):
    """Who handles an item of permission (ALIC 26(2), 35)."""

    ALONE = "ALONE"
    JOINT = "JOINT"
    BELOW = "BELOW"


@dataclass(frozen=True)
class PermitHearing:
    """What stands of the hearing of an application."""

    told: tuple[str, ...] = ()
    """Whom it was said that a hearing may be asked for."""
    tell_time: datetime | None = None
    request_time: datetime | None = None
    hold_at: datetime | None = None
    """The day and hour that were told."""
    place: str = ""
    host: str = ""
    presider: str = ""
    """Who held it."""
    public: bool = False
    minutes: str = ""
    signed: bool = False
    hold_time: datetime | None = None


@dataclass(frozen=True)
class PermitRecord:
    """The record of an application, with what the act hands in. What the guide of the item says is what was published when the
    application came: for this applicant nothing else is asked.
    """

    conditions: tuple[str, ...] = ()
    """Of the guide, by their codes; and the papers that it lists."""
    listed: tuple[str, ...] = ()
    guide_window: str = ""
    guide_fee: int = 0
    guide_fee_law: str = ""
    handling: Handling | None = None
    joint_order: str = ""
    """The paper by which the government has one department handle the matter for several."""
    tested: bool = False
    """Whether it is decided by inspection, test or quarantine (ALIC 55)."""
    verified: bool = False
    """Whether what the papers say is verified (ALIC 34(3))."""
    window: str = ""
    """The unit that took the application, or that hands out the permit."""
    handed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    supplied: tuple[str, ...] = ()
    reasons: str = ""
    inspectors: tuple[str, ...] = ()
    verifiers: tuple[str, ...] = ()
    excluded_by: str = ""
    """The paper by which the applicant was told how long a hearing, test or review takes."""
    excluding: bool = False
    """Whether such time is being taken out now, before the act."""
    extender: str = ""
    """Who extended the term last."""
    extensions: int = 0
    """How often the term was extended, with the act."""
    told_by: str = ""
    """The paper by which the applicant was told why the term is extended."""
    reviewer: str = ""
    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    decider: str = ""
    standard: str = ""
    """The technical standard that a test was held against."""
    authority: str = ""
    """Whom the applicant may ask for reconsideration, and which court it may go to."""
    court: str = ""
    fee: int = 0
    number: str = ""
    from_time: datetime | None = None
    until_time: datetime | None = None
    """Until when the permit is valid; none for one without an end."""
    next_until: datetime | None = None
    address: str = ""
    break_time: datetime | None = None
    """When the promised time was over and nothing decided."""
    compensation: str = ""
    compensated: bool = False
    """Whether the applicant was compensated before the act."""
    hearing: PermitHearing = field(default_factory=PermitHearing)
    check: PermitCheck = field(default_factory=PermitCheck)
    reversal: PermitReversal = field(default_factory=PermitReversal)
    doing: Reversal | None = None
    """What the act itself does to a permit that stands."""
    statement: str = ""
    interest: str = ""
    """Which public interest asks for a recall, or why a revocation does it no great harm."""
    claim_told: bool = False
    """Whether the holder was told that it may claim compensation."""
    content: str = ""
    """What of the permit is altered, and to what."""
    change: PermitChange = field(default_factory=PermitChange)
    indemnity: PermitIndemnity = field(default_factory=PermitIndemnity)
    holding: Holding | None = None
    holder: Holder | None = None
    leaving: PermitLeaving = field(default_factory=PermitLeaving)
    publishing: Publishing = field(default_factory=Publishing)


class PermitFacts(HeadFacts):
    """The record of an application with what the act hands in (`record`), and the node's own time."""

    record: PermitRecord
    now: datetime

    @abstractmethod
    def empowered(self) -> bool:
        """Whether the body may act, is entrusted with the item where it is entrusted with some only, and the published list had
        the item, of a permit, when the act was done.
        """

    @abstractmethod
    def guide_public(self) -> bool:
        """Whether the guide of the item was published, and not withdrawn, when the application came."""

    @abstractmethod
    def on_roster(self) -> frozenset[str]:
        """Of those named to inspect and to verify, the ones that the department has."""

    @abstractmethod
    def hearing_ask_end(self) -> datetime | None:
        """Until when a hearing may be asked for; None where nobody was told that it may."""

    @abstractmethod
    def notice_end(self) -> datetime | None:
        """Until when the hearing has to be told beforehand; None where its time is not known."""

    @abstractmethod
    def renewal_end(self) -> datetime | None:
        """Until when a renewal may be asked for; None for a permit without an end."""

    @abstractmethod
    def remedies(self) -> tuple[str, str]:
        """The government that reconsiders and the court, as the city has set them; empty what it has not."""

    @abstractmethod
    def visited(self) -> bool:
        """Whether the inspection that a check names was carried out, of this holder, by those who checked."""

    @abstractmethod
    def clue_known(self) -> bool:
        """Whether the case that a check names is one of the department about this holder."""

    @abstractmethod
    def licence_revoked(self) -> bool:
        """Whether the case that is named revoked this holder's licence, was served, and still stands."""

    def signer(self) -> str:
        """Who does as head what is for a head of the body."""
        return self.record.extender

    def reasons(self) -> str:
        return self.record.reasons
