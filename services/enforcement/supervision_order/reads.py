"""The supervision matters about this department, and what was answered."""

from sqlalchemy import select
from yifa.enforcement.v1 import supervision_answer_pb2 as answers
from yifa.enforcement.v1 import supervision_order_pb2 as pb
from yifa.supervision.v1.supervision_order_pb2 import SupervisionOrder as Order
from yifa.supervision.v1.supervision_order_pb2 import SupervisionOrderState

from services.enforcement.supervision_answer.model import SupervisionAnswer
from services.enforcement.supervision_order.model import SupervisionOrder
from services.kit.refusal import Malformed
from services.kit.rpc import read
from services.kit.view import View


@read
def list_supervision_orders(
    request: pb.ListSupervisionOrdersRequest, view: View
) -> pb.ListSupervisionOrdersResponse:
    """Supervision matters, newest first. Refuses with BAD_PAGE_TOKEN."""
    found = select(SupervisionOrder.order_id, SupervisionOrder.record)  # type: ignore[call-overload]
    if request.state:
        found = found.where(SupervisionOrder.state == known(request.state))
    newest = (SupervisionOrder.order_id.desc(),)  # type: ignore[attr-defined]
    rows, token = view.page(found, newest, request.page_size, request.page_token)
    listed = pb.ListSupervisionOrdersResponse(next_page_token=token)
    for row in rows:
        listed.orders.add().Pack(Order.FromString(row.record))
    its = select(SupervisionAnswer).where(SupervisionAnswer.order_id.in_([row.order_id for row in rows]))  # type: ignore[attr-defined]
    for row in view.query(its.order_by(SupervisionAnswer.answer_id)):
        listed.answers.append(answers.SupervisionAnswer.FromString(row.record))
    return listed


def known(state: str) -> str:
    """Raises Malformed for a word that is no state of a supervision matter."""
    states = [name.removeprefix("SUPERVISION_ORDER_STATE_") for name in SupervisionOrderState.keys()[1:]]
    if state not in states:
        some = ", ".join(states)
        raise Malformed({"state": (f"is no state; there are {some}", f"没有这种状态；可选：{some}")})
    return state
