"""Which requests about a record waited for their reply at a moment."""

from datetime import datetime
from typing import Any

from services.supervision.important_matter.model import ImportantMatter


def awaited(look: Any, record_id: str, at: datetime) -> tuple[str, ...]:
    """Those that were sent by then, and neither replied to nor withdrawn. `look` is a transaction or a view."""
    its = look.among(ImportantMatter, "record_id", [record_id])
    return tuple(
        sorted(
            row.matter_id
            for row in its
            if row.ask_time is not None and row.ask_time <= at and (row.end_time is None or row.end_time > at)
        )
    )
