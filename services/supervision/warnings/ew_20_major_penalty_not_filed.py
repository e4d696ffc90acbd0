"""EW-20: a major penalty was not filed with the city legal office in time."""

from collections.abc import Iterable

from services.supervision.warning.catalogue import ORANGE, RED, Finding, said, warning
from services.supervision.warning.seen import SeenClock


@warning("EW-20", ORANGE, law="", zh="应备案未备案", en="Major penalty not filed", watches="clock")
def major_penalty_not_filed(seen: SeenClock) -> Iterable[Finding]:
    """The term for filing a major penalty ended without the filing; red at the second reminder."""
    if not seen.is_duty or seen.clock_id != seen.FILING or not (seen.passed or seen.late):
        return
    due = said(seen.row.due_time)
    yield Finding(
        at=seen.row.due_time,
        zh=f"重大行政处罚决定应当于{due}前报送备案，至今没有报送。",
        en=f"The major penalty had to be filed by {due} and has not been.",
        about=seen.about,
        reason="NOT_FILED",
        level=RED if seen.again else ORANGE,
        law=seen.row.law,
        clock_id=seen.clock_id,
        over=seen.late,
    )
