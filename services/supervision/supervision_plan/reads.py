"""Plans of supervision, what was done of them, and what is public of them."""

from collections import Counter
from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import supervision_order_pb2 as orders
from yifa.supervision.v1 import supervision_plan_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.law.procedures.supervision_order import TABLE as ORDER
from services.law.procedures.supervision_plan import TABLE
from services.supervision.counts import count
from services.supervision.supervision_order.model import SupervisionOrder
from services.supervision.supervision_plan.model import SupervisionPlan

PLANS: Any = SupervisionPlan.__table__  # type: ignore[attr-defined]
ORDERS: Any = SupervisionOrder.__table__  # type: ignore[attr-defined]
KEYS = (PLANS.c.draft_time.desc(), PLANS.c.plan_id.desc())
PUBLIC = ("IN_FORCE", "ENDED")
"""What of the plans is known outside the office."""


def _of_caller(view: View) -> list[Any]:
    """The office sees every plan, a department those that were published."""
    return [] if view.caller.node == view.city else [PLANS.c.state.in_(PUBLIC)]


@read
def get_supervision_plan(request: pb.GetSupervisionPlanRequest, view: View) -> pb.GetSupervisionPlanResponse:
    """A plan, what was done of its items, and the methods that its state leaves open. Raises Missing."""
    found = select(PLANS.c.record, PLANS.c.state).where(PLANS.c.plan_id == request.plan_id, *_of_caller(view))
    row = view.one(found)
    if row is None:
        raise Missing("SupervisionPlan", request.plan_id)
    answer = pb.GetSupervisionPlanResponse()
    answer.supervision_plan.ParseFromString(row.record)
    answer.progress.extend(progress(view, answer.supervision_plan))
    open_here = (m.method for m in TABLE.open(row.state))
    answer.open_acts.extend(dict.fromkeys(open_here))
    return answer


def progress(view: View, plan: pb.SupervisionPlan) -> list[pb.SupervisionPlanProgress]:
    """How many matters name each item, and how many of them came to their end."""
    matters, closed = Counter[str](), Counter[str]()
    its = select(ORDERS.c.record, ORDERS.c.state).where(ORDERS.c.source_id == plan.plan_id)
    for row in view.rows(its):
        item_id = orders.SupervisionOrder.FromString(row.record).source.item_id
        matters[item_id] += 1
        closed[item_id] += row.state in ORDER.ends
    return [
        pb.SupervisionPlanProgress(item_id=i.item_id, matters=matters[i.item_id], closed=closed[i.item_id])
        for i in plan.items
    ]


@read
def list_supervision_plans(
    request: pb.ListSupervisionPlansRequest, view: View
) -> pb.ListSupervisionPlansResponse:
    """Plans, the last drafted first; a department sees what was published. Refuses with BAD_PAGE_TOKEN."""
    wanted = _of_caller(view)
    if request.year:
        wanted.append(PLANS.c.year == request.year)
    if request.state:
        state = pb.SupervisionPlanState.Name(request.state).removeprefix("SUPERVISION_PLAN_STATE_")
        wanted.append(PLANS.c.state == state)
    found = select(PLANS.c.record, PLANS.c.draft_time, PLANS.c.plan_id).where(*wanted)
    rows, token = view.page(found, KEYS, request.page_size, request.page_token)
    listed = pb.ListSupervisionPlansResponse(next_page_token=token, total=count(view, PLANS, wanted))
    for row in rows:
        listed.supervision_plans.add().ParseFromString(row.record)
    return listed


@read
def list_public_supervision_plans(
    request: pb.ListPublicSupervisionPlansRequest, view: View
) -> pb.ListPublicSupervisionPlansResponse:
    """What is public of the plans: their focus, never whom they are about. Refuses with BAD_PAGE_TOKEN."""
    wanted = [PLANS.c.state.in_(PUBLIC)]
    if request.year:
        wanted.append(PLANS.c.year == request.year)
    found = select(PLANS.c.record, PLANS.c.draft_time, PLANS.c.plan_id).where(*wanted)
    rows, token = view.page(found, KEYS, request.page_size, request.page_token)
    listed = pb.ListPublicSupervisionPlansResponse(next_page_token=token)
    for row in rows:
        plan = pb.SupervisionPlan.FromString(row.record)
        listed.supervision_plans.add(
            plan_id=plan.plan_id, kind=plan.kind, year=plan.year, title=plan.title, focus=plan.focus,
            address=plan.address, publish_time=plan.publish_time, state=plan.state,
        )  # fmt: skip
    return listed
