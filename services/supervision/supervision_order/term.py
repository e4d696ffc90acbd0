"""The terms that supervision documents set themselves (ASR 27(2), 28(2)): the clocks of their reports run by them."""

from collections.abc import Mapping
from types import MappingProxyType

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.act import show_deadlines
from services.kit.clocks import arrange, clock_on
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.clock import due
from services.law.moment import put_moment
from services.law.term import Term
from services.supervision.deadline.model import Clock

REPORT: Mapping[int, str] = MappingProxyType(
    {
        pb.SUPERVISION_DOCUMENT_KIND_LETTER: "SUP-01",
        pb.SUPERVISION_DOCUMENT_KIND_OPINION: "SUP-02",
        pb.SUPERVISION_DOCUMENT_KIND_DECISION: "SUP-03",
    }
)
"""The clock of the report on each document."""
SERVED = frozenset(
    kind.DESCRIPTOR.full_name
    for kind in (
        events.UrgingLetterServed,
        events.SupervisionOpinionServed,
        events.SupervisionDecisionServed,
    )
)


def usual_days(tx: Tx, kind: int, sector: str) -> int:
    """Within how many days of its service a report is due on a document that sets none: as the layers say."""
    today = tx.now.astimezone(SHANGHAI).date()
    clock = clock_on(tx.parameters, REPORT[kind], today, sector)
    return (due(clock, today, tx.calendar).day - today).days if clock is not None else 0


def follow_document(tx: Tx, order: pb.SupervisionOrder) -> None:
    """The clock of the report ends when the document says; the record shows it."""
    row = tx.find(Clock, f"{order.order_id}/{REPORT[order.document.kind]}")
    if row is None:
        return
    by_document(tx, row, order)
    put_moment(order.document.term_end_time, row.due_time)
    show_deadlines(order, [row])


def by_document(tx: Tx, row: Clock, order: pb.SupervisionOrder) -> None:
    """The end of a report's clock by the days that the document sets."""
    if (days := order.document.text.term_days) and row.clock_id == REPORT.get(order.document.kind):
        end = due(Term(days, "calendar_day"), row.start_time.astimezone(SHANGHAI), tx.calendar)
        row.due_time, row.provisional = end.at, end.provisional
        arrange(tx, row)
