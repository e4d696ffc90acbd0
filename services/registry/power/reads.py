"""Items of power lists, as they are read."""

from typing import Any

from sqlalchemy import or_, select
from yifa.law.v1 import options_pb2 as options
from yifa.law.v1.law_pb2 import EndedBasis
from yifa.registry.v1 import basis_pb2, power_pb2

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.ended import resting
from services.law.moment import moment_at
from services.registry.basis.model import LegalBasis
from services.registry.power.model import ITEMS, ItemBasis, PowerItem
from services.registry.request import moment_in


@read
def get_power_item(request: power_pb2.GetPowerItemRequest, view: View) -> power_pb2.GetPowerItemResponse:
    """One item; the public sees one that was published."""
    row = view.get(ITEMS.where(PowerItem.item_id == request.item_id), "PowerItem", request.item_id)
    if row.from_time is None and view.caller.only(options.ROLE_PUBLIC):
        raise Missing("PowerItem", request.item_id)
    return power_pb2.GetPowerItemResponse(item=shown(row, view))


def shown(row: Any, view: View) -> power_pb2.PowerItem:
    """An item as its caller may read it: what is drafted for it is nobody's outside yet."""
    item = power_pb2.PowerItem.FromString(row.record)
    if view.caller.only(options.ROLE_PUBLIC):
        item.ClearField("draft")
    return item


@read
def list_power_items(
    request: power_pb2.ListPowerItemsRequest, view: View
) -> power_pb2.ListPowerItemsResponse:
    """The items by id; the public sees those that were published."""
    statement = ITEMS.where(*narrowing(request, view))
    rows, token = view.page(statement, (PowerItem.item_id,), request.page_size, request.page_token)
    items = (shown(row, view) for row in rows)
    return power_pb2.ListPowerItemsResponse(items=items, next_page_token=token)


USES = (
    select(ItemBasis.item_basis_id, PowerItem.record.label("item"), LegalBasis.record.label("basis"))
    .join(PowerItem, PowerItem.item_id == ItemBasis.item_id)
    .join(LegalBasis, LegalBasis.basis_id == ItemBasis.basis_id)
    .where(PowerItem.state != "REMOVED")
)


@read
def list_ended_basis_uses(
    request: basis_pb2.ListEndedBasisUsesRequest, view: View
) -> basis_pb2.ListEndedBasisUsesResponse:
    """The items that rest on a basis that has ended, by its law or in the catalogue, with what took its place."""
    statement = USES.where(LegalBasis.until_time <= view.now)
    if request.body_id:
        statement = statement.where(PowerItem.body_id == request.body_id)
    rows, token = view.page(statement, (ItemBasis.item_basis_id,), request.page_size, request.page_token)
    uses = []
    for row in rows:
        item, basis = power_pb2.PowerItem.FromString(row.item), basis_pb2.LegalBasis.FromString(row.basis)
        if basis.basis_id in (*item.basis_ids, *item.draft.basis_ids):
            uses.append(use(item, basis, view))
    return basis_pb2.ListEndedBasisUsesResponse(uses=uses, next_page_token=token)


def use(item: power_pb2.PowerItem, basis: basis_pb2.LegalBasis, view: View) -> basis_pb2.EndedBasisUse:
    written = f"《{basis.law}》{basis.article}"
    known = list(resting(written, view.now.astimezone(SHANGHAI).date()))
    ended = known[0] if known else EndedBasis(text_zh=written)
    ended.end_time.CopyFrom(basis.repeal_time)
    until = moment_at(item, "until_time")
    return basis_pb2.EndedBasisUse(
        item_id=item.item_id,
        item_code=item.code,
        item_name=item.name,
        body_id=item.body_id,
        node=item.node,
        basis_id=basis.basis_id,
        basis=ended,
        lapsed=until is not None and until <= view.now,
    )


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
