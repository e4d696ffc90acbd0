"""The acts of the penalty procedure, each with all that is said of it: what it is called, what announces it, who may do it, and
what it enters into the record of the case. Which of them are open when, and under which rules, the tables of moves say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType


@dataclass(frozen=True)
class Entry:
    """What is said of one act. Several words in one text are several; a path is that of a field in the record.

    event: the message that announces it; both, where it does at once what else is two acts. roles: who may do it. rpc: the method
    that does it, where that has another name than the act.
    done: the path of its time. asked: the field of the request that says when it was done. after: the paths of the times of what
    it builds on. by: the path of who did it. penalty: that of what was proposed, told or decided in it.

    The rest is for a report of a case that was handled elsewhere. enters: the paths of what the act makes up of the record; an
    act that has none is not told of there. marks: those that show that it was done, where its time is missing. order: an act of
    the `line` follows all before it; one that is `said`, by the party or in answer to it, follows the line and what it builds
    on; one that is `free` follows the line, which does not wait for it.
    """

    act: str
    title_zh: str
    title_en: str
    event: str
    roles: str
    rpc: str = ""
    done: str = ""
    asked: str = ""
    after: str = ""
    by: str = ""
    penalty: str = ""
    enters: str = ""
    marks: str = ""
    order: str = "line"

    @property
    def events(self) -> tuple[str, ...]:
        """The full names of the messages that announce it."""
        return tuple(f"yifa.enforcement.v1.{name}" for name in self.event.split())


_DECIDED = "decision.decide_time no_penalty.decide_time"
# fmt: off
INQUIRY = (
    Entry("REGISTER_CLUE", "登记线索", "Register a clue", "ClueRegistered", "HANDLING_OFFICER UNIT_HEAD SYSTEM",
          done="clue.receive_time", asked="receive_time", enters="clue"),
    Entry("DECLINE_CLUE", "不予立案", "Decline the clue", "ClueNotFiled", "AGENCY_HEAD"),
    Entry("FILE_CASE", "立案", "File the case", "CaseFiled", "AGENCY_HEAD",
          done="file_time", by="filer", enters="case_number file_time filer matter distinct_case_id distinct_reason"),
    Entry("ASSIGN_OFFICERS", "指定承办人员", "Assign officers", "OfficersAssigned", "UNIT_HEAD AGENCY_HEAD",
          done="assign_time", enters="officers assign_time evidence_count evidence_marks", marks="officers"),
    Entry("RECORD_EVIDENCE", "收集证据", "Record evidence", "EvidenceRecorded", "HANDLING_OFFICER",
          asked="collect_time", after="clue.receive_time"),
    Entry("VERIFY_EVIDENCE", "查证证据", "Verify evidence", "EvidenceVerified", "HANDLING_OFFICER"),
    Entry("EXCLUDE_EVIDENCE", "排除证据", "Exclude evidence", "EvidenceExcluded", "HANDLING_OFFICER LEGAL_REVIEWER AGENCY_HEAD"),
    Entry("SUBMIT_REPORT", "调查终结", "Submit the report", "ReportSubmitted", "HANDLING_OFFICER",
          done="inquiry_end_time", penalty="proposal", enters="proposal no_penalty.outcome report inquiry_end_time",
          marks="proposal"),
    Entry("PROPOSE_NO_PENALTY", "调查终结，建议不予处罚", "Submit the report that no penalty is due", "ReportSubmitted",
          "HANDLING_OFFICER", rpc="SubmitReport", done="inquiry_end_time"),
)
SUSPENSION = (
    Entry("SUSPEND_INQUIRY", "中止案件调查", "Suspend the inquiry", "InquirySuspended", "AGENCY_HEAD"),
    Entry("RESUME_INQUIRY", "恢复案件调查", "Resume the inquiry", "InquiryResumed", "AGENCY_HEAD"),
)
TRANSFER = (
    Entry("TRANSFER_CASE", "移送有管辖权的主体", "Transfer the case", "CaseTransferred", "AGENCY_HEAD"),
    Entry("ACKNOWLEDGE_TRANSFER", "接收移送", "Take the transferred case over", "TransferAcknowledged",
          "CLERK UNIT_HEAD AGENCY_HEAD"),
    Entry("DISPUTE_TRANSFER", "提出管辖异议", "Dispute jurisdiction", "JurisdictionDisputed", "AGENCY_HEAD"),
    Entry("REFER_DISPUTE", "报请指定管辖", "Refer to the common superior", "JurisdictionReferred", "AGENCY_HEAD"),
    Entry("TAKE_BACK_CLUE", "收回移送的线索", "Take the clue back", "ClueTakenBack", "AGENCY_HEAD", rpc="TakeBackCase"),
    Entry("TAKE_BACK_CASE", "收回移送的案件", "Take the case back", "CaseTakenBack", "AGENCY_HEAD"),
    Entry("YIELD", "由他方管辖", "Leave the matter to the other body", "CaseYielded", "SYSTEM"),
)
REVIEW = (
    Entry("SUBMIT_FOR_REVIEW", "送法制审核", "Submit for legal review", "ReviewSubmitted", "UNIT_HEAD HANDLING_OFFICER",
          done="review.submit_time", enters="review.submit_time"),
    Entry("PASS_REVIEW", "审核通过", "Pass the review", "ReviewConcluded", "LEGAL_REVIEWER", rpc="ConcludeReview",
          done="review.conclude_time", by="review.reviewer", enters="review"),
    Entry("RETURN_REVIEW", "审核退回", "Return to inquiry", "ReviewConcluded", "LEGAL_REVIEWER", rpc="ConcludeReview",
          done="review.conclude_time", by="review.reviewer"),
)
DEFENCE = (
    Entry("SERVE_PRIOR_NOTICE", "送达告知书", "Serve the prior notice", "PriorNoticeServed", "CLERK HANDLING_OFFICER",
          done="notice.serve_time", asked="serve_time", after="inquiry_end_time review.conclude_time",
          penalty="notice.penalty", enters="notice"),
    Entry("RECORD_STATEMENT", "记录陈述申辩", "Record a statement", "StatementReceived", "HANDLING_OFFICER CLERK",
          done="defence.statement_time", asked="receive_time", after="notice.serve_time",
          enters="defence.statement defence.statement_time", order="said"),
    Entry("WAIVE_DEFENCE", "放弃陈述申辩和听证", "Waive defence and hearing", "DefenceWaived", "HANDLING_OFFICER CLERK",
          done="defence.waive_time", enters="defence.waive_time defence.waive_proof", order="said"),
    Entry("REQUEST_HEARING", "要求听证", "Request a hearing", "HearingRequested", "HANDLING_OFFICER CLERK",
          done="defence.hearing_request_time", asked="request_time", after="notice.serve_time",
          enters="defence.hearing_request_time", order="said"),
    Entry("APPOINT_HEARING_PANEL", "指定听证主持人、听证员", "Appoint the hearing panel", "HearingPanelAppointed", "AGENCY_HEAD",
          done="hearing.appoint_time", after="defence.hearing_request_time", by="hearing.appointer", order="said"),
    Entry("NOTIFY_HEARING", "送达听证通知书", "Notify the party of the hearing", "HearingNotified", "CLERK LEGAL_REVIEWER",
          done="hearing.notice_time", asked="serve_time", after="hearing.appoint_time", order="said"),
    Entry("ANNOUNCE_HEARING", "公告听证", "Announce the hearing", "HearingAnnounced", "CLERK LEGAL_REVIEWER",
          done="hearing.announce_time", asked="announce_time", after="hearing.appoint_time", order="said"),
    Entry("HOLD_HEARING", "举行听证", "Hold the hearing", "HearingHeld", "LEGAL_REVIEWER",
          done="defence.hearing_time", asked="hold_time", after="defence.hearing_request_time", by="defence.hearing_host",
          enters="defence.hearing_time defence.hearing_host defence.hearing_record", order="said"),
    Entry("END_HEARING", "终止听证", "End the hearing unheard", "HearingEnded", "LEGAL_REVIEWER",
          done="hearing.end_time", after="defence.hearing_request_time", order="said"),
    Entry("REPORT_HEARING", "提交听证报告", "Report on the hearing", "HearingReported", "LEGAL_REVIEWER",
          done="hearing.report_time", after="defence.hearing_time", order="said"),
    Entry("RECHECK_DEFENCE", "复核陈述申辩", "Recheck the defence", "DefenceRechecked", "HANDLING_OFFICER UNIT_HEAD",
          done="defence.recheck_time", after="defence.statement_time defence.hearing_time",
          enters="defence.recheck_time defence.recheck_opinion defence.recheck_adopted", order="said"),
)
DECISION = (
    Entry("MAKE_DECISION", "作出处罚决定", "Make the decision", "DecisionMade", "AGENCY_HEAD",
          done="decision.decide_time", by="decision.decider", penalty="decision.penalty", enters="decision"),
    Entry("DECIDE_NO_PENALTY", "决定不予行政处罚", "Decide that no penalty is imposed", "NoPenaltyDecided", "AGENCY_HEAD",
          done="no_penalty.decide_time", by="no_penalty.decider", enters="no_penalty"),
    Entry("MAKE_SPOT_DECISION", "当场处罚", "Decide on the spot", "SpotDecisionMade DecisionServed", "HANDLING_OFFICER",
          done="decision.decide_time", asked="decide_time", by="decision.decider", penalty="decision.penalty",
          enters="officers spot decision matter distinct_reason"),
    Entry("PUBLISH_DECISION", "公开处罚决定", "Publish the decision", "DecisionPublished", "CLERK",
          done="publish_time", enters="publish_time publish_address", order="free"),
    Entry("CORRECT_PUBLICATION", "更正已公开的处罚决定", "Correct the published decision", "PublicationCorrected", "CLERK",
          done="publication.decision.publish_time", by="publication.publisher"),
    Entry("WITHHOLD_PUBLICATION", "决定不予公开", "Keep the decision from the public", "PublicationWithheld", "AGENCY_HEAD",
          done="withholding.withhold_time", by="withholding.decider"),
    Entry("RECORD_UPHELD", "登记决定有效", "Record that the decision stands", "DecisionUpheld", "CLERK LEGAL_REVIEWER",
          rpc="RecordOutcome", asked="outcome_time", after=_DECIDED),
    Entry("RECORD_SET_ASIDE", "登记决定被变更、确认违法", "Record that the decision was changed or is unlawful",
          "DecisionSetAside", "CLERK LEGAL_REVIEWER", rpc="RecordOutcome",
          done="set_aside.set_aside_time", asked="outcome_time", after=_DECIDED, enters="set_aside", order="free"),
    Entry("RECORD_UNDONE", "登记决定被撤销、确认无效", "Record that the decision was annulled or is void",
          "DecisionAnnulled", "CLERK LEGAL_REVIEWER", rpc="RecordOutcome",
          done="set_aside.set_aside_time", asked="outcome_time", after=_DECIDED),
    Entry("REOPEN_CASE", "登记决定被撤销，重新调查", "Take the case up again, to be decided anew", "CaseReopened",
          "CLERK LEGAL_REVIEWER", rpc="RecordOutcome", asked="outcome_time", after=_DECIDED),
    Entry("REOPEN_SPOT_DECISION", "登记当场处罚被撤销，重新处理", "Take up again what was decided on the spot",
          "DecisionAnnulled ClueRegistered", "CLERK LEGAL_REVIEWER", rpc="RecordOutcome",
          asked="outcome_time", after=_DECIDED),
    Entry("PROPOSE_OWN_CORRECTION", "提出自行纠正决定", "Propose that the own decision be corrected", "OwnCorrectionProposed",
          "HANDLING_OFFICER UNIT_HEAD LEGAL_REVIEWER CLERK"),
    Entry("REFUSE_OWN_CORRECTION", "不予自行纠正", "Refuse to correct the own decision", "OwnCorrectionRefused", "AGENCY_HEAD",
          rpc="DecideOwnCorrection"),
    Entry("CHANGE_OWN_DECISION", "自行部分撤销、变更决定", "Change the own decision", "DecisionSetAside", "AGENCY_HEAD",
          rpc="DecideOwnCorrection"),
    Entry("ANNUL_OWN_DECISION", "自行撤销决定", "Annul the own decision", "DecisionAnnulled", "AGENCY_HEAD",
          rpc="DecideOwnCorrection"),
    Entry("REOPEN_OWN_DECISION", "自行撤销决定，重新调查", "Annul the own decision and decide anew", "CaseReopened",
          "AGENCY_HEAD", rpc="DecideOwnCorrection"),
    Entry("REOPEN_OWN_SPOT_DECISION", "自行撤销当场处罚，重新处理", "Annul the own decision on the spot and take it up again",
          "DecisionAnnulled ClueRegistered", "AGENCY_HEAD", rpc="DecideOwnCorrection"),
    Entry("ANNOUNCE_OWN_CORRECTION", "公告送达自行纠正决定书", "Announce the own correction for service",
          "OwnCorrectionAnnounced", "CLERK HANDLING_OFFICER", done="correcting_paper.announcement.announce_time",
          asked="announce_time", after="correcting_paper.decide_time"),
    Entry("SERVE_OWN_CORRECTION", "送达自行纠正决定书", "Serve the paper of the own correction", "OwnCorrectionServed",
          "CLERK HANDLING_OFFICER", done="correcting_paper.service.serve_time", asked="serve_time",
          after="correcting_paper.decide_time"),
    Entry("CORRECT_CREDIT", "信用平台同步更正", "Correct the credit platform", "CreditCorrected", "CLERK"),
    Entry("WITHDRAW_PUBLICATION", "撤回已公开的处罚决定", "Withdraw the published decision", "PublicationWithdrawn",
          "CLERK",
          done="withdrawal.withdraw_time", enters="withdrawal", order="free"),
    Entry("FILE_MAJOR_PENALTY", "重大处罚备案", "File the major penalty", "MajorPenaltyFiled", "AGENCY_HEAD CLERK",
          done="report_time", enters="report_time", order="free"),
    Entry("REPORT_SPOT_DECISION", "报所属机关备案", "Report the spot decision", "SpotDecisionReported", "HANDLING_OFFICER",
          done="spot_report_time", enters="spot_report_time", order="free"),
    Entry("ANNOUNCE_SERVICE", "公告送达处罚决定", "Announce the decision for service", "ServiceAnnounced",
          "CLERK HANDLING_OFFICER",
          done="announcement.announce_time", asked="announce_time", after=_DECIDED, enters="announcement",
          order="free"),
    Entry("SERVE_DECISION", "送达决定书", "Serve the decision", "DecisionServed", "CLERK HANDLING_OFFICER",
          done="service.serve_time", asked="serve_time", after="decision.decide_time no_penalty.decide_time",
          enters="service"),
    Entry("REQUEST_DEFERRAL", "申请延期、分期缴纳罚款", "Apply for a deferral", "DeferralRequested", "CLERK HANDLING_OFFICER",
          done="deferral.request_time", asked="request_time", after="service.serve_time",
          enters="deferral.application deferral.cause deferral.request_time", order="free"),
    Entry("DECIDE_DEFERRAL", "决定延期、分期缴纳罚款申请", "Decide on the deferral", "DeferralDecided", "AGENCY_HEAD",
          done="deferral.decide_time", after="deferral.request_time", by="deferral.decider", enters="deferral instalments",
          order="free"),
    Entry("RECORD_PAYMENT", "记录缴款", "Record a payment", "PaymentRecorded", "FINANCE",
          asked="pay_time", after="decision.decide_time"),
    Entry("COMPLETE_PAYMENT", "缴清罚款", "Pay in full", "PaymentCompleted", "FINANCE", rpc="RecordPayment",
          done="perform_time", asked="pay_time", after="decision.decide_time", enters="perform_time paid payments"),
    Entry("REFUND_FINE", "退还罚款", "Give the fine back", "FineRefunded", "FINANCE", rpc="RecordRefund", asked="refund_time"),
    Entry("COLLECT_FINE", "当场收缴罚款", "Collect the fine on the spot", "FineCollected", "HANDLING_OFFICER",
          done="collection.collect_time", asked="collect_time", after="decision.decide_time service.serve_time",
          by="collection.collector",
          enters="collection.ground collection.cause collection.proof collection.amount collection.receipt collection.collector "
                 "collection.collect_time paid payments perform_time",
          order="free"),
    Entry("COLLECT_FINE_ABOARD", "水上当场收缴罚款", "Collect the fine on water", "FineCollectedAboard", "HANDLING_OFFICER",
          rpc="CollectFine", done="collection.collect_time", asked="collect_time",
          after="decision.decide_time service.serve_time", by="collection.collector"),
    Entry("LAND_FINE", "当场收缴罚款抵岸", "Come ashore with the fine", "FineLanded", "HANDLING_OFFICER",
          done="collection.land_time", asked="land_time", after="collection.collect_time", enters="collection.land_time",
          order="free"),
    Entry("HAND_IN_FINE", "当场收缴罚款交至机关", "Hand in the fine", "FineHandedIn", "FINANCE",
          done="collection.hand_in_time", asked="hand_in_time", after="collection.collect_time collection.land_time",
          by="collection.receiver", enters="collection.receiver collection.hand_in_time", order="free"),
    Entry("BANK_FINE", "当场收缴罚款缴付银行", "Pay the collected fine to the bank", "FineBanked", "FINANCE",
          done="collection.bank_time", asked="bank_time", after="collection.hand_in_time", by="collection.banker",
          enters="collection.bank_reference collection.banker collection.bank_time", order="free"),
    Entry("RECORD_RECONSIDERATION", "登记行政复议", "Record a reconsideration", "ReconsiderationRecorded",
          "CLERK LEGAL_REVIEWER", rpc="RecordRemedy", asked="begin_time", after="decision.decide_time service.serve_time"),
    Entry("RECORD_SUIT", "登记行政诉讼", "Record a suit", "SuitRecorded", "CLERK LEGAL_REVIEWER", rpc="RecordRemedy",
          asked="begin_time", after="decision.decide_time service.serve_time"),
    Entry("END_RECONSIDERATION", "登记行政复议结果", "Record how the reconsideration ended", "ReconsiderationEnded",
          "CLERK LEGAL_REVIEWER", rpc="RecordRemedyEnd", asked="end_time", after="decision.decide_time service.serve_time"),
    Entry("END_SUIT", "登记行政诉讼结果", "Record how the suit ended", "SuitEnded", "CLERK LEGAL_REVIEWER",
          rpc="RecordRemedyEnd", asked="end_time", after="decision.decide_time service.serve_time"),
    Entry("RECORD_STAY", "登记停止执行", "Record a stay of execution", "ExecutionStayed", "CLERK LEGAL_REVIEWER",
          asked="begin_time", after="decision.decide_time service.serve_time"),
    Entry("END_STAY", "登记恢复执行", "Record that a stay ended", "StayEnded", "CLERK LEGAL_REVIEWER", rpc="RecordStayEnd",
          asked="end_time", after="decision.decide_time service.serve_time"),
    Entry("RECORD_PERFORMANCE", "登记履行情况", "Record performance", "PerformanceRecorded", "HANDLING_OFFICER CLERK",
          asked="perform_time", after="service.serve_time"),
    Entry("CLOSE_CASE", "结案", "Close the case", "CaseClosed", "AGENCY_HEAD",
          done="close_time", enters="close_time close_report closing"),
    Entry("ARCHIVE_CASE", "案卷归档", "Archive the case", "CaseArchived", "HANDLING_OFFICER CLERK",
          done="archive.archive_time", by="archive.compiler"),
    Entry("TERMINATE_CASE", "终止案件", "Terminate the case", "CaseTerminated", "AGENCY_HEAD"),
    Entry("PASS_CASE", "交承继主体办理", "Pass to the successor", "CaseSucceeded", "AGENCY_HEAD"),
)
RECUSAL = (
    Entry("REQUEST_RECUSAL", "提出回避", "Ask for recusal", "RecusalRequested",
          "HANDLING_OFFICER UNIT_HEAD LEGAL_REVIEWER AGENCY_HEAD CLERK",
          asked="request_time", after="clue.receive_time"),
    Entry("CORRECT_RECORD", "提出更正记录", "Propose a correction", "CorrectionProposed", "HANDLING_OFFICER CLERK UNIT_HEAD"),
    Entry("DECIDE_CORRECTION", "决定更正记录", "Decide on a correction", "RecordCorrected", "AGENCY_HEAD"),
    Entry("DECIDE_RECUSAL", "决定回避申请", "Decide on recusal", "RecusalDecided", "AGENCY_HEAD"),
)
# fmt: on

ACTS: Mapping[str, Entry] = MappingProxyType(
    {each.act: each for each in chain(INQUIRY, SUSPENSION, TRANSFER, REVIEW, DEFENCE, DECISION, RECUSAL)}
)
