"""The clocks of supervision matters: reminders, terms that passed, and terms that moved (ASR 27–30)."""

from contextlib import suppress
from datetime import datetime

from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.law.rule import Unlawful
from services.supervision.deadline.model import Clock
from services.supervision.supervision_order.act import act
from services.supervision.supervision_order.following import escalate
from services.supervision.supervision_order.model import SupervisionOrder
from services.supervision.supervision_order.term import REPORT, by_document


def fired(tx: Tx, stage: Fired) -> None:
    """A term draws to its end: who has to act is reminded. It passed: the report on a document goes up to the head by name."""
    order = tx.get(SupervisionOrder, stage.row.subject).order()
    show_deadlines(order, [stage.row])
    if stage.what == "passed" and stage.row.clock_id in REPORT.values():
        with suppress(Unlawful):
            escalate(tx, order, stage.row)
        return
    act.write(tx, order, events.SupervisionDeadlineReminded(deadline=deadline_proto(stage.row)))


def recounted(tx: Tx, row: Clock, _old_due_time: datetime) -> None:
    """A clock was counted anew, by other holidays or corrected law: one that a document sets goes by the document still."""
    order = tx.get(SupervisionOrder, row.subject).order()
    by_document(tx, row, order)
    show_deadlines(order, [row])
    act.write(tx, order, events.SupervisionDeadlineReminded(deadline=deadline_proto(row)))
