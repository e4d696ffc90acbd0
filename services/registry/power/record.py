"""The record of an item: its state, its end, its next version; and what rests on a basis that changes."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import basis_pb2, power_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.law.procedures.power import POWER_ITEM, Norm, lapse
from services.registry.basic_information.clock import POWERS, changed
from services.registry.body.model import Body
from services.registry.lawful import step
from services.registry.power.facts import PowerFacts, norms
from services.registry.power.model import ItemBasis, PowerItem, item_columns, rest_on

# How many items one event names.
NAMED = 1000


def put_under_review(tx: Tx, basis: basis_pb2.LegalBasis, change: int, at: datetime) -> None:
    """List every item that rests on a basis for review, and tell each body's node."""
    resting = select(ItemBasis.item_id).where(ItemBasis.basis_id == basis.basis_id)
    alive = (PowerItem.item_id.in_(resting), PowerItem.state != "REMOVED")
    rows: list[PowerItem] = tx.query(select(PowerItem).where(*alive).order_by(PowerItem.place))
    review = power_pb2.BasisReview(basis_id=basis.basis_id, change=change, from_time=at)
    affected: defaultdict[str, list[power_pb2.PowerItem]] = defaultdict(list)
    for row in rows:
        item = power_pb2.PowerItem.FromString(row.record)
        set_state(item, step(POWER_ITEM.AMEND_BASIS, row.state, PowerFacts(tx, item, item)))
        item.review.CopyFrom(review)
        set_lapse(item, norms(tx, item.basis_ids))
        save_item(tx, row, item)
        affected[item.body_id].append(item)
    for body_id, all_of_body in affected.items():
        body = tx.get(Body, body_id)
        if any(item.HasField("from_time") for item in all_of_body):
            changed(tx, body, POWERS, at)
        for n in range(0, len(all_of_body), NAMED):
            items = all_of_body[n : n + NAMED]
            told = events.PowerItemsAffected(
                body_id=body_id,
                body_name=body.name,
                node=body.node,
                basis=basis,
                review=review,
                item_ids=[i.item_id for i in items],
                item_codes=[i.code for i in items],
                lapsed_codes=[i.code for i in items if i.HasField("until_time")],
            )
            tx.emit(told, subject=body_id, to=body.node)


def set_lapse(item: power_pb2.PowerItem, found: tuple[Norm, ...]) -> None:
    """An item that none of its bases carries any longer ends with the last of them."""
    end = lapse(found)
    if end is None:
        item.ClearField("until_time")
    else:
        item.until_time.FromDatetime(end)


def set_state(item: power_pb2.PowerItem, state: str) -> None:
    item.state = power_pb2.PowerItemState.Value(f"POWER_ITEM_STATE_{state}")


def save_item(tx: Tx, row: PowerItem, item: power_pb2.PowerItem) -> None:
    """Write an item down, one version on, and announce it."""
    item.version += 1
    for name, value in item_columns(item).items():
        setattr(row, name, value)
    rest_on(tx, item)
    tx.emit(events.PowerItemChanged(item=item), subject=item.item_id, to="all")


def open_item(request: Any, tx: Tx) -> tuple[PowerItem, power_pb2.PowerItem]:
    """An item and its record. Raises Missing."""
    row = tx.get(PowerItem, request.item_id)
    return row, power_pb2.PowerItem.FromString(row.record)


def remove(tx: Tx, row: PowerItem, item: power_pb2.PowerItem, at: datetime | None = None) -> None:
    """End an item at a moment that has come, or now. One that lapsed earlier keeps that moment."""
    at = at or tx.now
    set_state(
        item,
        step(
            POWER_ITEM.REMOVE_POWER_ITEM,
            row.state,
            PowerFacts(tx, item, item),
            item_id=item.item_id,
        ),
    )
    if row.until_time is None or row.until_time > at:
        item.until_time.FromDatetime(at)
    item.ClearField("draft")
    save_item(tx, row, item)


def apply(source: Any, target: Any) -> None:
    """Put what may change of an item from a request, or a draft, into an item, or its draft."""
    target.name, target.level, target.duties = source.name, source.level, source.duties
    target.basis_ids[:] = source.basis_ids
    target.penalty_kinds[:] = source.penalty_kinds
    target.ClearField("practice")
    if source.HasField("practice"):
        target.practice.CopyFrom(source.practice)


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
