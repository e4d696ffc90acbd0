"""Moments in requests."""

from datetime import UTC, datetime
from typing import Any

from services.kit.refusal import Malformed

FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2300, 1, 1, tzinfo=UTC)


def moment_in(request: Any, field: str, default: datetime) -> datetime:
    """The moment in a field of a request, or the default. Raises Malformed for one that no record can mean."""
    if not request.HasField(field):
        return default
    try:
        at: datetime = getattr(request, field).ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        at = LAST
    if FIRST <= at < LAST:
        return at
    raise Malformed({field: ("is no moment between 1900 and 2299", "不是1900年至2299年之间的时间")})
