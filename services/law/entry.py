"""When an act has to be on record: after how many hours its entry is a late one (APL 47)."""

from datetime import datetime, timedelta

from services.law.calendar import SHANGHAI
from services.law.parameters import Layers


def late_after(parameters: Layers, at: datetime, sector: str) -> int | None:
    """After how many hours the entry of an act of that moment is late; None for one of before that was asked."""
    try:
        day = at.astimezone(SHANGHAI).date()
        return parameters.value("warning.EW-30.backfill", day, sector).value
    except ValueError:
        return None


def is_late(parameters: Layers, at: datetime, recorded: datetime, sector: str) -> bool:
    """Whether an act was entered late."""
    hours = late_after(parameters, at, sector)
    return hours is not None and recorded - at > timedelta(hours=hours)
