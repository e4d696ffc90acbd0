"""EW-14: a body enforces outside its area, for profit or not."""

from collections.abc import Iterable
from typing import Any

from services.law.areas import covers
from services.law.moment import moment_at
from services.law.procedures.penalty.body import designated
from services.supervision.body.model import Body
from services.supervision.case.matter import GIVEN_UP
from services.supervision.warning.catalogue import RED, Finding, warning
from services.supervision.warning.seen import SeenCase


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


def owner_of(look: Any, body_id: str) -> Any:
    """The body whose area counts: for one that was entrusted, the agency that entrusted it. None where it is not known."""
    body = look.find(Body, body_id) if body_id else None
    if body is None or not body.mandator_id:
        return body
    return look.find(Body, body.mandator_id) or body
