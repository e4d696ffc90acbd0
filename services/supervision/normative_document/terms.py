"""The terms that a document runs by before their clocks do (HN-PROC 50, 51)."""

from datetime import datetime
from typing import Any

from services.kit.clocks import clock_held
from services.law.calendar import SHANGHAI
from services.law.clock import catalogue, due

WAIT, VALID, TRIAL_VALID, EXPIRY_NEAR = "NRM-12", "NRM-08", "NRM-09", "NRM-10"
VALIDITY = (VALID, TRIAL_VALID)
TRIAL = ("暂行", "试行")


def is_trial(title: str) -> bool:
    """Whether a title says that the document is provisional."""
    return any(word in title for word in TRIAL)


def end_of(look: Any, clock_id: str, since: datetime) -> datetime:
    """When the term of a clock that begins then is over. Where nobody here set its days, they are those written elsewhere."""
    local = since.astimezone(SHANGHAI)
    return due(clock_held(look.parameters, clock_id, local.date(), ""), local, look.calendar).at


def longest(look: Any, trial: bool, since: datetime | None) -> datetime | None:
    """Until when a document may be valid that takes effect then; None where that was before there was such a term."""
    return _end_of(look, TRIAL_VALID if trial else VALID, since)


def near(look: Any, expires: datetime | None) -> datetime | None:
    """When the maker of a document is told that its validity ends then; None where that was before there was such a term."""
    return _end_of(look, EXPIRY_NEAR, expires)


def _end_of(look: Any, clock_id: str, since: datetime | None) -> datetime | None:
    if since is None or not catalogue()[clock_id].in_force(since.astimezone(SHANGHAI).date()):
        return None
    return end_of(look, clock_id, since)
