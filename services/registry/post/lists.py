"""Whole lists of posts, brought in with the units that they belong to, and given out page by page."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import bulk_pb2 as bulk
from yifa.registry.v1 import officer_pb2, post_pb2

from services.kit.rpc import exchange, stream
from services.kit.tx import Tx
from services.kit.view import Feed
from services.registry.body.model import Body
from services.registry.bulk.fault import Fault, differs, post_faults
from services.registry.bulk.page import pages
from services.registry.bulk.row import again, bodies_named, entry_of, refused, tell
from services.registry.post.acts import define_post, define_unit
from services.registry.post.model import Post, Unit

PERMANENT = officer_pb2.STAFF_KIND_PERMANENT


@exchange
def import_posts(request: bulk.ImportPostsRequest, seen: dict[str, int], tx: Tx) -> bulk.ImportPostsResponse:
    """Put the posts of a part on record, and the units that are not there yet (DL-ERS-2005 三(二)2)."""
    reply, bodies = bulk.ImportPostsResponse(), bodies_named(tx, {row.body for row in request.rows})
    units, posts = on_record(tx, list(bodies.values()))
    for row in request.rows:
        body = bodies.get(row.body)
        named = f"{body.body_id if body else row.body}/{row.unit}"
        faults = [
            *again(seen, "name", f"{named}/{row.name}", row.line),
            *post_faults(row),
            *entry_of(body, row.body, PERMANENT, tx),
        ]
        kept = posts.get(f"{named}/{row.name}")
        if body is not None and not faults and kept is not None:
            faults = [
                differs(f, getattr(kept, f))
                for f in ("rank", "sensitive")
                if getattr(kept, f) != getattr(row, f)
            ]
            reply.unchanged += not faults
        elif body is not None and not faults:
            faults = define(row, body, named, units, tx, keep=not request.dry_run)
            posts[f"{named}/{row.name}"] = row
            reply.added += not faults
        tell(reply, row.line, faults)
    return reply


def define(row: Any, body: Body, named: str, units: dict[str, str], tx: Tx, *, keep: bool) -> list[Fault]:
    """Put a new post on record, before it its unit. What stands against it."""
    if named not in units and not row.functions.strip():
        said = "is empty, and the unit is not on record yet", "为空，且该机构尚未登记"
        return [Fault("functions", "BAD_FIELD", *said)]
    if not keep:
        units.setdefault(named, "")
        return []
    if named not in units:
        unit = post_pb2.DefineUnitRequest(body_id=body.body_id, name=row.unit, functions=row.functions)
        units[named] = define_unit(unit, tx).unit.unit_id
    post = post_pb2.DefinePostRequest(
        unit_id=units[named], name=row.name, rank=row.rank, sensitive=row.sensitive
    )
    return refused(define_post, post, tx)


def on_record(tx: Tx, bodies: list[Body]) -> tuple[dict[str, str], dict[str, Any]]:
    """The units of bodies by body and name, and their open posts by body, unit and name."""
    ids = {body.body_id for body in bodies}
    units: dict[str, str] = {}
    for row in tx.query(select(Unit).where(Unit.body_id.in_(ids))):
        unit = post_pb2.Unit.FromString(row.record)
        units[f"{unit.body_id}/{unit.name}"] = unit.unit_id
    posts: dict[str, Any] = {}
    for row in tx.query(select(Post).where(Post.body_id.in_(ids), Post.close_time.is_(None))):
        post = post_pb2.Post.FromString(row.record)
        posts[f"{post.body_id}/{post.unit_name}/{post.name}"] = post
    return units, posts


POSTS = select(Post.post_id, Post.record)


@stream
async def export_posts(
    request: bulk.ExportPostsRequest, feed: Feed
) -> AsyncIterator[bulk.ExportPostsResponse]:
    """The posts that this node knows, those given up among them."""
    statement = POSTS.where(Post.body_id == request.body_id) if request.body_id else POSTS
    for rows in pages(feed, statement, (Post.post_id,)):
        reply = bulk.ExportPostsResponse(posts=[post_pb2.Post.FromString(row.record) for row in rows])
        for post in reply.posts:
            post.ClearField("item_ids")
        yield reply
