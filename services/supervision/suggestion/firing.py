"""The term to answer a suggestion (SGN-01 to SGN-03): who has to see to it is told before it ends, and once it has."""

from datetime import datetime

from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.supervision.deadline.model import Clock
from services.supervision.suggestion.act import act, by_paper
from services.supervision.suggestion.model import Suggestion


def fired(tx: Tx, stage: Fired) -> None:
    """A term draws to its end, or ended."""
    _remind(tx, stage.row, passed=stage.what == "passed")


def recounted(tx: Tx, row: Clock, _old_due_time: datetime) -> None:
    """A term was counted anew, by other holidays or corrected law: one that a paper sets goes by the paper still."""
    by_paper(tx, row, tx.get(Suggestion, row.subject).suggestion())
    _remind(tx, row, passed=False)


def _remind(tx: Tx, row: Clock, *, passed: bool) -> None:
    kept = tx.get(Suggestion, row.subject)
    record = kept.suggestion()
    show_deadlines(record, [row])
    event = events.SuggestionReminded(deadline=deadline_proto(row), passed=passed)
    act.write(tx, record, event, row=kept)
