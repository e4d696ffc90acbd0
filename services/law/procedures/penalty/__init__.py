"""The penalty procedure (行政处罚): ordinary in both orders of legal review, and summary, as tables of moves.

Its facts are in facts.py, its rules in the file of the stage that they bear on; recorded.py tells the facts from a record.
"""

from yifa.enforcement.v1 import case_pb2 as cases

from services.law.procedure import Procedure
from services.law.procedures.penalty import body as b
from services.law.procedures.penalty import decision as d
from services.law.procedures.penalty import defence as p
from services.law.procedures.penalty import ending as e
from services.law.procedures.penalty import inquiry as i
from services.law.procedures.penalty import recusal as r
from services.law.procedures.penalty import transfer as t
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.shared import (
    certificate_shown,
    certified,
    in_order,
    not_in_future,
    not_suspended,
    two_officers,
)
from services.law.process import Line, Process, table

_ON_TIME = (b.body_lasts, not_in_future, in_order)
_POWER = (b.item_held, b.within_mandate)
_JURISDICTION = (b.place_inside, b.level_competent)
_QUALIFIED = (certified, not_suspended, i.in_scope, i.in_area)
_CERTIFIED = (two_officers, *_QUALIFIED)
_PENALTY = (d.kinds_allowed, d.correction_ordered, d.band_stated, d.inside_band)
_FIELD_ACT = (
    *_ON_TIME, i.by_handling_officers, i.collected_on_case, *_CERTIFIED, certificate_shown, i.admissible, i.rights_told,
)  # fmt: skip
_NOTICE = (
    *_ON_TIME,
    i.by_handling_officers,
    r.replaced,
    *_QUALIFIED,
    p.notice_complete,
    p.hearing_right_told,
)
_DECIDE = (
    b.body_confirmed, *_POWER, d.review_passed, p.window_over, p.hearing_held, p.defence_rechecked, d.decider_apart,
    *_PENALTY, d.not_heavier, d.discussed, d.heads_apart, r.none_pending,
)  # fmt: skip
_SPOT = (
    b.body_confirmed, *_POWER, *_JURISDICTION, not_in_future, i.by_officer_named, *_CERTIFIED, certificate_shown,
    d.form_complete, d.kinds_allowed, d.within_spot_limit,
)  # fmt: skip
_PAY = (not_in_future, in_order, e.paid_to_bank, e.not_overpaid)

UNDECIDED = "FILED INVESTIGATING INVESTIGATED REVIEWING REVIEWED NOTICED DEFENCE HEARING_SET HEARD RECHECKED"
DECIDED = "DECIDED SERVED PERFORMED CLOSED"

_PUBLISH = ("=", "APL-2021:48(1)", (e.decision_made, e.not_published_yet, e.stands),
            "CLERK", ("公开处罚决定", "Publish the decision"))  # fmt: skip
_SET_ASIDE = ("=", "APL-2021:75(2)", (not_in_future, in_order, e.stands),
              "CLERK LEGAL_REVIEWER", ("登记决定被变更、撤销", "Record that the decision was set aside"))  # fmt: skip
_WITHDRAW = ("=", "APL-2021:48(2)", (e.to_be_withdrawn,),
             "CLERK", ("撤回已公开的处罚决定", "Withdraw the published decision"))  # fmt: skip

# The event of each act, by the name of its message.
EVENTS = {
    act: tuple(f"yifa.enforcement.v1.{name}" for name in names.split())
    for act, names in {
        "REGISTER_CLUE": "ClueRegistered",
        "DECLINE_CLUE": "ClueNotFiled",
        "FILE_CASE": "CaseFiled",
        "ASSIGN_OFFICERS": "OfficersAssigned",
        "RECORD_EVIDENCE": "EvidenceRecorded",
        "SUBMIT_REPORT": "ReportSubmitted",
        "SUBMIT_FOR_REVIEW": "ReviewSubmitted",
        "PASS_REVIEW": "ReviewConcluded",
        "RETURN_REVIEW": "ReviewConcluded",
        "SERVE_PRIOR_NOTICE": "PriorNoticeServed",
        "RECORD_STATEMENT": "StatementReceived",
        "WAIVE_DEFENCE": "DefenceWaived",
        "REQUEST_HEARING": "HearingRequested",
        "HOLD_HEARING": "HearingHeld",
        "RECHECK_DEFENCE": "DefenceRechecked",
        "MAKE_DECISION": "DecisionMade",
        "SERVE_DECISION": "DecisionServed",
        "RECORD_PAYMENT": "PaymentRecorded",
        "COMPLETE_PAYMENT": "PaymentCompleted",
        "PUBLISH_DECISION": "DecisionPublished",
        "RECORD_SET_ASIDE": "DecisionSetAside",
        "WITHDRAW_PUBLICATION": "PublicationWithdrawn",
        "FILE_MAJOR_PENALTY": "MajorPenaltyFiled",
        "MAKE_SPOT_DECISION": "SpotDecisionMade DecisionServed",
        "REPORT_SPOT_DECISION": "SpotDecisionReported",
        "CLOSE_CASE": "CaseClosed",
        "TERMINATE_CASE": "CaseTerminated",
        "PASS_CASE": "CaseSucceeded",
        "TRANSFER_CASE": "CaseTransferred",
        "ACKNOWLEDGE_TRANSFER": "TransferAcknowledged",
        "DISPUTE_TRANSFER": "JurisdictionDisputed",
        "REFER_DISPUTE": "JurisdictionReferred",
        "TAKE_BACK_CLUE": "ClueTakenBack",
        "TAKE_BACK_CASE": "CaseTakenBack",
        "YIELD": "CaseYielded",
        "REQUEST_RECUSAL": "RecusalRequested",
        "DECIDE_RECUSAL": "RecusalDecided",
    }.items()
}


def _in_case(*lines: Line) -> tuple[Line, ...]:
    """Every act in a case that began is closed to those who stand aside from it."""
    return tuple(
        (act, sources, target, law, (*held, r.not_recused) if sources else held, *rest)
        for act, sources, target, law, held, *rest in lines
    )


# fmt: off
_ASSIGN = ("UNIT_HEAD AGENCY_HEAD", ("指定承办人员", "Assign officers"))
_PERFORMANCE = (
    ("RECORD_PAYMENT", "SERVED", "=", "APL-2021:67(3)", _PAY,
     "FINANCE", ("记录缴款", "Record a payment")),
    ("COMPLETE_PAYMENT", "SERVED", "PERFORMED", "APL-2021:67(3)", _PAY,
     "FINANCE", ("缴清罚款", "Pay in full"), "", "RecordPayment"),
)
_INQUIRY = (
    ("REGISTER_CLUE", "", "CLUE", "APL-2021:54(1)", (b.body_confirmed, *_POWER, not_in_future),
     "HANDLING_OFFICER UNIT_HEAD SYSTEM", ("登记线索", "Register a clue")),
    ("DECLINE_CLUE", "CLUE", "NOT_FILED", "SAMR-2022:20", (i.cause_given, t.undisputed, r.none_pending),
     "AGENCY_HEAD", ("不予立案", "Decline the clue")),
    ("FILE_CASE", "CLUE", "FILED", "APL-2021:54(2)",
     (b.body_confirmed, *_POWER, *_JURISDICTION, b.first_to_file, t.undisputed, i.within_limitation,
      i.first_evidence, i.punishable),
     "AGENCY_HEAD", ("立案", "File the case")),
    ("ASSIGN_OFFICERS", "FILED INVESTIGATING", "INVESTIGATING", "APL-2021:42(1)", (b.body_lasts, *_CERTIFIED),
     *_ASSIGN),
    # After the inquiry too somebody may have to be replaced.
    ("ASSIGN_OFFICERS", "INVESTIGATED REVIEWING REVIEWED NOTICED DEFENCE HEARING_SET HEARD RECHECKED", "=",
     "APL-2021:42(1)", (b.body_lasts, *_CERTIFIED), *_ASSIGN),
    ("RECORD_EVIDENCE", "INVESTIGATING", "=", "APL-2021:46", _FIELD_ACT,
     "HANDLING_OFFICER", ("收集证据", "Record evidence")),
    ("SUBMIT_REPORT", "INVESTIGATING", "INVESTIGATED", "APL-2021:57(1)",
     (b.body_lasts, i.by_handling_officers, r.replaced, i.evidence_recorded, *_PENALTY),
     "HANDLING_OFFICER", ("调查终结", "Submit the report")),
)
_TRANSFER = (
    ("TRANSFER_CASE", "CLUE FILED INVESTIGATING", "TRANSFERRED_OUT", "APL-2021:22;SAMR-2022:14",
     (t.receiver_qualified, t.not_sent_on, t.not_given_away, t.undisputed),
     "AGENCY_HEAD", ("移送有管辖权的主体", "Transfer the case")),
    ("ACKNOWLEDGE_TRANSFER", "CLUE", "=", "SAMR-2022:14", (t.transferred_in, t.not_acknowledged),
     "CLERK UNIT_HEAD AGENCY_HEAD", ("接收移送", "Take the transferred case over")),
    ("DISPUTE_TRANSFER", "CLUE", "=", "SAMR-2022:14;APL-2021:25(2)",
     (t.transferred_in, t.not_acknowledged, t.not_disputed_yet),
     "AGENCY_HEAD", ("提出管辖异议", "Dispute jurisdiction")),
    ("REFER_DISPUTE", "CLUE", "=", "APL-2021:25(2)", (t.not_settled, t.not_referred_yet),
     "AGENCY_HEAD", ("报请指定管辖", "Refer to the common superior")),
    ("TAKE_BACK_CLUE", "TRANSFERRED_OUT", "CLUE", "APL-2021:25(2)", (t.dispute_open,),
     "AGENCY_HEAD", ("收回移送的线索", "Take the clue back"), "", "TakeBackCase"),
    ("TAKE_BACK_CASE", "TRANSFERRED_OUT", "FILED", "APL-2021:25(2)", (t.dispute_open,),
     "AGENCY_HEAD", ("收回移送的案件", "Take the case back")),
)
_REVIEW = (
    ("PASS_REVIEW", "REVIEWING", "REVIEWED", "APL-2021:58(1)", (b.body_lasts, d.reviewer_apart, d.reviewer_qualified),
     "LEGAL_REVIEWER", ("审核通过", "Pass the review"), "", "ConcludeReview"),
    ("RETURN_REVIEW", "REVIEWING", "INVESTIGATING", "SAMR-2022:54", (d.reviewer_apart,),
     "LEGAL_REVIEWER", ("审核退回", "Return to inquiry"), "", "ConcludeReview"),
)
_RECUSAL = (
    ("REQUEST_RECUSAL", f"CLUE {UNDECIDED}", "=", "APL-2021:43(2)",
     (not_in_future, in_order, r.recorded_by_case, r.own_declaration, r.not_asked_yet),
     "HANDLING_OFFICER UNIT_HEAD LEGAL_REVIEWER AGENCY_HEAD CLERK", ("提出回避", "Ask for recusal")),
    ("DECIDE_RECUSAL", f"CLUE {UNDECIDED}", "=", "APL-2021:43(3)",
     (r.recusal_pending, r.another_decides, r.heads_together),
     "AGENCY_HEAD", ("决定回避申请", "Decide on recusal")),
)
_PRIOR_NOTICE = ("CLERK HANDLING_OFFICER", ("送达告知书", "Serve the prior notice"))
_SUBMIT = ("UNIT_HEAD HANDLING_OFFICER", ("送法制审核", "Submit for legal review"))
_DEFENCE = (
    ("RECORD_STATEMENT", "NOTICED DEFENCE RECHECKED", "DEFENCE", "APL-2021:45(1)",
     (*_ON_TIME, i.by_handling_officers),
     "HANDLING_OFFICER CLERK", ("记录陈述申辩", "Record a statement")),
    ("RECORD_STATEMENT", "HEARING_SET", "=", "APL-2021:45(1)", (*_ON_TIME, i.by_handling_officers),
     "HANDLING_OFFICER CLERK", ("记录陈述申辩", "Record a statement")),
    ("WAIVE_DEFENCE", "NOTICED DEFENCE HEARING_SET RECHECKED", "=", "APL-2021:62",
     (i.by_handling_officers, p.waived_in_writing),
     "HANDLING_OFFICER CLERK", ("放弃陈述申辩和听证", "Waive defence and hearing")),
    ("REQUEST_HEARING", "NOTICED DEFENCE RECHECKED", "HEARING_SET", "APL-2021:64[1]",
     (*_ON_TIME, i.by_handling_officers, p.request_in_time, p.not_heard_yet),
     "HANDLING_OFFICER CLERK", ("要求听证", "Request a hearing")),
    ("HOLD_HEARING", "HEARING_SET", "HEARD", "APL-2021:64", (*_ON_TIME, p.host_apart),
     "LEGAL_REVIEWER", ("举行听证", "Hold the hearing")),
    ("RECHECK_DEFENCE", "DEFENCE HEARING_SET HEARD", "RECHECKED", "APL-2021:45(1)",
     (b.body_lasts, i.by_handling_officers, p.hearing_held),
     "HANDLING_OFFICER UNIT_HEAD", ("复核陈述申辩", "Recheck the defence")),
)
_DECISION = ("DECIDED", "APL-2021:57(1)", _DECIDE, "AGENCY_HEAD", ("作出处罚决定", "Make the decision"))
_ENDING = (
    ("SERVE_DECISION", "DECIDED", "SERVED", "APL-2021:61(1)",
     (*_ON_TIME, i.by_handling_officers, e.receipt_given),
     "CLERK HANDLING_OFFICER", ("送达决定书", "Serve the decision")),
    *_PERFORMANCE,
    ("PUBLISH_DECISION", DECIDED, *_PUBLISH),
    ("RECORD_SET_ASIDE", DECIDED, *_SET_ASIDE),
    ("WITHDRAW_PUBLICATION", DECIDED, *_WITHDRAW),
    ("FILE_MAJOR_PENALTY", DECIDED, "=", "LN-SUP:16", (e.major, e.not_filed_yet),
     "AGENCY_HEAD CLERK", ("重大处罚备案", "File the major penalty")),
    ("CLOSE_CASE", "SERVED PERFORMED", "CLOSED", "SAMR-2022:77", (e.settled,),
     "AGENCY_HEAD", ("结案", "Close the case")),
    ("CLOSE_CASE", "TERMINATED", "CLOSED", "SAMR-2022:77", (),
     "AGENCY_HEAD", ("结案", "Close the case")),
    ("PASS_CASE", f"CLUE {UNDECIDED} {DECIDED}".replace(" CLOSED", ""), "=", "ALIT-2017:26(6)", (b.named_successor,),
     "AGENCY_HEAD", ("交承继主体办理", "Pass to the successor")),
    ("TERMINATE_CASE", UNDECIDED, "TERMINATED", "SAMR-2022:47", (),
     "AGENCY_HEAD", ("终止案件", "Terminate the case")),
)
ORDINARY = table(
    "ordinary",
    *_in_case(
        *_INQUIRY,
        *_TRANSFER,
        ("SUBMIT_FOR_REVIEW", "INVESTIGATED", "REVIEWING", "APL-2021:58(1)",
         (b.body_lasts, i.by_handling_officers), *_SUBMIT),
        # Once more after the party was heard (APL 58(1)[2]), or because the proposal has to change.
        ("SUBMIT_FOR_REVIEW", "RECHECKED", "REVIEWING", "APL-2021:58(1)[2]",
         (b.body_lasts, i.by_handling_officers, p.window_over), *_SUBMIT),
        *_REVIEW,
        ("SERVE_PRIOR_NOTICE", "REVIEWED", "NOTICED", "APL-2021:44", (*_NOTICE, d.review_passed), *_PRIOR_NOTICE),
        *_DEFENCE,
        ("MAKE_DECISION", "NOTICED HEARING_SET RECHECKED REVIEWED", *_DECISION),
        *_ENDING,
        *_RECUSAL,
    ),
    titles=("普通程序", "Ordinary procedure"),
    events=EVENTS,
)
# Where a sector reviews after the party was told and heard: the decision then comes from the review alone.
NOTICE_FIRST = table(
    "ordinary_notice_first",
    *_in_case(
        *_INQUIRY,
        *_TRANSFER,
        ("SERVE_PRIOR_NOTICE", "INVESTIGATED REVIEWED", "NOTICED", "APL-2021:44", _NOTICE, *_PRIOR_NOTICE),
        *_DEFENCE,
        ("SUBMIT_FOR_REVIEW", "INVESTIGATED NOTICED HEARING_SET RECHECKED", "REVIEWING", "APL-2021:58(1)",
         (b.body_lasts, i.by_handling_officers, p.window_over, p.hearing_held, p.defence_rechecked), *_SUBMIT),
        *_REVIEW,
        ("MAKE_DECISION", "REVIEWED", *_DECISION),
        *_ENDING,
        *_RECUSAL,
    ),
    titles=("普通程序（先告知后审核）", "Ordinary procedure, notice before review"),
    events=EVENTS,
)
SUMMARY = table(
    "summary",
    ("MAKE_SPOT_DECISION", "", "SERVED", "APL-2021:51", _SPOT,
     "HANDLING_OFFICER", ("当场处罚", "Decide on the spot")),
    ("REPORT_SPOT_DECISION", "SERVED PERFORMED", "=", "APL-2021:52(3)",
     (i.by_handling_officers, e.not_reported_yet),
     "HANDLING_OFFICER", ("报所属机关备案", "Report the spot decision")),
    *_PERFORMANCE,
    ("PUBLISH_DECISION", "SERVED PERFORMED CLOSED", *_PUBLISH),
    ("RECORD_SET_ASIDE", "SERVED PERFORMED CLOSED", *_SET_ASIDE),
    ("WITHDRAW_PUBLICATION", "SERVED PERFORMED CLOSED", *_WITHDRAW),
    ("CLOSE_CASE", "SERVED PERFORMED", "CLOSED", "SAMR-2022:77", (e.settled,),
     "AGENCY_HEAD", ("结案", "Close the case")),
    titles=("简易程序", "Summary procedure"),
    events=EVENTS,
)
# What nobody asks for: the other side took the case back, or was designated.
YIELDING = table(
    "yielding",
    ("YIELD", f"CLUE {UNDECIDED}", "TRANSFERRED_OUT", "APL-2021:25(2)", (),
     "SYSTEM", ("由他方管辖", "Leave the matter to the other body")),
    titles=("由他方管辖", "The other body handles the matter"),
    events=EVENTS,
)
# fmt: on


def table_of(case: cases.Case) -> Process:
    """The table that a case goes by, fixed when it was filed."""
    if case.procedure == cases.PROCEDURE_SUMMARY:
        return SUMMARY
    notice_first = case.review_order == cases.REVIEW_ORDER_AFTER_DEFENCE
    return NOTICE_FIRST if notice_first else ORDINARY


def conditions(case: cases.Case) -> frozenset[str]:
    """The conditions of clocks that hold for a case: whether its penalty is a major one, a fine, and known to the public."""
    decided = {
        "major": case.decision.major,
        "fine": case.decision.penalty.fine.fen > 0,
        "published": case.HasField("publish_time"),
    }
    return frozenset(name for name, holds in decided.items() if holds)


PENALTY = Procedure(
    "penalty",
    PenaltyFacts,
    ORDINARY,
    NOTICE_FIRST,
    SUMMARY,
    YIELDING,
    goes_by=table_of,
    # What the law itself says of an act that is asked for too early, besides that it is not open.
    open_first=(d.review_passed.reason, p.window_over.reason, p.hearing_held.reason),
)
