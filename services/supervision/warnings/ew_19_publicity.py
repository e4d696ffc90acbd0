"""EW-19: a decision is not made public in time, or one that fell is public still."""

from collections.abc import Iterable

from services.supervision.warning.catalogue import ORANGE, RED, Finding, said, warning
from services.supervision.warning.seen import SeenClock


@warning("EW-19", ORANGE, law="", zh="未按期公示、未撤回", en="Not published or withdrawn", watches="clock")
def not_published(seen: SeenClock) -> Iterable[Finding]:
    """The time to make a decision public ended, or, which is red, that to withdraw one that was changed or set aside."""
    withdrawal = seen.clock_id == seen.WITHDRAWAL
    if (
        not seen.is_duty
        or not (withdrawal or seen.clock_id in seen.PUBLICITY)
        or not (seen.passed or seen.late)
    ):
        return
    due = said(seen.row.due_time)
    what = (
        ("已被变更、撤销或者确认违法、无效的处罚决定", "没有撤回") if withdrawal else ("处罚决定", "没有公开")
    )
    yield Finding(
        at=seen.row.due_time,
        zh=f"“{seen.clock.title_zh}”期限已于{due}届满，{what[0]}至今{what[1]}。",
        en=f"The term “{seen.clock.title_en}” ended on {due} and "
        + ("the decision that fell is public still." if withdrawal else "the decision is not public."),
        about=seen.about,
        reason="NOT_WITHDRAWN" if withdrawal else "NOT_PUBLISHED",
        level=RED if withdrawal else ORANGE,
        law=seen.row.law,
        clock_id=seen.clock_id,
        over=seen.late,
    )
