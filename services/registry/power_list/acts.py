"""A power list is published, in the next version with all that was drafted."""

from collections.abc import Sequence
from datetime import datetime

from yifa.registry.v1 import body_pb2, power_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.power import POWER_ITEM, POWER_LIST
from services.law.rule import Unlawful
from services.registry.basic_information.clock import POWERS, published
from services.registry.body.model import Body
from services.registry.body.record import changed
from services.registry.lawful import admit, step, why_not
from services.registry.power.facts import ListFacts, PowerFacts
from services.registry.power.model import PowerItem
from services.registry.power.record import publish
from services.registry.power_list.model import PowerListVersion, held, items_of, keep_version, list_id


@write(loads=(Body, "body_id"))
def publish_power_list(
    request: power_pb2.PublishPowerListRequest, tx: Tx
) -> power_pb2.PublishPowerListResponse:
    """Publish the next version of a body's list with all that was drafted (CBZ 14)."""
    body = tx.get(Body, request.body_id)
    detail = body_pb2.EnforcementBody.FromString(body.detail)
    rows = items_of(tx, body.body_id)
    new = changed_since(tx, body.body_id, detail.power_list_version, rows)
    admit(POWER_LIST.PUBLISH_POWER_LIST, ListFacts(tx, body, new), body_id=body.body_id)
    publish_drafts(tx, rows)
    detail.power_list_version += 1
    body.detail = detail.SerializeToString()
    shown = [row for row in rows if held(row, tx.now)]
    listed = power_pb2.PowerList(
        body_id=body.body_id,
        list_version=detail.power_list_version,
        publish_time=tx.now,
        publish_address=request.publish_address,
        item_count=len(shown),
    )
    keep_version(tx, listed, shown)
    published(tx, events.PowerListPublished, body.body_id, POWERS)
    told = changed(tx, body, events.PowerListPublished, list=listed)
    return power_pb2.PublishPowerListResponse(list=listed, body=told)


def changed_since(tx: Tx, body_id: str, version: int, rows: Sequence[PowerItem]) -> bool:
    """Whether a new version of a list would differ from the one before."""
    return any(row.state in ("DRAFT", "CHANGED") for row in rows) or moved_since(tx, body_id, version, rows)


def as_published(tx: Tx, body: Body) -> bool:
    """Whether a list is as it was published: nothing is to be reviewed or changed, nothing came or went since."""
    version = body_pb2.EnforcementBody.FromString(body.detail).power_list_version
    rows = items_of(tx, body.body_id)
    waiting = any(row.state in ("CHANGED", "UNDER_REVIEW") for row in rows)
    return not waiting and not moved_since(tx, body.body_id, version, rows)


def moved_since(tx: Tx, body_id: str, version: int, rows: Sequence[PowerItem]) -> bool:
    """Whether items came onto a list or left it since a version of it was published."""
    last: datetime | None = None
    if version:
        record = tx.get(PowerListVersion, list_id(body_id, version)).record
        last = power_pb2.PowerList.FromString(record).publish_time.ToDatetime(tzinfo=tx.now.tzinfo)
    since = [at for row in rows for at in (row.from_time, row.until_time) if at is not None and at <= tx.now]
    return any(last is None or at > last for at in since)


def publish_drafts(tx: Tx, rows: Sequence[PowerItem]) -> None:
    """Bring every draft of a list into force. Raises Unlawful naming all the items that stand on nothing."""
    broken, without = {}, []
    states: list[tuple[PowerItem, power_pb2.PowerItem, str]] = []
    for row in rows:
        if row.state not in ("DRAFT", "CHANGED"):
            continue
        item = power_pb2.PowerItem.FromString(row.record)
        facts = PowerFacts(tx, item, item.draft if item.HasField("draft") else item)
        if found := why_not(POWER_ITEM.PUBLISH, row.state, facts):
            broken |= dict.fromkeys(found)
            without.append(item.code)
        else:
            states.append((row, item, step(POWER_ITEM.PUBLISH, row.state, facts)))
    if broken:
        raise Unlawful(broken, {"items": ",".join(without[:20])})
    for row, item, state in states:
        publish(tx, row, item, state)
