"""The terms of a claim (CMP-02 to CMP-07): who has to act is told; that no decision came in time opens the way to the court."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from yifa.supervision.v1 import compensation_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do, show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.law.procedures.compensation import COMPENSATION
from services.law.rule import Unlawful
from services.supervision.compensation.act import act
from services.supervision.compensation.facts import DECIDE
from services.supervision.compensation.model import Compensation
from services.supervision.deadline.model import Clock


def fired(tx: Tx, stage: Fired) -> None:
    """A term draws to its end, or ended."""
    passed, row = stage.what == "passed", stage.row
    record = tx.get(Compensation, row.subject).compensation()
    show_deadlines(record, [row])
    if passed and row.clock_id == DECIDE and not record.overdue:
        with suppress(Unlawful):
            act.do(tx, COMPENSATION.NOTE_EXPIRY, record, None, _overdue)
            return
    _remind(tx, row, passed=passed)


def recounted(tx: Tx, row: Clock, _old_due_time: datetime) -> None:
    """A term was counted anew, by other holidays or corrected law."""
    _remind(tx, row, passed=False)


def _overdue(_request: None, record: pb.Compensation, _do: Do) -> events.CompensationOverdue:
    record.overdue = True
    return events.CompensationOverdue()


def _remind(tx: Tx, row: Clock, *, passed: bool) -> None:
    kept = tx.get(Compensation, row.subject)
    record: Any = kept.compensation()
    show_deadlines(record, [row])
    event = events.CompensationReminded(deadline=deadline_proto(row), passed=passed)
    act.write(tx, record, event, row=kept)
