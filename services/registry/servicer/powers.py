"""Items of power lists: drafted, changed, kept after a review, removed."""

from typing import Any

from sqlalchemy import or_, select
from yifa.law.v1 import options_pb2 as options
from yifa.registry.v1 import power_pb2
from yifa.registry.v1 import power_requests_pb2 as asked

from services.kit.refusal import Exists
from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.registry.model import Body
from services.registry.model.power import ItemBasis, PowerItem
from services.registry.process import POWER_ITEM, step
from services.registry.rules import MAY_ENFORCE, Facts, body_confirmed, require
from services.registry.rules.power import PowerFacts
from services.registry.servicer.bases import norms, save_item, set_lapse, set_state
from services.registry.servicer.moments import moment_in

ITEMS = select(*PowerItem.__table__.columns)


class Powers:
    @write(loads=(Body, "body_id"))
    def ProposePowerItem(
        self, request: asked.ProposePowerItemRequest, tx: Tx
    ) -> asked.ProposePowerItemResponse:
        """Draft an item of a body's power list (国办发 2005-37; DL-ERS-2005)."""
        body = tx.get(Body, request.body_id)
        acting = Facts(body_confirmed=body.state in MAY_ENFORCE)
        require((body_confirmed,), acting, body_id=body.body_id)
        place = f"{body.body_id}/{request.code}"
        if known := tx.query(select(PowerItem).where(PowerItem.place == place)):
            raise Exists(
                "ALREADY_REGISTERED",
                f"item {request.code} is on the list of this body already",
                f"该执法主体的清单中已有编码为{request.code}的事项",
                item_id=known[0].item_id,
            )
        item = power_pb2.PowerItem(
            item_id=tx.new_id("P-"),
            body_id=body.body_id,
            node=body.node,
            code=request.code,
            kind=request.kind,
        )
        apply(request, item)
        set_state(item, step(POWER_ITEM, "PROPOSE", "", draft_facts(tx, item, request), **about(request)))
        row = tx.add(PowerItem.new(item_id=item.item_id, body_id=body.body_id, place=place))
        save_item(tx, row, item)
        return asked.ProposePowerItemResponse(item=item)

    @write(loads=(PowerItem, "item_id"))
    def ChangePowerItem(self, request: asked.ChangePowerItemRequest, tx: Tx) -> asked.ChangePowerItemResponse:
        """Draft what an item is to be from the next publication on (CBZ 14)."""
        row, item = open_item(request, tx)
        facts = draft_facts(tx, item, request)
        state = step(POWER_ITEM, "CHANGE", row.state, facts, item_id=item.item_id, **about(request))
        apply(request, item if state == "DRAFT" else item.draft)
        set_state(item, state)
        save_item(tx, row, item)
        return asked.ChangePowerItemResponse(item=item)

    @write(loads=(PowerItem, "item_id"))
    def KeepPowerItem(self, request: asked.KeepPowerItemRequest, tx: Tx) -> asked.KeepPowerItemResponse:
        """End the review of an item whose basis changed, and leave it as it is."""
        row, item = open_item(request, tx)
        facts = PowerFacts(item.kind, norms(tx, item.basis_ids), at=tx.now)
        set_state(item, step(POWER_ITEM, "KEEP", row.state, facts, item_id=item.item_id, **about(item)))
        item.ClearField("review")
        save_item(tx, row, item)
        return asked.KeepPowerItemResponse(item=item)

    @write(loads=(PowerItem, "item_id"))
    def RemovePowerItem(self, request: asked.RemovePowerItemRequest, tx: Tx) -> asked.RemovePowerItemResponse:
        """Take an item off its list from now on."""
        row, item = open_item(request, tx)
        remove(tx, row, item)
        return asked.RemovePowerItemResponse(item=item)

    @read
    def GetPowerItem(self, request: asked.GetPowerItemRequest, view: View) -> asked.GetPowerItemResponse:
        row = view.get(ITEMS.where(PowerItem.item_id == request.item_id), "PowerItem", request.item_id)
        return asked.GetPowerItemResponse(item=power_pb2.PowerItem.FromString(row.record))

    @read
    def ListPowerItems(
        self, request: asked.ListPowerItemsRequest, view: View
    ) -> asked.ListPowerItemsResponse:
        """The items by id; the public sees those that were published."""
        statement = ITEMS.where(*narrowing(request, view))
        rows, token = view.page(statement, (PowerItem.item_id,), request.page_size, request.page_token)
        items = (power_pb2.PowerItem.FromString(row.record) for row in rows)
        return asked.ListPowerItemsResponse(items=items, next_page_token=token)


def narrowing(request: asked.ListPowerItemsRequest, view: View) -> list[Any]:
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


def open_item(request: Any, tx: Tx) -> tuple[PowerItem, power_pb2.PowerItem]:
    """An item and its record. Raises Missing."""
    row = tx.get(PowerItem, request.item_id)
    return row, power_pb2.PowerItem.FromString(row.record)


def draft_facts(tx: Tx, item: power_pb2.PowerItem, request: Any) -> PowerFacts:
    """A draft may rest on a basis that is still to come, on none that ended. Raises Missing for an unknown one."""
    return PowerFacts(item.kind, norms(tx, request.basis_ids), now=tx.now)


def about(bearer: Any) -> dict[str, str]:
    return {"basis_ids": ",".join(bearer.basis_ids)}


def remove(tx: Tx, row: PowerItem, item: power_pb2.PowerItem) -> None:
    """End an item now. One that lapsed earlier keeps that moment."""
    set_state(item, step(POWER_ITEM, "REMOVE", row.state, PowerFacts(), item_id=item.item_id))
    if row.until_time is None or row.until_time > tx.now:
        item.until_time.FromDatetime(tx.now)
    item.ClearField("draft")
    save_item(tx, row, item)


def apply(source: Any, target: Any) -> None:
    """Put what may change of an item from a request, or a draft, into an item, or its draft."""
    target.name, target.level, target.duties = source.name, source.level, source.duties
    target.basis_ids[:] = source.basis_ids


def publish(tx: Tx, row: PowerItem, item: power_pb2.PowerItem, state: str) -> None:
    """Bring what was drafted into force."""
    if item.HasField("draft"):
        apply(item.draft, item)
        item.ClearField("draft")
    if not item.HasField("from_time"):
        item.from_time.FromDatetime(tx.now)
    item.ClearField("review")
    set_lapse(item, norms(tx, item.basis_ids))
    set_state(item, state)
    save_item(tx, row, item)
