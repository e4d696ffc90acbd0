"""A plan of inspections judged at the city by the rules of its procedure (EW-24)."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1.inspection_plan_pb2 import InspectionPlan

from services.kit.tx import Tx
from services.law.procedures.inspection_plan import INSPECTION_PLAN, TABLE
from services.law.rule import Rule, told
from services.supervision.inspection.judging import broken_rules
from services.supervision.inspection_plan.facts import SeenPlan
from services.supervision.inspection_plan.model import PlanView
from services.supervision.warning.catalogue import Finding, kinds, said
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import OPEN, WITHDRAWN, end, id_of, raise_about

ACT = INSPECTION_PLAN.APPROVE_INSPECTION_PLAN


def judge_plan(tx: Tx, view: PlanView, plan: InspectionPlan) -> None:
    """Raise what the approval of a plan breaks, and withdraw what turns out to be right."""
    move = TABLE.move(ACT.name, "DRAFT")
    assert move is not None
    facts, standing = SeenPlan(tx, plan), set()
    asked = [r for r in move.rules if r.warning]
    for rule, unknown in broken_rules(facts, asked):
        if not unknown:
            found = _finding(facts, rule, move.title_zh, move.title_en)
            raise_about(tx, kinds()[rule.warning], view, found)
            standing.add(id_of(kinds()[rule.warning], view.subject, found))
    names = {
        id_of(kinds()[r.warning], view.subject, Finding(facts.at(), "", "", reason=r.reason)) for r in asked
    }
    for row in tx.among(Warning, "warning_id", sorted(names - standing)):
        if row.state == OPEN:
            end(tx, row, WITHDRAWN)
    view.warned = len(standing)


def judge_again(tx: Tx, body_ids: list[str], since: datetime | None) -> None:
    """Judge again the plans of bodies that are warned of, and those that were approved since a moment."""
    touched: Any = PlanView.warned > 0
    if since is not None:
        touched |= PlanView.approve_time >= since
    of_them: Any = PlanView.body_id.in_(body_ids)  # type: ignore[attr-defined]
    for view in tx.query(select(PlanView).where(of_them, touched).order_by(PlanView.plan_id)):
        judge_plan(tx, view, InspectionPlan.FromString(view.record))


def _finding(facts: SeenPlan, rule: Rule, zh: str, en: str) -> Finding:
    at, plan = facts.at(), facts.plan
    figures = "; ".join(f"{name}: {text}" for name, text in sorted(told([rule], facts).items()) if text)
    return Finding(
        at=at,
        zh=f"“{zh}”（{plan.title}，{said(at)}）：{rule.says_zh}" + (f"（{figures}）" if figures else ""),
        en=f"“{en}” ({plan.title}, {said(at)}): {rule.says}" + (f" ({figures})" if figures else ""),
        reason=rule.reason,
        law=facts.parameters.cited(rule.law, plan.sector, rule.name),
    )
