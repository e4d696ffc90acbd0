"""The terms of a suit (LIT-05 to LIT-09): who has to act is told; when the time to appeal is over, the judgment stands."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do, show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.law.procedures.litigation import LITIGATION
from services.law.rule import Unlawful
from services.supervision.deadline.model import Clock
from services.supervision.suit.act import act
from services.supervision.suit.facts import APPEAL
from services.supervision.suit.model import Suit


def fired(tx: Tx, stage: Fired) -> None:
    """A term draws to its end, or ended."""
    _remind(tx, stage.row, passed=stage.what == "passed")


def recounted(tx: Tx, row: Clock, _old_due_time: datetime) -> None:
    """A term was counted anew, by other holidays or corrected law."""
    _remind(tx, row, passed=False)


def _remind(tx: Tx, row: Clock, *, passed: bool) -> None:
    kept = tx.get(Suit, row.subject)
    suit = kept.suit()
    show_deadlines(suit, [row])
    if passed and row.clock_id in APPEAL:
        with suppress(Unlawful):
            act.do(tx, LITIGATION.LET_STAND, suit, None, _stands)
            return
    event = events.SuitReminded(deadline=deadline_proto(row), passed=passed)
    act.write(tx, suit, event, row=kept)


def _stands(_request: None, _suit: Any, _do: Do) -> events.JudgmentFinal:
    return events.JudgmentFinal()
