"""Units and posts of a department: defined, given items, given up."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import post_pb2

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.officer import ROSTER
from services.law.procedures.post import POST
from services.registry.appointment.model import Appointment, appointments
from services.registry.appointment.record import finish
from services.registry.body.model import Body
from services.registry.lawful import admit
from services.registry.officer.facts import Staff
from services.registry.post.facts import PostFacts
from services.registry.post.model import Post, Unit, post_columns


@write(loads=(Body, "body_id"))
def define_unit(request: post_pb2.DefineUnitRequest, tx: Tx) -> post_pb2.DefineUnitResponse:
    """Put a unit of a body with its functions on record (DL-ERS-2005 三(二)2)."""
    body = tx.get(Body, request.body_id)
    admit(ROSTER.DEFINE_UNIT, Staff(tx, None, body), body_id=body.body_id)
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
    return post_pb2.DefineUnitResponse(unit=unit)


@write(loads=(Unit, "unit_id"))
def define_post(request: post_pb2.DefinePostRequest, tx: Tx) -> post_pb2.DefinePostResponse:
    """Put a post of a unit on record: its rank, duties and items (DL-ERS-2005 三(二)2; CBZ 17)."""
    unit = post_pb2.Unit.FromString(tx.get(Unit, request.unit_id).record)
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
    admit(POST.DEFINE_POST, PostFacts(tx, post, request.item_ids))
    row = tx.add(Post.new(post_id=post.post_id, body_id=post.body_id, sensitive=post.sensitive))
    return post_pb2.DefinePostResponse(post=save_post(tx, row, post))


@write(loads=(Post, "post_id"))
def assign_items(request: post_pb2.AssignItemsRequest, tx: Tx) -> post_pb2.AssignItemsResponse:
    """Say which items of the power list are exercised at a post."""
    row, post = post_of(tx, request.post_id)
    admit(POST.ASSIGN_ITEMS, PostFacts(tx, post, request.item_ids), post_id=post.post_id)
    post.item_ids[:] = request.item_ids
    return post_pb2.AssignItemsResponse(post=save_post(tx, row, post))


@write(loads=(Post, "post_id"))
def close_post(request: post_pb2.ClosePostRequest, tx: Tx) -> post_pb2.ClosePostResponse:
    """Give a post up; whoever holds it, or would, does so no longer."""
    row, post = post_of(tx, request.post_id)
    admit(POST.CLOSE_POST, PostFacts(tx, post), post_id=post.post_id)
    post.close_time.FromDatetime(tx.now)
    for held in appointments(tx, Appointment.post_id == post.post_id):
        if held.until_time is None or held.until_time > tx.now:
            finish(tx, held, post, max(tx.now, held.from_time), "岗位撤销")
    return post_pb2.ClosePostResponse(post=save_post(tx, row, post))


def post_of(tx: Tx, post_id: str) -> tuple[Post, post_pb2.Post]:
    """A post and its record. Raises Missing."""
    row = tx.get(Post, post_id)
    return row, post_pb2.Post.FromString(row.record)


def save_post(tx: Tx, row: Post, post: post_pb2.Post) -> post_pb2.Post:
    """Write a post down, one version on, and announce it."""
    post.version += 1
    for name, value in post_columns(post).items():
        setattr(row, name, value)
    tx.emit(events.PostChanged(post=post), subject=post.post_id)
    return post
