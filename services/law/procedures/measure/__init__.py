"""Sealing, seizure and freezing: the compulsory measures of the Administrative Compulsion Law."""

from services.law.procedure import Procedure
from services.law.procedures.measure.facts import MeasureFacts
from services.law.procedures.measure.rules import (
    appraisal_told,
    bank_noticed,
    case_decided,
    complex_case,
    decision_complete,
    destruction_lawful,
    empowered,
    empowered_to_freeze,
    extended_once,
    extension_told,
    not_frozen_twice,
    not_sealed_twice,
    papers_delivered,
    party_heard,
    party_or_witness,
    release_ground,
    rights_told,
    sum_fits,
    transfer_told,
    within_scope,
)
from services.law.procedures.shared import (
    KNOWN,
    MADE,
    MADE_AND_KNOWN,
    approved_within_a_day,
    certificate_shown,
    certified,
    demand_complete,
    demand_term_over,
    minutes_checked,
    remedy_unused,
    term_runs,
    two_officers,
    under,
    urgency_stated,
)
from services.law.process import table

_POWER = (empowered,)
_OFFICERS = (
    under(certified, "ACL-2011:17(3)", guard="G-57"),
    under(two_officers, "ACL-2011:18[2]", guard="G-57"),
    under(certificate_shown, "ACL-2011:18[3]", guard="G-57"),
    under(minutes_checked, "ACL-2011:18[7];ACL-2011:18[8]", guard="G-57"),
)
_ON_SITE = (
    *_OFFICERS, party_or_witness, rights_told, party_heard, decision_complete, papers_delivered, within_scope, not_sealed_twice,
)  # fmt: skip
_FREEZE = (empowered_to_freeze, *_OFFICERS, sum_fits, bank_noticed, not_frozen_twice)
_URGENT = urgency_stated
_WITHIN_A_DAY = approved_within_a_day
_EXTENSION = (
    complex_case,
    extended_once,
    under(term_runs, "ACL-2011:25(1);ACL-2011:32(1)", guard="G-59", reason="EXTENSION_LATE"),
    extension_told,
)
_TERM_RUNS = under(term_runs, "ACL-2011:28(1)[4];ACL-2011:33(1)[4]")
_AUCTION = tuple(
    under(r, "ACL-2011:46(3)", reason="AUCTION_TOO_EARLY")
    for r in (remedy_unused, demand_complete, demand_term_over)
)

# fmt: off
TABLE = table(
    "measure",
    ("REQUEST", "", "REQUESTED", "ACL-2011:18[1]", _POWER,
     "HANDLING_OFFICER UNIT_HEAD", ("报请批准强制措施", "Ask for the measure")),
    ("APPROVE", "REQUESTED", "APPROVED", "ACL-2011:18[1]", _POWER,
     "AGENCY_HEAD", ("批准强制措施", "Approve the measure"), "measure.approved"),
    ("REFUSE", "REQUESTED", "REFUSED", "ACL-2011:18[1]", (),
     "AGENCY_HEAD", ("不予批准", "Refuse the measure")),
    ("SEAL", "APPROVED", "EXECUTED", "ACL-2011:24(1)", _ON_SITE,
     "HANDLING_OFFICER", ("查封", "Seal"), f"measure.sealed {MADE_AND_KNOWN}"),
    ("SEIZE", "APPROVED", "EXECUTED", "ACL-2011:24(1)", _ON_SITE,
     "HANDLING_OFFICER", ("扣押", "Seize"), f"measure.seized {MADE_AND_KNOWN}"),
    ("SEAL_URGENTLY", "", "URGENT", "ACL-2011:19", (*_POWER, _URGENT, *_ON_SITE),
     "HANDLING_OFFICER", ("紧急查封", "Seal urgently"), f"measure.sealed measure.executed_urgently {MADE_AND_KNOWN}"),
    ("SEIZE_URGENTLY", "", "URGENT", "ACL-2011:19", (*_POWER, _URGENT, *_ON_SITE),
     "HANDLING_OFFICER", ("紧急扣押", "Seize urgently"), f"measure.seized measure.executed_urgently {MADE_AND_KNOWN}"),
    ("APPROVE_AFTERWARDS", "URGENT", "EXECUTED", "ACL-2011:19", (_WITHIN_A_DAY,),
     "AGENCY_HEAD", ("补办批准", "Approve afterwards"), "measure.approved"),
    ("FREEZE", "APPROVED", "FROZEN", "ACL-2011:30(1)", _FREEZE,
     "HANDLING_OFFICER", ("冻结", "Freeze"), f"measure.frozen {MADE}"),
    ("DELIVER_FREEZING_DECISION", "FROZEN", "=", "ACL-2011:31", (),
     "CLERK HANDLING_OFFICER", ("交付冻结决定书", "Deliver the freezing decision"), f"measure.decision_delivered {KNOWN}"),
    ("SEND_TO_APPRAISAL", "EXECUTED EXTENDED", "=", "ACL-2011:25(3)", (appraisal_told, _TERM_RUNS),
     "HANDLING_OFFICER", ("送检验鉴定", "Send to appraisal"), "measure.appraisal_started"),
    ("RECEIVE_APPRAISAL", "EXECUTED EXTENDED", "=", "ACL-2011:25(3)", (),
     "HANDLING_OFFICER", ("收到鉴定意见", "Receive the appraisal"), "measure.appraisal_ended"),
    ("EXTEND", "EXECUTED", "EXTENDED", "ACL-2011:25(1)", _EXTENSION,
     "AGENCY_HEAD", ("延长查封、扣押", "Extend the seal or seizure"), f"measure.extended {MADE_AND_KNOWN}"),
    ("EXTEND", "FROZEN", "FREEZE_EXTENDED", "ACL-2011:32(1)", _EXTENSION,
     "AGENCY_HEAD", ("延长冻结", "Extend the freeze"), f"measure.extended {MADE_AND_KNOWN}"),
    ("COME_DUE", "EXECUTED EXTENDED FROZEN FREEZE_EXTENDED", "RELEASE_DUE",
     "ACL-2011:28(1)[4];ACL-2011:33(1)[4]", (), "SYSTEM", ("期限届满，应当解除", "The term ends")),
    ("RELEASE", "URGENT", "RELEASED", "ACL-2011:19", (),
     "AGENCY_HEAD", ("立即解除", "Lift at once"), "measure.released"),
    ("RELEASE", "EXECUTED EXTENDED FROZEN FREEZE_EXTENDED RELEASE_DUE", "RELEASED",
     "ACL-2011:28(1);ACL-2011:33(1)", (release_ground,),
     "AGENCY_HEAD", ("解除", "Lift the measure"), "measure.released"),
    ("CONFISCATE", "EXECUTED EXTENDED", "CONFISCATED", "ACL-2011:27", (_TERM_RUNS, case_decided),
     "AGENCY_HEAD", ("没收", "Confiscate"), "measure.confiscated"),
    ("DESTROY", "EXECUTED EXTENDED", "DESTROYED", "ACL-2011:27", (_TERM_RUNS, case_decided, destruction_lawful),
     "AGENCY_HEAD", ("销毁", "Destroy"), "measure.destroyed"),
    ("AUCTION", "EXECUTED EXTENDED", "AUCTIONED", "ACL-2011:46(3)", (_TERM_RUNS, *_AUCTION),
     "AGENCY_HEAD", ("拍卖抵缴罚款", "Auction to pay the fine"), "measure.auctioned"),
    ("DISPOSE", "FROZEN FREEZE_EXTENDED", "SETTLED", "ACL-2011:32(1)", (_TERM_RUNS, case_decided),
     "AGENCY_HEAD", ("作出处理决定", "Decide what becomes of the money"), "measure.decided"),
    ("HAND_OVER", "EXECUTED EXTENDED FROZEN FREEZE_EXTENDED", "HANDED_OVER", "ACL-2011:21",
     (_TERM_RUNS, transfer_told), "AGENCY_HEAD", ("随案移送司法机关", "Hand over to justice"),
     "measure.handed_over"),
    titles=("行政强制措施", "Compulsory measure"),
    ends="REFUSED RELEASED CONFISCATED DESTROYED AUCTIONED SETTLED HANDED_OVER",
)
# fmt: on
MEASURE = Procedure("measure", MeasureFacts, TABLE)
