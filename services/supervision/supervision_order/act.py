"""The acts of a supervision matter: bound to its procedure, its table, its clocks and its facts."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.moment import moment_at, moment_of
from services.law.procedures.supervision_order import SUPERVISION_ORDER
from services.supervision.deadline.model import Clock
from services.supervision.filing.correcting import follow_matter
from services.supervision.supervision_order.facts import Supervised
from services.supervision.supervision_order.judging import judge
from services.supervision.supervision_order.model import SupervisionOrder
from services.supervision.supervision_order.telling import concerns_unit, tell
from services.supervision.supervision_order.term import SERVED, follow_document

PREFIX = "S-"
_STATES = {n: name.removeprefix("SUPERVISION_ORDER_STATE_") for name, n in pb.SupervisionOrderState.items()}


def columns(order: pb.SupervisionOrder) -> dict[str, Any]:
    return {
        "node": order.node,
        "body_id": order.body_id,
        "state": _STATES[order.state],
        "case_id": order.case_id,
        "case_number": order.case_number,
        "source_id": order.source.source_id,
        "codes": tuple(order.findings.codes),
        "corrected": any(v.corrected for v in order.verifications),
        "register_time": moment_of(order.register_time),
        "close_time": moment_at(order, "close_time"),
        "version": order.version,
    }


def then(tx: Tx, record: Any, event: Any) -> None:
    """The department is told what concerns it, the early warnings look at what was done, and the matter follows."""
    if not isinstance(event, events.SupervisionDeadlineReminded) or concerns_unit(event.deadline.clock_id):
        tell(tx, record, event)
    judge(tx, tx.get(SupervisionOrder, record.order_id), record)
    follow_matter(tx, record)


class Acting(Acts):
    """The term follows the document, the department is told what concerns it, and the early warnings look at what was done."""

    def run_clocks(self, tx: Tx, record: Any, event: str, at: datetime) -> None:
        super().run_clocks(tx, record, event, at)
        if event in SERVED or event == OBJECTION:
            follow_document(tx, record)


OBJECTION = events.SupervisionObjectionDecided.DESCRIPTOR.full_name
act = Acting(
    row=SupervisionOrder,
    record=pb.SupervisionOrder,
    key="order_id",
    procedure=SUPERVISION_ORDER,
    facts=Supervised,
    columns=columns,
    clocks=Clock,
    tags=("order_id", "case_id"),
    then=then,
)
