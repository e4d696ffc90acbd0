"""Which requests about a record waited for their reply at a moment."""

from datetime import datetime
from typing import Any

from sqlmodel import select

from services.supervision.important_matter.model import ImportantMatter


def awaited(look: Any, record_id: str, at: datetime) -> tuple[str, ...]:
    """Those that were sent by then, and neither replied to nor withdrawn. `look` is a transaction or a view."""
    its = select(ImportantMatter).where(
        ImportantMatter.record_id == record_id,
        ImportantMatter.ask_time <= at,  # type: ignore[operator]
        ImportantMatter.end_time.is_(None) | (ImportantMatter.end_time > at),  # type: ignore[union-attr, operator]
    )
    return tuple(sorted(row.matter_id for row in look.query(its)))
