"""A complaint or report about enforcement."""

from dataclasses import dataclass

from services.law.process import Rule, table


@dataclass(frozen=True)
class ComplaintFacts:
    """What the rules ask of a complaint when an act is to be done."""

    numbered: bool
    informer_sealed: bool
    own_matter: bool
    in_remedy: bool
    person_told: bool
    handler_apart: bool  # neither the unit complained of nor one of its people
    evidence: bool
    conclusion: bool  # founded, partly founded or unfounded, with reasons
    named: bool  # by real name
    duplicate: bool
    new_facts: bool


_SEALED = Rule(
    "INFORMER_CONFIDENTIALITY", "CITY-ERS:2(8);CITY-ERS:6(6)",
    "The informer stays sealed and the material never goes to the person complained of.",
    "为投诉举报人保密，不得将材料转给被投诉举报的单位和个人。", lambda f: f.informer_sealed,
)  # fmt: skip
_NUMBERED = Rule(
    "NOT_NUMBERED", "CBZ-2019-7:19", "It is registered under a number of its own.",
    "应当登记编号。", lambda f: f.numbered,
)  # fmt: skip
_OWN = Rule(
    "NOT_COMPETENT", "LN-SUP:19", "The matter belongs to the oversight body and to no remedy.",
    "属于本机构职责且未进入复议、诉讼的，予以受理。", lambda f: f.own_matter and not f.in_remedy,
)  # fmt: skip
_OTHER = Rule(
    "OWN_MATTER", "LN-SUP:19", "What belongs to another body is transferred, and the person told.",
    "不属于本机构职责的，移送有权机关并告知。", lambda f: not f.own_matter and f.person_told,
)  # fmt: skip
_REMEDY = Rule(
    "NOT_IN_REMEDY", "ASR-2025:33", "Who may use reconsideration or a suit is guided there.",
    "符合行政复议、行政诉讼受理条件的，引导依法申请。", lambda f: f.in_remedy and f.person_told,
)  # fmt: skip
_SAME = Rule(
    "NOT_DUPLICATE", "LN-SUP:19", "Complaints about the same act are handled together.",
    "同一事项的投诉举报合并办理。", lambda f: f.duplicate,
)  # fmt: skip
_APART = Rule(
    "HANDLER_CONFLICT", "CITY-ERS:6(6)", "It is not handled by the unit or people complained of.",
    "不得由被投诉举报的单位和人员办理。", lambda f: f.handler_apart,
)  # fmt: skip
_FOUND = Rule(
    "CONCLUSION_MISSING", "LN-SUP:19", "The conclusion rests on evidence and gives reasons.",
    "结论应当有证据并说明理由。", lambda f: f.evidence and f.conclusion,
)  # fmt: skip
_NAMED = Rule(
    "NOBODY_TO_ANSWER", "LN-SUP:19", "Who complains by name is answered.",
    "实名投诉举报的，应当答复。", lambda f: f.named,
)  # fmt: skip
_ANONYMOUS = Rule(
    "ANSWER_OWED", "LN-SUP:19", "Only an anonymous complaint is closed without an answer.",
    "匿名投诉举报方可不予答复。", lambda f: not f.named,
)  # fmt: skip
_NEW = Rule(
    "NO_NEW_FACTS", "LN-SUP:19", "It is taken up again on new facts.",
    "有新的事实和证据的，方可重新办理。", lambda f: f.new_facts,
)  # fmt: skip

# fmt: off
COMPLAINT = table(
    "complaint",
    ("RECEIVE", "", "RECEIVED", "LN-SUP:19", (_SEALED,),
     "OVERSIGHT PUBLIC", ("接收投诉举报", "Receive"), "complaint.received"),
    ("REGISTER", "RECEIVED", "REGISTERED", "CBZ-2019-7:19", (_SEALED, _NUMBERED),
     "OVERSIGHT", ("登记", "Register")),
    ("ACCEPT", "REGISTERED", "ACCEPTED", "LN-SUP:19", (_OWN,),
     "OVERSIGHT", ("受理", "Accept"), "complaint.accepted"),
    ("TRANSFER", "REGISTERED", "TRANSFERRED", "LN-SUP:19", (_SEALED, _OTHER),
     "OVERSIGHT", ("移送有权机关", "Transfer")),
    ("GUIDE", "REGISTERED", "GUIDED", "ASR-2025:33", (_REMEDY,),
     "OVERSIGHT", ("引导复议、诉讼", "Guide to remedies")),
    ("MERGE", "REGISTERED ACCEPTED", "MERGED", "LN-SUP:19", (_SAME,), "OVERSIGHT", ("合并办理", "Merge"), "complaint.merged"),
    ("ASSIGN", "ACCEPTED", "ASSIGNED", "CITY-ERS:6(6)", (_SEALED, _APART),
     "OVERSIGHT_HEAD", ("交办", "Assign")),
    ("INVESTIGATE", "ASSIGNED", "INVESTIGATING", "LN-SUP:19", (_APART,), "OVERSIGHT", ("调查", "Investigate")),
    ("CONCLUDE", "INVESTIGATING", "FOUND", "LN-SUP:19", (_FOUND,),
     "OVERSIGHT", ("作出结论", "Conclude"), "complaint.concluded"),
    ("REFER_TO_SUPERVISION", "FOUND", "=", "ASR-2025:20", (),
     "OVERSIGHT", ("转行政执法监督", "Refer to supervision"), "supervision.clue_registered"),
    ("REFER_TO_ACCOUNTABILITY", "FOUND", "=", "CITY-ERS:2(7)", (),
     "OVERSIGHT", ("转责任追究", "Refer to accountability"), "accountability.clue_received"),
    ("ANSWER", "FOUND", "ANSWERED", "LN-SUP:19", (_NAMED,),
     "OVERSIGHT", ("答复投诉举报人", "Answer"), "complaint.answered"),
    ("RATE", "ANSWERED", "=", "CITY-ERS:3(37)", (), "PUBLIC", ("评价满意度", "Rate")),
    ("REOPEN", "ANSWERED", "ASSIGNED", "LN-SUP:19", (_NEW,),
     "OVERSIGHT_HEAD", ("重新办理", "Take up again"), "complaint.accepted"),
    ("CLOSE", "ANSWERED", "CLOSED", "LN-SUP:19", (), "OVERSIGHT", ("办结", "Close")),
    ("CLOSE_ANONYMOUS", "FOUND", "CLOSED", "LN-SUP:19", (_ANONYMOUS,),
     "OVERSIGHT", ("匿名件办结", "Close an anonymous one"), "complaint.answered"),
    titles=("执法投诉举报", "Complaint about enforcement"),
    ends="TRANSFERRED GUIDED MERGED CLOSED",
)
# fmt: on
