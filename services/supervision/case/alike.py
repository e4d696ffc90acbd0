"""Cases that are alike in all by which a fine is weighed, the ones decided before and after one of them."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from services.kit.tx import Tx
from services.supervision.case.model import CaseView
from services.supervision.warning.judging import judge_case

# No parameter of EW-12 reaches farther.
FARTHEST = timedelta(days=366)
WEIGHED = ("alike", "decide_time", "weighed")


def alike_to(alike: str, case_id: str, since: datetime, until: datetime) -> Any:
    """The other cases alike that were decided from one moment to another."""
    decided: Any = CaseView.decide_time
    return select(CaseView).where(
        CaseView.alike == alike,
        CaseView.alike != "",
        decided >= since,
        decided <= until,
        CaseView.case_id != case_id,
    )


def most_unlike(look: Any, view: Any, since: datetime) -> list[Any]:
    """Of the cases alike that were decided before a case, the one with the lowest fine and the one with the highest; the one
    farther from it first.
    """
    found = {}
    for order in (CaseView.weighed, CaseView.weighed.desc()):  # type: ignore[attr-defined]
        its = alike_to(view.alike, view.case_id, since, view.decide_time).order_by(order, CaseView.case_id)
        found |= {each.case_id: each for each in look.query(its.limit(1))}
    return sorted(found.values(), key=lambda each: (_nearness(each.weighed, view.weighed), each.case_id))


def _nearness(one: int, other: int) -> float:
    return min(one, other) / max(one, other, 1)


def decided_after(tx: Tx, view: CaseView, known: dict[str, Any]) -> None:
    """A fine came, went or changed: judge those anew that were decided after it and that it may be unlike."""
    for stood in (known, {name: getattr(view, name) for name in WEIGHED}):
        if not stood["alike"] or stood["decide_time"] is None:
            continue
        at = stood["decide_time"]
        later = alike_to(stood["alike"], view.case_id, at, at + FARTHEST)
        for other in tx.query(later.where(CaseView.weighed != stood["weighed"]).order_by(CaseView.case_id)):
            judge_case(tx, other)
