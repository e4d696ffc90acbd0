"""A service signs how its journal stands: now and then, off the write path, and only where something happened since."""

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from yifa.journal.v1 import events_pb2 as events

from services.kit.chain import Broken, ChainFault
from services.kit.checkpoint.origin import GOOD, origin_of
from services.kit.checkpoint.row import forget_older, put_checkpoint, put_tree, rows_apart, tree_in
from services.kit.journal import GENESIS
from services.kit.note import Checkpoint, sign
from services.kit.tree import Growing
from services.kit.tx import Tx

if TYPE_CHECKING:
    from services.kit.service import Running

log = logging.getLogger(__name__)
CHECKPOINT = "checkpoint"
"""The cause of what this and its neighbours announce."""
AT_ONCE = 20_000
"""So many entries a checkpoint tells at most: their hashes have to fit into an event."""
ITS_OWN = frozenset(
    {events.CheckpointMade.DESCRIPTOR.full_name, events.CheckpointsWitnessed.DESCRIPTOR.full_name}
)
"""Events that alone ask for no checkpoint: it would be without an end."""


@dataclass(frozen=True)
class Grown:
    """A tree with what came since, and the hashes of that."""

    before: int
    tree: Growing
    leaves: list[bytes]
    last: bytes
    news: bool


class Rewritten(Exception):
    """The journal does not go on from what the service signed last: it was changed under it, and is not signed."""


async def make_checkpoint(running: "Running") -> bool:
    """Sign the journal as far as it goes, or as far as fits; says whether anything was signed.

    Raises Rewritten, Busy, Full, DBAPIError.
    """
    signer = running.around.signer
    if signer is None:
        return False
    origin = origin_of(running.around.city, running.around.node, running.name)
    grown = await asyncio.to_thread(grow, running, origin)
    if not grown.news:
        return False
    checkpoint = Checkpoint(origin, grown.tree.size, grown.tree.root())
    note = sign(checkpoint, signer.key).text

    def keep(tx: Tx) -> None:
        tx.cause = CHECKPOINT
        put_checkpoint(tx, running.kit, checkpoint, note, GOOD)
        put_tree(tx, running.kit, origin, grown.tree, grown.last)
        forget_older(tx, running.kit, origin)
        made = events.CheckpointMade(
            origin=origin,
            from_size=grown.before,
            size=checkpoint.size,
            leaves=b"".join(grown.leaves),
            note=note,
        )
        tx.emit(made, subject=origin, to="all")

    await running.do(keep)
    return True


def grow(running: "Running", origin: str) -> Grown:
    """The tree that was signed last, with the entries since. Raises Rewritten."""
    kit, found = (
        running.kit,
        running.rows(select(running.kit.tree).where(running.kit.tree.c.origin == origin)),
    )
    row = found[0] if found else None
    tree, last = tree_in(row), bytes(row.hash) if row is not None else GENESIS
    j = kit.journal.c
    wanted = (
        select(j.seq, j.type, j.prev_hash, j.hash).where(j.seq > tree.size).order_by(j.seq).limit(AT_ONCE)
    )
    entries = rows_apart(running, wanted)
    check(running, tree.size, last, entries)
    leaves = [bytes(e.hash) for e in entries]
    news = any(e.type not in ITS_OWN for e in entries)
    return Grown(tree.size, tree.extended(leaves), leaves, leaves[-1] if leaves else last, news)


def check(running: "Running", size: int, last: bytes, entries: Any) -> None:
    """Raise Rewritten unless the entries follow on from the last one that was signed, one by one."""
    seq = size
    for e in entries:
        if (e.seq, bytes(e.prev_hash)) != (seq + 1, last):
            raise Rewritten(f"{running.title}: entry {e.seq} does not continue entry {seq}, which was signed")
        seq, last = e.seq, bytes(e.hash)
    if not entries and size:
        [[end]] = running.rows(select(running.kit.head.c.seq))
        if end < size:
            raise Rewritten(f"{running.title}: the journal ends at {end}, and was signed up to {size}")


def found_rewritten(running: "Running", why: str) -> Broken:
    """The finding of the service itself that its journal was changed."""
    around = running.around
    return Broken(ChainFault.REWRITTEN, around.node, running.name, 0, 0, 0, 0, why)
