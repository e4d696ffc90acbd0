"""Items of power lists, as they are read."""

from typing import Any

from sqlalchemy import or_, select
from yifa.law.v1 import options_pb2 as options
from yifa.registry.v1 import power_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.registry.power.model import ITEMS, ItemBasis, PowerItem
from services.registry.request import moment_in


@read
def get_power_item(request: power_pb2.GetPowerItemRequest, view: View) -> power_pb2.GetPowerItemResponse:
    row = view.get(ITEMS.where(PowerItem.item_id == request.item_id), "PowerItem", request.item_id)
    return power_pb2.GetPowerItemResponse(item=power_pb2.PowerItem.FromString(row.record))


@read
def list_power_items(
    request: power_pb2.ListPowerItemsRequest, view: View
) -> power_pb2.ListPowerItemsResponse:
    """The items by id; the public sees those that were published."""
    statement = ITEMS.where(*narrowing(request, view))
    rows, token = view.page(statement, (PowerItem.item_id,), request.page_size, request.page_token)
    items = (power_pb2.PowerItem.FromString(row.record) for row in rows)
    return power_pb2.ListPowerItemsResponse(items=items, next_page_token=token)


def narrowing(request: power_pb2.ListPowerItemsRequest, view: View) -> list[Any]:
    """The conditions of a list of items."""
    conditions: list[Any] = []
    if request.body_id:
        conditions.append(PowerItem.body_id == request.body_id)
    if request.kind:
        conditions.append(PowerItem.kind == request.kind)
    if request.level:
        conditions.append(PowerItem.level == request.level)
    if request.state:
        state = power_pb2.PowerItemState.Name(request.state).removeprefix("POWER_ITEM_STATE_")
        conditions.append(PowerItem.state == state)
    if request.basis_id:
        resting = select(ItemBasis.item_id).where(ItemBasis.basis_id == request.basis_id)
        conditions.append(PowerItem.item_id.in_(resting))
    if request.HasField("held_at"):
        at = moment_in(request, "held_at", view.now)
        conditions.append(PowerItem.from_time <= at)
        conditions.append(or_(PowerItem.until_time.is_(None), PowerItem.until_time > at))
    if view.caller.only(options.ROLE_PUBLIC):
        conditions.append(PowerItem.from_time.is_not(None))
    return conditions
