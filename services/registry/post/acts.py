"""Units and posts of a department: defined, given items, given up."""

from collections.abc import Iterable

from yifa.registry.v1 import body_pb2, post_pb2
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import post_requests_pb2 as asked

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.body import MAY_ENFORCE
from services.law.procedures.officer import OfficerFacts, body_confirmed, body_of_this_department
from services.law.procedures.post import DUTIES_APART, PostFacts, items_held, post_open
from services.registry.appointment.model import Appointment, appointments
from services.registry.appointment.record import finish
from services.registry.body.model import Body
from services.registry.lawful import require
from services.registry.post.model import Post, Unit, post_columns
from services.registry.power.model import PowerItem


@write(loads=(Body, "body_id"))
def define_unit(request: asked.DefineUnitRequest, tx: Tx) -> asked.DefineUnitResponse:
    """Put a unit of a body with its functions on record (DL-ERS-2005 三(二)2)."""
    body = tx.get(Body, request.body_id)
    facts = OfficerFacts(body_confirmed=body.state in MAY_ENFORCE, body_here=body.node == tx.node)
    require((body_confirmed, body_of_this_department), facts, body_id=body.body_id)
    unit = post_pb2.Unit(
        unit_id=tx.new_id("U-"),
        body_id=body.body_id,
        node=tx.node,
        name=request.name,
        functions=request.functions,
        version=1,
    )
    tx.add(Unit.new(unit_id=unit.unit_id, body_id=unit.body_id, record=unit.SerializeToString()))
    tx.emit(events.UnitDefined(unit=unit), subject=unit.unit_id)
    return asked.DefineUnitResponse(unit=unit)


@write(loads=(Unit, "unit_id"))
def define_post(request: asked.DefinePostRequest, tx: Tx) -> asked.DefinePostResponse:
    """Put a post of a unit on record: its rank, duties and items (DL-ERS-2005 三(二)2; CBZ 17)."""
    unit = post_pb2.Unit.FromString(tx.get(Unit, request.unit_id).record)
    missing = not_held(tx, unit.body_id, request.item_ids)
    facts = PostFacts(together=(frozenset(request.duties),), not_held=missing)
    require((*DUTIES_APART, items_held), facts, **about_items(missing))
    post = post_pb2.Post(
        post_id=tx.new_id("PO-"),
        unit_id=unit.unit_id,
        unit_name=unit.name,
        body_id=unit.body_id,
        node=tx.node,
        name=request.name,
        rank=request.rank,
        duties=request.duties,
        sensitive=request.sensitive,
        item_ids=request.item_ids,
    )
    row = tx.add(Post.new(post_id=post.post_id, body_id=post.body_id, sensitive=post.sensitive))
    return asked.DefinePostResponse(post=save_post(tx, row, post))


@write(loads=(Post, "post_id"))
def assign_items(request: asked.AssignItemsRequest, tx: Tx) -> asked.AssignItemsResponse:
    """Say which items of the power list are exercised at a post."""
    row, post = open_post(tx, request.post_id)
    missing = not_held(tx, post.body_id, request.item_ids)
    require((items_held,), PostFacts(not_held=missing), **about_items(missing))
    post.item_ids[:] = request.item_ids
    return asked.AssignItemsResponse(post=save_post(tx, row, post))


@write(loads=(Post, "post_id"))
def close_post(request: asked.ClosePostRequest, tx: Tx) -> asked.ClosePostResponse:
    """Give a post up; whoever holds it, or would, does so no longer."""
    row, post = open_post(tx, request.post_id)
    post.close_time.FromDatetime(tx.now)
    for held in appointments(tx, Appointment.post_id == post.post_id):
        if held.until_time is None or held.until_time > tx.now:
            finish(tx, held, post, max(tx.now, held.from_time), "岗位撤销")
    return asked.ClosePostResponse(post=save_post(tx, row, post))


def open_post(tx: Tx, post_id: str) -> tuple[Post, post_pb2.Post]:
    """A post that was not given up. Raises Missing, Unlawful."""
    row = tx.get(Post, post_id)
    require((post_open,), PostFacts(open=row.close_time is None), post_id=post_id)
    return row, post_pb2.Post.FromString(row.record)


def save_post(tx: Tx, row: Post, post: post_pb2.Post) -> post_pb2.Post:
    """Write a post down, one version on, and announce it."""
    post.version += 1
    for name, value in post_columns(post).items():
        setattr(row, name, value)
    tx.emit(events.PostChanged(post=post), subject=post.post_id)
    return post


def not_held(tx: Tx, body_id: str, item_ids: Iterable[str]) -> tuple[str, ...]:
    """The items among these that a body holds neither on its list nor by its mandate."""
    wanted = list(item_ids)
    if not wanted:
        return ()
    body = tx.get(Body, body_id)
    mandate = set(body_pb2.EnforcementBody.FromString(body.detail).entrustment.item_ids)
    tx.load(PowerItem, wanted)
    found = [tx.find(PowerItem, item_id) for item_id in wanted]
    held = {i.item_id for i in found if i is not None and (i.body_id == body_id or i.item_id in mandate)}
    live = {i.item_id for i in found if i is not None and i.state not in ("DRAFT", "REMOVED")}
    return tuple(item_id for item_id in wanted if item_id not in held & live)


def about_items(missing: tuple[str, ...]) -> dict[str, str]:
    return {"items": ",".join(missing[:20])} if missing else {}
