"""Whole lists, given out page by page."""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from yifa.registry.v1 import bulk_pb2 as bulk

from services.kit.rpc import stream
from services.kit.view import Feed
from services.registry.model import (
    Body,
    Officer,
    body_proto,
    officer_proto,
)
from services.registry.servicer.bodies import BODIES
from services.registry.servicer.officers import OFFICERS

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
