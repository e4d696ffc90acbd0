"""What the department learns of a supervision matter: all that is asked of it, nothing of who spoke or of the inquiry."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.tx import Tx
from services.law.clock import catalogue
from services.law.event import events as declared
from services.supervision.warning.runner import address

KEPT = ("source", "triage", "measures", "transfers", "registrar", "raising")
"""What stays with the oversight body: who spoke, what was thought of it, covert visits, what goes to the commission."""


def told(order: pb.SupervisionOrder) -> pb.SupervisionOrder:
    """A matter as the department sees it."""
    seen = pb.SupervisionOrder.FromString(order.SerializeToString(deterministic=True))
    for field in KEPT:
        seen.ClearField(field)
    del seen.papers[:]
    return seen


def tell(tx: Tx, order: pb.SupervisionOrder, event: Any) -> None:
    """Tell the department what was done, once it knows of the matter."""
    if not order.HasField("tell_time") or type(event) in UNTOLD:
        return
    title = declared()[event.DESCRIPTOR.full_name].title
    saying = pb.SupervisionNews(supervision_order=told(order), says_zh=title.zh, says_en=title.en)
    if isinstance(event, events.SupervisionEscalated):
        last = order.escalations[-1]
        saying.overdue, saying.head = True, last.officer_id
    if isinstance(event, events.SupervisionDeadlineReminded):
        saying.deadline.CopyFrom(event.deadline)
    tx.emit(events.SupervisionTold(told=saying), subject=order.order_id, to=address(tx, order.node))


def concerns_unit(clock_id: str) -> bool:
    """Whether it is the department that has to act in a term."""
    return catalogue()[clock_id].who not in ("oversight_body", "superior_agency")


UNTOLD = frozenset(
    {
        events.InquiryMeasureTaken,
        events.SupervisionClueTransferred,
        events.SupervisionInquiryBegun,
        events.SupervisorsReplaced,
    }
)
"""What is done without telling the department."""
