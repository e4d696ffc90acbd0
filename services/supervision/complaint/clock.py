"""The term to handle a complaint (SUP-10): who has to act is told before it ends, and once it has ended."""

from datetime import datetime

from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import show_deadlines
from services.kit.clocks import deadline_proto
from services.kit.tx import Tx
from services.supervision.complaint.act import act
from services.supervision.complaint.model import Complaint
from services.supervision.deadline.model import Clock


def come_due(tx: Tx, row: Clock, *, passed: bool) -> bool:
    """A clock of a complaint reached a stage. Says whether it is one."""
    kept = tx.find(Complaint, row.subject)
    if kept is None:
        return False
    complaint = kept.complaint()
    show_deadlines(complaint, [row])
    event = events.ComplaintReminded(deadline=deadline_proto(row), passed=passed)
    act.write(tx, complaint, event, row=kept)
    return True


def recounted(tx: Tx, row: Clock, old_due_time: datetime) -> bool:
    """A clock of a complaint was counted anew. Says whether it is one."""
    kept = tx.find(Complaint, row.subject)
    if kept is None:
        return False
    complaint = kept.complaint()
    show_deadlines(complaint, [row])
    event = events.ComplaintReminded(deadline=deadline_proto(row), old_due_time=old_due_time)
    act.write(tx, complaint, event, row=kept)
    return True
