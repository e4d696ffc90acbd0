"""The pursuit of responsibility for enforcement."""

from dataclasses import dataclass

from services.law.process import Rule, table

# What may follow for an organisation and for a person; discipline is for the competent body alone.
KINDS = {
    "organisation": frozenset({"RECTIFY", "CIRCULATE_CRITICISM", "NO_HONOURS"}),
    "person": frozenset({"CRITICISM", "OFF_POST_TRAINING", "TRANSFER_FROM_POST", "DISQUALIFY", "RECOVERY"}),
}


@dataclass(frozen=True)
class AccountabilityFacts:
    """What the rules ask of a pursuit of responsibility when an act is to be done."""

    reviewed: bool
    complex: bool
    extensions: int
    term_over: bool
    notice_complete: bool  # facts, reasons, basis, rights
    heard: bool  # or expressly waived
    rechecked: bool
    kinds: frozenset[str]
    against: str  # organisation or person
    discipline: bool  # what follows is discipline or a crime: the competent body's alone
    not_heavier: bool  # than the notice said, because of the defence
    causes_named: bool


_REVIEWED = Rule(
    "NOT_REVIEWED", "CITY-ERS:2(7)", "The preliminary review is done and names the cause.",
    "初步审查完成并指明追究事由。", lambda f: f.reviewed and f.causes_named,
)  # fmt: skip
_EXTENSION = Rule(
    "EXTENSION_INVALID", "CITY-ERS:2(7)", "Extended once, for complexity, while the term runs.",
    "情况复杂的，期限届满前经批准可以延长一次。",
    lambda f: f.complex and f.extensions == 0 and not f.term_over,
)  # fmt: skip
_NOTICE = Rule(
    "PRIOR_NOTICE_INCOMPLETE", "CITY-ERS:2(7);GBF-2005-37", "Facts, reasons, basis and rights are told.",
    "应当告知事实、理由、依据和享有的权利。", lambda f: f.notice_complete,
)  # fmt: skip
_HEARD = (
    Rule("ACCOUNTABILITY_HEARING_RIGHT", "CITY-ERS:2(7);GBF-2005-37",
         "The person's statement was heard and rechecked before the decision.",
         "作出决定前应当听取陈述和申辩并复核。", lambda f: f.heard and f.rechecked),
    Rule("AGGRAVATED_AFTER_DEFENCE", "CITY-ERS:2(7);GBF-2005-37", "Nobody is treated worse for the defence.",
         "不得因陈述、申辩加重处理。", lambda f: f.not_heavier),
    Rule("ACCOUNTABILITY_KIND", "ASR-2025:32;ASR-2025:33", "The measure is one that this body may take.",
         "处理种类应当在权限之内，处分由有权机关作出。",
         lambda f: bool(f.kinds) and f.kinds <= KINDS[f.against] and not f.discipline),
)  # fmt: skip
_COMPETENT = Rule(
    "NO_DISCIPLINE", "ASR-2025:33", "What is discipline or a crime goes to the competent body.",
    "应当给予处分或者涉嫌犯罪的，移送有权机关。", lambda f: f.discipline,
)  # fmt: skip

# fmt: off
ACCOUNTABILITY = table(
    "accountability",
    ("REGISTER", "", "CLUE", "CITY-ERS:2(7)", (),
     "INSPECTION_OFFICE SYSTEM", ("登记追责线索", "Register a clue"), "accountability.clue_received"),
    ("REVIEW", "CLUE", "REVIEWED", "CITY-ERS:2(7)", (),
     "INSPECTION_OFFICE", ("初步审查", "Review"), "accountability.reviewed"),
    ("DROP", "REVIEWED INVESTIGATED DELIBERATED HEARD", "NOT_PURSUED", "CITY-ERS:2(7)", (),
     "AGENCY_HEAD COLLECTIVE", ("不予追究", "Do not pursue")),
    ("OPEN", "REVIEWED", "INVESTIGATING", "CITY-ERS:2(7)", (_REVIEWED,),
     "AGENCY_HEAD", ("批准立项调查", "Open the investigation"), "accountability.opened"),
    ("EXTEND", "INVESTIGATING", "=", "CITY-ERS:2(7)", (_EXTENSION,),
     "AGENCY_HEAD", ("延长调查期限", "Extend"), "accountability.extended"),
    ("CONCLUDE", "INVESTIGATING", "INVESTIGATED", "CITY-ERS:2(7)", (),
     "INSPECTION_OFFICE", ("调查终结，提出意见", "Conclude and propose"), "accountability.investigated"),
    ("DELIBERATE", "INVESTIGATED", "DELIBERATED", "CITY-ERS:2(7)", (),
     "COLLECTIVE", ("局长办公会审议", "Deliberate")),
    ("GIVE_NOTICE", "DELIBERATED", "NOTICED", "CITY-ERS:2(7);GBF-2005-37", (_NOTICE,),
     "INSPECTION_OFFICE", ("告知事实、理由、依据和权利", "Give prior notice")),
    ("HEAR_STATEMENT", "NOTICED", "HEARD", "CITY-ERS:2(7);GBF-2005-37", (),
     "INSPECTION_OFFICE", ("听取陈述申辩", "Hear the statement")),
    ("WAIVE_STATEMENT", "NOTICED", "HEARD", "CITY-ERS:2(7)", (),
     "OFFICER UNIT", ("放弃陈述申辩", "Waive the statement")),
    ("DECIDE", "HEARD", "DECIDED", "CITY-ERS:2(7);ASR-2025:32", _HEARD,
     "COLLECTIVE", ("作出追究决定", "Decide"), "accountability.decided"),
    ("SERVE", "DECIDED", "SERVED", "CITY-ERS:2(7)", (), "INSPECTION_OFFICE", ("送达", "Serve")),
    ("ASK_FOR_REVIEW", "SERVED", "UNDER_REVIEW", "CITY-ERS:2(7)", (),
     "OFFICER UNIT", ("申请复核", "Ask for a review")),
    ("UPHOLD", "UNDER_REVIEW", "FINAL", "CITY-ERS:2(7)", (), "COLLECTIVE", ("维持", "Uphold")),
    ("CHANGE", "UNDER_REVIEW", "FINAL", "CITY-ERS:2(7)", _HEARD[1:], "COLLECTIVE", ("变更", "Change")),
    ("ANNUL", "UNDER_REVIEW", "NOT_PURSUED", "CITY-ERS:2(7)", (), "COLLECTIVE", ("撤销", "Annul")),
    ("EXECUTE", "SERVED FINAL", "EXECUTED", "CITY-ERS:2(7)", (),
     "UNIT", ("执行", "Execute"), "accountability.executed"),
    ("RECORD", "EXECUTED", "RECORDED", "CITY-ERS:2(7)", (),
     "INSPECTION_OFFICE", ("记入执法档案和考核", "Record")),
    ("TRANSFER", "CLUE REVIEWED INVESTIGATING INVESTIGATED DELIBERATED", "TRANSFERRED", "ASR-2025:33",
     (_COMPETENT,), "AGENCY_HEAD", ("移送有权机关", "Transfer to the competent body"),
     "accountability.transferred"),
    titles=("执法责任追究", "Accountability"),
    ends="NOT_PURSUED RECORDED TRANSFERRED",
)
# fmt: on
