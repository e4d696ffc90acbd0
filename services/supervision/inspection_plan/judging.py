"""A plan of inspections judged at the city by the rules of its procedure (EW-24)."""

from yifa.enforcement.v1.inspection_plan_pb2 import InspectionPlan

from services.kit.tx import Tx
from services.law.procedures.inspection_plan import INSPECTION_PLAN, TABLE
from services.law.rule import Rule, told
from services.supervision.inspection.judging import broken_rules
from services.supervision.inspection_plan.facts import SeenPlan
from services.supervision.inspection_plan.model import PlanView
from services.supervision.warning.catalogue import Finding, kinds, said
from services.supervision.warning.runner import raise_about

ACT = INSPECTION_PLAN.APPROVE_INSPECTION_PLAN


def judge_plan(tx: Tx, view: PlanView, plan: InspectionPlan) -> None:
    """Raise what the approval of a plan breaks."""
    move = TABLE.move(ACT.name, "DRAFT")
    assert move is not None
    facts = SeenPlan(tx, plan)
    for rule, unknown in broken_rules(facts, (r for r in move.rules if r.warning)):
        if not unknown:
            raise_about(tx, kinds()[rule.warning], view, _finding(facts, rule, move.title_zh, move.title_en))
            view.warned += 1


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
