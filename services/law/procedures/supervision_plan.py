"""What supervision sets out to do: the yearly plan (监督计划, CITY-ERS 8(9)) and special actions (专项监督, ASR 21)."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.calendar import SHANGHAI
from services.law.fine_target import LAW as TARGETS
from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, under
from services.law.process import table
from services.law.rule import Facts, rule

MONTHS = range(1, 13)


class PlanKind(StrEnum):
    """The plan of a year, or a special action."""

    YEARLY = "YEARLY"
    SPECIAL = "SPECIAL"


class Level(StrEnum):
    """The levels at which a special action is deployed (ASR 21(1))."""

    PROVINCE = "PROVINCE"
    STATE = "STATE"


@dataclass(frozen=True)
class PlanItem:
    """One thing that is supervised: what, by which unit of the office, in which months."""

    item_id: str = ""
    subject: str = ""
    responsible: str = ""
    begin_month: int = 0
    end_month: int = 0


@dataclass(frozen=True)
class Paper:
    """The paper by which a special action was deployed, or approved."""

    authority: str = ""
    level: Level | None = None
    number: str = ""
    time: datetime | None = None

    def named(self) -> bool:
        """Whether it says who, at which level, by which paper and when."""
        whole = bool(self.authority.strip() and self.number.strip())
        return whole and self.level in tuple(Level) and self.time is not None


@dataclass(frozen=True)
class SupervisionPlanRecord:
    """The record of a plan, with what the act hands in."""

    kind: PlanKind | None = None
    year: int = 0
    title: str = ""
    focus: tuple[str, ...] = ()
    items: tuple[PlanItem, ...] = ()
    responsible: str = ""
    schedule: str = ""
    requirements: str = ""
    deployment: Paper = Paper()
    approval: Paper = Paper()
    address: str = ""
    """Where it is public."""
    summary: str = ""
    """What became of it."""
    reasons: str = ""


class SupervisionPlanFacts(Facts):
    """The record of a plan with what the act hands in (`record`), and the node's own time."""

    record: SupervisionPlanRecord
    now: datetime

    @abstractmethod
    def bodies_known(self) -> bool:
        """Whether every body that an item names is a confirmed one in the city's registry."""

    @abstractmethod
    def fine_target(self) -> bool:
        """Whether something that the plan says sets a target for fines or case numbers."""

    @abstractmethod
    def planned_already(self) -> bool:
        """Whether there is another plan of the year that was not withdrawn."""

    @abstractmethod
    def deployed_here(self) -> bool:
        """Whether the city's own office or government is named as who deployed it."""

    @abstractmethod
    def approved_here(self) -> bool:
        """Whether the city's own office or government, or who deployed it, is named as who approved it."""

    def reasons(self) -> str:
        return self.record.reasons


def _stated(*texts: str) -> bool:
    return bool(texts) and all(text.strip() for text in texts)


@rule(
    "SUPERVISION_PLAN_INCOMPLETE",
    law="CITY-ERS:8(9)",
    zh="监督计划应当载明名称、监督重点和监督事项；每一事项应当编号，并注明内容、责任处室和起止月份。",
    en="The plan lacks its title, its focus or its items, or an item lacks its own number, subject, unit or months. Complete it.",
)
def plan_complete(f: SupervisionPlanFacts) -> bool:
    """A plan says on what supervision lays its weight, and what is supervised by whom and when (CITY-ERS 8(9))."""
    r = f.record
    ids = [item.item_id.strip() for item in r.items]
    whole = all(_stated(i.item_id, i.subject, i.responsible) and _months(i) for i in r.items)
    return _stated(r.title) and _stated(*r.focus) and bool(ids) and whole and len(ids) == len(set(ids))


def _months(item: PlanItem) -> bool:
    return item.begin_month in MONTHS and item.end_month in MONTHS and item.begin_month <= item.end_month


@rule(
    "FINE_TARGET_FORBIDDEN",
    guard="G-51",
    law=TARGETS,
    zh="监督计划、专项监督方案不得下达或者变相下达罚款、罚没收入或者案件数量指标。",
    en="The plan sets a target for fines, for what they bring in, or for how many cases there are. Take it out.",
)
def without_target(f: SupervisionPlanFacts) -> bool:
    """No plan sets a target for fines or case numbers, openly or in disguise (APL 74(3))."""
    return f.fine_target() is False


@rule(
    "PLANNED_BODY_UNKNOWN",
    law="CITY-ERS:8(9);ASR-2025:2",
    zh="列入监督计划的单位应当是经确认的行政执法主体。",
    en="An item names a body that the registry does not know as confirmed. Name those that it does.",
)
def bodies_known(f: SupervisionPlanFacts) -> bool:
    """Enforcement bodies are supervised (ASR 2)."""
    return f.bodies_known() is True


@rule(
    "PLAN_YEAR_OVER",
    law="CITY-ERS:8(9)",
    zh="不得为已经结束的年度制定监督计划。",
    en="The year is over, or none is named. Plan this one or one to come.",
)
def year_not_over(f: SupervisionPlanFacts) -> bool:
    """What is planned lies ahead (CITY-ERS 8(9))."""
    return f.record.year >= f.now.astimezone(SHANGHAI).year


@rule(
    "YEAR_PLANNED_ALREADY",
    law="CITY-ERS:8(9)",
    zh="该年度已有监督计划，应当调整原计划或者撤回后重新制定。",
    en="There is a plan of that year. Amend it, or withdraw its draft first.",
)
def year_not_planned(f: SupervisionPlanFacts) -> bool:
    """A year has one plan (CITY-ERS 8(9))."""
    return f.planned_already() is False


@rule(
    "SPECIAL_ACTION_INCOMPLETE",
    guard="G-82",
    law="ASR-2025:21(2)",
    zh="专项监督工作方案应当明确责任部门、监督重点、进度安排和工作要求。",
    en="The scheme of the special action lacks the department in charge, its focus, its schedule or its requirements. State all.",
)
def special_complete(f: SupervisionPlanFacts) -> bool:
    """The scheme names who is in charge, the focus, the schedule and what is required (ASR 21(2))."""
    r = f.record
    return _stated(r.responsible, r.schedule, r.requirements) and plan_complete.holds(f)


@rule(
    "SPECIAL_ACTION_LEVEL",
    guard="G-82",
    law="ASR-2025:21(1)",
    zh="专项监督由省级以上人民政府行政执法监督机构部署，应当载明部署机关、级别、文号和日期；本市机构不得自行部署。",
    en="Only an oversight body at provincial level or above deploys a special action. Name it, its level, its paper and the day.",
)
def deployed_above(f: SupervisionPlanFacts) -> bool:
    """A special action is deployed at provincial level or above, never by the city itself (ASR 21(1))."""
    d = f.record.deployment
    return d.named() and d.time is not None and d.time <= f.now and f.deployed_here() is False


@rule(
    "SPECIAL_ACTION_NOT_APPROVED",
    guard="G-82",
    law="ASR-2025:21(2)",
    zh="专项监督工作方案应当报部署机关的本级人民政府批准，应当载明批准机关、级别、文号和日期。",
    en="It is not shown that the government of the level that deployed it approved the scheme. Name it, its paper and the day.",
)
def approved_there(f: SupervisionPlanFacts) -> bool:
    """The government of the level at which it is deployed approves it, and its paper shows that (ASR 21(2))."""
    a, d = f.record.approval, f.record.deployment
    named = a.named() and a.time is not None and a.time <= f.now and a.level == d.level
    return named and f.approved_here() is False


@rule(
    "PLAN_NOT_PUBLIC",
    law="CITY-ERS:8(9)",
    zh="监督计划及其重点应当公布，应当载明公布地址。",
    en="It is not said where the plan is public. Publish it, and say where (address).",
)
def made_public(f: SupervisionPlanFacts) -> bool:
    """The plan and its focus are published (CITY-ERS 8(9))."""
    return _stated(f.record.address)


@rule(
    "PLAN_KIND",
    law="ASR-2025:21(2);CITY-ERS:8(9)",
    zh="该行为不适用于这一种计划。",
    en="That is for the other kind of plan: a special action is approved, a yearly plan is amended.",
)
def yearly(f: SupervisionPlanFacts) -> bool:
    """A yearly plan needs no approval by a government (CITY-ERS 8(9))."""
    return f.record.kind == PlanKind.YEARLY


@rule(
    "PLAN_KIND",
    law="ASR-2025:21(2)",
    zh="该行为仅适用于专项监督工作方案。",
    en="That is for special actions only.",
)
def special(f: SupervisionPlanFacts) -> bool:
    """The scheme of a special action is approved (ASR 21(2))."""
    return f.record.kind == PlanKind.SPECIAL


@rule(
    "SUMMARY_MISSING",
    law="CITY-ERS:8(9);ASR-2025:6",
    zh="应当写明计划执行情况。",
    en="It is not said what became of the plan. Say it (summary).",
)
def summed_up(f: SupervisionPlanFacts) -> bool:
    """How the plan was carried out is put on record, for the report to the government (ASR 6)."""
    return _stated(f.record.summary)


_WHY = under(reasons_given, "CITY-ERS:8(9)")

# fmt: off
TABLE = table(
    "supervision_plan",
    ("DRAFT", "", "DRAFTED", "CITY-ERS:8(9)",
     (yearly, plan_complete, bodies_known, year_not_over, year_not_planned, without_target),
     "OVERSIGHT", ("拟订年度监督计划", "Draft the yearly plan"), "", "DraftSupervisionPlan"),
    ("DRAFT_SPECIAL", "", "DRAFTED", "ASR-2025:21",
     (special, special_complete, bodies_known, year_not_over, deployed_above, without_target),
     "OVERSIGHT", ("拟订专项监督方案", "Draft a special action"), "", "DraftSupervisionPlan"),
    ("APPROVE", "DRAFTED", "APPROVED", "ASR-2025:21(2)", (special, approved_there),
     "OVERSIGHT", ("登记政府批准", "Record the approval"), "", "ApproveSpecialAction"),
    ("PUBLISH", "DRAFTED", "IN_FORCE", "CITY-ERS:8(9)", (yearly, made_public),
     "OVERSIGHT_HEAD", ("公布监督计划", "Publish the plan"), "", "PublishSupervisionPlan"),
    ("PUBLISH_SPECIAL", "APPROVED", "IN_FORCE", "ASR-2025:21(2)", (special, made_public),
     "OVERSIGHT_HEAD", ("启动专项监督", "Begin the special action"), "", "PublishSupervisionPlan"),
    ("AMEND", "IN_FORCE", "=", "CITY-ERS:8(9)",
     (yearly, plan_complete, bodies_known, year_not_over, made_public, _WHY, without_target),
     "OVERSIGHT_HEAD", ("调整监督计划", "Amend the plan"), "", "AmendSupervisionPlan"),
    ("WITHDRAW", "DRAFTED APPROVED", "WITHDRAWN", "CITY-ERS:8(9)", (_WHY,),
     "OVERSIGHT", ("撤回", "Withdraw"), "", "WithdrawSupervisionPlan"),
    ("END", "IN_FORCE", "ENDED", "CITY-ERS:8(9);ASR-2025:6", (summed_up,),
     "OVERSIGHT", ("总结结束", "Sum up and end"), "", "EndSupervisionPlan"),
    titles=("监督计划", "Supervision plan"),
    ends="ENDED WITHDRAWN",
)
# fmt: on
SUPERVISION_PLAN = Procedure("supervision_plan", SupervisionPlanFacts, TABLE)
