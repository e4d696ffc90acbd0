"""EW-28: a body with powers that does nothing, or leaves some of its powers unused."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import exists, or_, select
from yifa.registry.v1.power_pb2 import POWER_KIND_INSPECTION, POWER_KIND_PENALTY

from services.supervision.body.model import Body, PowerItem
from services.supervision.case.model import CaseView
from services.supervision.inspection.model import InspectionView
from services.supervision.warning.catalogue import ORANGE, Finding, warning
from services.supervision.warning.seen import SeenMonth

BODIES, ITEMS = Body.__table__, PowerItem.__table__
CASES, VISITS = CaseView.__table__, InspectionView.__table__
POWERS = (POWER_KIND_PENALTY, POWER_KIND_INSPECTION)
SHOWN = 10


@warning(
    "EW-28",
    ORANGE,
    law="ASR-2025:11(2)[4]",
    zh="零办案、选择性执法",
    en="No cases, or some powers unused",
    watches="month",
)
def nothing_done(seen: SeenMonth) -> Iterable[Finding]:
    """A body that had powers to penalise or inspect for so many months (parameter warning.EW-28.unit_period) took up no case and
    made no inspection in them; or an item of its list was not used for .item_period. The month in which that begins is warned of.
    """
    numbers = seen.limits("EW-28.unit_period", "EW-28.item_period")
    if numbers is None:
        return
    for body in seen.look.rows(select(*BODIES.c).where(BODIES.c.confirmed).order_by(BODIES.c.body_id)):
        if seen.begins(partial(idle, body=body, months=numbers[0])):
            yield _idle(seen, body, numbers[0])
        items = unused(seen, body.body_id, numbers[1])
        known = [] if seen.first else unused(seen.before, body.body_id, numbers[1])
        before = {item.item_id for item in known}
        if new := [item for item in items if item.item_id not in before]:
            yield _unused(seen, body, new, numbers[1])


def idle(seen: SeenMonth, body: Any, months: int) -> bool:
    """Whether a body that had powers all the time did nothing in some months."""
    since, until = seen.since(months), seen.end
    held = select(ITEMS.c.item_id).where(
        ITEMS.c.body_id == body.body_id, ITEMS.c.kind.in_(POWERS), *_held(since, until)
    )
    if body.from_time is None or body.from_time > since or seen.look.one(held.limit(1)) is None:
        return False
    case = select(CASES.c.case_id).where(
        CASES.c.body_id == body.body_id, CASES.c.taken_time >= since, CASES.c.taken_time < until
    )
    visit = select(VISITS.c.inspection_id).where(
        VISITS.c.body_id == body.body_id, VISITS.c.check_in_time >= since, VISITS.c.check_in_time < until
    )
    return seen.look.one(case.limit(1)) is None and seen.look.one(visit.limit(1)) is None


def unused(seen: SeenMonth, body_id: str, months: int) -> list[Any]:
    """The items by which a body may penalise that it held for some months and used in no case."""
    since, until = seen.since(months), seen.end
    used = exists().where(
        CASES.c.item_id == ITEMS.c.item_id,
        CASES.c.item_id != "",
        CASES.c.taken_time >= since,
        CASES.c.taken_time < until,
    )
    its = select(*ITEMS.c).where(
        ITEMS.c.body_id == body_id, ITEMS.c.kind == POWER_KIND_PENALTY, *_held(since, until), ~used
    )
    return list(seen.look.rows(its.order_by(ITEMS.c.code)))


def _held(since: datetime, until: datetime) -> tuple[Any, ...]:
    """The conditions that an item was held all the time."""
    lasted = or_(ITEMS.c.until_time.is_(None), ITEMS.c.until_time >= until)
    return ITEMS.c.from_time.is_not(None), ITEMS.c.from_time <= since, lasted


def _idle(seen: SeenMonth, body: Any, months: int) -> Finding:
    return Finding(
        at=seen.end,
        zh=f"{body.name}连续{months}个月没有立案，也没有实施行政检查，应当说明情况。",
        en=f"{body.name} took up no case and made no inspection for {months} months; it has to say why.",
        about=f"{seen.month:%Y-%m}",
        reason="NOTHING_DONE",
        subject=body.body_id,
        node=body.node,
    )


def _unused(seen: SeenMonth, body: Any, items: list[Any], months: int) -> Finding:
    names = [f"{item.code} {item.name}".strip() for item in items[:SHOWN]]
    more = len(items) - len(names)
    return Finding(
        at=seen.end,
        zh=f"{body.name}的{len(items)}项处罚权连续{months}个月没有行使：{'、'.join(names)}"
        + (f"等，另有{more}项。" if more else "。"),
        en=f"{body.name} did not use {len(items)} of its powers to penalise for {months} months: {', '.join(names)}"
        + (f" and {more} more." if more else "."),
        about=f"{seen.month:%Y-%m}",
        reason="POWER_UNUSED",
        subject=body.body_id,
        node=body.node,
    )
