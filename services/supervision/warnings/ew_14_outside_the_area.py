"""EW-14: a body enforces outside its area, for profit or not."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1.case_pb2 import Case

from services.law.areas import covers
from services.law.moment import moment_at
from services.law.procedures.penalty.body import designated
from services.supervision.body.model import Body
from services.supervision.case.matter import GIVEN_UP
from services.supervision.case.model import CaseView
from services.supervision.warning.catalogue import RED, Finding, also, warning
from services.supervision.warning.seen import SeenCase, SeenMonth, first_of, later

CASES: Any = CaseView.__table__  # type: ignore[attr-defined]


@warning(
    "EW-14", RED, law="APL-2021:22;ASR-2025:11(2)[4]", zh="违规异地执法", en="Enforcement outside the area",
    watches="case",
)  # fmt: skip
def outside_the_area(seen: SeenCase) -> Iterable[Finding]:
    """A body took up a case about an act that was done outside its area, and the common superior did not say that it handles it.
    One that passes the case on, or gives it up, does right.
    """
    view, case = seen.view, seen.case
    at = moment_at(case, "decision.decide_time") if case.procedure == 2 else moment_at(case, "file_time")
    if at is None or not view.area_code or seen.limits(at, "EW-14.cases") is None:
        return
    owner = owner_of(seen.look, view.body_id)
    if owner is None or covers(owner.area_code, view.area_code) or designated(case) or view.state in GIVEN_UP:
        return
    yield Finding(
        at=at,
        zh=f"{view.body_name}（管辖区域{owner.area_code}）办理了发生在{view.area_code}的案件，没有指定管辖。",
        en=f"{view.body_name}, whose area is {owner.area_code}, took up a case about an act done in {view.area_code}, and "
        "was not designated.",
        reason="OUTSIDE_THE_AREA",
    )


@also("EW-14", watches="month")
def often_outside(seen: SeenMonth) -> Iterable[Finding]:
    """Within some days (parameter warning.EW-14.period) a body took up so many such cases (.cases): no slip any more, whatever
    comes of each. The month in which that begins is warned of.
    """
    if (numbers := seen.limits("EW-14.cases", "EW-14.period")) is None:
        return
    many, days = numbers
    since = first_of(seen.month) - timedelta(days=days)
    times = outside_since(seen, since - timedelta(days=31))
    for _, (owner, taken) in sorted(times.items()):
        now = crowded(taken, many, days, first_of(seen.month), seen.end)
        before = crowded(taken, many, days, first_of(later(seen.month, -1)), first_of(seen.month))
        if now is None or (before is not None and not seen.first):
            continue
        yield Finding(
            at=now,
            zh=f"{owner.name}在{days}日内办理管辖区域（{owner.area_code}）外的案件{many}件以上，没有指定管辖。",
            en=f"Within {days} days {owner.name} took up {many} cases or more about acts done outside its area "
            f"{owner.area_code}, and was not designated.",
            about=f"{seen.month:%Y-%m}",
            reason="OFTEN_OUTSIDE",
            subject=owner.body_id,
            node=owner.node,
        )


def outside_since(seen: SeenMonth, since: datetime) -> dict[str, tuple[Any, list[datetime]]]:
    """The bodies that took up cases about acts done outside their area since a moment, each with when they did."""
    places = select(CASES.c.body_id, CASES.c.area_code).where(
        CASES.c.taken_time >= since, CASES.c.taken_time < seen.end, CASES.c.area_code != ""
    )
    found: dict[str, tuple[Any, list[datetime]]] = {}
    for body_id, place in seen.look.rows(places.distinct()):
        owner = owner_of(seen.look, body_id)
        if owner is None or covers(owner.area_code, place):
            continue
        its = select(CASES.c.taken_time, CASES.c.state, CASES.c.record).where(
            CASES.c.body_id == body_id, CASES.c.area_code == place, CASES.c.taken_time >= since,
            CASES.c.taken_time < seen.end,
        )  # fmt: skip
        times = found.setdefault(body_id, (seen.look.find(Body, body_id) or owner, []))[1]
        for row in seen.look.rows(its):
            if row.state not in GIVEN_UP and not designated(Case.FromString(row.record)):
                times.append(row.taken_time)
    for _, times in found.values():
        times.sort()
    return found


def crowded(times: list[datetime], many: int, days: int, since: datetime, until: datetime) -> datetime | None:
    """When in a span, for the first time, so many lay within so many days."""
    for n in range(many - 1, len(times)):
        if since <= times[n] < until and times[n] - times[n - many + 1] <= timedelta(days=days):
            return times[n]
    return None


def owner_of(look: Any, body_id: str) -> Any:
    """The body whose area counts: for one that was entrusted, the agency that entrusted it. None where it is not known."""
    body = look.find(Body, body_id) if body_id else None
    if body is None or not body.mandator_id:
        return body
    return look.find(Body, body.mandator_id) or body
