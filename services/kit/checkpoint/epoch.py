"""A journal that goes on after a loss is signed anew, under a name of its own: what was signed before stays as it is.

The heads of before cover numbers that are lost, so no later head can go on from them. They are kept, and say for ever what was
there. What follows is counted from the entry that begun the epoch (EpochBegun); entries before it that the node knows no head of
are signed apart, so that each can be proved. Whoever witnesses the journal begins the same trees when he receives that entry, and
never otherwise: by a name alone no journal begins anew.
"""

import logging
from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import select
from yifa.journal.v1.events_pb2 import CheckpointMade, EpochBegun

from services.kit.chain import Broken, ChainFault, digests
from services.kit.checkpoint.origin import GOOD, REFUSED, WAITS, journal_of, origin_of, whole_of
from services.kit.checkpoint.row import (
    forget_older,
    of_journal,
    put,
    put_checkpoint,
    put_tree,
    reach,
    tree_in,
)
from services.kit.journal import EPOCH_BEGUN, Envelope
from services.kit.note import parse
from services.kit.store import KitTables
from services.kit.tree import Growing, split
from services.kit.tx import Tx

if TYPE_CHECKING:
    from services.kit.service import Running

log = logging.getLogger(__name__)
MADE = CheckpointMade.DESCRIPTOR.full_name
OUTLIVED = "its journal went on in another epoch before it was looked at"
NOT_SEALED = "the epoch does not say which entry it goes on from"


def signed_up_to(tx: Tx, whole: str) -> int:
    """Up to which entry a journal is signed, in its newest epoch: by what is known here."""
    table = tx.batch.kit.tree
    rows = tx.reader.execute(select(table).where(of_journal(table, whole), table.c.through.is_(None)))
    return max(map(reach, rows), default=0)


def begin_trees(tx: Tx, whole: str, begun: int, event: EpochBegun) -> None:
    """The trees of a new epoch, once; those of before end with what was signed of them."""
    kit = tx.batch.kit
    fresh = f"{whole}/{begun}"
    if tx.reader.execute(select(kit.tree.c.origin).where(kit.tree.c.origin == fresh)).first() is not None:
        return
    rows = tx.reader.execute(select(kit.tree).where(of_journal(kit.tree, whole))).all()
    last, after, ended = b"", 0, [row for row in rows if row.through is None]
    for row in ended:
        if reach(row) == event.signed_seq:
            last, after = bytes(row.hash), event.signed_seq if row.size else row.after
        put(tx, kit.tree, {**row._mapping, "through": reach(row)})
    if not rows:
        put_tree(tx, kit, whole, Growing(), b"", through=0)
    refuse_waiting(tx, kit, {whole, *(row.origin for row in ended)})
    if event.signed_seq < event.last_seq:
        apart = f"{fresh}/{event.signed_seq + 1}"
        put_tree(tx, kit, apart, Growing(), last, through=event.last_seq, after=after)
    put_tree(tx, kit, fresh, Growing(), event.last_hash, after=event.last_seq)


def refuse_waiting(tx: Tx, kit: KitTables, ended: Collection[str]) -> None:
    """What nobody could look at before the epoch ended is kept, and countersigned no more; that is no finding."""
    c = kit.checkpoint.c
    waiting = select(kit.checkpoint).where(c.state == WAITS, c.origin.in_(ended))
    for row in tx.reader.execute(waiting).all():
        put(tx, kit.checkpoint, {**row._mapping, "state": REFUSED, "why": OUTLIVED, "leaves": b""})


def on_epoch(running: "Running", event: EpochBegun, tx: Tx, about: Envelope) -> None:
    """A witness begins the trees of an epoch that goes on from what was received; one that does not is a finding."""
    if (about.node, about.service) == (running.around.node, running.name):
        return
    if why := wrong_with(tx, event, about):
        found_otherwise(running, tx, (about.node, about.service), event.last_seq or about.seq, about.seq, why)
        return
    begin_trees(tx, origin_of(tx.city, about.node, about.service), about.seq, event)


def wrong_with(tx: Tx, event: EpochBegun, about: Envelope) -> str:
    """Why an epoch does not go on from what was received; empty where it does."""
    said = event.service, event.lost_seq + 1, event.last_hash
    if said != (about.service, about.seq, about.prev_hash) or not (
        0 <= event.signed_seq <= event.last_seq < event.lost_seq
    ):
        return NOT_SEALED
    return unlike_heard(tx, about.node, about.service, event.last_seq, event.last_hash)


def unlike_heard(tx: Tx, node: str, service: str, seq: int, digest: bytes) -> str:
    """Why an entry that an epoch seals is not the one that was received; empty where it is, or none was."""
    heard = tx.batch.kit.heard_place
    row = tx.reader.execute(select(heard).where(heard.c.place == f"{node}/{service}/{seq}")).first()
    if row is None or digest in digests(bytes(row.hashes)):
        return ""
    return f"the epoch goes on from another entry {seq} than was received"


def found_otherwise(
    running: "Running", tx: Tx, journal: tuple[str, str], seq: int, last: int, why: str
) -> None:
    """Say what was refused: at the city as a finding."""
    node, service = journal
    log.error("%s: refused of %s/%s at %d: %s", running.title, node, service, last, why)
    if running.service.on_broken is not None:
        tx.cause, tx.event_id = "chain", ""
        running.service.on_broken(tx, Broken(ChainFault.REWRITTEN, node, service, 0, 0, seq, last, why))


def had_back(tx: Tx, e: Envelope) -> None:
    """What an entry that was had back says of the signed heads of its own journal: it goes on being signed from there."""
    whole = origin_of(tx.city, e.node, e.service)
    if e.type == EPOCH_BEGUN:
        begin_trees(tx, whole, e.seq, EpochBegun.FromString(e.data))
    elif e.type == MADE:
        signed_again(tx, whole, CheckpointMade.FromString(e.data))


def signed_again(tx: Tx, whole: str, made: CheckpointMade) -> None:
    """Keep a head that was signed, and lost with the rows about it."""
    kit, checkpoint = tx.batch.kit, parse(made.note).checkpoint
    row = tx.reader.execute(select(kit.tree).where(kit.tree.c.origin == made.origin)).first()
    tree, leaves = tree_in(row), split(made.leaves)
    if whole_of(made.origin) != whole or journal_of(made.origin) == ("", "") or made.from_size != tree.size:
        return
    grown = tree.extended(leaves)
    if leaves and (grown.size, grown.root()) == (checkpoint.size, checkpoint.root):
        put_checkpoint(tx, kit, checkpoint, made.note, GOOD)
        put_tree(tx, kit, made.origin, grown, leaves[-1])
        forget_older(tx, kit, made.origin)
