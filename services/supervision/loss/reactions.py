"""A journal that goes on after entries of it were lost: the city names those that it has."""

from typing import Any

from sqlalchemy import func, select
from yifa.journal.v1 import events_pb2 as journals

from services.kit.checkpoint.origin import first_of
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.supervision.event.line import line
from services.supervision.event.model import Received
from services.supervision.warning.runner import raise_of_node
from services.supervision.warning.seen import SeenChain

RECEIVED: Any = Received.__table__  # type: ignore[attr-defined]
MADE = journals.CheckpointMade.DESCRIPTOR.full_name
MOST_NAMED = 20


def on_epoch(event: journals.EpochBegun, tx: Tx, about: Envelope) -> None:
    """Say which numbers are lost, how many of their entries the city holds, and name the first of those.

    It is said apart where the node had signed them: a loss and a journal that got rid of them look the same, and somebody has to
    look.
    """
    lost = (
        RECEIVED.c.node == about.node,
        RECEIVED.c.service == event.service,
        RECEIVED.c.journal_seq > event.last_seq,
        RECEIVED.c.journal_seq <= event.lost_seq,
    )
    tx.flush()
    count = tx.reader.execute(select(func.count()).select_from(RECEIVED).where(*lost)).scalar_one()
    wanted = select(RECEIVED).where(*lost).order_by(RECEIVED.c.journal_seq).limit(MOST_NAMED)
    rows = list(tx.reader.execute(wanted))
    more = "…" if count > len(rows) else ""
    names = [(row, line(row.type, row.data)) for row in rows]
    figures = {
        "node": about.node,
        "service": event.service,
        "expected": str(event.last_seq + 1),
        "last": str(event.lost_seq),
        "kept": str(count),
        "names_zh": "；".join(f"{r.journal_seq} {said.title_zh} {r.subject}" for r, said in names) + more,
        "names_en": "; ".join(f"{r.journal_seq} {said.title_en} {r.subject}" for r, said in names) + more,
    }
    at = f"{event.service}/{event.lost_seq}"
    raise_of_node(tx, "chain", SeenChain("EPOCH", about.node, at, figures, tx.now))
    signed = min(signed_up_to(tx, about.node, event.service), event.lost_seq)
    if signed > event.last_seq:
        named = {**figures, "signed": str(signed)}
        raise_of_node(tx, "chain", SeenChain("DROPPED", about.node, at, named, tx.now))


def signed_up_to(tx: Tx, node: str, service: str) -> int:
    """Up to which entry a node had signed a journal, by what it told of that last; 0 where it told of nothing."""
    wanted = (
        select(RECEIVED.c.data)
        .where(RECEIVED.c.node == node, RECEIVED.c.service == service, RECEIVED.c.type == MADE)
        .order_by(RECEIVED.c.journal_seq.desc())
        .limit(1)
    )
    row = tx.reader.execute(wanted).first()
    if row is None:
        return 0
    made = journals.CheckpointMade.FromString(row.data)
    return first_of(made.origin) + int(made.size) - 1
