"""What a department hears of the supervision matters about it; only the city speaks of them."""

from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.enforcement.body.reactions import from_city
from services.enforcement.supervision_answer.standing import stand
from services.enforcement.supervision_order.model import SupervisionOrder
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome, Reactions
from services.kit.tx import Tx


def on_told(event: supervision.SupervisionTold, tx: Tx, about: Envelope) -> None:
    """The newest snapshot holds, in whatever order they come; the answers that it names were taken in, or left out."""
    from_city(tx, about)
    order = event.told.supervision_order
    if order.node != tx.node:
        raise NotItsHome(f"{order.order_id} is no matter about {tx.node}")
    row = tx.find(SupervisionOrder, order.order_id)
    if row is None:
        row = tx.add(SupervisionOrder.new(order_id=order.order_id, state="", version=-1, record=b""))
    if order.version > row.version:
        row.version, row.record = order.version, order.SerializeToString(deterministic=True)
        row.state = pb.SupervisionOrderState.Name(order.state).removeprefix("SUPERVISION_ORDER_STATE_")
        stand(tx, order.order_id, [answer.answer_id for answer in order.answers], order.left)


REACTIONS: Reactions = {supervision.SupervisionTold: on_told}
