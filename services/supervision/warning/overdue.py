"""What a warning says of a term that another service keeps, and tells of when it ended (EW-02)."""

from typing import Any

from services.law.moment import moment_of
from services.supervision.event.known import hold_term
from services.supervision.warning.catalogue import Finding, said


def overdue(deadline: Any, about: str = "", reason: str = "CLOCK_PASSED") -> Finding:
    """That a term ended, and the thing is undone. `about` tells it from other terms of the record. Raises Unfit for a term that
    does not say what it is.
    """
    hold_term(deadline)
    due = said(moment_of(deadline.due_time))
    return Finding(
        at=moment_of(deadline.due_time),
        zh=f"“{deadline.title_zh}”期限已于{due}届满，至今没有完成。",
        en=f"The term “{deadline.title_en}” ended on {due} and the thing is still undone.",
        about=about or deadline.clock_id,
        reason=reason,
        law=deadline.citation.code,
        clock_id=deadline.clock_id,
    )
