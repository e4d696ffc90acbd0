"""What becomes of a list when its body ends."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from yifa.registry.v1 import body_pb2, power_pb2

from services.kit.tx import Tx
from services.registry.body.model import Body
from services.registry.power.facts import norms
from services.registry.power.model import PowerItem
from services.registry.power.record import remove, save_item, set_lapse, set_state
from services.registry.power_list.model import SHOWN


def hand_over(
    tx: Tx, rows: Sequence[PowerItem], successors: Sequence[body_pb2.Successor], heirs: Sequence[Body]
) -> dict[str, list[str]]:
    """End the items of a body that ends; each goes on with its successor under a new id.

    Returns the ids of the items that went to each successor.
    """
    to_whom = {item_id: heir for s, heir in zip(successors, heirs, strict=True) for item_id in s.item_ids}
    gone: dict[str, list[str]] = {heir.body_id: [] for heir in heirs}
    for row in rows:
        if row.state == "REMOVED":
            continue
        item = power_pb2.PowerItem.FromString(row.record)
        shown = row.state in SHOWN
        remove(tx, row, item)
        heir = to_whom.get(row.item_id) or (heirs[0] if len(heirs) == 1 else None)
        if shown and heir is not None:
            gone[heir.body_id].append(row.item_id)
            take_over(tx, item, heir, tx.now)
    return gone


def take_over(tx: Tx, ended: power_pb2.PowerItem, heir: Body, at: datetime) -> power_pb2.PowerItem:
    """An item as who takes it over goes on with it, from a moment on."""
    item = power_pb2.PowerItem()
    item.CopyFrom(ended)
    item.item_id, item.predecessor_id = tx.new_id("P-"), ended.item_id
    item.body_id, item.node, item.version = heir.body_id, heir.node, 0
    place = f"{heir.body_id}/{item.code}"
    if tx.query(select(PowerItem).where(PowerItem.place == place)):
        item.code = f"{item.code}-{ended.item_id[-6:]}"
    item.from_time.FromDatetime(at)
    set_lapse(item, norms(tx, item.basis_ids))
    set_state(item, "UNDER_REVIEW" if item.HasField("review") else "PUBLISHED")
    row = tx.add(
        PowerItem.new(item_id=item.item_id, body_id=heir.body_id, place=f"{heir.body_id}/{item.code}")
    )
    save_item(tx, row, item)
    return item
