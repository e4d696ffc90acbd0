"""Power lists as they were published, version by version; and what becomes of a list when its body ends."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from yifa.registry.v1 import body_pb2, power_pb2
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import power_requests_pb2 as asked

from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.law.process import Unlawful
from services.registry.model import Body
from services.registry.model.power import ListedItem, PowerItem, PowerListVersion
from services.registry.process import POWER_ITEM, step
from services.registry.rules import MAY_ENFORCE, Facts, body_confirmed, require
from services.registry.rules.power import PowerFacts, something_new
from services.registry.servicer.bases import norms, save_item, set_state
from services.registry.servicer.bodies import changed
from services.registry.servicer.powers import publish, remove

VERSIONS = select(*PowerListVersion.__table__.columns)
LISTED = select(*ListedItem.__table__.columns)
SHOWN = ("PUBLISHED", "CHANGED", "UNDER_REVIEW")


class PowerLists:
    @write(loads=(Body, "body_id"))
    def PublishPowerList(
        self, request: asked.PublishPowerListRequest, tx: Tx
    ) -> asked.PublishPowerListResponse:
        """Publish the next version of a body's list with all that was drafted (CBZ 14)."""
        body = tx.get(Body, request.body_id)
        acting = Facts(body_confirmed=body.state in MAY_ENFORCE)
        require((body_confirmed,), acting, body_id=body.body_id)
        detail = body_pb2.EnforcementBody.FromString(body.detail)
        rows = items_of(tx, body.body_id)
        new = changed_since(tx, body.body_id, detail.power_list_version, rows)
        require((something_new,), PowerFacts(new=new), body_id=body.body_id)
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
        told = changed(tx, body, events.PowerListPublished, list=listed)
        return asked.PublishPowerListResponse(list=listed, body=told)

    @read
    def ListPowerListVersions(
        self, request: asked.ListPowerListVersionsRequest, view: View
    ) -> asked.ListPowerListVersionsResponse:
        statement = VERSIONS.where(PowerListVersion.body_id == request.body_id)
        rows, token = view.page(statement, (PowerListVersion.list_id,), request.page_size, request.page_token)
        lists = (power_pb2.PowerList.FromString(row.record) for row in rows)
        return asked.ListPowerListVersionsResponse(lists=lists, next_page_token=token)

    @read
    def GetPowerList(self, request: asked.GetPowerListRequest, view: View) -> asked.GetPowerListResponse:
        """A version of a list with its items as they were published then."""
        wanted = VERSIONS.where(PowerListVersion.body_id == request.body_id)
        if request.list_version:
            wanted = wanted.where(PowerListVersion.list_id == list_id(request.body_id, request.list_version))
        newest = wanted.order_by(PowerListVersion.list_id.desc()).limit(1)
        row = view.get(newest, "PowerList", request.body_id)
        rows, token = view.page(
            LISTED.where(ListedItem.list_id == row.list_id),
            (ListedItem.listed_item_id,),
            request.page_size,
            request.page_token,
        )
        return asked.GetPowerListResponse(
            list=power_pb2.PowerList.FromString(row.record),
            items=(power_pb2.PowerItem.FromString(r.record) for r in rows),
            next_page_token=token,
        )


def held(row: PowerItem, at: datetime) -> bool:
    """Whether an item stands on its list at a moment: published, neither removed nor lapsed."""
    return row.state in SHOWN and (row.until_time is None or row.until_time > at)


def list_id(body_id: str, version: int) -> str:
    return f"{body_id}/{version:06d}"


def items_of(tx: Tx, body_id: str) -> list[PowerItem]:
    """All items that a body has or had, in the order of their codes."""
    return tx.query(select(PowerItem).where(PowerItem.body_id == body_id).order_by(PowerItem.place))


def changed_since(tx: Tx, body_id: str, version: int, rows: Sequence[PowerItem]) -> bool:
    """Whether a new version of a list would differ from the one before."""
    if any(row.state in ("DRAFT", "CHANGED") for row in rows):
        return True
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
        bases = item.draft.basis_ids if item.HasField("draft") else item.basis_ids
        facts = PowerFacts(item.kind, norms(tx, bases), at=tx.now)
        if found := POWER_ITEM.why_not("PUBLISH", row.state, facts):
            broken |= dict.fromkeys(found)
            without.append(item.code)
        else:
            states.append((row, item, step(POWER_ITEM, "PUBLISH", row.state, facts)))
    if broken:
        raise Unlawful(broken, {"items": ",".join(without[:20])})
    for row, item, state in states:
        publish(tx, row, item, state)


def keep_version(tx: Tx, listed: power_pb2.PowerList, shown: Sequence[PowerItem]) -> None:
    key = list_id(listed.body_id, listed.list_version)
    tx.add(PowerListVersion.new(list_id=key, body_id=listed.body_id, record=listed.SerializeToString()))
    for row in shown:
        code = row.place.removeprefix(f"{row.body_id}/")
        tx.add(ListedItem.new(listed_item_id=f"{key}/{code}", list_id=key, record=row.record))


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
            take_over(tx, item, heir)
    return gone


def take_over(tx: Tx, ended: power_pb2.PowerItem, heir: Body) -> None:
    """An item as a successor goes on with it from now on."""
    item = power_pb2.PowerItem()
    item.CopyFrom(ended)
    item.item_id, item.predecessor_id = tx.new_id("P-"), ended.item_id
    item.body_id, item.node, item.version = heir.body_id, heir.node, 0
    place = f"{heir.body_id}/{item.code}"
    if tx.query(select(PowerItem).where(PowerItem.place == place)):
        item.code = f"{item.code}-{ended.item_id[-6:]}"
    item.from_time.FromDatetime(tx.now)
    item.ClearField("until_time")
    set_state(item, "UNDER_REVIEW" if item.HasField("review") else "PUBLISHED")
    row = tx.add(
        PowerItem.new(item_id=item.item_id, body_id=heir.body_id, place=f"{heir.body_id}/{item.code}")
    )
    save_item(tx, row, item)
