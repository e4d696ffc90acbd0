"""EW-29: what a supervision document asks for is overdue, or what was closed as corrected is found again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import select

from services.law.calendar import SHANGHAI
from services.law.moment import moment_at, moment_of
from services.supervision.supervision_order.facts import SERVED
from services.supervision.supervision_order.judging import SeenOrder
from services.supervision.supervision_order.model import SupervisionOrder
from services.supervision.warning.catalogue import RED, Finding, said, warning


@warning(
    "EW-29",
    RED,
    law="ASR-2025:29",
    zh="整改逾期、虚假整改",
    en="Correction overdue or sham",
    watches="supervision_order",
)
def not_corrected(seen: SeenOrder) -> Iterable[Finding]:
    """The term of a letter, an opinion or a decision ended without a report; or the same finding is made again at the body within
    some days (parameter warning.EW-29.period) after a matter was closed as corrected. What follows is a proposal to the
    government (ASR 29).
    """
    yield from _overdue(seen)
    yield from _again(seen)


def _overdue(seen: SeenOrder) -> Iterable[Finding]:
    """Each round of a document that went up because no report came; over once there is one, or nothing is left to be reported."""
    for gone in seen.order.escalations:
        due = moment_of(gone.due_time)
        waits = seen.view.state in SERVED and gone.round == seen.order.rounds
        yield Finding(
            at=due,
            zh=f"监督文书{seen.order.document.document_number}要求的纠正情况应当于{said(due)}前报送，至今没有报送。",
            en=f"The report on {seen.order.document.document_number} was due by {said(due)} and is not there.",
            about=f"round/{gone.round}",
            reason="CORRECTION_OVERDUE",
            clock_id=gone.clock_id,
            over=not waits,
        )


def _again(seen: SeenOrder) -> Iterable[Finding]:
    """The matters of the body that were closed as corrected some days before, and found the same."""
    found = moment_at(seen.order, "document.issue_time")
    if found is None or not seen.order.findings.codes or (days := _period(seen, found)) is None:
        return
    codes = set(seen.order.findings.codes)
    earlier = select(SupervisionOrder).where(
        SupervisionOrder.body_id == seen.view.body_id,
        SupervisionOrder.close_time >= found - timedelta(days=days),  # type: ignore[operator]
        SupervisionOrder.close_time <= found,  # type: ignore[operator]
    )
    for other in seen.look.query(earlier.order_by(SupervisionOrder.order_id)):
        same = sorted(codes & set(other.codes))
        if not other.corrected or not same or other.order_id == seen.view.order_id:
            continue
        closed, named = other.close_time, "、".join(same)
        yield Finding(
            at=found,
            zh=f"{seen.order.body_name}的监督事项于{said(closed)}以已纠正办结，{days}日内再次查明同类问题（{named}）。",
            en=f"A matter of {seen.order.body_name} was closed as corrected on {said(closed)}; within {days} days the same was "
            f"found again ({', '.join(same)}).",
            about=f"again/{other.order_id}",
            reason="FOUND_AGAIN",
        )


def _period(seen: SeenOrder, found: datetime) -> int | None:
    """Within how many days; None before this was looked at."""
    try:
        day = found.astimezone(SHANGHAI).date()
        return seen.look.parameters.value("warning.EW-29.period", day, seen.order.sector).value
    except ValueError:
        return None
