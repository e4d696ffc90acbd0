"""A node countersigns the checkpoints of others: they go on from those before, and are what this node received.

At the city all events of a journal were received, so every hash of a checkpoint is held against one. A department received some,
and has the checkpoint before: what was signed once stays at the beginning of all that is signed later.
"""

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from yifa.journal.v1 import checkpoint_pb2 as pb
from yifa.journal.v1 import events_pb2 as events

from services.kit.chain import digests
from services.kit.checkpoint.epoch import found_otherwise, unlike_heard
from services.kit.checkpoint.making import CHECKPOINT
from services.kit.checkpoint.origin import (
    GOOD,
    REFUSED,
    WAITS,
    begun_of,
    first_of,
    journal_of,
    origin_of,
    signatures_of,
    whole_of,
    witness_of,
)
from services.kit.checkpoint.row import (
    forget_older,
    key_of,
    of_journal,
    put,
    put_checkpoint,
    put_tree,
    reach,
    tree_in,
)
from services.kit.journal import GENESIS, Envelope
from services.kit.note import BadNote, Note, cosign, parse, parse_signature
from services.kit.refusal import Rejected
from services.kit.time import wall
from services.kit.tree import split
from services.kit.tx import Tx

if TYPE_CHECKING:
    from services.kit.service import Running

AT_ONCE = 500
MOST_WAITING = 200


class NoCheckpoint(Rejected):
    """What a node sent as a checkpoint, or a signature under one, is none of its own."""


def on_made(running: "Running", event: events.CheckpointMade, tx: Tx, about: Envelope) -> None:
    """Keep a checkpoint until it is judged: the entries before it may come in the same transaction. The witness's own it has."""
    whole = origin_of(tx.city, about.node, about.service)
    if whole_of(event.origin) != whole or journal_of(event.origin) != (about.node, about.service):
        raise NoCheckpoint(f"{about.node}/{about.service} signed {event.origin}")
    if (about.node, about.service) == (running.around.node, running.name) or outlived(tx, event, about):
        return
    try:
        checkpoint, leaves = parse(event.note).checkpoint, split(event.leaves)
    except (BadNote, ValueError) as wrong:
        raise NoCheckpoint(str(wrong)) from None
    of_it = (checkpoint.origin, checkpoint.size) == (event.origin, event.size)
    if not of_it or event.from_size < 0 or event.size != event.from_size + len(leaves):
        raise NoCheckpoint("the event tells otherwise than the checkpoint in it")
    kit = tx.batch.kit
    if tx.reader.execute(
        select(kit.checkpoint.c.key).where(kit.checkpoint.c.key == key_of(checkpoint))
    ).first():
        return
    waiting = select(func.count()).where(of_journal(kit.checkpoint, whole), kit.checkpoint.c.state == WAITS)
    if tx.reader.execute(waiting).scalar_one() >= MOST_WAITING:
        raise NoCheckpoint(f"too many checkpoints of {checkpoint.origin} wait for one that did not come")
    put_checkpoint(
        tx, kit, checkpoint, event.note, WAITS, from_size=event.from_size, leaves=bytes(event.leaves)
    )


def outlived(tx: Tx, event: events.CheckpointMade, about: Envelope) -> bool:
    """Whether a checkpoint of before a loss comes only now, when its journal went on in another epoch."""
    tree = tx.batch.kit.tree
    whole = whole_of(event.origin)
    rows = tx.reader.execute(select(tree.c.origin).where(of_journal(tree, whole))).all()
    return begun_of(event.origin) < max((begun_of(row.origin) for row in rows), default=0) > about.seq


def on_witnessed(event: events.CheckpointsWitnessed, tx: Tx, about: Envelope) -> None:
    """Put the signatures of a witness under the checkpoints that are known here. Another's signature is none."""
    kit, directory = tx.batch.kit, tx.batch.around.directory
    for each in event.cosignatures:
        row = tx.reader.execute(
            select(kit.checkpoint).where(
                kit.checkpoint.c.origin == each.origin,
                kit.checkpoint.c.size == each.size,
                kit.checkpoint.c.root == each.root,
            )
        ).first()
        if row is None or directory is None:
            continue
        try:
            signature = parse_signature(each.line.removesuffix("\n"))
        except BadNote as wrong:
            raise NoCheckpoint(str(wrong)) from None
        note = parse(row.note)
        found = signatures_of(Note(note.checkpoint, (signature,)), directory.of(about.node))
        if signature.name != witness_of(tx.city, about.node) or about.node not in found.witnesses:
            raise NoCheckpoint(f"{about.node} did not countersign {each.origin} at {each.size}")
        put(tx, kit.checkpoint, {**row._mapping, "note": note.with_([signature]).text})
        forget_older(tx, kit, each.origin)


async def judge_all(running: "Running") -> None:
    """Judge what waits, oldest first. Raises Busy, Full, DBAPIError."""
    c = running.kit.checkpoint.c
    waiting = select(c.key).where(c.state == WAITS).order_by(c.origin, c.from_size, c.size).limit(AT_ONCE)
    for (key,) in running.rows(waiting):
        await running.do(lambda tx, key=key: judge(running, tx, key))  # type: ignore[misc]


def judge(running: "Running", tx: Tx, key: str) -> None:
    """Take a checkpoint for good, refuse it as a finding, or let it wait on."""
    kit = running.kit
    row = tx.reader.execute(select(kit.checkpoint).where(kit.checkpoint.c.key == key)).first()
    if row is None or row.state != WAITS:
        return
    note, leaves = parse(row.note), split(bytes(row.leaves))
    known = tx.reader.execute(select(kit.tree).where(kit.tree.c.origin == row.origin)).first()
    tree = tree_in(known)
    if row.from_size > tree.size or (known is None and begun_of(row.origin)):
        return
    seq, why = (
        (0, "its node did not sign it")
        if not signed(running, note)
        else ended(tx, row, known) or fault_in(running, tx, row, tree, leaves)
    )
    if why is None:
        return
    if why:
        put(tx, kit.checkpoint, {**row._mapping, "state": REFUSED, "why": why})
        found_otherwise(running, tx, journal_of(row.origin), seq, reach(row), why)
        return
    put(tx, kit.checkpoint, {**row._mapping, "state": GOOD, "leaves": b""})
    last = bytes(known.hash) if known is not None else GENESIS
    put_tree(tx, kit, row.origin, tree.extended(leaves), leaves[-1] if leaves else last)
    forget_older(tx, kit, row.origin)


def signed(running: "Running", note: Note) -> bool:
    """Whether a checkpoint is signed by the node whose journal it is, and by nobody falsely."""
    directory = running.around.directory
    node, _ = journal_of(note.checkpoint.origin)
    found = signatures_of(note, directory.of(node)) if directory is not None else None
    return found is not None and found.by_its_node


def ended(tx: Tx, row: Any, known: Any) -> tuple[int, str] | None:
    """What is wrong with a checkpoint beyond the end of its tree, or of an epoch that goes on from something else."""
    if known is None:
        return None
    if known.through is not None and reach(row) > max(known.through, reach(known)):
        return (
            known.through + 1,
            f"its journal was ended there with entry {known.through} and goes on otherwise",
        )
    if known.size or not (known.after and bytes(known.hash)):
        return None
    node, service = journal_of(row.origin)
    # what was received together with the entry that began the epoch is known only now
    why = unlike_heard(tx, node, service, known.after, bytes(known.hash))
    return (known.after, why) if why else None


def fault_in(running: "Running", tx: Tx, row: Any, tree: Any, leaves: list[bytes]) -> tuple[int, str | None]:
    """What is wrong with a checkpoint, and from which entry on; nothing said (None) while entries are still to come."""
    first = first_of(row.origin)
    if row.from_size < tree.size:
        return (
            first + row.from_size,
            f"it begins anew after {row.from_size}, and {tree.size} entries were signed before",
        )
    if tree.extended(leaves).root() != bytes(row.root):
        return first + tree.size, "it does not go on from the checkpoint before it"
    node, service = journal_of(row.origin)
    all_of_it = running.around.kind == "city"
    missing = False
    for n in range(0, len(leaves), AT_ONCE):
        some = leaves[n : n + AT_ONCE]
        places = {f"{node}/{service}/{first + tree.size + n + k}": k for k in range(len(some))}
        heard = running.kit.heard_place
        rows = tx.reader.execute(select(heard).where(heard.c.place.in_(places))).all()
        missing |= len(rows) < len(some)
        differing = [places[r.place] for r in rows if some[places[r.place]] not in digests(bytes(r.hashes))]
        if differing:
            seq = first + tree.size + n + min(differing)
            return seq, f"entry {seq} is not the one that was received"
    its_own = (node, service) == (running.around.node, running.name)
    return 0, None if missing and all_of_it and not its_own else ""


async def countersign(running: "Running") -> None:
    """Sign the newest good checkpoint of every other node's journals, once. Raises Busy, Full, DBAPIError."""
    signer, around = running.around.signer, running.around
    if signer is None:
        return
    c = running.kit.checkpoint.c
    newest: dict[str, Any] = {}
    for row in running.rows(select(running.kit.checkpoint).where(c.state == GOOD).order_by(c.origin, c.size)):
        if journal_of(row.origin)[0] != around.node:
            newest[row.origin] = row
    fresh = [row for row in newest.values() if not row.cosigned]
    if not fresh:
        return
    now = int(wall().timestamp())

    def keep(tx: Tx) -> None:
        tx.cause = CHECKPOINT
        told = events.CheckpointsWitnessed()
        for old in fresh:
            row = tx.reader.execute(select(running.kit.checkpoint).where(c.key == old.key)).first()
            if row is None:
                continue
            note = parse(row.note)
            signature = cosign(note.checkpoint, witness_of(around.city, around.node), signer, now)
            put(
                tx,
                running.kit.checkpoint,
                {**row._mapping, "note": note.with_([signature]).text, "cosigned": now},
            )
            forget_older(tx, running.kit, row.origin)
            told.cosignatures.append(
                pb.Cosignature(origin=row.origin, size=row.size, root=bytes(row.root), line=signature.line)
            )
        if told.cosignatures:
            tx.emit(told, subject=witness_of(around.city, around.node), to="all")

    await running.do(keep)
