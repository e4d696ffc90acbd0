"""EW-02: a statutory term ended, and the thing is undone."""

from collections.abc import Iterable

from services.supervision.warning.catalogue import ORANGE, RED, Finding, said, warning
from services.supervision.warning.seen import SeenClock

# When these run out the procedure itself is spoilt: the decision, and its service.
GRAVE = frozenset({"PEN-15", "PEN-16"})


@warning("EW-02", ORANGE, law="", zh="期限超期", en="Deadline passed", watches="clock")
def deadline_passed(seen: SeenClock) -> Iterable[Finding]:
    """A term of the agency or the city that ended before what it is for was done; red where that spoils the procedure, and
    at the second reminder. What a warning of its own speaks of is left to that.
    """
    if not seen.is_duty or seen.has_own or not (seen.passed or seen.late):
        return
    clock, due = seen.clock, said(seen.row.due_time)
    yield Finding(
        at=seen.row.due_time,
        zh=f"“{clock.title_zh}”期限已于{due}届满，至今没有完成。",
        en=f"The term “{clock.title_en}” ended on {due} and the thing is still undone.",
        about=seen.about,
        reason="CLOCK_PASSED",
        level=RED if seen.again or seen.clock_id in GRAVE else ORANGE,
        law=seen.row.law,
        node=seen.whose,
        clock_id=seen.clock_id,
        over=seen.late,
    )
