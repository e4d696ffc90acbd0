"""What the city does with the plans of departments: judge them, and join those for one enterprise (综合查一次)."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1.inspection_plan_pb2 import InspectionPlan
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import inspection_pb2 as pb

from services.kit.fit import asked
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_at, moment_of, put_moment
from services.law.procedures.inspection.planning import standing
from services.supervision.event.foreign import Foreign
from services.supervision.inspection_plan.judging import judge_plan
from services.supervision.inspection_plan.model import JointProposal, PlannedVisit, PlanView
from services.supervision.warning.runner import address


def on_approved(event: enforcement.InspectionPlanApproved, tx: Tx, about: Envelope) -> None:
    """A department approved a plan: it is kept, judged, and joined with those of others."""
    plan = event.inspection_plan
    row = tx.find(PlanView, plan.plan_id)
    if plan.node != about.node or (row is not None and row.node != about.node):
        raise Foreign(f"{about.node} speaks of a plan of {plan.node}")
    if row is not None:
        return  # it is approved once
    asked(plan, "approve_time")
    row = tx.add(
        PlanView.new(
            plan_id=plan.plan_id,
            node=about.node,
            body_id=plan.body_id,
            body_name=plan.body_name,
            title=plan.title,
            year=plan.year,
            approve_time=moment_of(plan.approve_time),
            version=plan.version,
            record=plan.SerializeToString(deterministic=True),
        )
    )
    for n, visit in enumerate(plan.visits):
        tx.add(
            PlannedVisit.new(
                key=f"{plan.plan_id}/{n}",
                plan_id=plan.plan_id,
                node=about.node,
                body_id=plan.body_id,
                body_name=plan.body_name,
                credit_code=visit.enterprise.credit_code,
                planned_time=moment_of(visit.planned_time),
            )
        )
    judge_plan(tx, row, plan)
    join(tx, plan)


def on_withdrawn(event: enforcement.InspectionPlanWithdrawn, tx: Tx, about: Envelope) -> None:
    """A department took a plan back. What the city keeps of it stays as it was approved; nothing more is joined with it."""
    told = event.inspection_plan
    row = tx.find(PlanView, told.plan_id)
    if row is None or row.node != about.node or told.node != about.node:
        raise Foreign(f"{about.node} withdraws a plan that it has not told of")
    plan = InspectionPlan.FromString(row.record)
    if plan.HasField("withdraw_time"):
        return  # it is withdrawn once
    plan.state, plan.version = told.state, told.version
    plan.withdrawer, plan.withdraw_cause = told.withdrawer, told.withdraw_cause
    put_moment(plan.withdraw_time, moment_at(told, "withdraw_time") or tx.now)
    row.version, row.record = plan.version, plan.SerializeToString(deterministic=True)


def join(tx: Tx, plan: InspectionPlan) -> None:
    """Propose a joint visit for each enterprise that several bodies plan to visit within some days of each other."""
    days = timedelta(days=joint_days(tx, moment_of(plan.approve_time)))
    enterprises = {visit.enterprise.credit_code: visit.enterprise for visit in plan.visits}
    planned: defaultdict[str, list[PlannedVisit]] = defaultdict(list)
    visits = tx.among(PlannedVisit, "credit_code", list(enterprises))
    stands = standing_ones(tx, {row.plan_id for row in visits})
    for row in visits:
        if row.plan_id in stands:
            planned[row.credit_code].append(row)
    for code, of_one in sorted(planned.items()):
        for group in near(of_one, days):
            if len({visit.body_id for visit in group}) > 1 and plan.body_id in {v.body_id for v in group}:
                propose(tx, enterprises[code], group, days)


def standing_ones(tx: Tx, plan_ids: set[str]) -> set[str]:
    """Those of the plans that are not withdrawn."""
    rows = tx.among(PlanView, "plan_id", sorted(plan_ids))
    return {row.plan_id for row in rows if standing(InspectionPlan.FromString(row.record), tx.now)}


def near(visits: list[PlannedVisit], days: timedelta) -> list[list[PlannedVisit]]:
    """Visits in groups, each within so many days of the first of its group."""
    groups: list[list[PlannedVisit]] = []
    for visit in sorted(visits, key=lambda v: (v.planned_time, v.key)):
        if groups and visit.planned_time - groups[-1][0].planned_time <= days:
            groups[-1].append(visit)
        else:
            groups.append([visit])
    return groups


def propose(tx: Tx, enterprise: Any, group: list[PlannedVisit], days: timedelta) -> None:
    """Propose one joint visit to all that planned one; again where another body came to it."""
    proposal_id = f"J-{uuid5(NAMESPACE_OID, f'{enterprise.credit_code}/{group[0].key}')}"
    row = tx.find(JointProposal, proposal_id)
    proposal = pb.JointProposal(
        proposal_id=proposal_id, enterprise=enterprise, version=row.version + 1 if row is not None else 1
    )
    for visit in group:
        side = proposal.sides.add(
            node=visit.node, body_id=visit.body_id, body_name=visit.body_name, plan_id=visit.plan_id
        )
        put_moment(side.planned_time, visit.planned_time)
    begin, end = group[0].planned_time - days, group[-1].planned_time + days
    put_moment(proposal.from_time, begin)
    put_moment(proposal.until_time, end)
    put_moment(proposal.propose_time, row.propose_time if row is not None else tx.now)
    values = {
        "from_time": begin,
        "until_time": end,
        "version": proposal.version,
        "record": proposal.SerializeToString(deterministic=True),
    }
    if row is None:
        named = {"proposal_id": proposal_id, "credit_code": enterprise.credit_code}
        tx.add(JointProposal.new(propose_time=tx.now, **named, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    for node in dict.fromkeys(side.node for side in proposal.sides):
        tx.emit(events.JointInspectionProposed(proposal=proposal), subject=proposal_id, to=address(tx, node))


def joint_days(tx: Tx, at: datetime) -> int:
    """Within how many days planned visits can be joined."""
    return int(tx.parameters.value("inspection.joint.days", at.astimezone(SHANGHAI).date()).value)
