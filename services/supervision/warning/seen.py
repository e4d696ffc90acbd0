"""What an early warning may look at, by the kind of subject that it watches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, ClassVar

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1.benchmark_pb2 import Benchmark
from yifa.enforcement.v1.case_pb2 import Case

from services.kit.clocks import EXPIRED, MET, SUSPENDED
from services.law.areas import covers
from services.law.calendar import SHANGHAI
from services.law.citation import internal
from services.law.clock import Clock, catalogue
from services.law.procedures.advance_registration.recorded import TERM as REGISTERED
from services.law.procedures.measure.recorded import TERM
from services.supervision.case.model import CaseView, record_of, taken_up
from services.supervision.deadline.model import Clock as ClockRow

# The events that may tell of a decision, or take one away; and those that may tell of money, or since when it was owed.
DECIDING = frozenset(
    {
        events.DecisionMade,
        events.SpotDecisionMade,
        events.DecisionSetAside,
        events.DecisionAnnulled,
        events.CaseReopened,
        events.OutsideCaseReported,
    }
)
PAYING = frozenset(
    {
        events.PaymentRecorded,
        events.PaymentCompleted,
        events.FineCollected,
        events.FineCollectedAboard,
        events.FineBanked,
        events.DecisionServed,
        events.DeferralDecided,
        events.ReconsiderationRecorded,
        events.ReconsiderationEnded,
        events.SuitRecorded,
        events.SuitEnded,
        events.OutsideCaseReported,
    }
)


OF_OTHERS = frozenset({"party", "police", "court"})
# Whom the police refused may ask them again, or the procuratorate; it need not (CRT 9).
MAY = frozenset({"CRM-04", "CRM-06"})
OF_THE_CITY = frozenset({"oversight_body", "superior_agency"})


START = datetime(1970, 1, 1, tzinfo=SHANGHAI)
NEVER = datetime(9999, 1, 1, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class SeenClock:
    """A clock of a case. `again`: a further reminder came after the term had ended. `recorded_by`: where it is that of a
    recording, the article by which the act has to be recorded in sound or picture. `risk_from`: where it is that of the
    application to the court, from when on the right to apply is at risk; never where it does not have to be made.
    """

    row: ClockRow
    city: str
    node: str
    case_id: str
    dropped: bool = False
    again: bool = False
    recorded_by: str = ""
    risk_from: datetime = NEVER
    now: datetime = START
    RECORDINGS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "AVR-01": "recording.hearing",
            "AVR-02": "recording.service_left",
            "AVR-03": "recording.public_notice",
            "AVR-04": "recording.measure",
            "AVR-06": "recording.enforcement",
        }
    )
    """The clocks of recordings, with what says whether the act has to be recorded."""
    FILING: ClassVar[str] = "PEN-27"
    DOCUMENT: ClassVar[str] = "NRM-04"
    HOLDING: ClassVar[frozenset[str]] = frozenset(TERM.values())
    CASH: ClassVar[frozenset[str]] = frozenset({"PEN-21", "PEN-22"})
    REGISTERED: ClassVar[str] = REGISTERED
    PUBLICITY: ClassVar[frozenset[str]] = frozenset({"PEN-23", "PEN-31"})
    WITHDRAWAL: ClassVar[str] = "PEN-24"
    COURT: ClassVar[str] = "ENF-06"

    @property
    def clock_id(self) -> str:
        return self.row.clock_id

    @property
    def stopped(self) -> bool:
        """Whether what it is for was done, or nothing is left to be done."""
        return self.row.state == MET or self.dropped

    @property
    def at_risk(self) -> bool:
        """Whether the term was so near its end while the thing was undone."""
        return self.row.state != SUSPENDED and self.risk_from <= (self.row.stop_time or self.now)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Under what the warnings about it are raised."""
        return ("CLOCK_PASSED", *OWN_REASONS.get(self.clock_id, ()))

    @property
    def has_own(self) -> bool:
        """Whether there is a warning of its own for when it ends, so that EW-02 says nothing of it."""
        return self.clock_id in OWN_REASONS

    @property
    def about(self) -> str:
        """What tells it from other clocks of the case: those of what runs beside the case may be several of one kind."""
        own = self.row.subject == self.case_id
        return self.clock_id if own else f"{self.clock_id}/{self.row.subject}"

    @property
    def clock(self) -> Clock:
        return catalogue()[self.row.clock_id]

    @property
    def is_duty(self) -> bool:
        """Whether the department or the city fails a duty when it ends: no term of the party, the police or a court, none that
        forbids to act early, none that the agency set for itself, none within which it only may do something.
        """
        theirs = self.clock.who in OF_OTHERS or self.clock_id in MAY
        return not internal(self.row.law) and self.clock.direction == "after" and not theirs

    @property
    def passed(self) -> bool:
        """Whether it ended, and what it is for is undone."""
        return self.row.state == EXPIRED and not self.dropped

    @property
    def late(self) -> bool:
        """Whether it was met after it had ended, or nothing is left to be done."""
        met_late = self.row.state == MET and (self.row.stop_time or self.row.due_time) > self.row.due_time
        return met_late or (self.dropped and self.row.state == EXPIRED)

    @property
    def whose(self) -> str:
        """The node whose duty it is: the department's, or the city's own, which reviews filings and designates."""
        return self.city if self.clock.who in OF_THE_CITY else self.node


OWN_REASONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(SeenClock.RECORDINGS, ("RECORDING_MISSING",)),
        **dict.fromkeys(SeenClock.HOLDING, ("MEASURE_NOT_LIFTED",)),
        **dict.fromkeys(SeenClock.CASH, ("NOT_BANKED",)),
        **dict.fromkeys(SeenClock.PUBLICITY, ("NOT_PUBLISHED",)),
        SeenClock.FILING: ("NOT_FILED",),
        SeenClock.DOCUMENT: ("DOCUMENT_NOT_FILED",),
        SeenClock.REGISTERED: ("REGISTRATION_OVERDUE",),
        SeenClock.WITHDRAWAL: ("NOT_WITHDRAWN",),
        SeenClock.COURT: ("RIGHT_AT_RISK",),
    }
)
"""The reasons of the warnings that clocks have of their own."""


def risk_from(look: Any, row: Any, enforced: bool) -> datetime:
    """From when on the right to have a decision enforced by the court is at risk; never where the body enforces it by itself."""
    if row.clock_id != SeenClock.COURT or enforced:
        return NEVER
    ahead = limits(look, row.due_time, "EW-23.ahead", sector=row.sector)
    return row.due_time - timedelta(days=ahead[0]) if ahead is not None else NEVER  # type: ignore[no-any-return]


def recorded_by(look: Any, row: Any) -> str:
    """The article by which the act whose recording a clock awaits had to be recorded; empty where it had not."""
    if (key := SeenClock.RECORDINGS.get(row.clock_id)) is None:
        return ""
    try:
        asked = look.parameters.value(key, row.start_time.astimezone(SHANGHAI).date(), row.sector)
    except ValueError:  # before anybody asked for it
        return ""
    return asked.citation.code if asked.value else ""


class SeenCase:
    """A case, in what is known of it: `look` is a transaction or a view. `event` is what was just told of it, None when it is
    looked at for another reason.
    """

    def __init__(self, look: Any, view: CaseView, event: Any = None) -> None:
        self.look, self.view, self.event = look, view, event
        self.case: Case = record_of(view)

    def limits(self, at: datetime, *names: str) -> tuple[int, ...] | None:
        """Numbers of the city on the day of a moment; None before this was looked at."""
        return limits(self.look, at, *names, sector=self.case.sector)


def limits(look: Any, at: datetime, *names: str, sector: str = "") -> tuple[int, ...] | None:
    """Numbers of the city on the day of a moment, as "EW-04.gap" names them; None before this was looked at."""
    day = at.astimezone(SHANGHAI).date()
    try:
        return tuple(look.parameters.value(f"warning.{name}", day, sector).value for name in names)
    except ValueError:
        return None


@dataclass(frozen=True)
class SeenMonth:
    """All that the city knows, at the end of a month: `month` is its first day. `first`: it knows of none before."""

    look: Any
    month: date
    first: bool = False

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return first_of(later(self.month, 1))

    @property
    def before(self) -> "SeenMonth":
        return SeenMonth(self.look, later(self.month, -1))

    def begins(self, holds: Callable[["SeenMonth"], bool]) -> bool:
        """Whether something holds now that did not at the end of the month before."""
        return holds(self) and (self.first or not holds(self.before))

    def since(self, months: int) -> datetime:
        """The first moment of so many months that end with it."""
        return first_of(later(self.month, 1 - months))

    def limits(self, *names: str) -> tuple[int, ...] | None:
        """Numbers of the city on its last day; None before this was looked at."""
        return limits(self.look, self.end - timedelta(days=1), *names)


def later(month: date, months: int) -> date:
    """The first day of the month so many months later."""
    n = month.year * 12 + month.month - 1 + months
    return date(n // 12, n % 12 + 1, 1)


def first_of(month: date) -> datetime:
    return datetime.combine(month, time.min, SHANGHAI)


def month_of(at: datetime) -> date:
    """The month in which a moment lies, in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).date().replace(day=1)


@dataclass(frozen=True)
class SeenMatter:
    """A case among those of its matter that were filed and not given up."""

    view: CaseView
    filed: tuple[CaseView, ...]

    @property
    def filed_first(self) -> CaseView | None:
        """The case of another department that was filed first and may be about the same place, if it came before."""
        mine = self.view
        if mine.case_id not in {v.case_id for v in self.filed}:
            return None
        before = [
            v
            for v in self.filed
            if v.node != mine.node
            and (taken_up(v), v.case_id) < (taken_up(mine), mine.case_id)
            and (covers(v.area_code, mine.area_code) or covers(mine.area_code, v.area_code))
        ]
        return min(before, key=lambda v: (taken_up(v), v.case_id), default=None)


@dataclass(frozen=True)
class SeenOfficer:
    """An officer of a department who failed exams."""

    look: Any
    node: str
    officer_id: str
    failures: int
    at: datetime


@dataclass(frozen=True)
class SeenBenchmark:
    """An item of a department's benchmark, as it was published."""

    look: Any
    node: str
    item: Benchmark
    at: datetime


@dataclass(frozen=True)
class SeenText:
    """A plan, a table or an evaluation of a department, by what it says. `judges`: it says by what people lose points, so that it
    speaks of what is forbidden too.
    """

    look: Any
    node: str
    subject: str
    title_zh: str
    title_en: str
    texts: tuple[str, ...]
    at: datetime
    judges: bool = False


@dataclass(frozen=True)
class SeenChain:
    """A fault in the events of a node."""

    fault: str
    node: str
    about: str
    figures: dict[str, str]
    now: datetime


@dataclass(frozen=True)
class SeenSilence:
    """A node that has said nothing for longer than `limit` seconds: how much it had said, and when that last happened."""

    node: str
    events: int
    last: datetime | None
    limit: float
    now: datetime
