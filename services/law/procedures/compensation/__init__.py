"""State compensation by an administrative agency (行政赔偿): the claim, its examination, decision, payment and recourse (SCL)."""

from services.law.procedure import Procedure
from services.law.procedures.compensation.facts import CompensationFacts
from services.law.procedures.compensation.rules import (
    agreement_complete,
    all_said,
    as_agreed,
    asked_in_time,
    asked_once,
    challengeable,
    challenged_in_time,
    claim_complete,
    claimed_in_time,
    decision_overdue,
    entitled,
    faulty,
    heard,
    items_right,
    liable,
    money_awarded,
    negotiable,
    no_money_owed,
    nothing_agreed,
    nothing_awarded,
    paid_in_full,
    receipt_given,
    recourse_decided,
    remedy_stands,
    restored,
    result_said,
    shown,
    something_in_kind,
    took_part,
    unit_known,
    within_paid,
)
from services.law.procedures.shared import (
    minutes_checked,
    reasons_given,
    service_proved,
    stands_apart,
    term_over,
    under,
)
from services.law.process import table

PREFIX = "PC-"
"""How the id of a claim begins."""
_APART = under(stands_apart, "CITY-ERS:6(4)")
_MINUTES = under(minutes_checked, "SCL-2012:13(1)")
_WHY = under(reasons_given, "SCL-2012:13(3)")
_SERVED = under(service_proved, "SCL-2012:13(2);SCL-2012:13(3)")
_SUIT_OVER = under(term_over, "SCL-2012:14")
_BEFORE = "RECEIVED SUPPLEMENTING EXAMINING"
_AFTER = "SERVED FINAL"
_CLOSE = "CloseCompensation"

# fmt: off
TABLE = table(
    "compensation",
    ("CLAIM", "", "RECEIVED", "SCL-2012:9(2);SCL-2012:12", (unit_known, receipt_given),
     "APPLICANT", ("提出赔偿申请", "Claim"), "compensation.applied compensation.received", "RegisterCompensation"),
    ("ASK_SUPPLEMENT", "RECEIVED", "SUPPLEMENTING", "SCL-2012:12(4)", (all_said, asked_once, asked_in_time, shown),
     "AGENCY", ("一次性告知补正", "Tell once what is missing"), "compensation.supplement_notified",
     "AskCompensationSupplement"),
    ("SUPPLEMENT", "SUPPLEMENTING", "RECEIVED", "SCL-2012:12(4)", (shown,),
     "APPLICANT", ("补正", "Supplement"), "", "SupplementCompensation"),
    ("ACCEPT", "RECEIVED", "EXAMINING", "SCL-2012:12;SCL-2012:13(1)", (claim_complete, entitled, _APART),
     "AGENCY", ("收案审查", "Take it for examination"), "compensation.accepted", "AcceptCompensation"),
    ("WITHDRAW", _BEFORE, "WITHDRAWN", "SCL-2012:6(1)", (shown,),
     "APPLICANT", ("撤回申请", "Withdraw"), "compensation.withdrawn", "WithdrawCompensation"),
    ("HEAR", "EXAMINING", "=", "SCL-2012:13(1);CITY-ERS:6(5)", (_APART, _MINUTES, shown),
     "AGENCY", ("听取意见、听证", "Hear the claimant"), "", "HearCompensationClaimant"),
    ("NEGOTIATE", "EXAMINING", "=", "SCL-2012:13(1);CITY-ERS:6(5)", (negotiable, agreement_complete, shown),
     "AGENCY APPLICANT", ("协商", "Negotiate"), "", "NegotiateCompensation"),
    ("NOTE_EXPIRY", _BEFORE, "=", "SCL-2012:14(1)", (decision_overdue,),
     "SYSTEM", ("逾期未作出决定", "Note that no decision came"), "compensation.expired"),
    ("AWARD", "EXAMINING", "DECIDED", "SCL-2012:13(2)", (shown, heard, claimed_in_time, liable, items_right, as_agreed),
     "AGENCY", ("决定赔偿", "Award compensation"), "compensation.decided", "DecideCompensation"),
    ("DENY", "EXAMINING", "DECIDED", "SCL-2012:13(3)", (shown, heard, nothing_agreed, _WHY),
     "AGENCY", ("决定不予赔偿", "Decide against it"), "compensation.decided", "DecideCompensation"),
    ("SERVE", "DECIDED", "SERVED", "SCL-2012:13(2);SCL-2012:13(3)", (_SERVED,),
     "AGENCY", ("送达决定", "Serve the decision"), "compensation.served", "ServeCompensation"),
    ("CHALLENGE", f"{_BEFORE} SERVED", "IN_REMEDY", "SCL-2012:14;ARL-2023:11[6]",
     (challengeable, remedy_stands, challenged_in_time),
     "APPLICANT", ("起诉或者申请复议", "Challenge it"), "compensation.sued", "ChallengeCompensation"),
    ("END_REMEDY", "IN_REMEDY", "FINAL", "SCL-2012:37(2)", (result_said, shown),
     "COURT RECON_BODY", ("救济结果生效", "Record how the remedy ended"), "", "EndCompensationRemedy"),
    ("REQUEST_PAYMENT", _AFTER, "PAYMENT_DUE", "SCL-2012:37(2)", (money_awarded, shown),
     "APPLICANT", ("申请支付赔偿金", "Ask for payment"), "compensation.payment_requested", "RequestCompensationPayment"),
    ("ASK_FINANCE", "PAYMENT_DUE", "AT_FINANCE", "SCL-2012:37(3)", (shown,),
     "AGENCY", ("向财政部门提出支付申请", "Ask the finance department"), "compensation.finance_asked",
     "AskFinanceForCompensation"),
    ("PAY", "AT_FINANCE", "PERFORMED", "SCL-2012:37(3)", (paid_in_full, shown),
     "TREASURY", ("支付赔偿金", "Pay"), "compensation.paid", "PayCompensation"),
    ("RESTORE", f"{_AFTER} PAYMENT_DUE AT_FINANCE PERFORMED", "=", "SCL-2012:32(2)", (something_in_kind, shown),
     "AGENCY", ("返还、恢复、解除、道歉", "Make good without money"), "", "RestoreCompensated"),
    ("RECOVER", "PERFORMED", "=", "SCL-2012:16(1)", (faulty, took_part, within_paid),
     "AGENCY", ("责令承担赔偿费用", "Order recourse"), "", "RecoverCompensation"),
    ("CLOSE", "PERFORMED", "CLOSED", "SCL-2012:16(1);SCL-2012:37", (restored, recourse_decided),
     "AGENCY", ("办结", "Close"), "", _CLOSE),
    ("CLOSE_RESTORED", _AFTER, "CLOSED", "SCL-2012:32(2)", (no_money_owed, something_in_kind, restored),
     "AGENCY", ("未涉赔偿金的办结", "Close what was made good without money"), "", _CLOSE),
    ("CLOSE_DENIED", "SERVED", "CLOSED", "SCL-2012:14(2)", (nothing_awarded, _SUIT_OVER),
     "AGENCY", ("不予赔偿且未起诉的办结", "Close what was denied"), "", _CLOSE),
    ("CLOSE_REJECTED", "FINAL", "CLOSED", "SCL-2012:37(2)", (nothing_awarded,),
     "AGENCY", ("救济未予赔偿的办结", "Close what the remedy left denied"), "", _CLOSE),
    titles=("行政赔偿", "State compensation"),
    ends="CLOSED WITHDRAWN",
)
# fmt: on
COMPENSATION = Procedure("compensation", CompensationFacts, TABLE)
