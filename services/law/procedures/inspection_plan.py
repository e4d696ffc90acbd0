"""A body's plan of inspections: drafted, held against the published cap, approved by the head, told to the city."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from yifa.enforcement.v1.inspection_plan_pb2 import PLAN_KIND_SPECIAL, InspectionPlan

from services.law.calendar import SHANGHAI
from services.law.fine_target import LAW as TARGETS
from services.law.fine_target import sets_target
from services.law.moment import moment_of
from services.law.parameters import Layers
from services.law.procedure import Procedure
from services.law.procedures.inspection.facts import cap_on
from services.law.procedures.inspection.planning import BY_HEAD, LAW, listed
from services.law.procedures.penalty.body import may_enforce
from services.law.procedures.penalty.facts import Body, Item
from services.law.procedures.shared import HeadFacts
from services.law.process import table
from services.law.rule import fact, rule

CHANGED = "GBF-2018-118:4"


class PlanFacts(HeadFacts):
    """The plan with what the act hands in (`plan`), and the node's own time and law."""

    plan: InspectionPlan
    now: datetime
    parameters: Layers

    def sector(self) -> str:
        return self.plan.sector

    @abstractmethod
    def body(self, body_id: str) -> Body | None:
        """A body as it was announced, None for an unknown one."""

    @abstractmethod
    def item(self, item_id: str) -> Item | None:
        """An item of a published power list, None for an unknown one."""

    @abstractmethod
    def exempt(self) -> frozenset[str]:
        """Those of the planned enterprises, by credit code, that are on the body's white list on the day planned."""

    @abstractmethod
    def planned(self) -> Mapping[str, int]:
        """How many visits the body's other approved plans of the year hold, by credit code."""

    def signer(self) -> str:
        """Who approves it as head of the body."""
        return self.plan.approver

    @fact
    def own_body(self) -> Body | None:
        return self.body(self.plan.body_id)

    def owners(self) -> frozenset[str]:
        body = self.own_body()
        return frozenset() if body is None else frozenset({body.mandator_id or body.body_id})

    def too_many(self) -> dict[str, int]:
        """The enterprises that would be visited more often than the cap, each with how often."""
        times = Counter(visit.enterprise.credit_code for visit in self.plan.visits)
        other, cap = self.planned(), self.cap()
        return {code: n + other.get(code, 0) for code, n in times.items() if n + other.get(code, 0) > cap}

    def cap(self) -> int:
        return cap_on(self.parameters, moment_of(self.plan.visits[0].planned_time), self.plan.sector)


@rule(
    "SUBJECT_NOT_QUALIFIED",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="检查主体应当具备法定资格并经确认公布。",
    en="The body is not confirmed and announced as one that may enforce. Leave the plan to one that is.",
    tells=lambda f: {"body_id": f.plan.body_id},
)
def planning_body_confirmed(f: PlanFacts) -> bool:
    """Only a qualified body plans inspections."""
    return may_enforce(f.own_body(), f.plan.node, f.now, f.at())


def _unlisted(f: PlanFacts) -> list[str]:
    named = dict.fromkeys(item_id for visit in f.plan.visits for item_id in visit.item_ids)
    return [item_id for item_id in named if not listed(f.item(item_id), f.owners(), f.at())]


@rule(
    "INSPECTION_NOT_ALLOWED",
    guard="G-02 G-65",
    warning="EW-24",
    law=LAW,
    zh="计划所列检查事项未列入该主体已公布的检查事项清单。",
    en="An item in the plan is no item of inspection on the body's published list. Name those that are.",
    tells=lambda f: {"item_ids": ",".join(_unlisted(f))},
)
def plan_items_published(f: PlanFacts) -> bool:
    """What is planned stands in the published list."""
    return bool(f.plan.visits) and not _unlisted(f)


@rule(
    "INSPECTION_CAP",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="计划对同一企业的检查次数超过公布的年度频次上限。",
    en="The plans of the year visit an enterprise more often than the published cap. Take visits out.",
    tells=lambda f: {"cap": str(f.cap()), "credit_codes": ",".join(sorted(f.too_many()))},
)
def plan_within_cap(f: PlanFacts) -> bool:
    """The plans of a year hold no more visits to an enterprise than the published cap."""
    return not f.too_many()


@rule(
    "ENTERPRISE_EXEMPT",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="计划列入了免于现场检查正面清单内的企业。",
    en="The plan visits an enterprise that is on the white list. Take it out.",
    tells=lambda f: {"credit_codes": ",".join(sorted(f.exempt()))},
)
def plan_spares_white_list(f: PlanFacts) -> bool:
    """No enterprise on the white list is planned."""
    return f.exempt() == frozenset()


@rule(
    "PLAN_YEAR_WRONG",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="计划所列检查日期应当在计划年度内。",
    en="A visit is planned for another year than that of the plan. Correct its day.",
)
def plan_of_one_year(f: PlanFacts) -> bool:
    """A plan is of one year."""
    return all(moment_of(v.planned_time).astimezone(SHANGHAI).year == f.plan.year for v in f.plan.visits)


@rule(
    "SPECIAL_PLAN_INCOMPLETE",
    guard="G-65",
    warning="EW-24",
    law=LAW,
    zh="专项检查计划应当经县级以上人民政府或者上一级行政机关批准，并向社会公布。",
    en="A special plan lacks who approved it, the document, or where it was published. Have it approved and published first.",
)
def special_plan_approved(f: PlanFacts) -> bool:
    """A special plan was approved by the government or the superior, and published."""
    plan = f.plan
    said = (plan.superior, plan.document, plan.publish_address)
    return plan.kind != PLAN_KIND_SPECIAL or all(text.strip() for text in said)


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-65",
    law=LAW,
    zh="检查计划由行政执法主体负责人批准，不得由拟定人自行批准。",
    en="Who approves the plan drafted it. Have the head approve it.",
)
def another_approves_plan(f: PlanFacts) -> bool:
    """Who drafted a plan does not approve it."""
    return bool(f.plan.approver) and f.plan.approver != f.plan.drafter


@rule(
    "PLAN_WITHDRAWAL_UNEXPLAINED",
    guard="G-65",
    law=CHANGED,
    zh="撤回已批准的检查计划应当说明理由，并向社会公开。",
    en="It is not said why the plan is withdrawn. Name the cause (cause); the public is told.",
)
def withdrawal_explained(f: PlanFacts) -> bool:
    """What was open to all is not taken back in silence: information that is open is kept to what holds (GBF-2018-118:4)."""
    return bool(f.plan.withdraw_cause.strip())


@rule(
    "FINE_TARGET_FORBIDDEN",
    guard="G-51",
    law=TARGETS,
    zh="检查计划不得下达或者变相下达罚款、罚没收入或者案件数量指标。",
    en="The plan sets a target for fines, for what they bring in, or for how many cases there are. Take it out.",
)
def plan_without_target(f: PlanFacts) -> bool:
    """No plan of inspections sets a target for fines or case numbers, openly or in disguise (APL 74(3); OPR-SUP 9)."""
    return not sets_target(f.plan.title)


# fmt: off
_DRAFT = (planning_body_confirmed, plan_of_one_year, plan_without_target)
TABLE = table(
    "inspection_plan",
    ("DRAFT_INSPECTION_PLAN", "", "DRAFT", LAW, _DRAFT, "UNIT_HEAD", ("拟定检查计划", "Draft the plan"),
     "yifa.enforcement.v1.InspectionPlanDrafted"),
    ("CHANGE_INSPECTION_PLAN", "DRAFT", "=", LAW, _DRAFT, "UNIT_HEAD", ("修改检查计划", "Change the plan"),
     "yifa.enforcement.v1.InspectionPlanChanged"),
    ("APPROVE_INSPECTION_PLAN", "DRAFT", "APPROVED", LAW,
     (*_DRAFT, plan_items_published, plan_within_cap, plan_spares_white_list, special_plan_approved, BY_HEAD,
      another_approves_plan),
     "AGENCY_HEAD", ("批准检查计划", "Approve the plan"), "yifa.enforcement.v1.InspectionPlanApproved"),
    ("WITHDRAW_INSPECTION_PLAN", "APPROVED", "WITHDRAWN", CHANGED, (withdrawal_explained,),
     "AGENCY_HEAD", ("撤回检查计划", "Withdraw the plan"), "yifa.enforcement.v1.InspectionPlanWithdrawn"),
    titles=("检查计划", "Plan of inspections"),
)
# fmt: on
INSPECTION_PLAN = Procedure("inspection_plan", PlanFacts, TABLE)
