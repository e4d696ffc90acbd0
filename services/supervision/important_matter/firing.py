"""The terms of a matter (RPT-01, RPT-02): unit and office are told before one ends, and once it has."""

from datetime import datetime

from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.supervision.deadline.model import Clock
from services.supervision.important_matter.act import act, follow_due, judge


def fired(tx: Tx, stage: Fired) -> None:
    """A term draws to its end, or ended."""
    passed = stage.what == "passed"
    _remind(tx, stage.row, passed=passed)
    if passed and stage.at > stage.row.due_time:
        judge(tx, stage.row.subject, again=True)


def recounted(tx: Tx, row: Clock, _old_due_time: datetime) -> None:
    """A term was counted anew, by other holidays or corrected law: it goes by the matter still."""
    _remind(tx, row, passed=False)


def _remind(tx: Tx, row: Clock, *, passed: bool) -> None:
    matter = act.open(tx, row.subject)
    show_deadlines(matter, [row])
    follow_due(tx, matter)
    act.write(tx, matter, events.ImportantMatterReminded(deadline=deadline_proto(row), passed=passed))
