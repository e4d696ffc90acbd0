"""A service signs how its journal stands: now and then, off the write path, and only where something happened since."""

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select
from yifa.journal.v1 import events_pb2 as events

from services.kit.chain import Broken, ChainFault
from services.kit.checkpoint.origin import GOOD, first_of, origin_of
from services.kit.checkpoint.row import (
    forget_older,
    of_journal,
    put_checkpoint,
    put_tree,
    reach,
    rows_apart,
    tree_in,
)
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
    origin, grown = "", None
    for row in own_trees(running):
        origin, grown = row.origin, await asyncio.to_thread(grow, running, row)
        if grown.news:
            break
    if grown is None or not grown.news:
        return False
    checkpoint = Checkpoint(origin, grown.tree.size, grown.tree.root())
    note = sign(checkpoint, signer).text

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


class Blank(NamedTuple):
    """The tree of a journal of which nothing was signed yet."""

    origin: str
    size: int = 0
    roots: bytes = b""
    hash: bytes = GENESIS
    through: int | None = None
    after: int = 0


def own_trees(running: "Running") -> list[Any]:
    """The trees of the service's own journal that are not ended, the eldest first: one, but after a loss."""
    whole = origin_of(running.around.city, running.around.node, running.name)
    rows = running.rows(select(running.kit.tree).where(of_journal(running.kit.tree, whole)))
    left = [row for row in rows if row.through is None or reach(row) < row.through]
    return sorted(left, key=lambda row: first_of(row.origin)) if rows else [Blank(whole)]


def grow(running: "Running", row: Any) -> Grown:
    """The tree that was signed last, with the entries since. Raises Rewritten."""
    tree, last, end = tree_in(row), bytes(row.hash), reach(row)
    j = running.kit.journal.c
    wanted = select(j.seq, j.type, j.prev_hash, j.hash).where(j.seq > end).order_by(j.seq).limit(AT_ONCE)
    if row.through is not None:
        wanted = wanted.where(j.seq <= row.through)
    entries = rows_apart(running, wanted)
    check(running, end, last, entries, row.after if not tree.size else end)
    leaves = [bytes(e.hash) for e in entries]
    # what ends is signed to its end, whatever it is
    news = any(row.through is not None or e.type not in ITS_OWN for e in entries)
    return Grown(tree.size, tree.extended(leaves), leaves, leaves[-1] if leaves else last, news)


def check(running: "Running", end: int, last: bytes, entries: Any, after: int) -> None:
    """Raise Rewritten unless the entries follow on from the last one that was signed, one by one; those of a new epoch from the
    entry after which it begun.
    """
    seq, before = end, after
    for e in entries:
        if e.seq != seq + 1 or (last and bytes(e.prev_hash) != last):
            raise Rewritten(
                f"{running.title}: entry {e.seq} does not continue entry {before}, which was signed"
            )
        seq, before, last = e.seq, e.seq, bytes(e.hash)
    if not entries:
        [[head]] = running.rows(select(running.kit.head.c.seq))
        if head < end:
            raise Rewritten(f"{running.title}: the journal ends at {head}, and was signed up to {end}")


def found_rewritten(running: "Running", why: str) -> Broken:
    """The finding of the service itself that its journal was changed."""
    around = running.around
    return Broken(ChainFault.REWRITTEN, around.node, running.name, 0, 0, 0, 0, why)
