"""A term that ends when its record says so, and not by counting from an event."""

from datetime import datetime
from typing import Any

from services.kit.act import show_deadlines
from services.kit.clocks import MET, arrange
from services.kit.tx import Tx
from services.supervision.deadline.model import Clock


def follow(tx: Tx, record: Any, subject: str, clock_id: str, due: datetime | None) -> None:
    """Let the term of a record end when it says, also where that was put off, or counted anew; nothing where none runs."""
    row = tx.find(Clock, f"{subject}/{clock_id}")
    if row is None:
        return
    if due is not None and row.state != MET and row.due_time != due:
        row.due_time, row.provisional = due, False
        arrange(tx, row)
    show_deadlines(record, [row])
