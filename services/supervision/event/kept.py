"""What the city kept of a journal, for the node that lost it: each entry as it came, with its node's own signature."""

from typing import Any

from sqlalchemy import select

from services.kit.journal import Envelope
from services.kit.service import Running
from services.supervision.event.model import Received, envelope

RECEIVED: Any = Received.__table__  # type: ignore[attr-defined]


def kept(running: Running, node: str, service: str, seq: int, skip: int) -> Envelope | None:
    """The first entry of a journal from a number on, or one of those after it; None behind the last. One that came before the
    city kept what it needs has no signature, and is of no use to its node.
    """
    wanted = (
        select(RECEIVED)
        .where(RECEIVED.c.node == node, RECEIVED.c.service == service, RECEIVED.c.journal_seq >= seq)
        .order_by(RECEIVED.c.journal_seq, RECEIVED.c.position)
        .offset(skip)
        .limit(1)
    )
    for row in running.rows(wanted):
        return envelope(row)
    return None
