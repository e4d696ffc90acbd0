"""Administrative inspection of enterprises, from the plan to the published result."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.law.procedure import Procedure
from services.law.procedures.papers import Minutes
from services.law.procedures.shared import certificate_shown, certified, minutes_checked, two_officers, under
from services.law.process import table
from services.law.rule import Facts, rule
from services.law.standing import Person


@dataclass(frozen=True)
class InspectionRecord:
    """The record of an inspection, with what the act hands in."""

    clue: str = ""
    """The complaint, assignment, transfer or monitored data that it goes back to."""
    joined_with: tuple[str, ...] = ()
    not_joinable: str = ""
    """Why it is made alone."""
    draw_seed: str = ""
    """The seed with which object and officers were drawn."""
    notice_serve_time: datetime | None = None
    unannounced_law: str = ""
    """The law that lets it come unannounced."""
    certificate_shown: bool = False
    check_in_time: datetime | None = None
    minutes: Minutes = field(default_factory=Minutes)
    mechanism_document: str = ""
    """The letter under the mechanism between areas."""
    correct_time: datetime | None = None


class InspectionFacts(Facts):
    """The record of an inspection with what the act hands in (`record`), and the node's own time."""

    record: InspectionRecord
    now: datetime

    @abstractmethod
    def body_qualified(self) -> bool:
        """Whether the body is qualified to enforce, and none that merely coordinates or assists."""

    @abstractmethod
    def item_published(self) -> bool:
        """Whether the item stands in the published list of inspections."""

    @abstractmethod
    def within_cap(self) -> bool:
        """Whether the object was inspected less often this year than the published cap."""

    @abstractmethod
    def officers(self) -> Sequence[Person]:
        """Those who inspect, as they stood when they did."""

    def certificate_shown(self) -> bool:
        return self.record.certificate_shown

    def minutes(self) -> Minutes:
        return self.record.minutes


@rule(
    "SUBJECT_NOT_QUALIFIED",
    guard="G-65",
    law="GBF-2024-54",
    zh="检查主体应当具备法定资格，议事协调机构、辅助人员、第三方等不得实施检查。",
    en="The body is not qualified to inspect. Leave it to one that is.",
)
def body_qualified(f: InspectionFacts) -> bool:
    """Only a qualified body inspects, none that merely coordinates (GBF-2024-54)."""
    return f.body_qualified()


@rule(
    "INSPECTION_NOT_ALLOWED",
    guard="G-65",
    law="GBF-2024-54",
    zh="检查事项未公布的，不得实施。",
    en="The item does not stand in the published list. Publish it first.",
)
def item_published(f: InspectionFacts) -> bool:
    """The item stands in the published list (GBF-2024-54)."""
    return f.item_published()


@rule(
    "INSPECTION_CAP",
    guard="G-65",
    law="GBF-2024-54",
    zh="超过年度频次上限的检查须有线索。",
    en="The yearly cap is reached and no clue is named. Name the clue, or inspect next year.",
)
def within_cap_or_on_clue(f: InspectionFacts) -> bool:
    """Above the yearly cap an inspection needs a clue (GBF-2024-54)."""
    return f.within_cap() or bool(f.record.clue.strip())


@rule(
    "INSPECTION_NOT_JOINED",
    severity="warn",
    law="GBF-2024-54",
    zh="可以合并、联合的检查应当合并、联合；单独实施的应当说明理由。",
    en="The inspection is joined with no other, and it is not said why. Join it, or say why not.",
)
def joined(f: InspectionFacts) -> bool:
    """Inspections that can be joined are joined; for one that is made alone it is said why (GBF-2024-54)."""
    return bool(f.record.joined_with) or bool(f.record.not_joinable.strip())


@rule(
    "DOUBLE_RANDOM_REQUIRED",
    severity="warn",
    guard="G-66",
    law="OBE-2019:54;GBF-2015-58",
    zh="检查对象和检查人员应当随机抽取，并保留抽取种子。",
    en="No seed of a random draw is kept, and no clue is named. Draw object and officers, or name the clue.",
)
def drawn_or_on_clue(f: InspectionFacts) -> bool:
    """Object and officers are drawn at random and the seed is kept, unless a clue leads there (OBE 54, GBF-2015-58)."""
    return bool(f.record.draw_seed.strip() or f.record.clue.strip())


@rule(
    "INSPECTION_NOT_NOTICED",
    guard="G-65",
    law="GBF-2024-54",
    zh="检查前应当通知，法律另有规定的除外；应当载明依据。",
    en="The notice was not served, and no law is named that excuses it. Serve it, or name the law.",
)
def noticed(f: InspectionFacts) -> bool:
    """The inspection was noticed, unless a law, which is named, excuses it (GBF-2024-54)."""
    return f.record.notice_serve_time is not None or bool(f.record.unannounced_law.strip())


@rule(
    "NOT_CHECKED_IN",
    guard="G-65",
    law="GBF-2024-54",
    zh="应当扫码或者亮码检查。",
    en="The officers did not check in by the inspection code. Scan it.",
)
def checked_in(f: InspectionFacts) -> bool:
    """The officers check in by the inspection code (GBF-2024-54)."""
    return f.record.check_in_time is not None


@rule(
    "CROSS_AREA_INSPECTION",
    guard="G-67",
    law="GBF-2024-54;ASR-2025:11(2)[4]",
    zh="异地检查应当通过跨区域协作机制。",
    en="No letter under the mechanism between areas is named. Ask the agency of the place, and name the letter.",
)
def through_mechanism(f: InspectionFacts) -> bool:
    """Outside the area an inspection goes only through the mechanism between areas (GBF-2024-54, ASR 11)."""
    return bool(f.record.mechanism_document.strip())


@rule(
    "NOT_CORRECTED",
    law="APL-2021:28(1)",
    zh="责令改正的事项已经改正的，方可办结。",
    en="It was not verified that what was ordered is corrected. Verify it.",
)
def corrected(f: InspectionFacts) -> bool:
    """What was ordered to be corrected is corrected (APL 28(1))."""
    return f.record.correct_time is not None


_MAY = (body_qualified, item_published, within_cap_or_on_clue, joined, drawn_or_on_clue)
_ENTER = (
    noticed,
    under(two_officers, "APL-2021:42(1);GBF-2024-54", guard="G-08 G-65"),
    under(certified, "APL-2021:42(1);GBF-2024-54", guard="G-08 G-65"),
    certificate_shown,
    checked_in,
)

# fmt: off
TABLE = table(
    "inspection",
    ("PLAN", "", "PLANNED", "GBF-2024-54", (),
     "UNIT_HEAD", ("列入检查计划", "Plan"), "inspection.planned"),
    ("OPEN_ON_CLUE", "", "PLANNED", "GBF-2024-54", (),
     "UNIT_HEAD SYSTEM", ("依线索启动", "Open on a clue"), "inspection.planned"),
    ("APPROVE", "PLANNED", "APPROVED", "GBF-2024-54", _MAY,
     "AGENCY_HEAD", ("审批", "Approve"), "inspection.approved"),
    ("CALL_OFF", "PLANNED APPROVED NOTICED", "CALLED_OFF", "GBF-2024-54", (),
     "AGENCY_HEAD", ("取消检查", "Call off")),
    ("NOTICE", "APPROVED", "NOTICED", "GBF-2024-54", (),
     "CLERK HANDLING_OFFICER", ("送达检查通知书", "Give notice"), "inspection.noticed"),
    ("CHECK_IN", "APPROVED NOTICED", "CHECKED_IN", "GBF-2024-54", _ENTER,
     "HANDLING_OFFICER", ("扫码亮证", "Check in"), "inspection.started"),
    ("INSPECT", "CHECKED_IN", "INSPECTED", "APL-2021:55(2)", (minutes_checked,),
     "HANDLING_OFFICER", ("现场检查", "Inspect"), "inspection.done"),
    ("INSPECT_OUTSIDE", "CHECKED_IN", "INSPECTED_OUTSIDE", "GBF-2024-54", (minutes_checked, through_mechanism),
     "HANDLING_OFFICER", ("异地检查", "Inspect outside the area"), "inspection.done inspection.done_outside"),
    ("FILE_OUTSIDE", "INSPECTED_OUTSIDE", "INSPECTED", "SP-INSPECT", (),
     "CLERK", ("异地检查备案", "File the inspection outside"), "inspection.filed"),
    ("FIND_NOTHING", "INSPECTED", "CONCLUDED", "GBF-2024-54", (),
     "HANDLING_OFFICER UNIT_HEAD", ("检查合格", "Find nothing"), "inspection.concluded"),
    ("ORDER_CORRECTION", "INSPECTED", "CORRECTING", "APL-2021:28(1)", (),
     "HANDLING_OFFICER UNIT_HEAD", ("责令改正", "Order correction"), "correction.ordered"),
    ("VERIFY_CORRECTION", "CORRECTING", "CONCLUDED", "APL-2021:28(1)", (corrected,),
     "HANDLING_OFFICER", ("复查改正情况", "Verify the correction"), "inspection.concluded"),
    ("REFER_CLUE", "INSPECTED CORRECTING", "CONCLUDED", "APL-2021:54(1)", (),
     "UNIT_HEAD", ("转违法线索", "Refer as a clue"), "inspection.concluded"),
    ("TELL", "CONCLUDED", "TOLD", "GBF-2024-54", (),
     "HANDLING_OFFICER CLERK", ("告知检查结果", "Tell the result"), "inspection.told"),
    ("PUBLISH", "TOLD", "PUBLISHED", "GBF-2018-118:6", (),
     "CLERK", ("公示检查结果", "Publish the result"), "inspection.published"),
    ("CLOSE", "PUBLISHED", "CLOSED", "GBF-2024-54", (),
     "UNIT_HEAD", ("办结归档", "Close")),
    titles=("行政检查", "Inspection"),
    ends="CALLED_OFF CLOSED",
)
# fmt: on
INSPECTION = Procedure("inspection", InspectionFacts, TABLE)
