"""Supervision of enforcement: from a clue to an urging letter, an opinion or a decision, and objections to them."""

from dataclasses import dataclass

from services.law.process import Rule, table


@dataclass(frozen=True)
class SupervisionFacts:
    """What the rules ask of a supervision matter when an act is to be done."""

    in_remedy: bool  # the matter is in reconsideration or before a court
    person_told: bool
    supervisors: int
    supervisor_apart: bool  # takes no part in enforcing the case
    corrected: bool
    duty_not_done: bool
    unlawful: bool  # unlawful or clearly improper
    major: bool
    overdue: bool
    not_obeyed: bool
    document_complete: bool  # facts, basis, correction asked for, term, duty to report, right to object
    reasons_given: bool
    report_complete: bool


_IN_REMEDY = Rule(
    "NOT_IN_REMEDY", "ASR-2025:33", "Only what belongs to reconsideration or a court is sent there.",
    "符合行政复议、行政诉讼受理条件的，引导当事人依法申请。", lambda f: f.in_remedy and f.person_told,
)  # fmt: skip
_NO_REMEDY = Rule(
    "ALREADY_IN_REMEDY", "ASR-2025:33", "The matter is not in reconsideration or before a court.",
    "已进入行政复议、行政诉讼的，不重复监督。", lambda f: not f.in_remedy,
)  # fmt: skip
_INQUIRY = (
    Rule("OVERSIGHT_TOO_FEW", "SH-SUP:20", "At least two supervisors inquire.",
         "实施监督调查的人员不得少于两人。", lambda f: f.supervisors >= 2, severity="warn"),
    Rule("OVERSIGHT_ROLE_CONFLICT", "ASR-2025:8", "Supervision does not take the place of enforcement.",
         "不得以监督代替行政执法。", lambda f: f.supervisor_apart),
)  # fmt: skip
_COMPLETE = Rule(
    "SUP_DOC_INCOMPLETE", "ASR-2025:27;ASR-2025:28;ASR-2025:29;ASR-2025:30",
    "It states facts, basis, the correction asked for, the term, the report and the right to object.",
    "应当载明事实、依据、纠正要求、时限、报送要求和提出异议的权利。", lambda f: f.document_complete,
)  # fmt: skip
_LETTER = Rule(
    "INSTRUMENT_MISMATCH", "ASR-2025:27", "An urging letter is for a duty that is not done.",
    "督办函适用于应当履行而未履行行政执法职责的情形。", lambda f: f.duty_not_done,
)  # fmt: skip
_OPINION = Rule(
    "INSTRUMENT_MISMATCH", "ASR-2025:28", "An opinion is for what is unlawful or clearly improper.",
    "意见书适用于查明的违法或者明显不当的行政执法问题。", lambda f: f.unlawful,
)  # fmt: skip
_PROPOSAL = Rule(
    "INSTRUMENT_MISMATCH", "ASR-2025:29", "A decision is for a major matter, or where letter or opinion was not obeyed.",
    "决定书适用于重大问题，或者未按照督办函、意见书的要求履职、纠正的情形。",
    lambda f: f.major or f.not_obeyed or f.overdue,
)  # fmt: skip
_CORRECTED = Rule(
    "NOT_CORRECTED", "ASR-2025:26", "What was found is corrected.",
    "发现的问题已经纠正。", lambda f: f.corrected,
)  # fmt: skip
_NOT_CORRECTED = Rule(
    "CORRECTED_ALREADY", "ASR-2025:26", "A report is sent back if the matter is not corrected.",
    "未纠正到位的，方可退回。", lambda f: not f.corrected and f.reasons_given,
)  # fmt: skip
_REPORT = Rule(
    "REPORT_INCOMPLETE", "ASR-2025:27;ASR-2025:28", "The report says what was corrected.",
    "应当报送纠正情况。", lambda f: f.report_complete,
)  # fmt: skip
_REASONS = Rule(
    "REASONS_MISSING", "ASR-2025:30", "Reasons are given.",
    "应当说明理由。", lambda f: f.reasons_given,
)  # fmt: skip
_SERVED = "LETTER_SERVED OPINION_SERVED DECISION_SERVED"

# fmt: off
SUPERVISION_ORDER = table(
    "supervision_order",
    ("REGISTER", "", "CLUE", "ASR-2025:20", (),
     "OVERSIGHT SYSTEM", ("登记监督线索", "Register a clue"), "supervision.clue_registered"),
    ("DIVERT", "CLUE", "DIVERTED", "ASR-2025:33", (_IN_REMEDY,),
     "OVERSIGHT", ("引导复议、诉讼", "Guide to remedies"), "supervision.refused"),
    ("REFUSE", "CLUE", "REFUSED", "TJ-SUP:21", (_REASONS,),
     "OVERSIGHT", ("不予受理", "Refuse"), "supervision.refused"),
    ("ACCEPT", "CLUE", "ACCEPTED", "ASR-2025:20", (_NO_REMEDY,),
     "OVERSIGHT", ("受理立项", "Accept"), "supervision.accepted supervision.opened"),
    ("NOTIFY", "ACCEPTED", "NOTIFIED", "SH-SUP:20", (),
     "OVERSIGHT", ("通知被监督机关", "Notify the agency"), "supervision.notified"),
    ("NOTIFY", "INQUIRING", "=", "SH-SUP:20", (),
     "OVERSIGHT", ("通知被监督机关", "Notify the agency"), "supervision.notified"),
    ("EXPLAIN", "NOTIFIED INQUIRING", "=", "ASR-2025:22;SH-SUP:20", (),
     "SUPERVISED_AGENCY", ("自查说明、提交案卷", "Explain, hand in the file"), "supervision.explained"),
    ("INQUIRE", "ACCEPTED NOTIFIED", "INQUIRING", "ASR-2025:22", _INQUIRY,
     "OVERSIGHT", ("开展监督调查", "Inquire")),
    ("FIND_NOTHING", "INQUIRING", "CLOSED", "ASR-2025:26", (),
     "OVERSIGHT", ("未发现问题", "Find nothing"), "supervision.decided"),
    ("CORRECT_ON_SPOT", "INQUIRING", "CORRECTED", "ASR-2025:26", (_CORRECTED,),
     "SUPERVISED_AGENCY", ("当场纠正", "Correct on the spot"), "supervision.decided"),
    ("ISSUE_LETTER", "INQUIRING", "LETTER_ISSUED", "ASR-2025:27", (_NO_REMEDY, _LETTER, _COMPLETE),
     "OVERSIGHT", ("制发督办函", "Issue an urging letter"), "supervision.decided"),
    ("ISSUE_OPINION", "INQUIRING", "OPINION_ISSUED", "ASR-2025:28", (_NO_REMEDY, _OPINION, _COMPLETE),
     "OVERSIGHT", ("制发意见书", "Issue an opinion"), "supervision.decided"),
    ("PROPOSE", "INQUIRING LETTER_SERVED OPINION_SERVED LETTER_REPORTED OPINION_REPORTED", "PROPOSED",
     "ASR-2025:29", (_NO_REMEDY, _PROPOSAL),
     "OVERSIGHT", ("提出处理建议，报请政府决定", "Propose to the government"), "supervision.escalated"),
    ("SERVE_LETTER", "LETTER_ISSUED", "LETTER_SERVED", "ASR-2025:27", (),
     "OVERSIGHT", ("送达督办函", "Serve the letter"), "urging_letter.served supervision_document.served"),
    ("SERVE_OPINION", "OPINION_ISSUED", "OPINION_SERVED", "ASR-2025:28", (),
     "OVERSIGHT", ("送达意见书", "Serve the opinion"), "supervision_opinion.served supervision_document.served"),
    ("DECLINE_CORRECTION", "PROPOSED", "CLOSED", "ASR-2025:29", (_REASONS,),
     "GOVERNMENT", ("政府决定不予纠正", "Decide not to correct"), "supervision.decided"),
    ("DECIDE_CORRECTION", "PROPOSED", "DECISION_ISSUED", "ASR-2025:29", (_COMPLETE,),
     "GOVERNMENT", ("政府制发决定书", "Issue a decision"), "supervision.decided"),
    ("SERVE_DECISION", "DECISION_ISSUED", "DECISION_SERVED", "ASR-2025:29", (),
     "OVERSIGHT", ("送达决定书", "Serve the decision"),
     "supervision_decision.served supervision_document.served"),
    ("REPORT", "LETTER_SERVED", "LETTER_REPORTED", "ASR-2025:27", (_REPORT,),
     "SUPERVISED_AGENCY", ("报送纠正情况", "Report"), "urging_letter.reported"),
    ("REPORT", "OPINION_SERVED", "OPINION_REPORTED", "ASR-2025:28", (_REPORT,),
     "SUPERVISED_AGENCY", ("报送纠正情况", "Report"), "supervision_opinion.reported"),
    ("REPORT", "DECISION_SERVED", "DECISION_REPORTED", "ASR-2025:29", (_REPORT,),
     "SUPERVISED_AGENCY", ("报送执行情况", "Report"), "supervision_decision.reported"),
    ("SEND_BACK", "LETTER_REPORTED", "LETTER_SERVED", "ASR-2025:27", (_NOT_CORRECTED,),
     "OVERSIGHT", ("未纠正到位，退回", "Send back"), "urging_letter.served"),
    ("SEND_BACK", "OPINION_REPORTED", "OPINION_SERVED", "ASR-2025:28", (_NOT_CORRECTED,),
     "OVERSIGHT", ("未纠正到位，退回", "Send back"), "supervision_opinion.served"),
    ("SEND_BACK", "DECISION_REPORTED", "DECISION_SERVED", "ASR-2025:29", (_NOT_CORRECTED,),
     "OVERSIGHT", ("未纠正到位，退回", "Send back"), "supervision_decision.served"),
    ("VERIFY", "CORRECTED LETTER_REPORTED OPINION_REPORTED DECISION_REPORTED", "CLOSED", "ASR-2025:26",
     (_CORRECTED,), "OVERSIGHT", ("核实并办结", "Verify and close"), "supervision.closed"),
    ("OBJECT", _SERVED, "=", "ASR-2025:30", (_REASONS,),
     "SUPERVISED_AGENCY", ("提出异议", "Object"), "supervision_document.objected"),
    ("DECIDE_OBJECTION", _SERVED, "=", "ASR-2025:30", (_REASONS,),
     "OVERSIGHT", ("处理异议：维持或者变更", "Decide the objection"), "supervision_document.objection_decided"),
    ("WITHDRAW", "LETTER_SERVED OPINION_SERVED", "WITHDRAWN", "ASR-2025:30", (_REASONS,),
     "OVERSIGHT", ("异议成立，撤回文书", "Withdraw on objection"),
     "supervision_document.objection_decided supervision_document.withdrawn"),
    ("CIRCULATE", _SERVED, "=", "ASR-2025:31", (), "OVERSIGHT", ("通报或者向社会公布", "Make it known")),
    ("PROPOSE_MEASURES", _SERVED, "=", "ASR-2025:32", (_REASONS,),
     "OVERSIGHT", ("提出人员处理建议", "Propose measures against persons")),
    ("TRANSFER_CLUE", _SERVED, "=", "ASR-2025:33", (),
     "OVERSIGHT", ("移送监察机关", "Transfer a clue"), "accountability.clue_received"),
    titles=("行政执法监督", "Supervision order"),
    ends="DIVERTED REFUSED CLOSED WITHDRAWN",
)
# fmt: on
