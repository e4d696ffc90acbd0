"""Before the visit: whether this enterprise may be inspected, in what, and by whom (国办发〔2024〕54号)."""

from dataclasses import replace
from datetime import datetime

from yifa.enforcement.v1.inspection_pb2 import INSPECTION_KIND_CLUE, INSPECTION_KIND_SPECIAL
from yifa.enforcement.v1.inspection_plan_pb2 import PLAN_KIND_SPECIAL, PLAN_KIND_YEARLY, InspectionPlan
from yifa.registry.v1.power_pb2 import POWER_KIND_INSPECTION

from services.law.areas import covers
from services.law.calendar import SHANGHAI
from services.law.moment import moment_at, moment_of
from services.law.procedures.inspection.facts import InspectionFacts
from services.law.procedures.penalty.body import during, may_enforce
from services.law.procedures.shared import (
    by_head,
    certified,
    in_order,
    not_in_future,
    not_suspended,
    reasons_given,
    two_officers,
    under,
)
from services.law.rule import rule

LAW = "GBF-2024-54"
OFFICERS = "APL-2021:42(1);GBF-2024-54"


@rule(
    "SUBJECT_NOT_QUALIFIED",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="检查主体应当具备法定资格并经确认公布，议事协调机构、辅助人员、第三方等不得实施检查。",
    en="The body is not confirmed and announced as one that may enforce. Leave the inspection to one that is.",
    tells=lambda f: {"body_id": f.record.body_id},
)
def inspecting_body_confirmed(f: InspectionFacts) -> bool:
    """Only a qualified body inspects, none that merely coordinates (GBF-2024-54)."""
    return may_enforce(f.own_body(), f.record.node, f.now, f.at())


def _unlisted(f: InspectionFacts) -> list[str]:
    return [item_id for item_id in f.record.item_ids if not listed(f.item(item_id), f.owners(), f.at())]


def listed(item: object, owners: frozenset[str], at: object) -> bool:
    """Whether an item of inspection stood in the published list of one of some bodies at a moment."""
    return (
        item is not None
        and item.body_id in owners  # type: ignore[attr-defined]
        and item.kind == POWER_KIND_INSPECTION  # type: ignore[attr-defined]
        and item.from_time is not None  # type: ignore[attr-defined]
        and during(item.from_time, item.until_time, at)  # type: ignore[attr-defined, arg-type]
    )


@rule(
    "INSPECTION_NOT_ALLOWED",
    guard="G-02 G-65",
    warning="EW-24",
    law=LAW,
    zh="检查事项未列入该主体已公布的检查事项清单，或者已经停止行使的，不得实施。",
    en="An item is no item of inspection on the body's published list, or not any more. Name those that are.",
    tells=lambda f: {"item_ids": ",".join(_unlisted(f))},
)
def items_published(f: InspectionFacts) -> bool:
    """What is inspected stands in the published list (GBF-2024-54)."""
    return bool(f.record.item_ids) and not _unlisted(f)


def standing(plan: InspectionPlan, at: datetime) -> bool:
    """Whether a plan was approved, and not withdrawn by then."""
    withdrawn = moment_at(plan, "withdraw_time")
    return plan.HasField("approve_time") and (withdrawn is None or withdrawn > at)


def foreseen(f: InspectionFacts) -> bool:
    """Whether the plan that is named foresees the enterprise and the items, or a draw for it chose the enterprise."""
    plan, record = f.plan(), f.record
    if plan is None or plan.body_id != record.body_id or not standing(plan, f.at()):
        return False
    kind = PLAN_KIND_SPECIAL if record.kind == INSPECTION_KIND_SPECIAL else PLAN_KIND_YEARLY
    year = moment_of(record.planned_time).astimezone(SHANGHAI).year
    return (plan.kind, plan.year) == (kind, year) and any(
        visit.enterprise.credit_code == record.enterprise.credit_code
        and set(record.item_ids) <= set(visit.item_ids)
        for visit in plan.visits
    )


@rule(
    "INSPECTION_NOT_PLANNED",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="日常检查应当列入经批准的年度计划，专项检查应当列入经批准并公布的专项计划，个案检查应当有已登记的线索。",
    en="No approved plan foresees enterprise and items, and no registered clue about it leads there. Name one.",
    tells=lambda f: {"plan_id": f.record.plan_id, "clue_case_id": f.record.clue_case_id},
)
def planned_or_on_clue(f: InspectionFacts) -> bool:
    """A daily inspection stands in a plan, a special one in a special plan, any other follows a registered clue."""
    if f.record.kind == INSPECTION_KIND_CLUE:
        return f.on_clue()
    return foreseen(f)


@rule(
    "INSPECTION_CAP",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="已达到公布的年度检查频次上限；超过上限的检查须有投诉举报、转办交办、数据监测等已登记的线索。",
    en="The published yearly cap is reached, and no registered clue leads there. Register the clue, or inspect next year.",
    tells=lambda f: {"counted": str(f.counted()), "cap": str(f.cap())},
)
def within_cap_or_on_clue(f: InspectionFacts) -> bool:
    """Above the yearly cap an inspection needs a clue (GBF-2024-54)."""
    return (f.record.kind == INSPECTION_KIND_CLUE and f.on_clue()) or f.counted() < f.cap()


@rule(
    "ENTERPRISE_EXEMPT",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="该企业列入免于现场检查的正面清单；没有违法线索的，不开展现场检查。",
    en="The enterprise is on the white list, and no registered clue leads there. Supervise it without a visit.",
)
def not_on_white_list(f: InspectionFacts) -> bool:
    """An enterprise on the white list is not visited without a clue."""
    return (f.record.kind == INSPECTION_KIND_CLUE and f.on_clue()) or f.exempt() is False


@rule(
    "INSPECTION_NOT_JOINED",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="市级已提出联合检查建议：可以合并、联合的检查应当合并、联合；单独实施的应当说明理由。",
    en="The city proposed a joint visit to it. Follow that (joint_id), or say why this one is made alone (alone_reason).",
    tells=lambda f: {"joint_ids": ",".join(sorted(f.proposals()))},
)
def joined_or_reasoned(f: InspectionFacts) -> bool:
    """Visits that can be joined are joined; for one that is made alone it is said why (GBF-2024-54)."""
    proposed = f.proposals()
    return not proposed or f.record.joint_id in proposed or bool(f.record.alone_reason.strip())


@rule(
    "DRAW_NOT_FOLLOWED",
    guard="G-66",
    warning="EW-24",
    law="OBE-2019:54;GBF-2015-58",
    zh="双随机抽查的检查对象和检查人员应当与抽取结果一致。",
    en="The draw that is named was not made, or chose another enterprise or other officers. Follow it.",
    tells=lambda f: {"draw_id": f.record.draw_id},
)
def as_drawn(f: InspectionFacts) -> bool:
    """What names a draw goes where, and by whom, it was drawn (OBE 54, GBF-2015-58)."""
    if not f.record.draw_id:
        return True
    draw = f.draw()
    chosen = {o.officer_id for o in f.record.officers}
    return draw is not None and any(
        drawn.credit_code == f.record.enterprise.credit_code and set(drawn.officer_ids) == chosen
        for drawn in draw.drawn
    )


@rule(
    "DOUBLE_RANDOM_REQUIRED",
    severity="warn",
    guard="G-66",
    law="OBE-2019:54;GBF-2015-58",
    zh="日常检查的对象和人员一般应当随机抽取；有线索或者列入专项的除外。",
    en="Neither a draw nor a clue nor a special plan leads there. Draw enterprise and officers.",
)
def drawn_or_led(f: InspectionFacts) -> bool:
    """Enterprise and officers are drawn at random, unless a clue or a special plan leads there (OBE 54, GBF-2015-58)."""
    led = f.record.kind in (INSPECTION_KIND_CLUE, INSPECTION_KIND_SPECIAL)
    return led or bool(f.record.draw_id)


@rule(
    "INSPECTION_SCOPE_MISSING",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="实施检查应当制定检查方案，载明检查内容和方式。",
    en="It is not said what is looked at and how. State it (scope).",
)
def scope_stated(f: InspectionFacts) -> bool:
    """An inspection has a plan of what is looked at and how."""
    return bool(f.record.scope.strip())


@rule(
    "CERTIFICATE_OUT_OF_SCOPE",
    guard="G-08 G-65",
    warning="EW-09",
    law=OFFICERS,
    zh="执法人员所持行政执法证件的领域或者行为种类不包括本次检查。",
    en="The certificate of an officer named does not cover the field of the body or inspections. Name one whose does.",
    tells=lambda f: {"officers": ",".join(p.officer_id for p in f.officers() if p.outside)},
)
def inspectors_in_scope(f: InspectionFacts) -> bool:
    """Every officer's certificate covers the field of the body and inspections."""
    return not any(p.outside for p in f.officers())


@rule(
    "CERTIFICATE_OUT_OF_AREA",
    guard="G-08 G-67",
    warning="EW-09",
    law="GBF-2024-54;ASR-2025:11(2)[4]",
    zh="执法人员所持行政执法证件的执法区域不包括检查地；跨区域检查应当经协作机制。",
    en="The certificate of an officer does not cover the place, and no letter under the mechanism between areas is named.",
    tells=lambda f: {
        "officers": ",".join(p.officer_id for p in f.officers() if p.elsewhere),
        "area_code": f.place(),
    },
)
def inspectors_in_area(f: InspectionFacts) -> bool:
    """Every officer's certificate covers the place, or the agencies of both areas agreed."""
    return through_mechanism(f) or not any(p.elsewhere for p in f.officers())


def outside(f: InspectionFacts) -> bool:
    """Whether the enterprise lies outside the area of the body."""
    body = f.own_body()
    return body is None or not covers(body.area_code, f.place())


def through_mechanism(f: InspectionFacts) -> bool:
    """Whether the letter under the mechanism between areas is named, for a place outside the own."""
    return outside(f) and bool(f.record.check_in.mechanism_document.strip())


@rule(
    "INSPECTORS_NOT_CHANGED",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="更换检查人员应当有人员变化；变更前后的人员应当记录在案。",
    en="Nobody else is named than those who carry it out now. Name who goes (officer_ids).",
)
def others_named(f: InspectionFacts) -> bool:
    """Who carries an inspection out was approved: a change is one, and stands on record (GBF-2024-54)."""
    changes = f.handed_in().replacements
    if not changes:
        return False
    last = changes[-1]
    return (
        {o.officer_id for o in last.before}
        != {o.officer_id for o in last.after}
        == {o.officer_id for o in f.record.officers}
    )


# It is approved by the head of the body, not by who heads one of its units (GBF-2024-54).
BY_HEAD = under(by_head, LAW, guard="G-65", warning="EW-24")
WHY = under(reasons_given, LAW, guard="G-65", warning="EW-24")
ON_TIME = (
    replace(not_in_future, law=LAW, warning="EW-24"),
    replace(in_order, law=LAW, warning="EW-24"),
)
CERTIFIED = (
    under(two_officers, OFFICERS, guard="G-08 G-65"),
    under(certified, OFFICERS, guard="G-08 G-65"),
    under(not_suspended, OFFICERS, guard="G-08 G-65"),
    inspectors_in_scope,
)
BODY = (inspecting_body_confirmed, items_published)
MAY = (
    *BODY, planned_or_on_clue, within_cap_or_on_clue, not_on_white_list, joined_or_reasoned, as_drawn, drawn_or_led,
    scope_stated, *CERTIFIED,
)  # fmt: skip
