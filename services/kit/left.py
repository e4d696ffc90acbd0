"""What is parked is bounded, for each sender: what is beyond stays where it is, in the stream and in its node's journal, and is
read again once there is room.

An event that is left is not heard: its place is not kept, so that it is new when it comes again; what was heard meanwhile is
known and dropped. From where to read is kept in the transaction that goes past the event, and is let go of in the one that goes
back: a process that is killed in between goes on from either.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select
from sqlalchemy.exc import DBAPIError

from services.kit.chain import Broken, ChainFault, digests, place
from services.kit.limits import Limits
from services.kit.reader import Batch, Mark
from services.kit.store import micros
from services.kit.time import wall
from services.kit.tx import Tx

if TYPE_CHECKING:
    from services.kit.service import Running
    from services.kit.sieve import Parking, Sifted

log = logging.getLogger(__name__)
LOOK = 5.0


@dataclass(frozen=True)
class Behind:
    """From where a source is to be read again for the events of a sender, and how many were left about."""

    source: str
    node: str
    mark: Mark
    count: int


class Left:
    """What one reader left, by source and sender."""

    def __init__(self, running: "Running"):
        self.running, limits = running, Limits.of(running.settings)
        self.most, self.nearly = limits.parked, limits.nearly
        rows = running.rows(select(running.kit.left_behind))
        self.rows = {
            (r.source, r.node): Behind(r.source, r.node, Mark(r.position, r.event_id), r.count) for r in rows
        }

    def keep(self, tx: Tx, source: str, sifted: "Sifted", before: Mark | None) -> "list[Parking]":
        """Of the events that were refused or failed those that are to be parked. The others are left, to be read again from the
        mark `before`.
        """
        room = {node: self.most - n for node, n in self.parked(tx, sifted.refused).items()}
        kept, left = [], Counter[str]()
        for parking in sifted.refused:
            e, _, tries = parking
            room[e.node] -= 1
            if room[e.node] >= 0:
                kept.append(parking)
                continue
            left[e.node] += 1
            # what was refused at the door is new whenever it comes; a failed one has to be
            if tries:
                unheard(sifted, place(e), e.hash)
        for node, count in left.items():
            was = self.rows.get((source, node), Behind(source, node, before or Mark(0, ""), 0))
            self.put(tx, Behind(source, node, was.mark, was.count + count))
        return kept

    def parked(self, tx: Tx, refused: "Iterable[Parking]") -> dict[str, int]:
        """How many are parked of each sender of these."""
        table, nodes = self.running.kit.parked, {e.node for e, _, _ in refused}
        wanted = select(table.c.node, func.count()).where(table.c.node.in_(nodes)).group_by(table.c.node)
        found = {node: n for node, n in tx.db.execute(wanted)} if nodes else {}
        return {node: found.get(node, 0) for node in nodes}

    def near(self, tx: Tx, refused: "Sequence[Parking]") -> list[Broken]:
        """The findings that what is parked of a sender is near its bound, each as that is passed."""
        line, more = self.most * self.nearly // 100, Counter(e.node for e, _, _ in refused)
        services = {e.node: e.service for e, _, _ in refused}
        return [
            Broken(ChainFault.UNTAKEN, node, services[node], 0, 0, n + more[node], self.most)
            for node, n in self.parked(tx, refused).items()
            if n < line <= n + more[node]
        ]

    def put(self, tx: Tx, row: Behind) -> None:
        values = {
            "key": f"{row.source} {row.node}", "source": row.source, "node": row.node, "position": row.mark.position,
            "event_id": row.mark.event_id[:200], "count": row.count, "at": micros(wall()),
        }  # fmt: skip
        tx.put(self.running.kit.left_behind, values)
        self.rows[row.source, row.node] = row

    async def room(self, source: str) -> None:
        """Return when half of what may be parked of a sender is free again whose events were left."""
        while not self.due(source):
            await asyncio.sleep(LOOK)

    def due(self, source: str) -> list[Behind]:
        table = self.running.kit.parked
        try:
            return [
                row
                for row in self.rows.values()
                if row.source == source
                and self.running.rows(select(func.count()).where(table.c.node == row.node))[0][0]
                <= self.most // 2
            ]
        except DBAPIError:
            return []

    def go_back(self, tx: Tx, source: str) -> Mark | None:
        """Let go of what is due; the mark from which the source is read again."""
        due = self.due(source)
        if not due:
            return None
        keys = [f"{row.source} {row.node}" for row in due]
        tx.raw.execute(
            delete(self.running.kit.left_behind).where(self.running.kit.left_behind.c.key.in_(keys))
        )
        for row in due:
            log.warning(
                "%s: %s is read again for %d events of %s", self.running.title, source, row.count, row.node
            )
            self.rows.pop((row.source, row.node), None)
        return min((row.mark for row in due), key=lambda mark: mark.position)


def fullest(running: "Running") -> tuple[str, int, int]:
    """Of whom most events are parked, how many, and about how many more were left. Raises DBAPIError."""
    parked, left = running.kit.parked, running.kit.left_behind
    many = func.count().label("many")
    rows = running.rows(select(parked.c.node, many).group_by(parked.c.node).order_by(many.desc()).limit(1))
    for node, count in rows:
        [[more]] = running.rows(select(func.coalesce(func.sum(left.c.count), 0)).where(left.c.node == node))
        return str(node), int(count), int(more)
    return "", 0, 0


def unheard(sifted: "Sifted", where: str, digest: bytes) -> None:
    """Do not keep that an event was heard in its place; others there were."""
    others = b"".join(each for each in digests(sifted.places.get(where, b"")) if each != digest)
    sifted.places.pop(where, None)
    if others:
        sifted.places[where] = others


async def unless(room: asyncio.Task[None], batches: AsyncGenerator[Batch, None]) -> Batch | None:
    """What comes next; nothing where the source is to be read again."""
    coming = asyncio.ensure_future(anext(batches))
    try:
        await asyncio.wait((coming, room), return_when=asyncio.FIRST_COMPLETED)
        return coming.result() if not room.done() else None
    finally:
        if not coming.done():
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
