"""EW-23: the right to have a decision enforced is about to be lost, or is."""

from collections.abc import Iterable

from services.supervision.warning.catalogue import RED, Finding, said, warning
from services.supervision.warning.seen import SeenClock


@warning("EW-23", RED, law="", zh="强制执行失权风险", en="Right to enforce at risk", watches="clock")
def right_at_risk(seen: SeenClock) -> Iterable[Finding]:
    """Some days before the time to apply to the court ends (parameter warning.EW-23.ahead) the party has not performed, the court
    was not applied to, and the body does not enforce by itself.
    """
    if seen.clock_id != seen.COURT or not seen.is_duty or not seen.at_risk:
        return
    due, lost = said(seen.row.due_time), seen.passed
    yield Finding(
        at=seen.risk_from,
        zh=f"申请法院强制执行的期限{'已' if lost else '将'}于{due}届满，当事人没有履行，至今没有申请。",
        en=f"The time to apply to the court {'ended' if lost else 'ends'} on {due}; the party has not performed, and no "
        "application was made.",
        about=seen.about,
        reason="RIGHT_AT_RISK",
        law=seen.row.law,
        clock_id=seen.clock_id,
        over=seen.stopped,
    )
