"""The terms of a decision from outside (SUP-15 to SUP-17): unit and office are told before one ends, and once it has."""

from datetime import datetime

from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.supervision.deadline.model import Clock
from services.supervision.outside_decision.act import act, by_decision
from services.supervision.outside_decision.model import OutsideDecision


def fired(tx: Tx, stage: Fired) -> None:
    """A term draws to its end, or ended."""
    _remind(tx, stage.row, passed=stage.what == "passed")


def recounted(tx: Tx, row: Clock, _old_due_time: datetime) -> None:
    """A term was counted anew, by other holidays or corrected law: one that the decision sets goes by the decision still."""
    by_decision(tx, row, tx.get(OutsideDecision, row.subject).decision())
    _remind(tx, row, passed=False)


def _remind(tx: Tx, row: Clock, *, passed: bool) -> None:
    kept = tx.get(OutsideDecision, row.subject)
    record = kept.decision()
    show_deadlines(record, [row])
    act.write(
        tx, record, events.OutsideDecisionReminded(deadline=deadline_proto(row), passed=passed), row=kept
    )
