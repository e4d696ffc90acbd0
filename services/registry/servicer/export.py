"""Whole lists, given out page by page."""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import bulk_pb2 as bulk
from yifa.registry.v1 import post_pb2, training_pb2

from services.kit.rpc import stream
from services.kit.view import Feed
from services.registry.model import (
    Attendance,
    Body,
    Officer,
    OfficerTraining,
    Post,
    Training,
    body_proto,
    officer_proto,
    session_proto,
    training_proto,
)
from services.registry.servicer.bodies import BODIES
from services.registry.servicer.officers import OFFICERS

TRAININGS = select(*OfficerTraining.__table__.columns)
SESSIONS = (
    select(Attendance.key, Attendance.officer_id, Training.record)
    .join(Training, Training.training_id == Attendance.training_id)
    .where(Attendance.attended)
)
POSTS = select(Post.post_id, Post.record)
PAGE = 500


class Exports:
    @stream
    async def ExportOfficers(
        self, request: bulk.ExportOfficersRequest, feed: Feed
    ) -> AsyncIterator[bulk.ExportOfficersResponse]:
        """The officers that this node knows, id numbers masked."""
        statement = OFFICERS.where(Officer.body_id == request.body_id) if request.body_id else OFFICERS
        for rows in pages(feed, statement, (Officer.officer_id,)):
            yield bulk.ExportOfficersResponse(officers=map(officer_proto, rows))

    @stream
    async def ExportTraining(
        self, request: bulk.ExportTrainingRequest, feed: Feed
    ) -> AsyncIterator[bulk.ExportTrainingResponse]:
        """All trainings that this node knows: each once, under its officer."""
        wanted = OfficerTraining.officer_id == request.officer_id
        statement = TRAININGS.where(wanted) if request.officer_id else TRAININGS
        for rows in pages(feed, statement, (OfficerTraining.training_key,)):
            yield bulk.ExportTrainingResponse(trainings=map(training_proto, rows))
        attended = (
            SESSIONS.where(Attendance.officer_id == request.officer_id) if request.officer_id else SESSIONS
        )
        for rows in pages(feed, attended, (Attendance.key,)):
            yield bulk.ExportTrainingResponse(
                trainings=[
                    session_proto(r.officer_id, training_pb2.Training.FromString(r.record)) for r in rows
                ]
            )

    @stream
    async def ExportPosts(
        self, request: bulk.ExportPostsRequest, feed: Feed
    ) -> AsyncIterator[bulk.ExportPostsResponse]:
        """The posts that this node knows, those given up among them."""
        statement = POSTS.where(Post.body_id == request.body_id) if request.body_id else POSTS
        for rows in pages(feed, statement, (Post.post_id,)):
            reply = bulk.ExportPostsResponse(posts=[post_pb2.Post.FromString(row.record) for row in rows])
            for post in reply.posts:
                post.ClearField("item_ids")
            yield reply

    @stream
    async def ExportBodies(
        self, _request: bulk.ExportBodiesRequest, feed: Feed
    ) -> AsyncIterator[bulk.ExportBodiesResponse]:
        """The enforcement bodies."""
        for rows in pages(feed, BODIES, (Body.body_id,)):
            yield bulk.ExportBodiesResponse(bodies=map(body_proto, rows))


def pages(feed: Feed, statement: Any, keys: tuple[Any, ...]) -> Iterable[Sequence[Any]]:
    """All rows, page by page; nothing is held in between."""
    token = ""
    while True:
        rows, token = feed.page(statement, keys, PAGE, token)
        if rows:
            yield rows
        if not token:
            return
