"""Sealing, seizure and freezing: the compulsory measures of the Administrative Compulsion Law."""

from dataclasses import replace

from services.law.procedure import Procedure
from services.law.procedures import correcting, shared
from services.law.procedures.measure.facts import MeasureFacts
from services.law.procedures.measure.rules import (
    appraisal_told,
    approved_first,
    approved_indeed,
    bank_noticed,
    case_decided,
    complex_case,
    confiscation_decided,
    decision_complete,
    destruction_lawful,
    empowered,
    empowered_to_freeze,
    extended_once,
    extension_told,
    fine_unpaid,
    inside_area,
    nobody_aside,
    not_frozen_twice,
    not_sealed_twice,
    papers_delivered,
    party_heard,
    party_or_witness,
    police_opened,
    release_ground,
    rights_told,
    serves_inquiry,
    sum_fits,
    taken_by_now,
    transfer_told,
    within_scope,
)
from services.law.procedures.penalty import inquiry
from services.law.procedures.publishing import ground_holds, not_withheld, of_age
from services.law.procedures.shared import under
from services.law.process import table

_POWER = (serves_inquiry, empowered, nobody_aside)
_OFFICERS = (
    serves_inquiry,
    taken_by_now,
    nobody_aside,
    under(shared.certified, "ACL-2011:17(3)", guard="G-57"),
    under(shared.not_suspended, "ACL-2011:17(3)", guard="G-57"),
    under(inquiry.in_scope, "ACL-2011:17(3)", guard="G-57"),
    inside_area,
    under(shared.two_officers, "ACL-2011:18[2]", guard="G-57"),
    under(shared.certificate_shown, "ACL-2011:18[3]", guard="G-57"),
    under(shared.minutes_checked, "ACL-2011:18[7];ACL-2011:18[8]", guard="G-57", warning="EW-35"),
)
_ON_SITE = (
    empowered,
    *_OFFICERS, party_or_witness, rights_told, party_heard, decision_complete, papers_delivered, within_scope, not_sealed_twice,
)  # fmt: skip
_FREEZE = (empowered_to_freeze, *_OFFICERS, sum_fits, bank_noticed, not_frozen_twice)
_HEAD = under(shared.by_head, "ACL-2011:18[1]", guard="G-57", warning="EW-35")
_URGENT = under(shared.urgency_stated, "ACL-2011:19", guard="G-57", warning="EW-35")
_WITHIN_A_DAY = under(shared.approved_within_a_day, "ACL-2011:19", guard="G-57", warning="EW-35")
_EXTENSION = (
    nobody_aside,
    under(_HEAD, "ACL-2011:25(1);ACL-2011:32(1)"),
    complex_case,
    extended_once,
    under(
        shared.term_runs,
        "ACL-2011:25(1);ACL-2011:32(1)",
        guard="G-59",
        reason="EXTENSION_LATE",
        warning="EW-35",
    ),
    extension_told,
)
_TERM_RUNS = under(shared.term_runs, "ACL-2011:28(1)[4];ACL-2011:33(1)[4]", warning="EW-35")
_NOT_STAYED = under(shared.not_stayed, shared.not_stayed.law, warning="EW-35")
# They hold no guard of their own here.
_AUCTION = tuple(
    replace(under(r, "ACL-2011:46(3)", reason="AUCTION_TOO_EARLY", warning="EW-35"), guard="")
    for r in (shared.remedy_unused, shared.demand_complete, shared.demand_term_over)
)

# Wherever a record stands a slip may be found.
_KEPT = (
    "REQUESTED APPROVED REFUSED EXECUTED URGENT FROZEN EXTENDED FREEZE_EXTENDED RELEASE_DUE RELEASED CONFISCATED DESTROYED "
    "AUCTIONED SETTLED HANDED_OVER"
)

# What was taken and approved is public, as long as it holds and after (GBF-118 (6)).
_PUBLIC = "EXECUTED FROZEN EXTENDED FREEZE_EXTENDED RELEASE_DUE RELEASED CONFISCATED DESTROYED AUCTIONED SETTLED HANDED_OVER"

# fmt: off
TABLE = table(
    "measure",
    ("REQUEST", "", "REQUESTED", "ACL-2011:18[1]", _POWER,
     "HANDLING_OFFICER UNIT_HEAD", ("报请批准强制措施", "Ask for the measure"), "measure.requested", "RequestMeasure"),
    ("APPROVE", "REQUESTED", "APPROVED", "ACL-2011:18[1]", (*_POWER, _HEAD, shared.instructed),
     "AGENCY_HEAD", ("批准强制措施", "Approve the measure"), "measure.approved", "ApproveMeasure"),
    ("REFUSE", "REQUESTED", "REFUSED", "ACL-2011:18[1]", (),
     "AGENCY_HEAD", ("不予批准", "Refuse the measure"), "measure.refused", "RefuseMeasure"),
    ("SEAL", "APPROVED", "EXECUTED", "ACL-2011:24(1)", (approved_first, *_ON_SITE),
     "HANDLING_OFFICER", ("查封", "Seal"), f"measure.sealed {shared.MADE_AND_KNOWN}", "ExecuteMeasure"),
    ("SEIZE", "APPROVED", "EXECUTED", "ACL-2011:24(1)", (approved_first, *_ON_SITE),
     "HANDLING_OFFICER", ("扣押", "Seize"), f"measure.seized {shared.MADE_AND_KNOWN}", "ExecuteMeasure"),
    ("SEAL_URGENTLY", "", "URGENT", "ACL-2011:19", (_URGENT, *_ON_SITE),
     "HANDLING_OFFICER", ("紧急查封", "Seal urgently"),
     f"measure.sealed measure.executed_urgently {shared.MADE_AND_KNOWN}", "ExecuteUrgently"),
    ("SEIZE_URGENTLY", "", "URGENT", "ACL-2011:19", (_URGENT, *_ON_SITE),
     "HANDLING_OFFICER", ("紧急扣押", "Seize urgently"),
     f"measure.seized measure.executed_urgently {shared.MADE_AND_KNOWN}", "ExecuteUrgently"),
    ("APPROVE_AFTERWARDS", "URGENT", "EXECUTED", "ACL-2011:19", (nobody_aside, under(_HEAD, "ACL-2011:19"), _WITHIN_A_DAY),
     "AGENCY_HEAD", ("补办批准", "Approve afterwards"), "measure.approved"),
    ("FREEZE", "APPROVED", "FROZEN", "ACL-2011:30(1)", (approved_first, *_FREEZE),
     "HANDLING_OFFICER", ("冻结", "Freeze"), f"measure.frozen {shared.MADE}", "ExecuteMeasure"),
    ("DELIVER_FREEZING_DECISION", "FROZEN FREEZE_EXTENDED", "=", "ACL-2011:31", (decision_complete,),
     "CLERK HANDLING_OFFICER", ("交付冻结决定书", "Deliver the freezing decision"),
     f"measure.decision_delivered {shared.KNOWN}"),
    ("SEND_TO_APPRAISAL", "EXECUTED EXTENDED", "=", "ACL-2011:25(3)", (appraisal_told, _TERM_RUNS),
     "HANDLING_OFFICER", ("送检验鉴定", "Send to appraisal"), "measure.appraisal_started"),
    ("RECEIVE_APPRAISAL", "EXECUTED EXTENDED", "=", "ACL-2011:25(3)", (),
     "HANDLING_OFFICER", ("收到鉴定意见", "Receive the appraisal"), "measure.appraisal_ended"),
    ("EXTEND", "EXECUTED", "EXTENDED", "ACL-2011:25(1)", _EXTENSION,
     "AGENCY_HEAD", ("延长查封、扣押", "Extend the seal or seizure"),
     f"measure.extended {shared.MADE_AND_KNOWN}", "ExtendMeasure"),
    ("EXTEND", "FROZEN", "FREEZE_EXTENDED", "ACL-2011:32(1)", _EXTENSION,
     "AGENCY_HEAD", ("延长冻结", "Extend the freeze"), f"measure.extended {shared.MADE_AND_KNOWN}", "ExtendMeasure"),
    ("COME_DUE", "EXECUTED EXTENDED FROZEN FREEZE_EXTENDED", "RELEASE_DUE",
     "ACL-2011:28(1)[4];ACL-2011:33(1)[4]", (), "SYSTEM", ("期限届满，应当解除", "The term ends"), "measure.came_due"),
    ("COME_DUE", "URGENT", "RELEASE_DUE", "ACL-2011:19", (),
     "SYSTEM", ("逾期未补办批准，应当解除", "Not approved within a day"), "measure.came_due"),
    ("RELEASE", "URGENT", "RELEASED", "ACL-2011:19", (),
     "AGENCY_HEAD", ("立即解除", "Lift at once"), "measure.released", "ReleaseMeasure"),
    ("RELEASE", "EXECUTED EXTENDED FROZEN FREEZE_EXTENDED RELEASE_DUE", "RELEASED",
     "ACL-2011:28(1);ACL-2011:33(1)", (release_ground,),
     "AGENCY_HEAD", ("解除", "Lift the measure"), "measure.released", "ReleaseMeasure"),
    ("CONFISCATE", "EXECUTED EXTENDED", "CONFISCATED", "ACL-2011:27",
     (_TERM_RUNS, case_decided, _NOT_STAYED, confiscation_decided, shared.instructed),
     "AGENCY_HEAD", ("没收", "Confiscate"), "measure.confiscated", "ConfiscateThings"),
    ("DESTROY", "EXECUTED EXTENDED", "DESTROYED", "ACL-2011:27",
     (_TERM_RUNS, case_decided, _NOT_STAYED, destruction_lawful, shared.instructed),
     "AGENCY_HEAD", ("销毁", "Destroy"), "measure.destroyed", "DestroyThings"),
    ("AUCTION", "EXECUTED EXTENDED", "AUCTIONED", "ACL-2011:46(3)",
     (_TERM_RUNS, *_AUCTION, _NOT_STAYED, fine_unpaid, shared.instructed),
     "AGENCY_HEAD", ("拍卖抵缴罚款", "Auction to pay the fine"), "measure.auctioned", "AuctionThings"),
    ("DISPOSE", "FROZEN FREEZE_EXTENDED", "SETTLED", "ACL-2011:32(1)", (_TERM_RUNS, case_decided, _NOT_STAYED, shared.instructed),
     "AGENCY_HEAD", ("作出处理决定", "Decide what becomes of the money"), "measure.decided", "SettleFreeze"),
    ("HAND_OVER", "EXECUTED EXTENDED FROZEN FREEZE_EXTENDED", "HANDED_OVER", "ACL-2011:21",
     (_TERM_RUNS, police_opened, transfer_told), "AGENCY_HEAD", ("随案移送司法机关", "Hand over to justice"),
     "measure.handed_over", "HandOverThings"),
    ("PUBLISH", _PUBLIC, "=", "GBF-2018-118:6", (approved_indeed, of_age, not_withheld),
     "CLERK", ("公示强制措施决定", "Publish the measure"), "measure.published", "PublishMeasure"),
    ("WITHHOLD", _PUBLIC, "=", "OGI-2019:15", (ground_holds,),
     "AGENCY_HEAD", ("强制措施决定不予公开", "Keep the measure from the public"), "measure.withheld", "WithholdMeasure"),
    ("CORRECT_MEASURE", _KEPT, "=", correcting.LAW, correcting.PROPOSED,
     correcting.PROPOSERS, ("提出更正强制措施记录", "Propose a correction of the measure's record"),
     "measure.correction_proposed"),
    ("DECIDE_MEASURE_CORRECTION", _KEPT, "=", correcting.LAW, correcting.DECIDED,
     "AGENCY_HEAD", ("决定更正强制措施记录", "Decide on a correction of the measure's record"), "measure.corrected"),
    titles=("行政强制措施", "Compulsory measure"),
    ends="REFUSED RELEASED CONFISCATED DESTROYED AUCTIONED SETTLED HANDED_OVER",
)
# fmt: on
MEASURE = Procedure("measure", MeasureFacts, TABLE)
