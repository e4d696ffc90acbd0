"""EW-04: one act fined twice, or a case split: by one body or by several."""

from collections.abc import Iterable
from datetime import datetime

from services.law.calendar import SHANGHAI
from services.law.moment import moment_at
from services.law.procedures.penalty.body import same_place
from services.law.procedures.penalty.same_act import fined, told_apart
from services.supervision.case.matter import near
from services.supervision.case.model import record_of
from services.supervision.warning.catalogue import RED, Finding, said, warning
from services.supervision.warning.seen import SeenCase


@warning(
    "EW-04", RED, law="APL-2021:29", zh="疑似拆案、重复罚款", en="Split case or double fine", watches="case"
)
def fined_twice(seen: SeenCase) -> Iterable[Finding]:
    """So many fines (parameter warning.EW-04.cases) on one party for acts of one kind that lie within some days of each other
    (warning.EW-04.gap). Who does it again after a fine was decided does another act; so does who does it elsewhere.
    """
    case = seen.case
    decided = moment_at(case, "decision.decide_time")
    if decided is None or not fined(case) or (limits := _limits(seen, decided, case.sector)) is None:
        return
    cases, days = limits
    others = [record_of(other) for other in near(seen.look, case, days)]
    before = sorted(
        (at, other.case_id, other)
        for other in others
        if fined(other)
        and same_place(other.area_code, case.area_code)
        and not told_apart(case, other, case.distinct_reason)
        and (at := moment_at(other, "decision.decide_time")) is not None
        and (at, other.case_id) < (decided, case.case_id)
    )
    if len(before) + 1 < cases:
        return
    told = [(o.body_name, said(at), o.case_number or o.decision.document_number) for at, _, o in before]
    zh = "；".join(f"{body}于{at}罚款（{number}）" for body, at, number in told)
    en = "; ".join(f"{body} on {at} ({number})" for body, at, number in told)
    yield Finding(
        at=decided,
        zh=f"同一当事人的同一种违法行为在{days}日内已被罚款：{zh}。",
        en=f"The party was fined before for an act of this kind within {days} days: {en}.",
        reason="FINED_TWICE",
    )


def _limits(seen: SeenCase, decided: datetime, sector: str) -> tuple[int, int] | None:
    """How many fines within how many days; None before this was looked at."""
    day = decided.astimezone(SHANGHAI).date()
    try:
        cases = seen.look.parameters.value("warning.EW-04.cases", day, sector).value
        return cases, seen.look.parameters.value("warning.EW-04.gap", day, sector).value
    except ValueError:
        return None
