"""The terms of a pursuit of responsibility (ACC-01, ACC-02): who has to act is told before they end, and once they have."""

from datetime import datetime

from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.supervision.accountability.act import act
from services.supervision.accountability.model import Accountability
from services.supervision.deadline.model import Clock


def fired(tx: Tx, stage: Fired) -> None:
    """A term draws to its end, or ended."""
    _remind(tx, stage.row, passed=stage.what == "passed")


def recounted(tx: Tx, row: Clock, _old_due_time: datetime) -> None:
    """A term was counted anew, by other holidays or corrected law."""
    _remind(tx, row, passed=False)


def _remind(tx: Tx, row: Clock, *, passed: bool) -> None:
    kept = tx.get(Accountability, row.subject)
    matter = kept.accountability()
    show_deadlines(matter, [row])
    event = events.AccountabilityReminded(deadline=deadline_proto(row), passed=passed)
    act.write(tx, matter, event, row=kept)
