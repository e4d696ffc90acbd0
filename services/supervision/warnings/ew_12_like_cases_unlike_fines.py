"""EW-12: cases that are alike in all by which a fine is weighed, and fines that are far apart."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from services.law.calendar import SHANGHAI
from services.law.procedures.penalty.amounts import yuan
from services.supervision.case.alike import most_unlike
from services.supervision.case.model import CaseView
from services.supervision.figure.keeping import decided_first
from services.supervision.warning.catalogue import ORANGE, Finding, warning
from services.supervision.warning.seen import DECIDING, SeenCase


@warning(
    "EW-12", ORANGE, law="GBF-2022-27:12", zh="类案不同罚", en="Like cases, unlike fines", watches="case", on=DECIDING
)  # fmt: skip
def unlike_fines(seen: SeenCase) -> Iterable[Finding]:
    """Within some days (parameter warning.EW-12.period) another case was decided of the same act, band and amounts, for the same
    sort of party, and one fine is more than so many times the other (.ratio). The later decision is warned of.
    """
    view, at = seen.view, seen.view.decide_time
    if not view.alike or at is None:
        return
    if (numbers := seen.limits(at, "EW-12.ratio", "EW-12.period")) is None:
        return
    ratio, days = numbers
    for other in most_unlike(seen.look, view, at - timedelta(days=days)):
        low, high = sorted((view.weighed, other.weighed))
        if high * 100 > ratio * low:
            yield _finding(seen, other, at)
            return


def _finding(seen: SeenCase, other: Any, at: datetime) -> Finding:
    penalty, before = decided_first(seen.case), decided_first(CaseView.case(other))
    mine, theirs = yuan(penalty.fine.fen), yuan(before.fine.fen)
    number = other.case_number or other.case_id
    on = f"{other.decide_time.astimezone(SHANGHAI):%Y-%m-%d}"
    return Finding(
        at=at,
        zh=f"本案罚款{mine}元；{other.body_name}于{on}对同一违法行为、同一裁量档次且裁量因素相同的案件（{number}）罚款{theirs}元，相差悬殊。",
        en=f"The fine here is {mine} yuan; on {on} {other.body_name} fined {theirs} yuan in a case of the same act, band and "
        f"circumstances ({number}).",
        reason="UNLIKE_FINES",
    )
