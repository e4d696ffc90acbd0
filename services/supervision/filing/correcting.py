"""What was objected to is put right in a supervision matter that is opened from the filing (ASR 26, 28)."""

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as orders

from services.kit.tx import Tx
from services.law.procedures.filing import FILING
from services.supervision.filing.facts import Concluding
from services.supervision.filing.messages import whole_message
from services.supervision.filing.model import Filing
from services.supervision.warning.runner import address


class Followed(Concluding):
    """A filing whose supervision matter went on."""

    def __init__(self, tx: Tx, filing: Filing, order: orders.SupervisionOrder) -> None:
        super().__init__(tx, filing, tx.caller.subject)
        self.order = order

    def corrected(self) -> bool:
        closed = self.order.state == orders.SUPERVISION_ORDER_STATE_CLOSED
        return closed and any(v.corrected for v in self.order.verifications)


def follow_matter(tx: Tx, order: orders.SupervisionOrder) -> None:
    """The filing names the matter that was opened from it, and is corrected when that says so."""
    if order.source.kind != orders.SUPERVISION_SOURCE_KIND_FILING:
        return
    filing = tx.find(Filing, order.source.source_id)
    if filing is None:
        return
    if filing.order_id != order.order_id:
        filing.order_id, filing.version = order.order_id, filing.version + 1
    facts = Followed(tx, filing, order)
    if FILING.move("CORRECT_FILING", filing.state) is not None and facts.corrected():
        filing.state = FILING.step("CORRECT_FILING", filing.state, facts).target
        filing.version += 1
        corrected = events.FilingCorrected(filing=whole_message(filing))
        tx.emit(corrected, subject=filing.filing_id, to=address(tx, filing.node))
