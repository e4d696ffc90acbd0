"""What enforcement learns of bodies and their power lists, which only the city announces."""

from typing import get_args

from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.enforcement.body.model import Body, PowerItem
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome, Reactions
from services.kit.tx import Tx
from services.law.areas import area_of
from services.law.moment import moment_at

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
MAY_ENFORCE = {
    body_pb2.BODY_STATE_PUBLISHED,
    body_pb2.BODY_STATE_CHANGE_PENDING,
    body_pb2.BODY_STATE_REISSUED,
}


def on_body(event: BodyEvent, tx: Tx, about: Envelope) -> None:
    """Only the city says which bodies may enforce."""
    from_city(tx, about)
    body = event.body
    row = tx.find(Body, body.body_id)
    if row is None:
        row = tx.add(Body.new(body_id=body.body_id, version=-1))
    if row.version >= body.version:
        return
    row.name, row.node, row.field, row.version = body.name, body.node, body.field, body.version
    row.document_prefix = body.document_prefix
    row.credit_code = body.unified_social_credit_code
    row.area_code = area_of(row.credit_code)
    row.confirmed = body.state in MAY_ENFORCE
    row.kind, row.listed = body.kind, body.power_list_version > 0
    row.from_time, row.until_time = moment_at(body, "publish_time"), moment_at(body, "withdraw_time")
    if body.HasField("entrustment"):
        given = body.entrustment
        row.mandator_id, row.mandator_name = given.entrusting_body_id, given.entrusting_body_name
        row.mandate_items = tuple(given.item_ids)
        row.mandate_from = moment_at(given, "from_time")
        row.mandate_until = moment_at(given, "until_time")


def on_item(event: registry.PowerItemChanged, tx: Tx, about: Envelope) -> None:
    """Only the city says what stands on a power list."""
    from_city(tx, about)
    item = event.item
    row = tx.find(PowerItem, item.item_id)
    if row is None:
        row = tx.add(PowerItem.new(item_id=item.item_id, body_id=item.body_id, version=-1))
    if row.version >= item.version:
        return
    row.code, row.kind, row.level, row.version = item.code, item.kind, item.level, item.version
    row.basis_ids, row.predecessor_id = tuple(item.basis_ids), item.predecessor_id
    row.from_time, row.until_time = moment_at(item, "from_time"), moment_at(item, "until_time")


def from_city(tx: Tx, about: Envelope) -> None:
    if about.node != tx.city:
        raise NotItsHome(f"{about.type} came from {about.node}; only {tx.city} may announce it")


REACTIONS: Reactions = {
    **{kind: on_body for kind in get_args(BodyEvent) if kind is not registry.BodyWithdrawn},
    registry.PowerItemChanged: on_item,
}
