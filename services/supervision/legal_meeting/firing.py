"""The time for which a meeting is set (MTG-01): the office is told before it comes, and once it passed without a meeting."""

from datetime import datetime

from yifa.supervision.v1 import events_pb2 as events

from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.supervision.deadline.model import Clock
from services.supervision.legal_meeting.act import act, follow_due, judge


def fired(tx: Tx, stage: Fired) -> None:
    """The time draws near, or passed."""
    passed = stage.what == "passed"
    _remind(tx, stage.row, passed=passed)
    if passed and stage.at > stage.row.due_time:
        judge(tx, stage.row.subject, again=True)


def recounted(tx: Tx, row: Clock, _old_due_time: datetime) -> None:
    """The term was counted anew, by other holidays or corrected law: it goes by the meeting still."""
    _remind(tx, row, passed=False)


def _remind(tx: Tx, row: Clock, *, passed: bool) -> None:
    meeting = act.open(tx, row.subject)
    follow_due(tx, meeting)
    act.write(tx, meeting, events.LegalMeetingReminded(deadline=deadline_proto(row), passed=passed))
