"""Credit repair (信用修复): the party's application, the answer of the unit that found the breach, objections, the shield of a
restructuring, and what follows false papers (CREDIT-2025 13–20, 25).
"""

from services.law.procedure import Procedure
from services.law.procedures import shared
from services.law.procedures.credit_repair import rules as r
from services.law.procedures.credit_repair.facts import CreditRepairFacts
from services.law.procedures.shared import under
from services.law.process import table

_REASONS = under(shared.reasons_given, "CREDIT-2025:17", warning="EW-47")
_NO_REASONS_TO_REFUSE = under(shared.reasons_given, "CREDIT-2025:16(2)", warning="EW-47")
_OBJECTION_REASONS = under(shared.reasons_given, "CREDIT-2025:18", warning="EW-47")
_CLERK, _UNIT, _HEAD = "CLERK", "UNIT_HEAD", "AGENCY_HEAD"
_DECIDE = "DecideCreditObjection"

# fmt: off
TABLE = table(
    "credit_repair",
    ("APPLY", "", "APPLIED", "CREDIT-2025:13;CREDIT-2025:14", (r.displayed, r.none_open),
     _CLERK, ("申请信用修复", "Apply for credit repair"), "credit.repair_applied", "ApplyForCreditRepair"),
    ("PUSH", "APPLIED", "PUSHED", "CREDIT-2025:13(1)", (),
     _CLERK, ("收到推送的申请", "Receive the application"), "credit.repair_pushed", "ReceiveCreditRepair"),
    ("TELL_SUPPLEMENT", "PUSHED", "SUPPLEMENTING", "CREDIT-2025:16(2)", (r.missing_named,),
     _UNIT, ("告知补正", "Tell what is missing"), "credit.repair_supplement_told", "TellCreditSupplement"),
    ("SUPPLEMENT", "SUPPLEMENTING", "SUPPLEMENTED", "CREDIT-2025:16(2)", (),
     _CLERK, ("收到补正材料", "Receive what was missing"), "credit.repair_pushed", "SupplementCreditRepair"),
    ("ACCEPT", "PUSHED SUPPLEMENTED", "ACCEPTED", "CREDIT-2025:16(2)", (r.displayed, *r.CONDITIONS),
     _UNIT, ("受理信用修复申请", "Accept the application"), "credit.repair_accepted", "AcceptCreditRepair"),
    ("REFUSE", "PUSHED SUPPLEMENTING SUPPLEMENTED", "REFUSED", "CREDIT-2025:16(2)", (_NO_REASONS_TO_REFUSE, r.refusal_grounded),
     _UNIT, ("不予受理", "Refuse the application"), "credit.repair_refused", "RefuseCreditRepair"),
    ("EXTEND", "ACCEPTED", "EXTENDED", "CREDIT-2025:16(3)", (r.delay_reasoned,),
     _HEAD, ("延长办理期限", "Take more time"), "credit.repair_extended", "ExtendCreditRepair"),
    ("GRANT", "ACCEPTED EXTENDED", "REPAIRED", "CREDIT-2025:3;CREDIT-2025:17",
     (r.displayed, r.duties_done, r.not_barred, r.penalty_over, _REASONS),
     _HEAD, ("准予信用修复", "Grant the repair"), "credit.repaired", "GrantCreditRepair"),
    ("DECLINE", "ACCEPTED EXTENDED", "DECLINED", "CREDIT-2025:17", (_REASONS,),
     _HEAD, ("不予信用修复", "Decline the repair"), "credit.repair_declined", "DeclineCreditRepair"),
    ("ANSWER", "REFUSED REPAIRED DECLINED DISHONEST", "=", "CREDIT-2025:16(1);CREDIT-2025:17", (r.not_answered,),
     _CLERK, ("结果告知申请人", "Tell the applicant"), "credit.repair_answered", "RecordCreditAnswer"),
    ("OBJECT", "REFUSED DECLINED", "OBJECTED", "CREDIT-2025:18", (),
     _CLERK, ("对结果提出异议", "Object to the answer"), "credit.objection_received", "ObjectToCreditAnswer"),
    ("OBJECT_TO_DISPLAY", "", "OBJECTED", "CREDIT-2025:18", (r.displayed, r.none_open),
     _CLERK, ("对公示内容提出异议", "Object to what is shown"), "credit.objection_received", "ObjectToCreditDisplay"),
    ("PUSH_OBJECTION", "OBJECTED", "OBJECTION_PUSHED", "CREDIT-2025:18", (),
     _CLERK, ("收到推送的异议", "Receive the objection"), "credit.objection_pushed", "ReceiveCreditObjection"),
    ("ACCEPT_OBJECTION", "OBJECTION_PUSHED", "OBJECTION_ACCEPTED", "CREDIT-2025:18", (),
     _UNIT, ("受理异议", "Accept the objection"), "credit.objection_accepted", "AcceptCreditObjection"),
    ("EXTEND_OBJECTION", "OBJECTION_ACCEPTED", "=", "CREDIT-2025:18", (r.told_beforehand,),
     _UNIT, ("延长核查期限", "Take more time to check"), "credit.objection_extended", "ExtendCreditObjection"),
    ("SUSTAIN_OBJECTION", "OBJECTION_ACCEPTED", "ACCEPTED", "CREDIT-2025:18", (_OBJECTION_REASONS, r.about_answer),
     _HEAD, ("异议成立，重新办理", "Take it up again"), "credit.objection_answered credit.repair_accepted", _DECIDE),
    ("CORRECT_DISPLAY", "OBJECTION_ACCEPTED", "CORRECTED", "CREDIT-2025:18", (_OBJECTION_REASONS, r.about_display),
     _HEAD, ("异议成立，更正公示", "Correct what is shown"), "credit.objection_answered", _DECIDE),
    ("REJECT_OBJECTION", "OBJECTION_ACCEPTED", "OBJECTION_REJECTED", "CREDIT-2025:18", (_OBJECTION_REASONS,),
     _HEAD, ("异议不成立", "Reject the objection"), "credit.objection_answered", _DECIDE),
    ("ASK_SHIELD", "", "SHIELD_ASKED", "CREDIT-2025:20(1)", (r.displayed, r.none_open, r.court_ruled),
     _CLERK, ("重整、和解期间申请屏蔽", "Ask for a shield"), "credit.restructuring_applied", "AskCreditShield"),
    ("SHIELD", "SHIELD_ASKED", "SHIELDED", "CREDIT-2025:20(1)", (),
     _HEAD, ("临时屏蔽", "Shield for the time"), "credit.shielded", "ShieldCredit"),
    ("UNSHIELD", "SHIELDED", "UNSHIELDED", "CREDIT-2025:20(2)",
     (under(shared.reasons_given, "CREDIT-2025:20(2)", warning="EW-47"),),
     _HEAD, ("恢复公示", "Show it again"), "credit.unshielded", "UnshieldCredit"),
    ("RECORD_DISHONESTY", "REFUSED REPAIRED DECLINED", "DISHONEST", "CREDIT-2025:25",
     (r.falsehood_shown,),
     _HEAD, ("记入不诚信记录", "Record dishonesty"), "credit.dishonesty_recorded", "RecordCreditDishonesty"),
    ("WITHDRAW_DISHONESTY", "DISHONEST", "DISHONESTY_WITHDRAWN", "CREDIT-2025:25", (r.shown_long_enough,),
     _CLERK, ("终止公示不诚信记录", "Take the record down"), "credit.dishonesty_withdrawn", "WithdrawCreditDishonesty"),
    titles=("信用修复", "Credit repair"),
    ends="CORRECTED OBJECTION_REJECTED UNSHIELDED DISHONESTY_WITHDRAWN",
)
# fmt: on
CREDIT_REPAIR = Procedure("credit_repair", CreditRepairFacts, TABLE)
