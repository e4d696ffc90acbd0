"""Planning what is supervised in a year, and special actions that were deployed from above (CITY-ERS 8(9), ASR 21)."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_plan_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.supervision_plan import SUPERVISION_PLAN as PLAN
from services.supervision.supervision_plan.act import PREFIX, act

SPECIAL = pb.SUPERVISION_PLAN_KIND_SPECIAL
STATED = ("kind", "year", "title", "responsible", "schedule", "requirements")


def _begins(request: pb.DraftSupervisionPlanRequest, tx: Tx) -> pb.SupervisionPlan:
    plan = pb.SupervisionPlan(
        plan_id=tx.new_id(PREFIX),
        drafter=tx.caller.subject,
        focus=request.focus,
        items=request.items,
        **{name: getattr(request, name) for name in STATED},
    )
    if request.HasField("deployment"):
        plan.deployment.CopyFrom(request.deployment)
    put_moment(plan.draft_time, tx.now)
    return plan


def _drafted(request: pb.DraftSupervisionPlanRequest, _plan: pb.SupervisionPlan) -> Act:
    return PLAN.DRAFT_SPECIAL if request.kind == SPECIAL else PLAN.DRAFT


@act(PLAN.DRAFT, PLAN.DRAFT_SPECIAL, by=_drafted, begins=_begins)
def draft_supervision_plan(
    _request: Any, _plan: pb.SupervisionPlan, _do: Do
) -> events.SupervisionPlanDrafted:
    """Draft the plan of a year, or the scheme of a special action."""
    return events.SupervisionPlanDrafted()


def _approval(request: pb.ApproveSpecialActionRequest, plan: pb.SupervisionPlan, _tx: Tx) -> None:
    plan.approval.CopyFrom(request.approval)


@act(PLAN.APPROVE, takes=_approval)
def approve_special_action(_request: Any, _plan: pb.SupervisionPlan, _do: Do) -> events.SpecialActionApproved:
    """Record that the government of the level that deployed it approved it (ASR 21(2))."""
    return events.SpecialActionApproved()


def _address(request: pb.PublishSupervisionPlanRequest, plan: pb.SupervisionPlan, tx: Tx) -> None:
    plan.address, plan.publisher = request.address, tx.caller.subject
    put_moment(plan.publish_time, tx.now)


def _published(_request: Any, plan: pb.SupervisionPlan) -> Act:
    return PLAN.PUBLISH_SPECIAL if plan.kind == SPECIAL else PLAN.PUBLISH


@act(PLAN.PUBLISH, PLAN.PUBLISH_SPECIAL, by=_published, takes=_address)
def publish_supervision_plan(
    _request: Any, _plan: pb.SupervisionPlan, _do: Do
) -> events.SupervisionPlanPublished:
    """Publish a plan: from now on matters may name it."""
    return events.SupervisionPlanPublished()


def _amended(request: pb.AmendSupervisionPlanRequest, plan: pb.SupervisionPlan, tx: Tx) -> None:
    before = plan.amendments.add(
        reasons=request.reasons, by=tx.caller.subject, focus=plan.focus, items=plan.items
    )
    put_moment(before.amend_time, tx.now)
    del plan.focus[:], plan.items[:]
    plan.focus.extend(request.focus)
    plan.items.extend(request.items)
    plan.address = request.address


@act(PLAN.AMEND, takes=_amended)
def amend_supervision_plan(
    _request: Any, _plan: pb.SupervisionPlan, _do: Do
) -> events.SupervisionPlanAmended:
    """Amend the plan of a year. What it said before stays on record."""
    return events.SupervisionPlanAmended()


@act(PLAN.WITHDRAW)
def withdraw_supervision_plan(
    request: pb.WithdrawSupervisionPlanRequest, plan: pb.SupervisionPlan, do: Do
) -> events.SupervisionPlanWithdrawn:
    """Withdraw what is not in force yet."""
    plan.reasons = request.reasons
    put_moment(plan.end_time, do.now)
    return events.SupervisionPlanWithdrawn()


def _summed(request: pb.EndSupervisionPlanRequest, plan: pb.SupervisionPlan, _tx: Tx) -> None:
    plan.summary = request.summary


@act(PLAN.END, takes=_summed)
def end_supervision_plan(_request: Any, plan: pb.SupervisionPlan, do: Do) -> events.SupervisionPlanEnded:
    """Say what became of a plan, and end it: no matter names it any more."""
    put_moment(plan.end_time, do.now)
    return events.SupervisionPlanEnded()
