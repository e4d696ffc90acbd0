"""What enforcement learns of bodies and their power lists, which only the city announces."""

from typing import get_args

from yifa.registry.v1 import events_pb2 as registry

from services.enforcement.body.model import Body, PowerItem
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome, Reactions
from services.kit.tx import Tx
from services.law.announced import body_values, item_values

BodyEvent = (
    registry.BodyConfirmed
    | registry.BodyPublished
    | registry.BodyChangePending
    | registry.BodyReissued
    | registry.BodyChangeRefused
    | registry.BodyWithdrawn
    | registry.PowerListPublished
    | registry.EntrustmentRenewed
)


def on_body(event: BodyEvent, tx: Tx, about: Envelope) -> None:
    """Only the city says which bodies may enforce."""
    from_city(tx, about)
    body = event.body
    row = tx.find(Body, body.body_id)
    if row is None:
        row = tx.add(Body.new(body_id=body.body_id, version=-1))
    if row.version >= body.version:
        return
    for name, value in body_values(body).items():
        setattr(row, name, value)
    row.credit_code = body.unified_social_credit_code


def on_item(event: registry.PowerItemChanged, tx: Tx, about: Envelope) -> None:
    """Only the city says what stands on a power list."""
    from_city(tx, about)
    item = event.item
    row = tx.find(PowerItem, item.item_id)
    if row is None:
        row = tx.add(PowerItem.new(item_id=item.item_id, body_id=item.body_id, version=-1))
    if row.version >= item.version:
        return
    for name, value in item_values(item).items():
        setattr(row, name, value)


def from_city(tx: Tx, about: Envelope) -> None:
    if about.node != tx.city:
        raise NotItsHome(f"{about.type} came from {about.node}; only {tx.city} may announce it")


REACTIONS: Reactions = {
    **{kind: on_body for kind in get_args(BodyEvent) if kind is not registry.BodyWithdrawn},
    registry.PowerItemChanged: on_item,
}
