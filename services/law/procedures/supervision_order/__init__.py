"""Supervision of enforcement: from a clue to an urging letter, an opinion or a decision, and objections to them."""

from services.law.procedure import Procedure
from services.law.procedures.shared import not_in_remedy, reasons_given, stands_apart, under
from services.law.procedures.supervision_order.facts import (
    Finding as Finding,
)
from services.law.procedures.supervision_order.facts import (
    SupervisionDocument as SupervisionDocument,
)
from services.law.procedures.supervision_order.facts import (
    SupervisionFacts,
)
from services.law.procedures.supervision_order.facts import (
    SupervisionRecord as SupervisionRecord,
)
from services.law.procedures.supervision_order.rules import (
    corrected,
    decision_complete,
    document_complete,
    duty_not_done,
    examiner_apart,
    factors_weighed,
    from_warning,
    goes_to_remedy,
    government_decided,
    major_or_disobeyed,
    measure_recorded,
    not_corrected,
    objection_open,
    officer_known,
    overdue,
    proposal_open,
    receiver_named,
    refused_or_prominent,
    report_complete,
    served,
    something_found,
    source_stands,
    supervisors_certified,
    two_supervisors,
    unit_known,
    unlawful_or_improper,
    verifier_apart,
    without_target,
)
from services.law.process import table

_APART = under(stands_apart, "ASR-2025:8", guard="G-83", reason="OVERSIGHT_ROLE_CONFLICT")
# Who supervises on the spot, inquires or decides (ASR 8).
_TEAM = (two_supervisors, supervisors_certified, _APART)
_REASONS = under(reasons_given, "ASR-2025:30")
_SIMPLE, _WARNING = "CORRECTING CORRECTED", "EXPLAINING EXPLAINED"
# What the oversight body itself made; a decision is the government's (ASR 29, 30).
_OWN = "LETTER_SERVED OPINION_SERVED"
_OWN_REPORTED = "LETTER_REPORTED OPINION_REPORTED"
_SERVED = f"{_OWN} DECISION_SERVED"
_REPORTED = f"{_OWN_REPORTED} DECISION_REPORTED"
# The term of what the oversight body set for itself: no report is overdue yet.
_NO_DOCUMENT = f"ACCEPTED NOTIFIED INQUIRING {_SIMPLE} {_WARNING}"
_ISSUED = "LETTER_ISSUED OPINION_ISSUED DECISION_ISSUED"

# fmt: off
TABLE = table(
    "supervision_order",
    ("REGISTER", "", "CLUE", "ASR-2025:20(2)", (source_stands, unit_known),
     "OVERSIGHT SYSTEM", ("登记监督线索", "Register a clue"), "supervision.clue_registered", "RegisterSupervisionClue"),
    ("DIVERT", "CLUE", "DIVERTED", "ASR-2025:33(3)", (goes_to_remedy, _REASONS),
     "OVERSIGHT", ("引导复议、诉讼", "Guide to remedies"), "supervision.refused", "DivertSupervision"),
    ("REFUSE", "CLUE", "REFUSED", "TJ-SUP:21", (_REASONS,),
     "OVERSIGHT", ("不予受理", "Refuse"), "supervision.refused", "RefuseSupervision"),
    ("ACCEPT", "CLUE", "ACCEPTED", "ASR-2025:20(2)", (not_in_remedy,),
     "OVERSIGHT", ("受理立项", "Accept"), "supervision.accepted supervision.opened", "AcceptSupervision"),
    ("ACCEPT_SIMPLE", "CLUE", "CORRECTING", "ASR-2025:26(2)", (not_in_remedy, *_TEAM),
     "OVERSIGHT", ("受理，督促立即纠正", "Accept, have it corrected at once"), "supervision.accepted", "AcceptSupervision"),
    ("ACCEPT_WARNING", "CLUE", "EXPLAINING", "ASR-2025:22[1];ASR-2025:37(1)", (not_in_remedy, from_warning, *_TEAM),
     "OVERSIGHT", ("受理，要求自查说明", "Accept, have it explained"), "supervision.accepted supervision.notified",
     "AcceptSupervision"),
    ("TURN_GENERAL", f"{_SIMPLE} {_WARNING}", "ACCEPTED", "ASR-2025:22", (_REASONS,),
     "OVERSIGHT", ("转一般程序", "Turn to the general track"), "supervision.opened", "TurnSupervisionGeneral"),
    ("NOTIFY", "ACCEPTED", "NOTIFIED", "SH-SUP:20", (),
     "OVERSIGHT", ("通知被监督机关", "Notify the agency"), "supervision.notified", "NotifySupervision"),
    ("NOTIFY", "INQUIRING", "=", "SH-SUP:20", (),
     "OVERSIGHT", ("通知被监督机关", "Notify the agency"), "supervision.notified", "NotifySupervision"),
    ("EXPLAIN", "NOTIFIED INQUIRING", "=", "ASR-2025:22[1];SH-SUP:20", (report_complete,),
     "SUPERVISED_AGENCY", ("自查说明、提交案卷", "Explain, hand in the file"), "supervision.explained", "ExplainSupervision"),
    ("EXPLAIN", "EXPLAINING", "EXPLAINED", "ASR-2025:22[1];SH-SUP:20", (report_complete,),
     "SUPERVISED_AGENCY", ("自查说明、提交案卷", "Explain, hand in the file"), "supervision.explained", "ExplainSupervision"),
    ("ACCEPT_EXPLANATION", "EXPLAINED", "CLOSED", "ASR-2025:22[1];ASR-2025:26", (*_TEAM, verifier_apart, _REASONS),
     "OVERSIGHT", ("说明成立，办结", "Accept the explanation"), "supervision.decided supervision.closed",
     "AcceptSupervisionExplanation"),
    ("INQUIRE", "ACCEPTED NOTIFIED", "INQUIRING", "ASR-2025:22", _TEAM,
     "OVERSIGHT", ("开展监督调查", "Inquire"), "", "BeginSupervisionInquiry"),
    ("REPLACE_SUPERVISORS", f"INQUIRING {_SIMPLE} {_WARNING} {_ISSUED} {_SERVED} {_REPORTED} PROPOSED CLOSED", "=", "ASR-2025:8",
     (*_TEAM, _REASONS), "OVERSIGHT", ("更换监督人员", "Replace the supervisors"), "", "ReplaceSupervisors"),
    ("TAKE_MEASURE", f"INQUIRING {_WARNING} {_SERVED} {_REPORTED}", "=", "ASR-2025:22", (measure_recorded, *_TEAM),
     "OVERSIGHT", ("采取监督措施", "Take a measure of inquiry"), "", "TakeInquiryMeasure"),
    ("FIND_NOTHING", "INQUIRING", "CLOSED", "ASR-2025:26", (*_TEAM, _REASONS),
     "OVERSIGHT", ("未发现问题", "Find nothing"), "supervision.decided supervision.closed", "FindNothing"),
    ("CORRECT_ON_SPOT", "INQUIRING", "CORRECTING", "ASR-2025:26(2)", (*_TEAM, something_found),
     "OVERSIGHT", ("督促当场纠正", "Have it corrected on the spot"), "", "CorrectOnSpot"),
    ("ISSUE_LETTER", "INQUIRING", "LETTER_ISSUED", "ASR-2025:27",
     (*_TEAM, not_in_remedy, duty_not_done, document_complete, without_target),
     "OVERSIGHT", ("制发督办函", "Issue an urging letter"), "supervision.decided", "IssueSupervisionDocument"),
    ("ISSUE_OPINION", "INQUIRING", "OPINION_ISSUED", "ASR-2025:28",
     (*_TEAM, not_in_remedy, unlawful_or_improper, document_complete, without_target),
     "OVERSIGHT", ("制发意见书", "Issue an opinion"), "supervision.decided", "IssueSupervisionDocument"),
    ("PROPOSE", f"INQUIRING {_OWN} {_OWN_REPORTED}", "PROPOSED",
     "ASR-2025:29", (*_TEAM, not_in_remedy, major_or_disobeyed, something_found, _REASONS),
     "OVERSIGHT", ("提出处理建议，报请政府决定", "Propose to the government"), "supervision.escalated",
     "ProposeSupervisionDecision"),
    ("SERVE_LETTER", "LETTER_ISSUED", "LETTER_SERVED", "ASR-2025:27", (served,),
     "OVERSIGHT", ("送达督办函", "Serve the letter"), "urging_letter.served supervision_document.served",
     "ServeSupervisionDocument"),
    ("SERVE_OPINION", "OPINION_ISSUED", "OPINION_SERVED", "ASR-2025:28", (served,),
     "OVERSIGHT", ("送达意见书", "Serve the opinion"), "supervision_opinion.served supervision_document.served",
     "ServeSupervisionDocument"),
    ("DECLINE_CORRECTION", "PROPOSED", "CLOSED", "ASR-2025:29", (government_decided, _REASONS),
     "GOVERNMENT", ("政府决定不予纠正", "Decide not to correct"), "supervision.decided supervision.closed",
     "RecordGovernmentDecision"),
    ("DECIDE_CORRECTION", "PROPOSED", "DECISION_ISSUED", "ASR-2025:29", (government_decided, decision_complete, without_target),
     "GOVERNMENT", ("政府制发决定书", "Issue a decision"), "supervision.decided", "RecordGovernmentDecision"),
    ("SERVE_DECISION", "DECISION_ISSUED", "DECISION_SERVED", "ASR-2025:29", (served,),
     "OVERSIGHT", ("送达决定书", "Serve the decision"),
     "supervision_decision.served supervision_document.served", "ServeSupervisionDocument"),
    ("REPORT", "CORRECTING", "CORRECTED", "ASR-2025:26(2)", (report_complete,),
     "SUPERVISED_AGENCY", ("报送纠正情况", "Report"), "", "ReportCorrection"),
    ("REPORT", "LETTER_SERVED", "LETTER_REPORTED", "ASR-2025:27(2)", (report_complete,),
     "SUPERVISED_AGENCY", ("报送纠正情况", "Report"), "urging_letter.reported", "ReportCorrection"),
    ("REPORT", "OPINION_SERVED", "OPINION_REPORTED", "ASR-2025:28(2)", (report_complete,),
     "SUPERVISED_AGENCY", ("报送纠正情况", "Report"), "supervision_opinion.reported", "ReportCorrection"),
    ("REPORT", "DECISION_SERVED", "DECISION_REPORTED", "ASR-2025:22[1]", (report_complete,),
     "SUPERVISED_AGENCY", ("报送执行情况", "Report"), "supervision_decision.reported", "ReportCorrection"),
    ("SEND_BACK", "CORRECTED", "CORRECTING", "ASR-2025:26(2)", (*_TEAM, not_corrected),
     "OVERSIGHT", ("未纠正到位，退回", "Send back"), "", "SendReportBack"),
    ("SEND_BACK", "LETTER_REPORTED", "LETTER_SERVED", "ASR-2025:27", (*_TEAM, not_corrected),
     "OVERSIGHT", ("未纠正到位，退回", "Send back"), "urging_letter.served", "SendReportBack"),
    ("SEND_BACK", "OPINION_REPORTED", "OPINION_SERVED", "ASR-2025:28", (*_TEAM, not_corrected),
     "OVERSIGHT", ("未纠正到位，退回", "Send back"), "supervision_opinion.served", "SendReportBack"),
    ("SEND_BACK", "DECISION_REPORTED", "DECISION_SERVED", "ASR-2025:29", (*_TEAM, not_corrected),
     "OVERSIGHT", ("未纠正到位，退回", "Send back"), "supervision_decision.served", "SendReportBack"),
    ("VERIFY", f"CORRECTED {_REPORTED}", "CLOSED", "ASR-2025:26", (*_TEAM, corrected, verifier_apart, _REASONS),
     "OVERSIGHT", ("核实并办结", "Verify and close"), "supervision.decided supervision.closed", "VerifyCorrection"),
    ("OBJECT", f"{_OWN} {_OWN_REPORTED}", "=", "ASR-2025:30", (_REASONS,),
     "SUPERVISED_AGENCY", ("提出异议", "Object"), "supervision_document.objected", "ObjectToSupervision"),
    ("DECIDE_OBJECTION", f"{_OWN} {_OWN_REPORTED} PROPOSED", "=", "ASR-2025:30",
     (*_TEAM, objection_open, examiner_apart, document_complete, without_target, _REASONS),
     "OVERSIGHT", ("处理异议：维持或者变更", "Decide the objection"), "supervision_document.objection_decided",
     "DecideSupervisionObjection"),
    ("WITHDRAW", f"{_OWN} {_OWN_REPORTED}", "WITHDRAWN", "ASR-2025:30", (*_TEAM, objection_open, examiner_apart, _REASONS),
     "OVERSIGHT", ("异议成立，撤回文书", "Withdraw on objection"),
     "supervision_document.objection_decided supervision_document.withdrawn", "DecideSupervisionObjection"),
    ("ESCALATE", _SERVED, "=", "ASR-2025:27(2);ASR-2025:28(2);ASR-2025:29", (overdue,),
     "SYSTEM", ("逾期上报", "Take it up when overdue")),
    ("LIST", f"{_NO_DOCUMENT} {_SERVED} {_REPORTED} PROPOSED", "=", "ASR-2025:20(3)", (_REASONS,),
     "OVERSIGHT", ("挂牌督办", "List it"), "", "ListSupervision"),
    ("RAISE", _NO_DOCUMENT, "RAISED", "ASR-2025:20(3)", (receiver_named, _REASONS),
     "OVERSIGHT", ("提级监督", "Hand it up"), "supervision.decided", "RaiseSupervision"),
    ("CIRCULATE", f"{_SERVED} {_REPORTED} PROPOSED CLOSED", "=", "ASR-2025:31", (*_TEAM, refused_or_prominent, _REASONS),
     "OVERSIGHT", ("通报或者向社会公布", "Make it known"), "", "CirculateCriticism"),
    ("PROPOSE_MEASURES", f"{_SERVED} {_REPORTED} PROPOSED CLOSED", "=", "ASR-2025:32",
     (*_TEAM, officer_known, factors_weighed, _REASONS),
     "OVERSIGHT", ("提出人员处理建议", "Propose measures against persons"), "", "ProposePersonMeasure"),
    ("STATE_ON_PROPOSAL", f"{_SERVED} {_REPORTED} PROPOSED CLOSED", "=", "CITY-ERS:2(7)", (proposal_open, report_complete),
     "OFFICER", ("当事执法人员陈述、申辩", "State on the proposal"), "", "StateOnProposal"),
    ("ANSWER_PROPOSAL", f"{_SERVED} {_REPORTED} PROPOSED CLOSED", "=", "ASR-2025:32", (proposal_open, report_complete),
     "COMPETENT_BODY", ("答复人员处理建议", "Answer the proposal"), "", "AnswerProposal"),
    ("TRANSFER_CLUE", f"INQUIRING {_SERVED} {_REPORTED} PROPOSED CLOSED", "=", "ASR-2025:33(1)", (receiver_named, _REASONS),
     "OVERSIGHT", ("移送监察机关", "Transfer a clue"), "", "TransferToCommission"),
    titles=("行政执法监督", "Supervision order"),
    ends="DIVERTED REFUSED CLOSED WITHDRAWN RAISED",
)
# fmt: on
SUPERVISION_ORDER = Procedure("supervision_order", SupervisionFacts, TABLE)
