"""EW-17: things lie registered in advance though the time to decide on them is over."""

from collections.abc import Iterable

from services.supervision.warning.catalogue import RED, Finding, said, warning
from services.supervision.warning.seen import SeenClock


@warning("EW-17", RED, law="", zh="先行登记保存超期", en="Registration overdue", watches="clock")
def registration_overdue(seen: SeenClock) -> Iterable[Finding]:
    """Seven days after evidence was registered in advance nothing had been decided on it (APL 56)."""
    if seen.clock_id != seen.REGISTERED or not (seen.passed or seen.late):
        return
    due = said(seen.row.due_time)
    yield Finding(
        at=seen.row.due_time,
        zh=f"“{seen.clock.title_zh}”期限已于{due}届满，至今没有作出处理决定，先行登记保存措施应当自动解除。",
        en=f"The term “{seen.clock.title_en}” ended on {due} and nothing was decided: what was registered is to be let go.",
        about=seen.about,
        reason="REGISTRATION_OVERDUE",
        law=seen.row.law,
        clock_id=seen.clock_id,
        over=seen.late,
    )
