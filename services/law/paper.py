"""The papers of a record (执法文书): what each is called, what asks for it, when it is due, what it says, its number.

A record is a case, or what stands beside one: a measure, a referral, an inspection, a request for help, an enforcement by the
court or by the agency itself; or a permit, whose papers have a table of their own. A further paper is a line of a table and a
template of the same name.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from services.law.paper_form import BOTH, SUMMARY, Paper
from services.law.paper_permit import PERMIT_PAPERS

_CASE = "party violation officers"
_TAKEN = frozenset({"SEAL", "SEIZE"})


def _paper(kind: str, zh: str, en: str, law: str, act: str, due: str, says: str = "", **more: Any) -> Paper:
    if more.get("served"):
        more.setdefault("group", 3)
    if more.get("record", "case") == "case":
        says = f"{_CASE} {says}"
    return Paper(kind, zh, en, law, act, due, tuple(says.split()), **more)


def _measure(kind: str, zh: str, en: str, law: str, act: str, due: str, says: str = "", **more: Any) -> Paper:
    return _paper(kind, zh, en, law, act, due, f"kind officers execution {says}", record="measure", **more)


def _referral(
    kind: str, zh: str, en: str, law: str, act: str, due: str, says: str = "", **more: Any
) -> Paper:
    said = f"officers suspicion standard amount {says}"
    return _paper(kind, zh, en, law, act, due, said, record="referral", procedures=BOTH, group=7, **more)


def _enforcement(
    kind: str, zh: str, en: str, law: str, act: str, due: str, says: str = "", **more: Any
) -> Paper:
    said = f"penalty_number duty {says}"
    return _paper(
        kind, zh, en, law, act, due, said, record="enforcement", procedures=BOTH, served=True, **more
    )


def _inspection(
    kind: str, zh: str, en: str, law: str, act: str, due: str, says: str = "", **more: Any
) -> Paper:
    said = f"number kind enterprise officers {says}"
    return _paper(kind, zh, en, law, act, due, said, record="inspection", **more)


# A file is put together when the case was decided, ended or given up.
_CLOSED = "decision.decide_time no_penalty.decide_time close_time cause"

# fmt: off
PAPERS: Mapping[str, Paper] = MappingProxyType({p.kind: p for p in (
    _paper("filing", "立案审批表", "Filing approval form", "APL-2021:54(2)", "FILE_CASE", "file_time",
           "clue", at="file_time", number="case_number", word="立", group=1),
    _paper("not_filing", "不予立案审批表", "Approval form not to file", "SAMR-2022:20", "DECLINE_CLUE", "cause",
           "clue cause", states=frozenset({"NOT_FILED"}), group=1),
    _paper("site_record", "现场检查（勘验）笔录", "Record of the inspection on site", "APL-2021:55(1);APL-2021:42(1)",
           "RECORD_EVIDENCE", "assign_time", "rights_told_time", served=True, group=4),
    _paper("interview_notice", "询问通知书", "Notice of an interview", "APL-2021:55(2)", "RECORD_EVIDENCE", "assign_time",
           word="询", served=True),
    _paper("interview_record", "询问笔录", "Record of an interview", "APL-2021:55(2)", "RECORD_EVIDENCE", "assign_time",
           "rights_told_time", served=True, group=4),
    _paper("evidence_copy", "证据提取单", "Sheet of copied evidence", "APL-2021:46", "RECORD_EVIDENCE", "assign_time", group=4),
    _paper("preservation_notice", "先行登记保存证据通知书", "Notice of evidence registered and kept", "APL-2021:56",
           "RECORD_EVIDENCE", "assign_time", word="存", served=True, group=6),
    _paper("preservation_release", "解除先行登记保存证据通知书", "Notice that kept evidence is released", "APL-2021:56",
           "RECORD_EVIDENCE", "assign_time", word="解存", served=True, group=6),
    _paper("correction_order", "责令改正通知书", "Order to make good", "APL-2021:28(1)", "SUBMIT_REPORT",
           "proposal.correction_order", "proposal", word="责改", served=True),
    _paper("investigation_report", "案件调查终结报告", "Report that ends the investigation", "APL-2021:57(1)", "SUBMIT_REPORT",
           "inquiry_end_time", "clue file_time assign_time proposal report", at="inquiry_end_time", evidence=True, group=12),
    _paper("legal_review", "重大执法决定法制审核意见书", "Opinion of the legal review", "APL-2021:58", "PASS_REVIEW",
           "review.conclude_time", "proposal review", at="review.conclude_time", group=13),
    _paper("prior_notice", "行政处罚事先告知书", "Prior notice of the penalty", "APL-2021:44", "SERVE_PRIOR_NOTICE",
           "notice.serve_time", "notice", at="notice.serve_time", number="notice.document_number", word="告", served=True),
    _paper("statement_record", "陈述申辩笔录", "Record of statement and defence", "APL-2021:45(1)", "RECORD_STATEMENT",
           "defence.statement_time", "notice defence", at="defence.statement_time", served=True),
    _paper("waiver", "放弃陈述申辩（听证）权利声明", "Waiver of statement, defence and hearing", "APL-2021:45;APL-2021:63",
           "WAIVE_DEFENCE", "defence.waive_time", "notice defence", at="defence.waive_time", served=True),
    _paper("recheck_opinion", "陈述申辩复核意见书", "Opinion on statement and defence", "APL-2021:45(1)", "RECHECK_DEFENCE",
           "defence.recheck_time", "notice defence", at="defence.recheck_time"),
    _paper("hearing_notice", "行政处罚听证通知书", "Notice of the hearing", "APL-2021:64[2]", "REQUEST_HEARING",
           "defence.hearing_request_time", "notice defence", word="听", served=True),
    _paper("hearing_record", "听证笔录", "Record of the hearing", "APL-2021:64[8]", "HOLD_HEARING",
           "defence.hearing_time", "notice defence", at="defence.hearing_time", served=True, group=5),
    _paper("hearing_report", "听证报告", "Report of the hearing", "APL-2021:65", "HOLD_HEARING",
           "defence.hearing_time", "notice defence", group=14),
    _paper("discussion", "行政处罚案件集体讨论记录", "Record of the discussion by the heads", "APL-2021:57(2)", "MAKE_DECISION",
           "decision.discussion", "proposal decision", at="decision.decide_time"),
    _paper("decision_approval", "行政处罚决定审批表", "Approval form of the decision", "APL-2021:57(1)", "MAKE_DECISION",
           "decision.decide_time", "clue file_time proposal review notice defence decision", at="decision.decide_time"),
    _paper("decision", "行政处罚决定书", "Penalty decision", "APL-2021:59", "MAKE_DECISION", "decision.decide_time",
           "clue file_time notice defence hearing decision", at="decision.decide_time", number="decision.document_number",
           word="决", served=True, evidence=True, group=2),
    _paper("no_penalty", "不予行政处罚决定书", "Decision that no penalty is imposed", "APL-2021:57(1)[2];APL-2021:57(1)[3]",
           "DECIDE_NO_PENALTY", "no_penalty.decide_time", "clue file_time no_penalty", at="no_penalty.decide_time",
           number="no_penalty.document_number", word="不罚决", served=True, evidence=True, group=2),
    _paper("spot_decision", "当场行政处罚决定书", "Penalty decision on the spot", "APL-2021:52", "MAKE_SPOT_DECISION",
           "decision.decide_time", "decision spot", at="decision.decide_time", number="decision.document_number", served=True,
           procedures=SUMMARY, group=2),
    _paper("correction_notice", "补正（更正）决定书", "Decision that corrects a paper",
           "MOHURD-2022:28(4);ENV-2023:85(2);APL-2021:75(2)", "DECIDE_CORRECTION", "correct_time", "decision corrections",
           at="correct_time", word="补", served=True, procedures=BOTH, group=2),
    _paper("own_correction", "自行纠正行政处罚决定书", "Decision by which the agency corrects its own", "APL-2021:75(2)",
           "ANNUL_OWN_DECISION", "correcting_paper.decide_time", "decision own_corrections correcting_paper",
           at="correcting_paper.decide_time", number="correcting_paper.document_number", word="纠", served=True, procedures=BOTH,
           group=2),
    _paper("service_receipt", "送达回证", "Receipt of service", "APL-2021:61(1)", "SERVE_DECISION", "decision.decide_time",
           "decision service", served=True, procedures=BOTH, group=2),
    _paper("service_notice", "送达公告", "Public notice of service", "APL-2021:61(1);CPL-2023:95(1)", "ANNOUNCE_SERVICE",
           "announcement.announce_time", "decision announcement", at="announcement.announce_time", word="公", group=3),
    _paper("transfer_letter", "案件移送函", "Letter of transfer", "SAMR-2022:14;APL-2021:22", "TRANSFER_CASE",
           "transfer.send_time", "clue transfer", at="transfer.send_time", word="移",
           states=frozenset({"TRANSFERRED_OUT"}), group=7),
    _paper("termination", "终止案件审批表", "Approval form to end the case", "SAMR-2022:47", "TERMINATE_CASE", "cause",
           "clue file_time cause", states=frozenset({"TERMINATED", "CLOSED"}), group=15),
    _paper("closing", "结案审批表", "Closing approval form", "SAMR-2022:77", "CLOSE_CASE", "close_time",
           "clue file_time decision service payments paid perform_time close_report close_time cause", at="close_time",
           procedures=BOTH, group=15),
    _paper("cover", "卷宗封面", "Cover of the file", "APL-2021:47;SAMR-2022:78", "CLOSE_CASE",
           _CLOSED, "clue file_time decision no_penalty close_time cause", procedures=BOTH),
    _paper("contents", "卷内文件目录", "Contents of the file", "APL-2021:47;SAMR-2022:78", "CLOSE_CASE",
           _CLOSED, papers=True, evidence=True, procedures=BOTH),
    _paper("remarks", "卷内备考表", "Remarks on the file", "APL-2021:47;SAMR-2022:78", "CLOSE_CASE", _CLOSED, "close_time",
           procedures=BOTH),
    _paper("deferral", "延期（分期）缴纳罚款通知书", "Notice on paying later or in instalments", "APL-2021:66(2)",
           "DECIDE_DEFERRAL", "deferral.decide_time", "decision deferral instalments", at="deferral.decide_time",
           number="deferral.document_number", word="缓", served=True, procedures=BOTH),
    _paper("assistance_letter", "行政协助函", "Letter that asks for assistance", "SAMR-2022:45(1);APL-2021:26", "ASK_ASSISTANCE",
           "ask_time", "to_body_name subject reason wanted_time", at="ask_time", number="document_number", word="协",
           record="assistance", of_case=("officers",), group=7),
    _paper("demand", "履行行政处罚决定催告书", "Demand to perform before enforcement", "ACL-2011:54", "DEMAND",
           "demand.serve_time", "demand", at="demand.serve_time", number="demand.document_number", word="催", served=True,
           record="court_enforcement", procedures=BOTH, of_case=("decision", "service")),
    _paper("court_application", "强制执行申请书", "Application to the court for enforcement", "ACL-2011:55(1);ACL-2011:55(2)",
           "APPLY", "application.apply_time", "application demand statement remedy_end_time", at="application.apply_time",
           number="application.document_number", word="强申", served=True, record="court_enforcement", group=7,
           of_case=("decision", "service", "paid")),
    _measure("measure_approval", "实施行政强制措施审批表", "Approval form of a compulsory measure", "ACL-2011:18[1]", "REQUEST",
             "request_time", "reasons urgency request_time approve_time refuse_time refuse_reason", at="request_time"),
    _measure("sealing", "查封决定书", "Decision to seal", "ACL-2011:24", "SEAL", "execution.execute_time",
             "document_number", at="execution.execute_time", number="document_number", word="查", served=True,
             kinds=frozenset({"SEAL"})),
    _measure("seizure", "扣押决定书", "Decision to seize", "ACL-2011:24", "SEIZE", "execution.execute_time",
             "document_number", at="execution.execute_time", number="document_number", word="扣", served=True,
             kinds=frozenset({"SEIZE"})),
    _measure("freezing", "冻结决定书", "Decision to freeze", "ACL-2011:31", "FREEZE", "execution.decision_deliver_time",
             "document_number", at="execution.execute_time", number="document_number", word="冻", served=True,
             kinds=frozenset({"FREEZE"})),
    _measure("freezing_notice", "协助冻结通知书", "Notice to the bank to freeze", "ACL-2011:30(1)", "FREEZE",
             "execution.freeze_notice_time", "document_number", at="execution.freeze_notice_time", word="协冻",
             kinds=frozenset({"FREEZE"}), group=6),
    _measure("held_list", "场所、设施、财物清单", "List of what is held", "ACL-2011:24(1)", "SEIZE", "execution.execute_time",
             "document_number", at="execution.execute_time", served=True, kinds=_TAKEN, group=6),
    _measure("measure_record", "实施行政强制措施现场笔录", "Record on the spot of a measure", "ACL-2011:18[7]", "SEIZE",
             "execution.record.write_time", "document_number", at="execution.record.write_time", served=True, group=4),
    _measure("appraisal_notice", "检测、检验、检疫、技术鉴定期间告知书", "Notice of the time of an appraisal", "ACL-2011:25(3)",
             "SEND_TO_APPRAISAL", "appraisals", "document_number appraisals", word="鉴告", served=True),
    _measure("measure_extension", "延长行政强制措施期限决定书", "Decision to extend a measure",
             "ACL-2011:25(1);ACL-2011:32(1)", "EXTEND", "extensions", "document_number extensions", word="延", served=True),
    _measure("release", "解除行政强制措施决定书", "Decision to lift a measure", "ACL-2011:28(1);ACL-2011:33(1)", "RELEASE",
             "release.release_time", "document_number release", at="release.release_time", number="release.document_number",
             word="解", served=True),
    _measure("measure_end", "涉案财物处理记录", "Record of what became of what was held", "ACL-2011:27;ACL-2011:32(1)",
             "CONFISCATE", "end.end_time", "document_number end state", at="end.end_time", group=6),
    _measure("things_handed_over", "查封（扣押、冻结）财物移送告知书", "Notice that what is held was handed over", "ACL-2011:21",
             "HAND_OVER", "end.tell_time", "document_number end", at="end.tell_time", word="移告", served=True),
    _referral("referral_approval", "涉嫌犯罪案件移送审批表", "Approval form of a referral", "CRT-2020:5(1)", "REPORT",
              "report_time", "report report_time decide_time reasons state", at="report_time"),
    _referral("referral", "涉嫌犯罪案件移送书", "Letter of referral", "CRT-2020:6", "SEND", "send_time",
              "police papers document_number send_time copy_time", at="send_time", number="document_number", word="刑移"),
    _referral("referral_list", "涉嫌犯罪案件移送材料清单", "List of what goes with a referral", "CRT-2020:6", "SEND", "send_time",
              "police papers document_number", at="send_time", evidence=True),
    _referral("referral_receipt", "涉嫌犯罪案件移送回执", "Receipt of a referral", "CRT-2020:7", "SEND", "send_time",
              "police document_number send_time answers", at="send_time"),
    _referral("reconsideration_request", "提请复议书", "Request that the police reconsider", "CRT-2020:9(1)",
              "ASK_RECONSIDERATION", "reconsider_request_time", "police document_number answers",
              at="reconsider_request_time", word="提复"),
    _referral("supervision_suggestion", "建议立案监督函", "Letter that suggests supervision", "CRT-2020:9", "SUGGEST_SUPERVISION",
              "supervision_time", "police document_number answers supervision", at="supervision_time", word="监督"),
    _referral("handover_list", "涉案物品、材料移交清单", "List of what was handed to the police", "CRT-2020:12", "HAND_OVER",
              "hand_over_time", "police document_number things hand_over_time", at="hand_over_time"),
    _enforcement("enforcement_demand", "行政强制执行催告书", "Demand before an enforcement", "ACL-2011:35", "DEMAND",
                 "demand.serve_time", "demand", at="demand.serve_time", number="demand.document_number"),
    _enforcement("enforcement_decision", "行政强制执行决定书", "Decision to enforce", "ACL-2011:37(2)", "DECIDE",
                 "decision.decide_time", "demand decision", at="decision.decide_time", number="decision.document_number",
                 group=2),
    _enforcement("substitute_decision", "代履行决定书", "Decision on a substitute", "ACL-2011:51(1)[1]", "DECIDE",
                 "decision.substitute", "demand decision", at="decision.decide_time", number="decision.document_number",
                 group=2),
    _enforcement("demolition_notice", "限期拆除公告", "Public notice of a demolition", "ACL-2011:44", "ANNOUNCE_DEMOLITION",
                 "demolition.announce_time", "demolition", at="demolition.announce_time", number="demolition.document_number"),
    _enforcement("substitute_costs", "代履行费用决定书", "Decision on the costs of a substitute", "ACL-2011:51(2)", "CLAIM_COSTS",
                 "costs.claim_time", "decision costs", at="costs.claim_time", number="costs.document_number",
                 group=2),
    _inspection("inspection_approval", "行政检查审批表", "Approval form of an inspection", "GBF-2024-54", "OPEN_INSPECTION",
                "open_time", "scope planned_time open_time approval urgency", at="open_time", number="number",
                word="检"),
    _inspection("inspection_notice", "行政检查通知书", "Notice of an inspection", "GBF-2024-54", "NOTICE_INSPECTION",
                "notice.serve_time", "scope planned_time notice code", at="notice.serve_time",
                number="notice.document_number", word="检通", served=True),
    _inspection("inspection_record", "行政检查现场笔录", "Record of an inspection", "APL-2021:55(2)", "RECORD_INSPECTION",
                "site_record.end_time", "scope check_in site_record code", at="site_record.end_time", served=True),
    _inspection("inspection_result", "行政检查结果告知书", "Notice of the result of an inspection", "GBF-2024-54", "TELL_RESULT",
                "conclusion.conclude_time", "site_record correction conclusion", at="conclusion.conclude_time", word="检告",
                served=True),
    _inspection("inspection_correction", "责令改正通知书（行政检查）", "Order to make good after an inspection", "APL-2021:28(1)",
                "ORDER_CORRECTION", "correction.order_time", "site_record correction", at="correction.order_time",
                number="correction.document_number", served=True),
    _inspection("correction_check", "改正情况复查记录", "Record of the check of a correction", "APL-2021:28(1)",
                "VERIFY_CORRECTION", "correction.verify_time", "correction", at="correction.verify_time"),
    *PERMIT_PAPERS,
)})
# fmt: on
