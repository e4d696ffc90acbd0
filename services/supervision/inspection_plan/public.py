"""The approved plans of inspections as anybody may read them before the visits (国办发〔2024〕54号; 国办发〔2018〕118号)."""

from collections import Counter
from typing import Any
from unicodedata import normalize

from sqlalchemy import and_, select
from yifa.enforcement.v1.inspection_plan_pb2 import PLAN_KIND_SPECIAL, InspectionPlan
from yifa.supervision.v1 import inspection_plan_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.procedures.inspection.facts import cap_on
from services.supervision.body.model import Body, PowerItem
from services.supervision.inspection_plan.model import PlanView

PLANS, BODIES, ITEMS = PlanView.__table__, Body.__table__, PowerItem.__table__
OF_BODIES = select(
    PLANS.c.plan_id, PLANS.c.approve_time, PLANS.c.record, BODIES.c.name.label("body_name"), BODIES.c.field
).join(BODIES, and_(BODIES.c.body_id == PLANS.c.body_id, BODIES.c.node == PLANS.c.node))
"""Only plans of a body that the registry announced for the node that told of them are shown under its name."""
LAST_APPROVED_FIRST = (PLANS.c.approve_time.desc(), PLANS.c.plan_id.desc())
PAGE, AT_ONCE = 20, 500


@read
def list_public_inspection_plans(
    request: pb.ListPublicInspectionPlansRequest, view: View
) -> pb.ListPublicInspectionPlansResponse:
    """The approved plans, each with its cap, and how many are visited when, and never whom; a withdrawn one as such.

    Refuses with BAD_PAGE_TOKEN.
    """
    statement = OF_BODIES
    for name in ("body_id", "year"):
        if wanted := getattr(request, name):
            statement = statement.where(PLANS.c[name] == wanted)
    rows, token = view.page(
        statement, LAST_APPROVED_FIRST, request.page_size, request.page_token, default=PAGE
    )
    plans = [InspectionPlan.FromString(row.record) for row in rows]
    items = items_of(view, plans)
    shown = [public(row, plan, items, view) for row, plan in zip(rows, plans, strict=True)]
    return pb.ListPublicInspectionPlansResponse(plans=shown, next_page_token=token)


def items_of(view: View, plans: list[InspectionPlan]) -> dict[str, Any]:
    """The items that the plans name, as far as they were published."""
    wanted = sorted({item_id for plan in plans for visit in plan.visits for item_id in visit.item_ids})
    columns = select(ITEMS.c.item_id, ITEMS.c.code, ITEMS.c.name).where(ITEMS.c.from_time.is_not(None))
    parts = (wanted[n : n + AT_ONCE] for n in range(0, len(wanted), AT_ONCE))
    return {row.item_id: row for ids in parts for row in view.rows(columns.where(ITEMS.c.item_id.in_(ids)))}


def public(row: Any, plan: InspectionPlan, items: dict[str, Any], view: View) -> pb.PublicInspectionPlan:
    """What is told of one plan: it is put together anew, so that nothing of it is told that is not named here."""
    said = pb.PublicInspectionPlan(
        plan_id=plan.plan_id,
        node=plan.node,
        body_id=plan.body_id,
        body_name=row.body_name,
        kind=plan.kind,
        year=plan.year,
        approve_time=plan.approve_time,
        cap=cap_on(view.parameters, moment_of(plan.visits[0].planned_time), view.sector_of(row.field))
        if plan.visits
        else 0,
        objects=len({visit.enterprise.credit_code for visit in plan.visits}),
        visits=len(plan.visits),
    )
    if plan.kind == PLAN_KIND_SPECIAL:
        for name in ("title", "superior", "document", "publish_address"):
            setattr(said, name, unnamed(getattr(plan, name), plan))
    if plan.HasField("withdraw_time"):
        said.withdraw_time.CopyFrom(plan.withdraw_time)
        said.withdraw_cause = unnamed(plan.withdraw_cause, plan)
    for item_id in sorted({item_id for visit in plan.visits for item_id in visit.item_ids}):
        said.items.append(planned_item(item_id, items.get(item_id), plan))
    return said


def planned_item(item_id: str, item: Any, plan: InspectionPlan) -> pb.PlannedItem:
    """How many enterprises are inspected in it, and in which months."""
    visits = [visit for visit in plan.visits if item_id in visit.item_ids]
    days = (moment_of(visit.planned_time).astimezone(SHANGHAI) for visit in visits)
    months = sorted(Counter((day.year, day.month) for day in days).items())
    return pb.PlannedItem(
        item_id=item_id,
        code=item.code if item is not None else "",
        name=item.name if item is not None else "",
        objects=len({visit.enterprise.credit_code for visit in visits}),
        months=[pb.PlannedMonth(year=year, month=month, visits=n) for (year, month), n in months],
    )


def unnamed(text: str, plan: InspectionPlan) -> str:
    """The text, or nothing where it names an enterprise that is planned, however it is spaced or its brackets are written."""
    names = {
        key for v in plan.visits for key in (_folded(v.enterprise.name), _folded(v.enterprise.credit_code))
    }
    return "" if any(name and name in _folded(text) for name in names) else text


def _folded(text: str) -> str:
    return "".join(normalize("NFKC", text).split()).casefold()
