"""A permit (行政许可) from the application to its end: received, completed once, accepted, reviewed, decided, issued, published,
renewed (ALIC 29–50, 55, 58), and the time that the body promised (CITY-ERS 3(7)); then its holder checked, the permit changed
as the holder asks, revoked, recalled or altered, with the indemnity for it, until it leaves the register (ALIC 7, 8, 49, 61–70;
CITY-ERS 6(5)).
"""

from services.law.procedure import Procedure
from services.law.procedures import shared
from services.law.procedures.permit import changing as c
from services.law.procedures.permit import deciding as d
from services.law.procedures.permit import held as h
from services.law.procedures.permit import indemnity as i
from services.law.procedures.permit import rules as r
from services.law.procedures.permit.facts import PermitFacts
from services.law.procedures.publishing import ground_holds, not_withheld, of_age
from services.law.procedures.shared import under
from services.law.process import table

PREFIX = "PM-"
"""How the id of a permit begins."""
_NO_REASONS = under(shared.reasons_given, "ALIC-2019:32(2);ALIC-2019:72[7]")
_REFUSAL_REASONS = under(shared.reasons_given, "ALIC-2019:38(2)")
_RENEWAL_REASONS = under(shared.reasons_given, "ALIC-2019:50(2);ALIC-2019:38(2)")
_CHANGE_REASONS = under(shared.reasons_given, "ALIC-2019:49;ALIC-2019:38(2)")
_REVERSAL_REASONS = under(shared.reasons_given, "ALIC-2019:7")
_REMEDIES = under(d.remedies_told, "ALIC-2019:7")
_IN_ITS_INTEREST = under(h.interest_weighed, "ALIC-2019:8(2)")
_BY_HEAD = under(shared.by_head, "ALIC-2019:42", guard="G-91")
_CLERK, _OFFICER, _UNIT, _HEAD = "CLERK", "HANDLING_OFFICER", "UNIT_HEAD", "AGENCY_HEAD"
COMING = "RECEIVED SUPPLEMENTING SUPPLEMENTED"
HANDLED = "ACCEPTED REVIEWED"
HELD = "ISSUED RENEWAL_ASKED RENEWAL_DECLINED"
_INDEMNIFIED = f"{HELD} RECALLED REVOKED LAPSED DEREGISTERED"
_DECIDED = "GRANTED ISSUED REFUSED RENEWAL_ASKED RENEWAL_DECLINED LAPSED REVOKED RECALLED DEREGISTERED"

# fmt: off
TABLE = table(
    "permit",
    ("RECEIVE", "", "RECEIVED", "ALIC-2019:29(1);ALIC-2019:30(1)", (r.empowered, r.guide_public, r.one_window),
     _CLERK, ("收到许可申请", "Receive the application"), "permit.application_received", "ReceivePermitApplication"),
    ("TELL_SUPPLEMENT", "RECEIVED", "SUPPLEMENTING", "ALIC-2019:32(1)[4]", (r.only_listed,),
     _CLERK, ("一次告知补正", "Tell once what is missing"), "permit.supplement_notified", "TellPermitSupplement"),
    ("SUPPLEMENT", "SUPPLEMENTING", "SUPPLEMENTED", "ALIC-2019:32(1)[5]", (r.all_supplied,),
     _CLERK, ("收到补正材料", "Receive what was missing"), "permit.supplemented", "SupplementPermitApplication"),
    ("ACCEPT", "RECEIVED SUPPLEMENTED", "ACCEPTED", "ALIC-2019:32(1)[5];ALIC-2019:32(2)", (r.complete, r.jointly_by_order),
     _CLERK, ("受理许可申请", "Accept the application"), "permit.accepted", "AcceptPermitApplication"),
    ("DEEM_ACCEPTED", "RECEIVED SUPPLEMENTED", "ACCEPTED", "ALIC-2019:32(1)[4]", (),
     "SYSTEM", ("逾期未告知，视为受理", "Accepted by silence"), "permit.deemed_accepted"),
    ("NOT_ACCEPT", COMING, "NOT_ACCEPTED", "ALIC-2019:32(1)[1];ALIC-2019:32(1)[2];ALIC-2019:32(2)", (_NO_REASONS,),
     _CLERK, ("不予受理", "Do not accept it"), "permit.not_accepted", "RefusePermitApplication"),
    ("WITHDRAW", f"{COMING} {HANDLED}", "WITHDRAWN", "ALIC-2019:29(1)", (under(shared.reasons_given, "ALIC-2019:29(1)"),),
     _CLERK, ("申请人撤回申请", "The applicant withdraws it"), "permit.withdrawn", "WithdrawPermitApplication"),
    ("ASSIGN_INSPECTORS", HANDLED, "=", "ALIC-2019:55(2)", (r.two_inspectors,),
     _UNIT, ("指派检验、检测、检疫人员", "Name who inspects and tests"), "permit.inspectors_assigned", "AssignPermitInspectors"),
    ("EXCLUDE", HANDLED, "=", "ALIC-2019:45", (r.time_told, r.time_runs),
     _UNIT, ("告知不计入期限的时间", "Take time out of the term"), "permit.time_excluded", "ExcludePermitTime"),
    ("RESUME", HANDLED, "=", "ALIC-2019:45", (r.time_stands,),
     _UNIT, ("恢复计算期限", "Let the term run on"), "permit.time_resumed", "ResumePermitTime"),
    ("EXTEND", HANDLED, "=", "ALIC-2019:42", (r.extended_once, r.extension_told, r.time_runs, _BY_HEAD),
     _HEAD, ("延长许可期限", "Extend the term"), "permit.extended", "ExtendPermitTerm"),
    ("TELL_HEARING_RIGHT", HANDLED, "=", "ALIC-2019:47(1)", (r.people_told,),
     _CLERK, ("告知听证权利", "Tell of the right to a hearing"), "permit.hearing_right_told", "TellPermitHearingRight"),
    ("REQUEST_HEARING", HANDLED, "=", "ALIC-2019:47(1)", (r.asked_in_time,),
     _CLERK, ("申请许可听证", "Ask for a hearing"), "permit.hearing_requested", "RequestPermitHearing"),
    ("NOTIFY_HEARING", HANDLED, "=", "ALIC-2019:46;ALIC-2019:48(1)[1]", (r.host_apart, r.told_ahead),
     _UNIT, ("通知许可听证", "Tell time and place of the hearing"), "permit.hearing_notified", "NotifyPermitHearing"),
    ("HOLD_HEARING", HANDLED, "=", "ALIC-2019:48(1)", (r.host_apart, r.held_as_told, r.minutes_signed),
     "HANDLING_OFFICER UNIT_HEAD LEGAL_REVIEWER", ("举行许可听证", "Hold the hearing"), "permit.hearing_held",
     "HoldPermitHearing"),
    ("REVIEW", HANDLED, "REVIEWED", "ALIC-2019:34(1);ALIC-2019:34(3)", (d.reviewed_apart, d.each_judged, d.verified_by_two),
     _OFFICER, ("审查许可申请", "Review the application"), "permit.reviewed", "ReviewPermitApplication"),
    ("SEND_UP", "REVIEWED", "SENT_UP", "ALIC-2019:35;ALIC-2019:43", (d.decided_above,),
     _UNIT, ("报送上级机关", "Send it to the superior body"), "permit.reviewed_below", "SendPermitUp"),
    ("GRANT", "REVIEWED", "GRANTED", "ALIC-2019:38(1)",
     (r.empowered, d.decided_here, d.checked_apart, d.heard_first, d.conditions_met, d.fee_lawful),
     _HEAD, ("准予行政许可", "Grant the permit"), "permit.decided permit.granted", "GrantPermit"),
    ("REFUSE", "REVIEWED", "REFUSED", "ALIC-2019:38(2)",
     (d.decided_here, d.checked_apart, d.heard_first, d.unmet_condition, _REFUSAL_REASONS, d.remedies_told, d.standard_named,
      d.fee_lawful),
     _HEAD, ("不予行政许可", "Refuse the permit"), "permit.decided", "RefusePermit"),
    ("ISSUE", "GRANTED", "ISSUED", "ALIC-2019:44;ALIC-2019:39(1)", (r.one_window, d.validity_right),
     _CLERK, ("颁发、送达许可证件", "Issue the permit"), "permit.issued", "IssuePermit"),
    ("PUBLISH", _DECIDED, "=", "ALIC-2019:40;GBF-2018-118:6", (d.address_given, of_age, not_withheld),
     _CLERK, ("公开许可决定", "Publish the decision"), "permit.published", "PublishPermit"),
    ("WITHHOLD", _DECIDED, "=", "ALIC-2019:5(2)", (ground_holds,),
     _HEAD, ("许可决定不予公开", "Keep the decision from the public"), "permit.withheld", "WithholdPermit"),
    ("MISS_PROMISE", HANDLED, "=", "CITY-ERS:3(7)", (),
     "SYSTEM", ("超过承诺时限", "The promised time is over"), "permit.promise_missed"),
    ("COMPENSATE", f"{HANDLED} SENT_UP WITHDRAWN {_DECIDED}", "=", "CITY-ERS:3(7)", (d.promise_broken, d.compensation_said),
     _CLERK, ("登记违诺补偿", "Compensate for the broken promise"), "permit.compensated", "CompensatePermitApplicant"),
    ("ASK_RENEWAL", "ISSUED", "RENEWAL_ASKED", "ALIC-2019:50(1)", (d.renewed_in_time,),
     _CLERK, ("申请延续许可", "Ask for renewal"), "permit.renewal_applied", "AskPermitRenewal"),
    ("RENEW", "RENEWAL_ASKED", "ISSUED", "ALIC-2019:50(2)", (r.empowered, d.still_valid, d.renewed_longer),
     _HEAD, ("准予延续", "Renew the permit"), "permit.renewed", "RenewPermit"),
    ("DECLINE_RENEWAL", "RENEWAL_ASKED", "RENEWAL_DECLINED", "ALIC-2019:50(2);ALIC-2019:38(2)",
     (d.still_valid, _RENEWAL_REASONS, d.remedies_told),
     _HEAD, ("不予延续", "Decline the renewal"), "permit.renewal_declined", "DeclinePermitRenewal"),
    ("DEEM_RENEWED", "RENEWAL_ASKED", "ISSUED", "ALIC-2019:50(2)", (),
     "SYSTEM", ("逾期未决定，视为准予延续", "Renewed by silence"), "permit.deemed_renewed"),
    ("LAPSE", "ISSUED RENEWAL_DECLINED", "LAPSED", "ALIC-2019:70[1]", (),
     "SYSTEM", ("有效期届满未延续", "The permit has ended"), "permit.lapsed"),
    ("CHECK_HOLDER", HELD, "=", "ALIC-2019:61;ALIC-2019:62(1)",
     (h.check_recorded, h.check_signed, h.visit_inspected, h.finding_handled),
     _OFFICER, ("监督检查被许可人", "Check the holder"), "permit.holder_checked", "CheckPermitHolder"),
    ("MISS_CORRECTION", HELD, "=", "ALIC-2019:66;ALIC-2019:67(2)", (),
     "SYSTEM", ("责令改正期限届满", "The day to put it right is over"), "permit.correction_missed"),
    ("TELL_REVERSAL", f"GRANTED {HELD}", "=", "ALIC-2019:7;ALIC-2019:8;ALIC-2019:69",
     (h.grounded, _REVERSAL_REASONS, h.told_in_writing),
     _UNIT, ("告知拟撤销、撤回、变更许可", "Tell the holder what is intended"), "permit.reversal_told", "TellPermitReversal"),
    ("HEAR_HOLDER", f"GRANTED {HELD}", "=", "ALIC-2019:7", (h.something_told, h.stated),
     _CLERK, ("听取被许可人陈述、申辩", "Hear the holder"), "permit.holder_heard", "HearPermitHolder"),
    ("REVOKE", f"GRANTED {HELD}", "REVOKED", "ALIC-2019:69(1);ALIC-2019:69(2)",
     (h.as_told, h.holder_heard, h.interest_weighed, h.claim_told, _REMEDIES),
     _HEAD, ("撤销行政许可", "Revoke the permit"), "permit.revoked", "RevokePermit"),
    ("RECALL", f"GRANTED {HELD}", "RECALLED", "ALIC-2019:8(2)",
     (h.as_told, h.holder_heard, _IN_ITS_INTEREST, _REMEDIES),
     _HEAD, ("撤回行政许可", "Recall the permit"), "permit.recalled", "RecallPermit"),
    ("ALTER", HELD, "=", "ALIC-2019:8(2)",
     (h.as_told, h.holder_heard, _IN_ITS_INTEREST, h.alteration_said, _REMEDIES),
     _HEAD, ("变更行政许可", "Alter the permit"), "permit.altered", "AlterPermit"),
    ("ASK_CHANGE", HELD, "=", "ALIC-2019:49", (c.change_said,),
     _CLERK, ("申请变更许可", "Ask for a change"), "permit.change_applied", "AskPermitChange"),
    ("CHANGE", HELD, "=", "ALIC-2019:49", (c.change_asked, c.change_examined),
     _HEAD, ("准予变更", "Change the permit"), "permit.changed", "ChangePermit"),
    ("DECLINE_CHANGE", HELD, "=", "ALIC-2019:49;ALIC-2019:38(2)", (c.change_asked, _CHANGE_REASONS, d.remedies_told),
     _HEAD, ("不予变更", "Decline the change"), "permit.change_declined", "DeclinePermitChange"),
    ("CLAIM_INDEMNITY", _INDEMNIFIED, "=", "ALIC-2019:8(2);CITY-ERS:6(5)", (i.indemnity_owed, i.loss_said),
     _CLERK, ("登记补偿请求", "Record the claim of an indemnity"), "permit.indemnity_claimed", "ClaimPermitIndemnity"),
    ("MEET_ON_INDEMNITY", _INDEMNIFIED, "=", "CITY-ERS:6(5)", (i.indemnity_claimed, i.meeting_complete),
     _UNIT, ("补偿协商、听证", "Negotiate the indemnity, or hear on it"), "permit.indemnity_met", "MeetOnPermitIndemnity"),
    ("DECIDE_INDEMNITY", _INDEMNIFIED, "=", "ALIC-2019:8(2);CITY-ERS:6(5)",
     (i.indemnity_claimed, i.negotiated, i.decided_by_another, i.awarded_as_agreed, i.settled_or_reasoned),
     _HEAD, ("决定补偿", "Decide the indemnity"), "permit.indemnity_decided", "DecidePermitIndemnity"),
    ("PAY_INDEMNITY", _INDEMNIFIED, "=", "ALIC-2019:8(2)", (i.indemnity_decided, i.indemnity_in_full),
     _CLERK, ("支付补偿", "Pay the indemnity"), "permit.indemnity_paid", "PayPermitIndemnity"),
    ("DEREGISTER", f"{HELD} LAPSED REVOKED RECALLED", "DEREGISTERED", "ALIC-2019:70",
     (h.leaving_grounded, h.leaving_shown),
     _UNIT, ("注销行政许可", "Take the permit off the register"), "permit.deregistered", "DeregisterPermit"),
    titles=("行政许可", "Permit"),
    ends="NOT_ACCEPTED WITHDRAWN SENT_UP REFUSED DEREGISTERED",
)
# fmt: on
PERMIT = Procedure("permit", PermitFacts, TABLE)
