"""The acts of a meeting: bound to its procedure, its table, its clock and its facts."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import legal_meeting_pb2 as pb

from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.moment import moment_at, moment_of
from services.law.procedures.legal_meeting import CLOCK, LEGAL_MEETING, MINUTES
from services.supervision.deadline.following import follow
from services.supervision.deadline.model import Clock
from services.supervision.deadline.reminding import Reminding
from services.supervision.legal_meeting.facts import Met
from services.supervision.legal_meeting.model import LegalMeeting
from services.supervision.warning.own_clock import look_at_own

PREFIX = "LM-"
_STATES = {n: name.removeprefix("LEGAL_MEETING_STATE_") for name, n in pb.LegalMeetingState.items()}


def judge(tx: Tx, meeting_id: str, *, again: bool = False) -> None:
    """Bring the warnings about a meeting that was not held, and one without minutes, in line (EW-02)."""
    row = tx.get(LegalMeeting, meeting_id)
    for clock_id in (CLOCK, MINUTES):
        look_at_own(tx, row, clock_id, tx.city, again=again)


def columns(meeting: pb.LegalMeeting) -> dict[str, Any]:
    return {
        "state": _STATES[meeting.state],
        "set_time": moment_of(meeting.set_time),
        "version": meeting.version,
    }


def follow_due(tx: Tx, meeting: pb.LegalMeeting) -> None:
    """The term is the time for which it is set."""
    follow(tx, meeting, meeting.meeting_id, CLOCK, moment_at(meeting, "set_time"))


def then(tx: Tx, record: Any, _event: Any) -> None:
    """The early warnings look at what was done."""
    judge(tx, record.meeting_id)


act = Acts(
    row=LegalMeeting,
    record=pb.LegalMeeting,
    key="meeting_id",
    procedure=LEGAL_MEETING,
    facts=Met,
    columns=columns,
    clocks=Clock,
    tags=("meeting_id",),
    follow=follow_due,
    then=then,
)
TERMS = Reminding(act, judge, events.LegalMeetingReminded)
