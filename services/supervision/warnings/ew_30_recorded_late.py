"""EW-30: what was done in the field was recorded long after, or records are often edited once their cases are closed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import case as case_when
from sqlalchemy import func
from sqlmodel import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as enforcement

from services.kit.arrival import message_class
from services.law.entry import late_after
from services.law.event import events
from services.law.moment import moment_at
from services.supervision.case.model import CaseView
from services.supervision.event.model import Received
from services.supervision.warning.catalogue import ORANGE, Finding, also, said, warning
from services.supervision.warning.seen import SeenCase, SeenMonth

# What is done away from the desk, face to face with the party.
FIELD = (
    enforcement.EvidenceRecorded,
    enforcement.PriorNoticeServed,
    enforcement.HearingHeld,
    enforcement.SpotDecisionMade,
    enforcement.DecisionServed,
)


NAMES = frozenset(kind.DESCRIPTOR.full_name for kind in FIELD)


@warning(
    "EW-30", ORANGE, law="APL-2021:47", zh="记录回填", en="Recorded late", watches="case", on=frozenset(FIELD)
)
def recorded_late(seen: SeenCase) -> Iterable[Finding]:
    """What was done in the field was entered more than some hours after it was done (parameter warning.EW-30.backfill)."""
    for event in _told(seen):
        done, recorded = _times(event)
        if done is None or recorded is None:
            continue
        hours = late_after(seen.look.parameters, done, event.case.sector)
        if hours is None or recorded - done <= timedelta(hours=hours):
            continue
        about, zh, en = _named(event)
        yield Finding(
            at=recorded,
            zh=f"{said(done)}{zh}于{said(recorded)}才录入，超过{hours}小时。",
            en=f"{en} on {said(done)}, was entered on {said(recorded)}, more than {hours} hours later.",
            about=about,
            reason="RECORDED_LATE",
        )


CASES = CaseView.__table__


@also("EW-30", watches="month")
def edited_often(seen: SeenMonth) -> Iterable[Finding]:
    """Of the cases that a body closed within some months (parameter warning.EW-30.period), so many at least (.cases), more than a
    share (.edited) had their record corrected afterwards. The month in which that begins is warned of.
    """
    names = ("edited", "cases", "period")
    if (numbers := seen.limits(*(f"EW-30.{name}" for name in names))) is None:
        return
    share, least, months = numbers
    stood = [] if seen.first else closed(seen.before, months)
    before = {row.body_id for row in stood if row.many >= least and row.edited * 100 > share * row.many}
    for row in closed(seen, months):
        if row.many < least or row.edited * 100 <= share * row.many or row.body_id in before:
            continue
        percent = f"{100 * row.edited / row.many:.0f}%"
        yield Finding(
            at=seen.end,
            zh=f"{row.body_name}{months}个月内结案{row.many}件，其中{row.edited}件结案后更改了记录，占{percent}。",
            en=f"Of {row.many} cases that {row.body_name} closed within {months} months, the records of {row.edited} ({percent}) "
            "were edited afterwards.",
            about=f"{seen.month:%Y-%m}",
            reason="EDITED_OFTEN",
            subject=row.body_id,
            node=row.node,
        )


def closed(seen: SeenMonth, months: int) -> list[Any]:
    """How many cases each body closed, and how many of their records were edited since."""
    c = CASES.c
    edited = func.sum(case_when((c.edited, 1), else_=0)).label("edited")
    counted = select(
        c.body_id,
        func.max(c.node).label("node"),
        func.max(c.body_name).label("body_name"),
        func.count().label("many"),
        edited,
    )
    its = counted.where(
        c.close_time >= seen.since(months), c.close_time < seen.end, c.close_time.is_not(None)
    )
    return list(seen.look.rows(its.group_by(c.body_id).order_by(c.body_id)))


def _times(event: Any) -> tuple[datetime | None, datetime | None]:
    """When it was done, and when it was entered."""
    if isinstance(event, enforcement.EvidenceRecorded):
        return moment_at(event, "evidence.collect_time"), moment_at(event, "case.update_time")
    return moment_at(event, "case.last_act.act_time"), moment_at(event, "case.last_act.record_time")


def _named(event: Any) -> tuple[str, str, str]:
    """What tells one finding from another, and what it is called after its moment."""
    if isinstance(event, enforcement.EvidenceRecorded):
        title = event.evidence.title
        return event.evidence.evidence_id, f"收集的证据“{title}”", f"Evidence “{title}”, collected"
    title = events()[event.DESCRIPTOR.full_name].title
    return event.DESCRIPTOR.name, f"的“{title.zh}”", f"“{title.en}”, done"


def _told(seen: SeenCase) -> list[Any]:
    """What was just told, or all that was."""
    if seen.event is not None:
        told = [seen.event]
    else:
        of_case = seen.look.among(Received, "case_id", [seen.view.case_id])
        rows = sorted((row for row in of_case if row.type in NAMES), key=attrgetter("position"))
        told = [message_class(row.type).FromString(row.data) for row in rows]  # type: ignore[union-attr]
    return [event for event in told if isinstance(event, FIELD) and _entered_here(event)]


def _entered_here(event: Any) -> bool:
    """A decision on the spot is served with it, and what is handled elsewhere was entered there."""
    served = isinstance(event, enforcement.DecisionServed)
    on_the_spot = served and event.case.procedure == cases.PROCEDURE_SUMMARY
    return event.case.source != cases.CASE_SOURCE_OUTSIDE and not on_the_spot
