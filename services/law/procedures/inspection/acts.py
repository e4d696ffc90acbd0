"""The acts of an inspection, each with all that is said of it; which are open when, and under which rules, the table says."""

from collections.abc import Mapping
from types import MappingProxyType

from services.law.procedures.penalty.acts import Entry

# fmt: off
_ALL = (
    Entry("OPEN_INSPECTION", "提出检查", "Propose an inspection", "InspectionOpened", "HANDLING_OFFICER UNIT_HEAD",
          done="open_time", by="opener"),
    Entry("APPROVE_INSPECTION", "审批检查", "Approve the inspection", "InspectionApproved", "AGENCY_HEAD",
          done="approval.approve_time", after="open_time", by="approval.approver"),
    Entry("REQUEST_INSPECTION_CODE", "申请检查码", "Ask for the code", "InspectionCodeRequested",
          "HANDLING_OFFICER UNIT_HEAD CLERK", done="code_ask_time", after="approval.approve_time"),
    Entry("TAKE_CODE", "赋检查码", "Take the code", "InspectionCoded", "SYSTEM",
          done="code.issue_time", after="code_ask_time"),
    Entry("TAKE_REFUSAL", "未赋检查码", "Take the refusal of a code", "InspectionCodeRefused", "SYSTEM"),
    Entry("NOTICE_INSPECTION", "送达检查通知书", "Give notice", "InspectionNoticed", "CLERK HANDLING_OFFICER",
          done="notice.serve_time", after="approval.approve_time code.issue_time"),
    Entry("CHECK_IN", "扫码入企", "Check in", "InspectionBegun", "HANDLING_OFFICER",
          done="check_in.check_in_time", after="approval.approve_time code.issue_time notice.serve_time"),
    Entry("CHECK_IN_URGENTLY", "紧急情况先行检查", "Check in urgently", "InspectionBegunUrgently", "HANDLING_OFFICER",
          done="check_in.check_in_time", after="open_time urgency.report_time"),
    Entry("MAKE_GOOD_INSPECTION", "补办检查审批", "Approve afterwards", "InspectionMadeGood", "AGENCY_HEAD",
          done="approval.approve_time", after="check_in.check_in_time", by="approval.approver"),
    Entry("RECORD_INSPECTION", "制作现场检查笔录", "Record the inspection", "InspectionRecorded", "HANDLING_OFFICER",
          done="site_record.end_time", after="check_in.check_in_time site_record.start_time", by="site_record.recorder"),
    Entry("RECORD_INSPECTION_OUTSIDE", "制作异地检查笔录", "Record the inspection outside the area",
          "InspectionRecordedOutside", "HANDLING_OFFICER", rpc="RecordInspection",
          done="site_record.end_time", after="check_in.check_in_time site_record.start_time", by="site_record.recorder"),
    Entry("FILE_INSPECTION_OUTSIDE", "异地检查备案", "File the inspection outside", "InspectionFiledOutside", "CLERK",
          done="file_time", after="site_record.end_time"),
    Entry("FIND_NOTHING", "未发现问题", "Find nothing", "InspectionConcluded", "HANDLING_OFFICER UNIT_HEAD",
          done="conclusion.conclude_time", after="site_record.end_time", by="conclusion.concluder"),
    Entry("ORDER_CORRECTION", "责令改正", "Order correction", "CorrectionOrdered", "HANDLING_OFFICER UNIT_HEAD",
          done="correction.order_time", after="site_record.end_time"),
    Entry("VERIFY_CORRECTION", "复查改正情况", "Verify the correction", "InspectionConcluded", "HANDLING_OFFICER",
          done="correction.verify_time", after="correction.order_time", by="conclusion.concluder"),
    Entry("REFER_CLUE", "转违法线索", "Refer as a clue", "InspectionConcluded", "UNIT_HEAD",
          done="conclusion.conclude_time", after="site_record.end_time", by="conclusion.concluder"),
    Entry("TELL_RESULT", "告知检查结果", "Tell the result", "InspectionResultTold", "HANDLING_OFFICER CLERK",
          done="result_notice.tell_time", after="conclusion.conclude_time"),
    Entry("PUBLISH_RESULT", "公开检查结果", "Publish the result", "InspectionResultPublished", "CLERK",
          done="publish_time", after="result_notice.tell_time"),
    Entry("CLOSE_INSPECTION", "检查办结", "Close the inspection", "InspectionClosed", "UNIT_HEAD",
          done="close_time", after="publish_time"),
    Entry("REPLACE_INSPECTORS", "更换检查人员", "Replace the inspectors", "InspectorsReplaced", "AGENCY_HEAD",
          done="replace_time", after="open_time approval.approve_time"),
    Entry("CALL_OFF_INSPECTION", "取消检查", "Call the inspection off", "InspectionCalledOff", "AGENCY_HEAD",
          done="call_off_time", after="open_time"),
    Entry("CORRECT_INSPECTION", "提出更正检查记录", "Propose a correction of the inspection's record",
          "InspectionCorrectionProposed", "HANDLING_OFFICER UNIT_HEAD CLERK"),
    Entry("DECIDE_INSPECTION_CORRECTION", "决定更正检查记录", "Decide on a correction of the inspection's record",
          "InspectionCorrected", "AGENCY_HEAD"),
)
# fmt: on
ACTS: Mapping[str, Entry] = MappingProxyType({each.act: each for each in _ALL})
