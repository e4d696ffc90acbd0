"""What a node tells of the signed heads of journals, of what it received, and how an entry is proved."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from yifa.journal.v1 import checkpoint_pb2 as pb

from services.kit.checkpoint.origin import GOOD, first_of, origin_of
from services.kit.checkpoint.row import of_journal, reach, rows_apart
from services.kit.journal import from_row
from services.kit.refusal import Missing
from services.kit.store import moment
from services.kit.tree import levels, path_in

if TYPE_CHECKING:
    from services.kit.journal import Envelope
    from services.kit.service import Running

PAGE = 500
MOST = 1000


def checkpoints(running: "Running", origin: str) -> list[pb.Checkpoint]:
    """The checkpoints that a service keeps, of one journal in all its epochs or of all."""
    table = running.kit.checkpoint
    wanted = select(table).order_by(table.c.origin, table.c.size, table.c.key).limit(MOST)
    if origin:
        wanted = wanted.where(of_journal(table, origin))
    return [message(row) for row in running.rows(wanted)]


def message(row: Any) -> pb.Checkpoint:
    told = pb.Checkpoint(
        origin=row.origin,
        size=row.size,
        root=bytes(row.root),
        note=row.note,
        state=pb.CheckpointState.Value(f"CHECKPOINT_STATE_{row.state}"),
        why=row.why,
    )
    told.receive_time.FromDatetime(moment(row.at))
    return told


def heard(running: "Running", node: str, journal: str, seq: int) -> Iterator[tuple[int, bytes]]:
    """What was received of a journal from a number on: its numbers and hashes, page by page."""
    sender, places = running.kit.sender, running.kit.heard_place
    prefix = f"{node}/{journal}/"
    whole = select(func.max(sender.c.seq)).where(sender.c.key.startswith(prefix, autoescape=True))
    [[last]] = running.rows(whole)
    while last is not None and seq <= last:
        wanted = {f"{prefix}{n}": n for n in range(seq, min(seq + PAGE, last + 1))}
        rows = running.rows(select(places).where(places.c.place.in_(wanted)))
        yield from sorted((wanted[row.place], bytes(row.hashes)) for row in rows)
        seq += PAGE


def prove(running: "Running", event_id: str, seq: int) -> tuple["Envelope", int, list[bytes], str]:
    """An entry, its place in the tree, the way to the root, and the checkpoint that has the most signatures. Raises Missing."""
    journal, table = running.kit.journal, running.kit.checkpoint
    node, service = running.around.node, running.name
    asked = journal.c.event_id == event_id if event_id else journal.c.seq == seq
    rows = running.rows(select(journal).where(asked))
    if not rows:
        raise Missing("Entry", event_id or str(seq))
    entry = from_row(rows[0], node, service)
    whole = origin_of(running.around.city, node, service)
    kept = select(table.c.origin, table.c.size, table.c.note).where(
        of_journal(table, whole), table.c.state == GOOD
    )
    rows = running.rows(kept.order_by(table.c.origin, table.c.size))
    found = [row for row in rows if first_of(row.origin) <= entry.seq <= reach(row)]
    if not found:
        raise Missing("Checkpoint", f"{whole}#{entry.seq}")
    best = max(found, key=lambda row: row.note.count("\n— "))
    first = first_of(best.origin)
    hashes = select(journal.c.hash).where(journal.c.seq.between(first, reach(best))).order_by(journal.c.seq)
    tree = levels([bytes(digest) for (digest,) in rows_apart(running, hashes)])
    return entry, entry.seq - first, path_in(tree, entry.seq - first), best.note
