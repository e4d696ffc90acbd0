"""The terms of a reconsideration: what their end brings by law follows, who has to act is told (ARL 30(3), 31(2), 34, 70)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.kit.act import Do, show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.reconsideration import RECONSIDERATION
from services.law.rule import Unlawful
from services.supervision.deadline.model import Clock
from services.supervision.reconsideration.act import act
from services.supervision.reconsideration.model import Reconsideration


def _admitted(_request: None, record: pb.Reconsideration, do: Do) -> events.ReconsiderationAccepted:
    """From the day on which the term ended (ARL 30(3))."""
    row = do.tx.get(Clock, f"{record.reconsideration_id}/REC-04")
    record.by_silence = True
    put_moment(record.accept_time, row.due_time)
    return events.ReconsiderationAccepted()


def _given_up(_request: None, _record: Any, _do: Do) -> events.ReconsiderationAbandoned:
    return events.ReconsiderationAbandoned()


def _unanswered(_request: None, _record: Any, _do: Do) -> events.ReconsiderationUnanswered:
    return events.ReconsiderationUnanswered()


def _overdue(_request: None, record: pb.Reconsideration, _do: Do) -> events.ReconsiderationOverdue:
    record.overdue = True
    return events.ReconsiderationOverdue()


FOLLOWS: Mapping[str, tuple[Act, Callable[..., Any]]] = MappingProxyType(
    {
        "REC-04": (RECONSIDERATION.ACCEPT_BY_SILENCE, _admitted),
        "REC-06": (RECONSIDERATION.ABANDON, _given_up),
        "REC-08": (RECONSIDERATION.NOTE_NO_REPLY, _unanswered),
        "REC-10": (RECONSIDERATION.NOTE_NO_REPLY, _unanswered),
        "REC-11": (RECONSIDERATION.NOTE_EXPIRY, _overdue),
        "REC-12": (RECONSIDERATION.NOTE_EXPIRY, _overdue),
    }
)
"""What the end of a term brings by itself."""


def fired(tx: Tx, stage: Fired) -> None:
    """A term draws to its end, or ended."""
    passed, row = stage.what == "passed", stage.row
    kept = tx.get(Reconsideration, row.subject)
    record = kept.reconsideration()
    show_deadlines(record, [row])
    if passed and row.clock_id in FOLLOWS and not (row.clock_id in ("REC-11", "REC-12") and record.overdue):
        named, body = FOLLOWS[row.clock_id]
        try:
            act.do(tx, named, record, None, body)
        except Unlawful:
            pass  # something else was done meanwhile
        else:
            return
    _remind(tx, row, passed=passed)


def recounted(tx: Tx, row: Clock, _old_due_time: datetime) -> None:
    """A term was counted anew, by other holidays or corrected law."""
    _remind(tx, row, passed=False)


def _remind(tx: Tx, row: Clock, *, passed: bool) -> None:
    kept = tx.get(Reconsideration, row.subject)
    record = kept.reconsideration()
    show_deadlines(record, [row])
    event = events.ReconsiderationReminded(deadline=deadline_proto(row), passed=passed)
    act.write(tx, record, event, row=kept)
