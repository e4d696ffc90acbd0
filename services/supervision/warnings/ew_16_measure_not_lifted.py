"""EW-16: a compulsory measure went on when its term had ended."""

from collections.abc import Iterable

from services.supervision.warning.catalogue import RED, Finding, said, warning
from services.supervision.warning.seen import SeenClock


@warning(
    "EW-16", RED, law="", zh="查封、扣押、冻结超期未解除", en="Measure not lifted in time", watches="clock"
)
def measure_not_lifted(seen: SeenClock) -> Iterable[Finding]:
    """The term of a seal, seizure or freeze ended, an extension and appraisals counted, and it was neither lifted nor settled."""
    if seen.clock_id not in seen.HOLDING or not (seen.passed or seen.late):
        return
    due = said(seen.row.due_time)
    yield Finding(
        at=seen.row.due_time,
        zh=f"“{seen.clock.title_zh}”已于{due}届满，财物应当立即退还，至今没有解除。",
        en=f"The term “{seen.clock.title_en}” ended on {due}: the things have to be given back, and the measure is not lifted.",
        about=seen.about,
        reason="MEASURE_NOT_LIFTED",
        law=seen.row.law,
        clock_id=seen.clock_id,
        over=seen.late,
    )
