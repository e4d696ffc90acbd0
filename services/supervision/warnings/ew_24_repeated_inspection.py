"""EW-24: an enterprise is inspected too often, by several departments apart, or against the rules of inspection.

What only mirrors a rule names this warning at the rule (`warning=`); here is what only the city sees.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1.inspection_pb2 import Inspection

from services.law.calendar import SHANGHAI
from services.supervision.inspection.model import InspectionView
from services.supervision.warning.catalogue import RED, Finding, said, warning


@warning(
    "EW-24", RED, law="GBF-2024-54", zh="高频、重复或者违规检查", en="Repeated or irregular inspection", watches="inspection"
)  # fmt: skip
def visited_by_several(seen: Any) -> Iterable[Finding]:
    """So many bodies (parameter warning.EW-24.units) visited the enterprise within some days (warning.EW-24.period), and this
    visit was neither a joint one nor was it said why it was made alone.
    """
    view = seen.view
    came = view.check_in_time
    if came is None or (limits := _limits(seen.look, came)) is None:
        return
    record = Inspection.FromString(view.record)
    if record.joint_id or record.alone_reason.strip():
        return
    units, days = limits
    others = seen.look.query(
        select(InspectionView).where(
            InspectionView.credit_code == view.credit_code, InspectionView.body_id != view.body_id
        )
    )
    near = [
        o
        for o in others
        if o.check_in_time and timedelta(0) <= came - o.check_in_time <= timedelta(days=days)
    ]
    bodies = {o.body_id: o for o in sorted(near, key=lambda o: o.check_in_time)}
    if len(bodies) + 1 < units:
        return
    zh = "、".join(f"{o.body_name}（{said(o.check_in_time)}）" for o in bodies.values())
    en = ", ".join(f"{o.body_name} on {said(o.check_in_time)}" for o in bodies.values())
    yield Finding(
        at=came,
        zh=f"{days}日内已有其他主体入企检查{view.enterprise_name}：{zh}；本次检查没有联合，也没有说明单独实施的理由。",
        en=f"Within {days} days other bodies had inspected {view.enterprise_name}: {en}; this visit was neither joint, "
        "nor was it said why it was made alone.",
        reason="VISITED_BY_SEVERAL",
    )


def _limits(look: Any, at: datetime) -> tuple[int, int] | None:
    """How many bodies within how many days; None before this was looked at."""
    day = at.astimezone(SHANGHAI).date()
    try:
        units = look.parameters.value("warning.EW-24.units", day).value
        return units, look.parameters.value("warning.EW-24.period", day).value
    except ValueError:
        return None
