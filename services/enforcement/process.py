"""The ordinary penalty procedure in both orders of legal review, and the summary one, as tables of moves."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.case_pb2 import CaseState

from services.enforcement import rules as r
from services.enforcement.details import DETAILS
from services.enforcement.facts import Facts
from services.law.process import Broken, Process, Rule, Unlawful, table

NAMES = {number: name.removeprefix("CASE_STATE_") for name, number in CaseState.items()} | {0: ""}
NUMBERS = {name: number for number, name in NAMES.items()}

_ON_TIME = (r.body_lasts, r.not_in_future, r.in_order)
_POWER = (r.item_held, r.within_mandate)
_JURISDICTION = (r.place_inside, r.level_competent)
_CERTIFIED = (r.two_officers, r.certified, r.not_suspended, r.in_scope, r.in_area)
_PENALTY = (r.kinds_allowed, r.correction_ordered, r.band_stated, r.inside_band)
_FIELD_ACT = (
    *_ON_TIME,
    r.by_handling_officers,
    *_CERTIFIED,
    r.certificate_shown,
    r.admissible,
    r.rights_told,
)
_NOTICE = (*_ON_TIME, r.by_handling_officers, r.replaced, r.notice_complete, r.hearing_right_told)
_DECIDE = (
    r.body_confirmed, *_POWER, r.review_passed, r.window_over, r.hearing_held, r.defence_rechecked, r.decider_apart,
    *_PENALTY, r.not_heavier, r.discussed, r.none_pending,
)  # fmt: skip
_SPOT = (
    r.body_confirmed, *_POWER, *_JURISDICTION, r.not_in_future, r.by_handling_officers, *_CERTIFIED,
    r.certificate_shown,
    r.form_complete, r.kinds_allowed, r.within_spot_limit,
)  # fmt: skip
_PAY = (r.not_in_future, r.in_order, r.paid_to_bank, r.not_overpaid)

_UNDECIDED = "FILED INVESTIGATING INVESTIGATED REVIEWING REVIEWED NOTICED DEFENCE HEARING_SET HEARD RECHECKED"
_DECIDED = "DECIDED SERVED PERFORMED CLOSED"

_PUBLISH = ("=", "APL-2021:48(1)", (r.decision_made, r.not_published_yet),
            "CLERK", ("公开处罚决定", "Publish the decision"))  # fmt: skip

# What each act announces; by these names clocks know of it.
EVENTS = {
    act: tuple(f"yifa.enforcement.v1.{name}" for name in names.split())
    for act, names in {
        "REGISTER_CLUE": "ClueRegistered",
        "DECLINE_CLUE": "ClueNotFiled",
        "FILE": "CaseFiled",
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
        "FILE_MAJOR_PENALTY": "MajorPenaltyFiled",
        "MAKE_SPOT_DECISION": "SpotDecisionMade DecisionServed",
        "REPORT_SPOT_DECISION": "SpotDecisionReported",
        "CLOSE": "CaseClosed",
        "TERMINATE": "CaseTerminated",
        "PASS_ON": "CaseSucceeded",
        "TRANSFER": "CaseTransferred",
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

_Line = tuple[str, str, str, str, tuple[Rule, ...], str, tuple[str, str]]


def _in_case(*lines: _Line) -> tuple[_Line, ...]:
    """Every act in a case that began is closed to those who stand aside from it."""
    return tuple(
        (act, sources, target, law, (*held, r.not_recused) if sources else held, roles, titles)
        for act, sources, target, law, held, roles, titles in lines
    )


# fmt: off
_ASSIGN = ("UNIT_HEAD AGENCY_HEAD", ("指定承办人员", "Assign officers"))
_PERFORMANCE = (
    ("RECORD_PAYMENT", "SERVED", "=", "APL-2021:67(3)", _PAY,
     "FINANCE", ("记录缴款", "Record a payment")),
    ("COMPLETE_PAYMENT", "SERVED", "PERFORMED", "APL-2021:67(3)", _PAY,
     "FINANCE", ("缴清罚款", "Pay in full")),
)
_INQUIRY = (
    ("REGISTER_CLUE", "", "CLUE", "APL-2021:54(1)", (r.body_confirmed, *_POWER, r.not_in_future),
     "HANDLING_OFFICER UNIT_HEAD SYSTEM", ("登记线索", "Register a clue")),
    ("DECLINE_CLUE", "CLUE", "NOT_FILED", "SAMR-2022:20", (r.cause_given, r.undisputed, r.none_pending),
     "AGENCY_HEAD", ("不予立案", "Decline the clue")),
    ("FILE", "CLUE", "FILED", "APL-2021:54(2)",
     (r.body_confirmed, *_POWER, *_JURISDICTION, r.first_to_file, r.undisputed, r.within_limitation,
      r.first_evidence, r.punishable),
     "AGENCY_HEAD", ("立案", "File the case")),
    ("ASSIGN_OFFICERS", "FILED INVESTIGATING", "INVESTIGATING", "APL-2021:42(1)", (r.body_lasts, *_CERTIFIED),
     *_ASSIGN),
    # After the inquiry too somebody may have to be replaced.
    ("ASSIGN_OFFICERS", "INVESTIGATED REVIEWING REVIEWED NOTICED DEFENCE HEARING_SET HEARD RECHECKED", "=",
     "APL-2021:42(1)", (r.body_lasts, *_CERTIFIED), *_ASSIGN),
    ("RECORD_EVIDENCE", "INVESTIGATING", "=", "APL-2021:46", _FIELD_ACT,
     "HANDLING_OFFICER", ("收集证据", "Record evidence")),
    ("SUBMIT_REPORT", "INVESTIGATING", "INVESTIGATED", "APL-2021:57(1)",
     (r.body_lasts, r.by_handling_officers, r.replaced, r.evidence_recorded, *_PENALTY),
     "HANDLING_OFFICER", ("调查终结", "Submit the report")),
)
_TRANSFER = (
    ("TRANSFER", "CLUE FILED INVESTIGATING", "TRANSFERRED_OUT", "APL-2021:22;SAMR-2022:14",
     (r.receiver_qualified, r.not_sent_on, r.not_given_away, r.undisputed),
     "AGENCY_HEAD", ("移送有管辖权的主体", "Transfer the case")),
    ("ACKNOWLEDGE_TRANSFER", "CLUE", "=", "SAMR-2022:14", (r.transferred_in, r.not_acknowledged),
     "CLERK UNIT_HEAD AGENCY_HEAD", ("接收移送", "Take the transferred case over")),
    ("DISPUTE_TRANSFER", "CLUE", "=", "SAMR-2022:14;APL-2021:25(2)",
     (r.transferred_in, r.not_acknowledged, r.not_disputed_yet),
     "AGENCY_HEAD", ("提出管辖异议", "Dispute jurisdiction")),
    ("REFER_DISPUTE", "CLUE", "=", "APL-2021:25(2)", (r.not_settled, r.not_referred_yet),
     "AGENCY_HEAD", ("报请指定管辖", "Refer to the common superior")),
    ("TAKE_BACK_CLUE", "TRANSFERRED_OUT", "CLUE", "APL-2021:25(2)", (r.dispute_open,),
     "AGENCY_HEAD", ("收回移送的线索", "Take the clue back")),
    ("TAKE_BACK_CASE", "TRANSFERRED_OUT", "FILED", "APL-2021:25(2)", (r.dispute_open,),
     "AGENCY_HEAD", ("收回移送的案件", "Take the case back")),
)
_REVIEW = (
    ("PASS_REVIEW", "REVIEWING", "REVIEWED", "APL-2021:58(1)", (r.body_lasts, r.reviewer_apart, r.reviewer_qualified),
     "LEGAL_REVIEWER", ("审核通过", "Pass the review")),
    ("RETURN_REVIEW", "REVIEWING", "INVESTIGATING", "SAMR-2022:54", (r.reviewer_apart,),
     "LEGAL_REVIEWER", ("审核退回", "Return to inquiry")),
)
_RECUSAL = (
    ("REQUEST_RECUSAL", f"CLUE {_UNDECIDED}", "=", "APL-2021:43(2)",
     (r.not_in_future, r.in_order, r.by_handling_officers, r.own_declaration, r.not_asked_yet),
     "HANDLING_OFFICER UNIT_HEAD LEGAL_REVIEWER AGENCY_HEAD CLERK", ("提出回避", "Ask for recusal")),
    ("DECIDE_RECUSAL", f"CLUE {_UNDECIDED}", "=", "APL-2021:43(3)",
     (r.recusal_pending, r.another_decides, r.heads_together),
     "AGENCY_HEAD", ("决定回避申请", "Decide on recusal")),
)
_PRIOR_NOTICE = ("CLERK HANDLING_OFFICER", ("送达告知书", "Serve the prior notice"))
_SUBMIT = ("UNIT_HEAD HANDLING_OFFICER", ("送法制审核", "Submit for legal review"))
_DEFENCE = (
    ("RECORD_STATEMENT", "NOTICED DEFENCE RECHECKED", "DEFENCE", "APL-2021:45(1)",
     (*_ON_TIME, r.by_handling_officers),
     "HANDLING_OFFICER CLERK", ("记录陈述申辩", "Record a statement")),
    ("RECORD_STATEMENT", "HEARING_SET", "=", "APL-2021:45(1)", (*_ON_TIME, r.by_handling_officers),
     "HANDLING_OFFICER CLERK", ("记录陈述申辩", "Record a statement")),
    ("WAIVE_DEFENCE", "NOTICED DEFENCE HEARING_SET RECHECKED", "=", "APL-2021:62", (r.by_handling_officers,),
     "HANDLING_OFFICER CLERK", ("放弃陈述申辩和听证", "Waive defence and hearing")),
    ("REQUEST_HEARING", "NOTICED DEFENCE RECHECKED", "HEARING_SET", "APL-2021:64[1]",
     (*_ON_TIME, r.by_handling_officers, r.request_in_time, r.not_heard_yet),
     "HANDLING_OFFICER CLERK", ("要求听证", "Request a hearing")),
    ("HOLD_HEARING", "HEARING_SET", "HEARD", "APL-2021:64", (*_ON_TIME, r.host_apart),
     "LEGAL_REVIEWER", ("举行听证", "Hold the hearing")),
    ("RECHECK_DEFENCE", "DEFENCE HEARING_SET HEARD", "RECHECKED", "APL-2021:45(1)",
     (r.body_lasts, r.by_handling_officers, r.hearing_held),
     "HANDLING_OFFICER UNIT_HEAD", ("复核陈述申辩", "Recheck the defence")),
)
_DECISION = ("DECIDED", "APL-2021:57(1)", _DECIDE, "AGENCY_HEAD", ("作出处罚决定", "Make the decision"))
_ENDING = (
    ("SERVE_DECISION", "DECIDED", "SERVED", "APL-2021:61(1)",
     (*_ON_TIME, r.by_handling_officers, r.receipt_given),
     "CLERK HANDLING_OFFICER", ("送达决定书", "Serve the decision")),
    *_PERFORMANCE,
    ("PUBLISH_DECISION", _DECIDED, *_PUBLISH),
    ("FILE_MAJOR_PENALTY", _DECIDED, "=", "LN-SUP:16", (r.major, r.not_filed_yet),
     "AGENCY_HEAD CLERK", ("重大处罚备案", "File the major penalty")),
    ("CLOSE", "SERVED PERFORMED TERMINATED", "CLOSED", "SAMR-2022:77", (r.settled,),
     "AGENCY_HEAD", ("结案", "Close the case")),
    ("PASS_ON", f"CLUE {_UNDECIDED} {_DECIDED}".replace(" CLOSED", ""), "=", "ALIT-2017:26(6)", (r.named_successor,),
     "AGENCY_HEAD", ("交承继主体办理", "Pass to the successor")),
    ("TERMINATE", _UNDECIDED, "TERMINATED", "SAMR-2022:47", (),
     "AGENCY_HEAD", ("终止案件", "Terminate the case")),
)
ORDINARY = table(
    "ordinary",
    *_in_case(
        *_INQUIRY,
        *_TRANSFER,
        ("SUBMIT_FOR_REVIEW", "INVESTIGATED", "REVIEWING", "APL-2021:58(1)",
         (r.body_lasts, r.by_handling_officers), *_SUBMIT),
        # Once more after the party was heard (APL 58(1)[2]), or because the proposal has to change.
        ("SUBMIT_FOR_REVIEW", "RECHECKED", "REVIEWING", "APL-2021:58(1)[2]",
         (r.body_lasts, r.by_handling_officers, r.window_over), *_SUBMIT),
        *_REVIEW,
        ("SERVE_PRIOR_NOTICE", "REVIEWED", "NOTICED", "APL-2021:44", (*_NOTICE, r.review_passed), *_PRIOR_NOTICE),
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
         (r.body_lasts, r.by_handling_officers, r.window_over, r.hearing_held, r.defence_rechecked), *_SUBMIT),
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
     (r.by_handling_officers, r.not_reported_yet),
     "HANDLING_OFFICER", ("报所属机关备案", "Report the spot decision")),
    *_PERFORMANCE,
    ("PUBLISH_DECISION", "SERVED PERFORMED CLOSED", *_PUBLISH),
    ("CLOSE", "SERVED PERFORMED", "CLOSED", "SAMR-2022:77", (r.settled,),
     "AGENCY_HEAD", ("结案", "Close the case")),
    titles=("简易程序", "Summary procedure"),
    events=EVENTS,
)
# What nobody asks for: the other side took the case back, or was designated.
YIELDING = table(
    "yielding",
    ("YIELD", f"CLUE {_UNDECIDED}", "TRANSFERRED_OUT", "APL-2021:25(2)", (),
     "SYSTEM", ("由他方管辖", "Leave the matter to the other body")),
    titles=("由他方管辖", "The other body handles the matter"),
    events=EVENTS,
)
# fmt: on

# What the law itself says of an act that is asked for too early, besides that it is not open.
_PRECONDITIONS = {r.review_passed.reason, r.window_over.reason, r.hearing_held.reason}


def process_of(facts: Facts) -> Process:
    """The table that a case goes by, fixed when it was filed."""
    if facts.case.procedure == cases.PROCEDURE_SUMMARY:
        return SUMMARY
    notice_first = facts.case.review_order == cases.REVIEW_ORDER_AFTER_DEFENCE
    return NOTICE_FIRST if notice_first else ORDINARY


def step(act: str, facts: Facts) -> int:
    """The state that the act leads to. Raises Unlawful with every rule it breaks, and what helps to mend it."""
    try:
        return NUMBERS[process_of(facts).step(act, NAMES[facts.case.state], facts).target]
    except Unlawful as no:
        broken = no.broken if no.broken[0].reason != "ACT_NOT_OPEN" else [*no.broken, *too_early(act, facts)]
        raise Unlawful(broken, no.about | about(broken, facts)) from None


def too_early(act: str, facts: Facts) -> list[Broken]:
    """The preconditions of an act that do not hold yet."""
    move = next((m for m in process_of(facts).moves if m.act == act), None)
    return [
        b.broken() for b in (move.rules if move else ()) if b.reason in _PRECONDITIONS and not b.holds(facts)
    ]


def about(broken: list[Broken], facts: Facts) -> dict[str, str]:
    """What a refusal tells besides its sentences, by reason."""
    said = {"case_id": facts.case.case_id} if facts.case.case_id else {}
    for reason in {b.reason for b in broken} & DETAILS.keys():
        said |= DETAILS[reason](facts)
    return said
