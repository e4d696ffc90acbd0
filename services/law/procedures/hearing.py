"""What a penalty hearing takes to be arranged and held."""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.papers import Minutes, within
from services.law.procedures.shared import minutes_checked, stands_apart, under
from services.law.process import table
from services.law.rule import Facts, rule

NOTICE_DAYS = 7  # working days between the notice and the hearing, APL 64[2], 85


class Secrecy(StrEnum):
    """What keeps a hearing closed, APL 64[3]."""

    STATE_SECRET = "STATE_SECRET"
    BUSINESS_SECRET = "BUSINESS_SECRET"
    PRIVACY = "PRIVACY"


@dataclass(frozen=True)
class HearingRecord:
    """The record of a hearing, with what the act hands in."""

    request_time: datetime | None = None
    host: str = ""
    notice_serve_time: datetime | None = None
    notice_place: str = ""
    secrecy: Secrecy | None = None
    open: bool = False
    announce_time: datetime | None = None
    hold_time: datetime | None = None
    minutes: Minutes = field(default_factory=Minutes)
    waiver_document: str = ""
    """The written withdrawal of the request, or the record of the party's absence."""


class HearingFacts(Facts):
    """The record of a hearing with what the act hands in (`record`), and the node's own time."""

    record: HearingRecord
    now: datetime

    @abstractmethod
    def request_end(self) -> datetime | None:
        """When the five working days to ask for a hearing are over."""

    @abstractmethod
    def notice_days(self) -> int:
        """Working days between the service of the notice and the hearing."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """Those who investigate the case or have an interest in it."""

    def acting(self) -> tuple[str, ...]:
        return (self.record.host,) if self.record.host.strip() else ()

    def minutes(self) -> Minutes:
        return self.record.minutes


@rule(
    "HEARING_REQUEST_LATE",
    guard="G-34",
    law="APL-2021:64[1]",
    zh="要求听证应当在告知后五日（工作日）内提出。",
    en="The hearing was asked for after the five working days, or it is not known when. It counts as waived.",
)
def asked_in_time(f: HearingFacts) -> bool:
    """A hearing is asked for within five working days of the notice (APL 64[1], 85)."""
    return within(f.request_end(), f.record.request_time)


@rule(
    "HEARING_NOTICE_SHORT",
    guard="G-35",
    law="APL-2021:64[2]",
    zh="应当在举行听证的七日（工作日）前通知时间、地点。",
    en="Time and place were not told, or fewer than seven working days before. Set a later day, and tell it.",
    tells=lambda f: {"days": str(f.notice_days())},
)
def noticed_in_time(f: HearingFacts) -> bool:
    """Time and place are told seven working days before the hearing (APL 64[2], 85)."""
    told = f.record.notice_serve_time is not None and bool(f.record.notice_place.strip())
    return told and f.notice_days() >= NOTICE_DAYS


@rule(
    "HEARING_NOT_OPEN",
    guard="G-35",
    law="APL-2021:64[3]",
    zh="除涉及国家秘密、商业秘密或者个人隐私依法予以保密外，听证公开举行并公告。",
    en="The hearing is not open or was not announced, and no secret or privacy is named. Open it, or name what closes it.",
)
def open_unless_secret(f: HearingFacts) -> bool:
    """It is open and announced, unless a secret or privacy, which is named, forbids it (APL 64[3])."""
    r = f.record
    return r.secrecy in tuple(Secrecy) or (r.open and r.announce_time is not None)


@rule(
    "WAIVER_NOT_PROVED",
    guard="G-34",
    law="APL-2021:64[6]",
    zh="撤回应当书面提出，无正当理由缺席应当记录。",
    en="Neither a written withdrawal nor a record of the absence is named. Name it (waiver_document).",
)
def waiver_proved(f: HearingFacts) -> bool:
    """The request is withdrawn in writing, or absence is on record (APL 64[6])."""
    return bool(f.record.waiver_document.strip())


_HOST = under(stands_apart, "APL-2021:64[4]", guard="G-11 G-35")
_HOLD = (
    _HOST,
    noticed_in_time,
    open_unless_secret,
    under(minutes_checked, "APL-2021:64[8]", guard="G-34 G-35"),
)

# fmt: off
TABLE = table(
    "hearing",
    ("REQUEST", "", "REQUESTED", "APL-2021:64[1]", (asked_in_time,),
     "PARTY", ("要求听证", "Ask for a hearing"), "hearing.requested"),
    ("APPOINT_PANEL", "REQUESTED", "PANEL", "APL-2021:64[4];GD-HEARING", (_HOST,),
     "AGENCY_HEAD", ("指定听证人员", "Appoint the panel"), "hearing.panel_appointed"),
    ("SCHEDULE", "PANEL", "SCHEDULED", "APL-2021:64[2]", (),
     "LEGAL_REVIEWER CLERK", ("确定听证时间", "Schedule"), "hearing.scheduled"),
    ("NOTIFY", "SCHEDULED", "=", "APL-2021:64[2]", (),
     "CLERK", ("通知当事人", "Notify the party"), "hearing.notice_served"),
    ("ANNOUNCE", "SCHEDULED", "=", "APL-2021:64[3];GD-HEARING", (),
     "CLERK", ("公告听证", "Announce"), "hearing.announced"),
    ("POSTPONE", "SCHEDULED", "PANEL", "APL-2021:64[2]", (),
     "LEGAL_REVIEWER", ("延期", "Postpone")),
    ("HOLD", "SCHEDULED", "HELD", "APL-2021:64", _HOLD,
     "LEGAL_REVIEWER", ("举行听证", "Hold"), "hearing.held"),
    ("WITHDRAW", "REQUESTED PANEL SCHEDULED", "WAIVED", "APL-2021:64[6]", (waiver_proved,),
     "PARTY", ("撤回听证要求", "Withdraw the request"), "hearing.waived"),
    ("STAY_AWAY", "SCHEDULED", "WAIVED", "APL-2021:64[6]", (waiver_proved,),
     "LEGAL_REVIEWER", ("无正当理由缺席", "Stay away"), "hearing.waived"),
    titles=("行政处罚听证", "Penalty hearing"),
    ends="HELD WAIVED",
)
# fmt: on
HEARING = Procedure("hearing", HearingFacts, TABLE)
