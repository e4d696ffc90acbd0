"""The regular meeting on legal work (法制工作例会): set, held with the departments, minuted; what it decides becomes tasks, and
its minutes set the next one, so that it stays regular (CITY-ERS 5(18)).
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, under
from services.law.process import table
from services.law.rule import Facts, rule

LAW, CLOCK, MINUTES, INTERVAL = "CITY-ERS:5(18)", "MTG-01", "MTG-02", "legal_meeting.interval"
"""The article; the time until a meeting that is set is held, and until its minutes are there; within how many days the next one
has to be.
"""
CATCH_UP = timedelta(days=30)
"""Within what the next one is held where the minutes come after the interval is over."""


@dataclass(frozen=True)
class Attended:
    """Who attended for a department, or why nobody did."""

    body: str = ""
    person: str = ""
    excuse: str = ""


@dataclass(frozen=True)
class LegalMeetingRecord:
    """The record of a meeting, with what the act hands in."""

    set_time: datetime | None = None
    """For when it is set."""
    place: str = ""
    agenda: str = ""
    units: tuple[str, ...] = ()
    plan_time: datetime | None = None
    hold_time: datetime | None = None
    chair: str = ""
    attended: tuple[Attended, ...] = ()
    minutes: str = ""
    document: str = ""
    next_time: datetime | None = None
    """For when the minutes set the next one."""
    reasons: str = ""


class LegalMeetingFacts(Facts):
    """The record of a meeting with what the act hands in (`record`), and the node's own time."""

    record: LegalMeetingRecord
    now: datetime

    @abstractmethod
    def unknown_units(self) -> tuple[str, ...]:
        """Those of the units that are no confirmed bodies."""

    @abstractmethod
    def interval(self) -> int:
        """Within how many days the next meeting is held, as the layers set it."""

    def reasons(self) -> str:
        return self.record.reasons


@rule(
    "MEETING_INCOMPLETE",
    law=LAW,
    zh="例会应当载明将来的召开时间、地点、议题和参加部门。",
    en="A time to come, the place, the agenda or the departments are missing. State all.",
)
def meeting_set(f: LegalMeetingFacts) -> bool:
    """A meeting is set with time, place, agenda and departments."""
    r = f.record
    ahead = r.set_time is not None and r.set_time > f.now
    return ahead and bool(r.place.strip() and r.agenda.strip()) and bool(r.units)


@rule(
    "UNIT_UNKNOWN",
    law=LAW,
    zh="参加部门应当是经确认的单位。",
    en="The registry knows no such confirmed body. Name those that it knows (body_ids).",
    tells=lambda f: {"body_ids": ",".join(f.unknown_units())},
)
def units_known(f: LegalMeetingFacts) -> bool:
    """Who is to attend is a confirmed body."""
    return bool(f.record.units) and f.unknown_units() == ()


@rule(
    "MEETING_TIME_NOT_AHEAD",
    law=LAW,
    zh="改期后的召开时间应当晚于现在。",
    en="The other time lies in the past, or is not said. Set a time to come (set_time).",
)
def time_ahead(f: LegalMeetingFacts) -> bool:
    """A meeting is put off to a time to come."""
    return f.record.set_time is not None and f.record.set_time > f.now


@rule(
    "MEETING_TOO_FAR",
    law=LAW,
    zh="例会应当定期召开：召开时间应当自安排之日起不超过规定的间隔，改期的也不例外。",
    en="The meeting is a regular one: set it, or put it off, for a time within the interval since it was planned (set_time).",
    tells=lambda f: {"days": str(f.interval())},
)
def set_within(f: LegalMeetingFacts) -> bool:
    """A meeting is set, and put off, within the interval: it cannot be moved away for ever."""
    r = f.record
    if r.set_time is None or r.plan_time is None:
        return False
    return r.set_time <= r.plan_time + timedelta(days=f.interval())


@rule(
    "MEETING_NOT_HELD",
    law=LAW,
    zh="应当载明召开时间（不早于安排之时、不晚于现在）和主持人。",
    en="When it was held (since it was planned, and not in the future) or who presided is missing. State both.",
)
def was_held(f: LegalMeetingFacts) -> bool:
    """A meeting is recorded once it was held, with who presided."""
    r = f.record
    if r.hold_time is None or r.plan_time is None:
        return False
    return r.plan_time <= r.hold_time <= f.now and bool(r.chair.strip())


def unaccounted(f: LegalMeetingFacts) -> tuple[str, ...]:
    """The departments of which it is not said who attended or why nobody did, and those that were not invited."""
    said = {a.body for a in f.record.attended if bool(a.person.strip()) is not bool(a.excuse.strip())}
    return tuple(sorted(set(f.record.units) ^ said))


@rule(
    "ATTENDANCE_INCOMPLETE",
    law=LAW,
    zh="应当逐一载明每个参加部门的到会人员，未到会的载明原因。",
    en="It is not said of each department who attended for it, or why nobody did. Say one of both for each.",
    tells=lambda f: {"body_ids": ",".join(unaccounted(f))},
)
def attendance_told(f: LegalMeetingFacts) -> bool:
    """Of each department it is told who came, or why nobody did."""
    once = len({a.body for a in f.record.attended}) == len(f.record.attended)
    return bool(f.record.units) and once and unaccounted(f) == ()


@rule(
    "MINUTES_MISSING",
    law=LAW,
    zh="应当形成会议纪要并载明文号。",
    en="The minutes or their number are missing. State both (minutes, document_number).",
)
def minuted(f: LegalMeetingFacts) -> bool:
    """What was said is in minutes with a number."""
    return bool(f.record.minutes.strip() and f.record.document.strip())


@rule(
    "NEXT_MEETING_UNSET",
    law=LAW,
    zh="例会应当定期召开：纪要应当载明下次例会时间，不得超过规定的间隔；间隔已过的，应当在三十日内。",
    en="The meeting is a regular one: set the next for a time to come, within the interval or, where that is over, "
    "thirty days (next_time).",
    tells=lambda f: {"days": str(f.interval())},
)
def next_set(f: LegalMeetingFacts) -> bool:
    """The next meeting is set, within the interval since this one."""
    r = f.record
    if r.next_time is None or r.hold_time is None:
        return False
    return f.now < r.next_time <= max(r.hold_time + timedelta(days=f.interval()), f.now + CATCH_UP)


# fmt: off
TABLE = table(
    "legal_meeting",
    ("PLAN", "", "PLANNED", LAW, (meeting_set, set_within, units_known),
     "OVERSIGHT", ("安排例会", "Set a meeting"), "legal_meeting.planned", "PlanLegalMeeting"),
    ("POSTPONE", "PLANNED", "=", LAW, (time_ahead, set_within, under(reasons_given, LAW)),
     "OVERSIGHT", ("例会改期", "Put it off"), "legal_meeting.postponed", "PostponeLegalMeeting"),
    ("HOLD", "PLANNED", "HELD", LAW, (was_held, attendance_told),
     "OVERSIGHT", ("召开例会", "Hold it"), "legal_meeting.held", "HoldLegalMeeting"),
    ("RECORD", "HELD", "MINUTED", LAW, (minuted, next_set),
     "OVERSIGHT", ("形成会议纪要", "Hand in the minutes"), "legal_meeting.recorded", "RecordLegalMeeting"),
    titles=("法制工作例会", "Regular meeting on legal work"),
    ends="MINUTED",
)
# fmt: on
LEGAL_MEETING = Procedure("legal_meeting", LegalMeetingFacts, TABLE)
