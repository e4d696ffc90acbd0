"""The terms of a decision: counted by the clocks of the law, which rules ask for (MDR 15(1), 16(3), 26(2))."""

from datetime import datetime
from typing import Any

from services.supervision.normative_document.terms import end_of

COMMENT, MATERIAL, REVIEW, SHORTENED = "DEC-01", "DEC-02", "DEC-03", "DEC-04"


def least_comment_end(look: Any, since: datetime | None, shortened: str) -> datetime | None:
    """Until when the public is heard at least: thirty days, or the shorter time where it is told why."""
    if since is None:
        return None
    return end_of(look, SHORTENED if shortened.strip() else COMMENT, since)
