"""EW-20: a major penalty, or a normative document, was not filed in time."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from services.supervision.warning.catalogue import ORANGE, RED, Finding, said, warning
from services.supervision.warning.seen import SeenClock

SAYS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        SeenClock.FILING: ("NOT_FILED", "重大行政处罚决定", "The major penalty"),
        SeenClock.DOCUMENT: ("DOCUMENT_NOT_FILED", "规范性文件", "The normative document"),
    }
)
"""By the clock of the filing: the reason, and what was to be filed."""


@warning("EW-20", ORANGE, law="", zh="应备案未备案", en="Not filed in time", watches="clock")
def not_filed(seen: SeenClock) -> Iterable[Finding]:
    """The term for filing ended without the filing; red at the second reminder."""
    if not seen.is_duty or seen.clock_id not in SAYS or not (seen.passed or seen.late):
        return
    reason, zh, en = SAYS[seen.clock_id]
    due = said(seen.row.due_time)
    yield Finding(
        at=seen.row.due_time,
        zh=f"{zh}应当于{due}前报送备案，至今没有报送。",
        en=f"{en} had to be filed by {due} and has not been.",
        about=seen.about,
        reason=reason,
        level=RED if seen.again else ORANGE,
        law=seen.row.law,
        node=seen.whose,
        clock_id=seen.clock_id,
        over=seen.late,
    )
