"""What an early warning may look at, by the kind of subject that it watches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

from services.kit.clocks import EXPIRED, MET
from services.law.areas import covers
from services.law.calendar import SHANGHAI
from services.law.citation import internal
from services.law.clock import Clock, catalogue
from services.law.procedures.measure.recorded import TERM
from services.supervision.case.model import CaseView, taken_up
from services.supervision.deadline.model import Clock as ClockRow

OF_OTHERS = frozenset({"party", "police", "court"})
# Whom the police refused may ask them again, or the procuratorate; it need not (CRT 9).
MAY = frozenset({"CRM-04", "CRM-06"})
OF_THE_CITY = frozenset({"oversight_body", "superior_agency"})


@dataclass(frozen=True)
class SeenClock:
    """A clock of a case. `again`: a further reminder came after the term had ended. `recorded_by`: where it is that of a
    recording, the article by which the act has to be recorded in sound or picture.
    """

    row: ClockRow
    city: str
    node: str
    case_id: str
    dropped: bool = False
    again: bool = False
    recorded_by: str = ""
    RECORDINGS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "AVR-01": "recording.hearing",
            "AVR-02": "recording.service_left",
            "AVR-03": "recording.public_notice",
            "AVR-04": "recording.measure",
        }
    )
    """The clocks of recordings, with what says whether the act has to be recorded."""
    FILING: ClassVar[str] = "PEN-27"
    HOLDING: ClassVar[frozenset[str]] = frozenset(TERM.values())

    @property
    def clock_id(self) -> str:
        return self.row.clock_id

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


def recorded_by(look: Any, row: Any) -> str:
    """The article by which the act whose recording a clock awaits had to be recorded; empty where it had not."""
    if (key := SeenClock.RECORDINGS.get(row.clock_id)) is None:
        return ""
    try:
        asked = look.parameters.value(key, row.start_time.astimezone(SHANGHAI).date(), row.sector)
    except ValueError:  # before anybody asked for it
        return ""
    return asked.citation.code if asked.value else ""


@dataclass(frozen=True)
class SeenCase:
    """A case, in what is known of it: `look` is a transaction or a view. `event` is what was just told of it, None when it is
    looked at for another reason.
    """

    look: Any
    view: CaseView
    event: Any = None


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
