"""The term to handle a complaint (SUP-10): who has to act is told before it ends, and once it has ended."""

from datetime import datetime

from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.supervision.complaint.act import act
from services.supervision.complaint.model import Complaint
from services.supervision.deadline.model import Clock


def fired(tx: Tx, stage: Fired) -> None:
    """A term draws to its end, or ended."""
    _remind(tx, stage.row, passed=stage.what == "passed")


def recounted(tx: Tx, row: Clock, old_due_time: datetime) -> None:
    """A term was counted anew, by other holidays or corrected law."""
    _remind(tx, row, old_due_time=old_due_time)


def _remind(tx: Tx, row: Clock, *, passed: bool = False, old_due_time: datetime | None = None) -> None:
    kept = tx.get(Complaint, row.subject)
    complaint = kept.complaint()
    show_deadlines(complaint, [row])
    event = events.ComplaintReminded(deadline=deadline_proto(row), passed=passed, old_due_time=old_due_time)
    act.write(tx, complaint, event, row=kept)
