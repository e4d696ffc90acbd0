"""Items of power lists: drafted, changed, kept after a review, removed."""

from sqlalchemy import select
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import power_pb2

from services.kit.refusal import Exists
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.power import POWER_ITEM, POWER_LIST
from services.registry.basic_information.clock import POWERS, changed, published, waits
from services.registry.body.model import Body
from services.registry.lawful import admit, step
from services.registry.power.facts import ListFacts, PowerFacts
from services.registry.power.model import PowerItem
from services.registry.power.record import apply, open_item, remove, save_item, set_state
from services.registry.power_list.acts import as_published


@write(loads=(Body, "body_id"))
def propose_power_item(
    request: power_pb2.ProposePowerItemRequest, tx: Tx
) -> power_pb2.ProposePowerItemResponse:
    """Draft an item of a body's power list (国办发 2005-37; DL-ERS-2005)."""
    body = tx.get(Body, request.body_id)
    admit(POWER_LIST.PROPOSE_POWER_ITEM, ListFacts(tx, body), body_id=body.body_id)
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
    set_state(item, step(POWER_ITEM.PROPOSE_POWER_ITEM, "", PowerFacts(tx, item, request)))
    row = tx.add(PowerItem.new(item_id=item.item_id, body_id=body.body_id, place=place))
    save_item(tx, row, item)
    return power_pb2.ProposePowerItemResponse(item=item)


@write(loads=(PowerItem, "item_id"))
def change_power_item(request: power_pb2.ChangePowerItemRequest, tx: Tx) -> power_pb2.ChangePowerItemResponse:
    """Draft what an item is to be from the next publication on (CBZ 14)."""
    row, item = open_item(request, tx)
    facts = PowerFacts(tx, item, request)
    state = step(POWER_ITEM.CHANGE_POWER_ITEM, row.state, facts, item_id=item.item_id)
    apply(request, item if state == "DRAFT" else item.draft)
    set_state(item, state)
    save_item(tx, row, item)
    return power_pb2.ChangePowerItemResponse(item=item)


@write(loads=(PowerItem, "item_id"))
def keep_power_item(request: power_pb2.KeepPowerItemRequest, tx: Tx) -> power_pb2.KeepPowerItemResponse:
    """End the review of an item whose basis changed, and leave it as it is."""
    row, item = open_item(request, tx)
    facts = PowerFacts(tx, item, item)
    set_state(item, step(POWER_ITEM.KEEP_POWER_ITEM, row.state, facts, item_id=item.item_id))
    item.ClearField("review")
    save_item(tx, row, item)
    reviewed(tx, tx.get(Body, item.body_id))
    return power_pb2.KeepPowerItemResponse(item=item)


def reviewed(tx: Tx, body: Body) -> None:
    """Where the last item was looked at after a change of law and the list is as published, nothing is left to publish."""
    if waits(tx, body.body_id, POWERS) and as_published(tx, body):
        published(tx, events.PowerListReviewed, body.body_id, POWERS)
        told = events.PowerListReviewed(body_id=body.body_id, body_name=body.name)
        tx.emit(told, subject=body.body_id, to=body.node)


@write(loads=(PowerItem, "item_id"))
def remove_power_item(request: power_pb2.RemovePowerItemRequest, tx: Tx) -> power_pb2.RemovePowerItemResponse:
    """Take an item off its list from now on."""
    row, item = open_item(request, tx)
    shown = item.HasField("from_time")
    remove(tx, row, item)
    if shown:
        changed(tx, tx.get(Body, item.body_id), POWERS, tx.now)
    return power_pb2.RemovePowerItemResponse(item=item)
