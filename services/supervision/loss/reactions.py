"""A journal that goes on after entries of it were lost: the city names those that it has."""

from typing import Any

from sqlalchemy import func, select
from yifa.journal.v1 import events_pb2 as journals

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.supervision.event.line import line
from services.supervision.event.model import Received
from services.supervision.warning.runner import raise_of_node
from services.supervision.warning.seen import SeenChain

RECEIVED: Any = Received.__table__  # type: ignore[attr-defined]
MOST_NAMED = 20


def on_epoch(event: journals.EpochBegun, tx: Tx, about: Envelope) -> None:
    """Say which numbers are lost, how many of their entries the city holds, and name the first of those."""
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
    seen = SeenChain("EPOCH", about.node, f"{event.service}/{event.lost_seq}", figures, tx.now)
    raise_of_node(tx, "chain", seen)
