"""Administrative inspection of enterprises, from the plan to the published result."""

from dataclasses import dataclass

from services.law.process import Rule, table


@dataclass(frozen=True)
class InspectionFacts:
    """What the rules ask of an inspection when an act is to be done."""

    body_qualified: bool
    item_published: bool
    within_cap: bool
    clue_given: bool  # complaint, assignment, transfer or monitored data
    joined: bool  # with the inspections of others that can be joined
    drawn_at_random: bool  # object and officers, with the seed kept
    noticed: bool
    notice_excused: bool  # a law lets it come unannounced
    officers: int
    certified: bool  # each holds a certificate in force
    certificates_shown: bool
    checked_in: bool  # by scanning the inspection code
    by_outsiders: bool  # assistants, third parties, coordinating bodies
    record_signed: bool
    outside_mechanism: bool  # through the mechanism between areas
    corrected: bool


_MAY = (
    Rule("SUBJECT_NOT_QUALIFIED", "GBF-2024-54", "Only a qualified body inspects, none that merely coordinates.",
         "检查主体应当具备法定资格，议事协调机构等不得实施检查。", lambda f: f.body_qualified and not f.by_outsiders),
    Rule("INSPECTION_NOT_ALLOWED", "GBF-2024-54", "The item stands in the published list.",
         "检查事项未公布的，不得实施。", lambda f: f.item_published),
    Rule("INSPECTION_CAP", "GBF-2024-54", "Above the yearly cap an inspection needs a clue.",
         "超过年度频次上限的检查须有线索。", lambda f: f.within_cap or f.clue_given),
    Rule("INSPECTION_NOT_JOINED", "GBF-2024-54", "Inspections that can be joined are joined.",
         "可以合并、联合的检查应当合并、联合。", lambda f: f.joined, severity="warn"),
    Rule("DOUBLE_RANDOM_REQUIRED", "OBE-2019:54;GBF-2015-58", "Object and officers are drawn at random.",
         "检查对象和检查人员应当随机抽取。", lambda f: f.drawn_at_random or f.clue_given, severity="warn"),
)  # fmt: skip
_ENTER = (
    Rule("INSPECTION_NOT_NOTICED", "GBF-2024-54", "The inspection was noticed, unless a law excuses it.",
         "检查前应当通知，法律另有规定的除外。", lambda f: f.noticed or f.notice_excused),
    Rule("TOO_FEW_OFFICERS", "APL-2021:42(1);GBF-2024-54", "At least two officers inspect.",
         "执法人员不得少于两人。", lambda f: f.officers >= 2),
    Rule("TWO_CERTIFIED_OFFICERS", "APL-2021:42(1);GBF-2024-54", "Every officer holds a certificate in force.",
         "检查应当由具有执法资格的人员实施。", lambda f: f.certified),
    Rule("CERTIFICATE_NOT_SHOWN", "APL-2021:55(1)", "The officers show their certificates.",
         "执法人员应当主动出示执法证件。", lambda f: f.certificates_shown),
    Rule("NOT_CHECKED_IN", "GBF-2024-54", "The officers check in by the inspection code.",
         "应当扫码或者亮码检查。", lambda f: f.checked_in),
)  # fmt: skip
_RECORD = Rule(
    "RECORD_MISSING", "APL-2021:55(2)", "A record of the inspection is made and signed.",
    "检查应当制作笔录。", lambda f: f.record_signed,
)  # fmt: skip
_OUTSIDE = Rule(
    "CROSS_AREA_INSPECTION", "GBF-2024-54;ASR-2025:11", "Outside the area only through the mechanism between areas.",
    "异地检查应当通过跨区域协作机制。", lambda f: f.outside_mechanism,
)  # fmt: skip
_CORRECTED = Rule(
    "NOT_CORRECTED", "APL-2021:28(1)", "What was ordered to be corrected is corrected.",
    "责令改正的事项已经改正。", lambda f: f.corrected,
)  # fmt: skip

# fmt: off
INSPECTION = table(
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
    ("INSPECT", "CHECKED_IN", "INSPECTED", "APL-2021:55(2)", (_RECORD,),
     "HANDLING_OFFICER", ("现场检查", "Inspect"), "inspection.done"),
    ("INSPECT_OUTSIDE", "CHECKED_IN", "INSPECTED_OUTSIDE", "GBF-2024-54", (_RECORD, _OUTSIDE),
     "HANDLING_OFFICER", ("异地检查", "Inspect outside the area"), "inspection.done inspection.done_outside"),
    ("FILE_OUTSIDE", "INSPECTED_OUTSIDE", "INSPECTED", "SP-INSPECT", (),
     "CLERK", ("异地检查备案", "File the inspection outside"), "inspection.filed"),
    ("FIND_NOTHING", "INSPECTED", "CONCLUDED", "GBF-2024-54", (),
     "HANDLING_OFFICER UNIT_HEAD", ("检查合格", "Find nothing"), "inspection.concluded"),
    ("ORDER_CORRECTION", "INSPECTED", "CORRECTING", "APL-2021:28(1)", (),
     "HANDLING_OFFICER UNIT_HEAD", ("责令改正", "Order correction"), "correction.ordered"),
    ("VERIFY_CORRECTION", "CORRECTING", "CONCLUDED", "APL-2021:28(1)", (_CORRECTED,),
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
