"""Which requests about a record waited for their reply at a moment."""

from datetime import datetime
from typing import Any

from services.law.procedures.important_matter import waiting
from services.supervision.important_matter.model import ImportantMatter


def awaited(look: Any, record_id: str, at: datetime) -> tuple[str, ...]:
    """Those that were sent by then, and neither replied to nor withdrawn. `look` is a transaction or a view."""
    return waiting(look.among(ImportantMatter, "record_id", [record_id]), at)
