"""Plans of inspections: drafted, changed, approved, withdrawn; the city is told of each."""

from collections.abc import Iterable
from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import inspection_plan_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.case.facts import legible
from services.enforcement.inspection.taking import sound_enterprise
from services.enforcement.inspection_plan.facts import Looked
from services.enforcement.inspection_plan.model import InspectionPlan
from services.kit.act import Acts, Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.inspection_plan import INSPECTION_PLAN

_STATES = {
    number: name.removeprefix("INSPECTION_PLAN_STATE_") for name, number in pb.InspectionPlanState.items()
}


def columns(plan: pb.InspectionPlan) -> dict[str, Any]:
    return {"body_id": plan.body_id, "year": plan.year, "state": _STATES[plan.state], "version": plan.version}


act = Acts(
    row=InspectionPlan,
    record=pb.InspectionPlan,
    key="plan_id",
    procedure=INSPECTION_PLAN,
    facts=Looked,
    columns=columns,
)


def put_visits(plan: pb.InspectionPlan, visits: Iterable[pb.PlannedVisit], area_code: str) -> None:
    """Raises Malformed for a wrong credit code or an impossible time."""
    del plan.visits[:]
    for n, visit in enumerate(visits):
        sound_enterprise(visit.enterprise, f"visits[{n}].enterprise")
        legible(visit, "planned_time", f"visits[{n}].planned_time")
        visit.enterprise.area_code = visit.enterprise.area_code or area_code
        plan.visits.append(visit)


def _drafted(request: pb.DraftInspectionPlanRequest, tx: Tx) -> pb.InspectionPlan:
    body = tx.find(Body, request.body_id)
    plan = pb.InspectionPlan(
        plan_id=tx.new_id("IP-"),
        node=tx.node,
        body_id=request.body_id,
        body_name=body.name if body else "",
        kind=request.kind,
        year=request.year,
        title=request.title,
        superior=request.superior,
        document=request.document,
        publish_address=request.publish_address,
        drafter=tx.caller.subject,
        sector=tx.sector_of(body.field if body else ""),
    )
    put_moment(plan.draft_time, tx.now)
    put_visits(plan, request.visits, body.area_code if body else "")
    return plan


@act(INSPECTION_PLAN.DRAFT_INSPECTION_PLAN, begins=_drafted, loads=((Body, "body_id"),))
def draft_inspection_plan(
    _request: pb.DraftInspectionPlanRequest, _plan: pb.InspectionPlan, _do: Do
) -> events.InspectionPlanDrafted:
    """Draft a plan of inspections of a year, or a special one (国办发〔2024〕54号)."""
    return events.InspectionPlanDrafted()


def _other_visits(request: pb.ChangeInspectionPlanRequest, plan: pb.InspectionPlan, tx: Tx) -> None:
    body = tx.find(Body, plan.body_id)
    put_visits(plan, request.visits, body.area_code if body else "")


@act(INSPECTION_PLAN.CHANGE_INSPECTION_PLAN, takes=_other_visits)
def change_inspection_plan(
    _request: pb.ChangeInspectionPlanRequest, _plan: pb.InspectionPlan, _do: Do
) -> events.InspectionPlanChanged:
    """Put other visits into a draft."""
    return events.InspectionPlanChanged()


def _approver(_request: pb.ApproveInspectionPlanRequest, plan: pb.InspectionPlan, tx: Tx) -> None:
    plan.approver = tx.caller.subject
    put_moment(plan.approve_time, tx.now)


@act(INSPECTION_PLAN.APPROVE_INSPECTION_PLAN, takes=_approver)
def approve_inspection_plan(
    _request: pb.ApproveInspectionPlanRequest, _plan: pb.InspectionPlan, _do: Do
) -> events.InspectionPlanApproved:
    """Approve a plan; no enterprise is visited more often than the published cap. The city joins it with others."""
    return events.InspectionPlanApproved()


def _withdrawer(request: pb.WithdrawInspectionPlanRequest, plan: pb.InspectionPlan, tx: Tx) -> None:
    plan.withdrawer, plan.withdraw_cause = tx.caller.subject, request.cause
    put_moment(plan.withdraw_time, tx.now)


@act(INSPECTION_PLAN.WITHDRAW_INSPECTION_PLAN, takes=_withdrawer)
def withdraw_inspection_plan(
    _request: pb.WithdrawInspectionPlanRequest, _plan: pb.InspectionPlan, _do: Do
) -> events.InspectionPlanWithdrawn:
    """Take an approved plan back; nobody is inspected under it from then on, and the public is told why (GBF-2018-118:4)."""
    return events.InspectionPlanWithdrawn()
