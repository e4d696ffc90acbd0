"""Plans of inspections, one and many."""

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import inspection_plan_pb2 as pb

from services.enforcement.inspection_plan.model import InspectionPlan
from services.kit.rpc import read
from services.kit.view import View, packed

PLAN = select(InspectionPlan.record).where(InspectionPlan.plan_id == bindparam("wanted"))
NEWEST_FIRST = (InspectionPlan.plan_id.desc(),)


@read
def get_inspection_plan(request: pb.GetInspectionPlanRequest, view: View) -> bytes:
    """A pb.GetInspectionPlanResponse. Refuses with NOT_FOUND."""
    row = view.get(PLAN, "InspectionPlan", request.plan_id, wanted=request.plan_id)
    return packed(pb.GetInspectionPlanResponse.INSPECTION_PLAN_FIELD_NUMBER, [row.record])


@read
def list_inspection_plans(
    request: pb.ListInspectionPlansRequest, view: View
) -> pb.ListInspectionPlansResponse:
    """The plans without their visits, newest first. Refuses with BAD_PAGE_TOKEN."""
    statement = select(InspectionPlan.plan_id, InspectionPlan.record)
    if request.year:
        statement = statement.where(InspectionPlan.year == request.year)
    rows, token = view.page(statement, NEWEST_FIRST, request.page_size, request.page_token)
    plans = [pb.InspectionPlan.FromString(row.record) for row in rows]
    for plan in plans:
        plan.ClearField("visits")
    return pb.ListInspectionPlansResponse(inspection_plans=plans, next_page_token=token)
