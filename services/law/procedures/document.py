"""Normative documents: how one is made, kept valid and ended; and the review of its filing.

Where the policy on filings is silent on a step, the regulation on filed rules (RFR-2024) is cited by analogy.
"""

from dataclasses import dataclass

from services.law.process import Rule, table


@dataclass(frozen=True)
class DocumentFacts:
    """What the rules ask of a normative document when an act is to be done."""

    maker_allowed: bool  # no coordinating, dispatched or internal body
    assessed: bool  # need, feasibility and, where it concerns the market, fair competition
    comment_over: bool
    comment_excused: bool  # secret by law, or an emergency
    adoption_told: bool  # what was taken up of the comments, and why the rest was not
    papers_complete: bool  # draft, basis, comments, explanation
    reviewer_apart: bool  # the review body did not draft it
    within_power: bool  # creates no permit, penalty, force or fee, and no duty without law
    deliberated: bool
    signed: bool
    numbered: bool  # unified registration, number and printing
    waited: bool  # between publication and effect
    wait_excused: bool
    evaluated: bool
    term_over: bool
    on_list: bool  # of the documents that go on


_MAKER = Rule(
    "NORMDOC_MAKER_NOT_ALLOWED", "HN-PROC:46;GBF-2018-37",
    "Coordinating, dispatched and internal bodies make no normative documents.",
    "议事协调机构、派出机构、内设机构不得制定规范性文件。", lambda f: f.maker_allowed,
)  # fmt: skip
_ASSESSED = Rule(
    "NOT_ASSESSED", "GBF-2018-37", "Need, feasibility and fairness were assessed before drafting went on.",
    "应当对必要性、可行性和合理性进行评估论证。", lambda f: f.assessed,
)  # fmt: skip
_COMMENT = (
    Rule("COMMENT_OPEN", "GBF-2018-37", "The public had its time to comment.",
         "公开征求意见的期限届满。", lambda f: f.comment_over),
    Rule("ADOPTION_NOT_TOLD", "GBF-2018-37", "It is told what was taken up of the comments.",
         "应当说明意见采纳情况。", lambda f: f.adoption_told),
)  # fmt: skip
_EXCUSED = Rule(
    "COMMENT_REQUIRED", "GBF-2018-37", "Without public comment only if the law keeps it secret or it is urgent.",
    "除依法需要保密或者紧急的外，应当公开征求意见。", lambda f: f.comment_excused,
)  # fmt: skip
_PAPERS = Rule(
    "PAPERS_INCOMPLETE", "GBF-2018-115", "Draft, basis, comments and explanation are handed in.",
    "送审材料应当齐全。", lambda f: f.papers_complete,
)  # fmt: skip
_REVIEW = (
    Rule("SOD_VIOLATION", "GBF-2018-115", "The review is made by others than the drafters.",
         "起草机构与审核机构应当分离。", lambda f: f.reviewer_apart),
    Rule("NORMDOC_ULTRA_VIRES", "APL-2021:16;GF-2008-17:13",
         "It creates no permit, penalty, force or fee, and no duty without law.",
         "不得设定许可、处罚、强制、收费，不得违法增设义务。", lambda f: f.within_power),
)  # fmt: skip
_STEPS = Rule(
    "NORMDOC_STEP_MISSING", "GF-2008-17:13;GBF-2018-37",
    "It was deliberated, signed, registered, numbered and printed before it is published.",
    "应当经集体审议、负责人签署、统一登记、统一编号、统一印发后公布。",
    lambda f: f.deliberated and f.signed and f.numbered,
)  # fmt: skip
_WAITED = Rule(
    "EFFECT_TOO_EARLY", "HN-PROC:50", "Between publication and effect the time of the law passes.",
    "公布后应当经过规定期限方可施行。", lambda f: f.waited or f.wait_excused,
)  # fmt: skip
_EVALUATED = Rule(
    "NOT_EVALUATED", "HN-PROC:51", "It is evaluated before it is given more time.",
    "有效期届满前应当评估，需要继续执行的重新公布。", lambda f: f.evaluated,
)  # fmt: skip
_TERM_OVER = Rule(
    "TERM_RUNS", "HN-PROC:51", "It lapses when its time has passed and it was not published anew.",
    "有效期届满未重新公布的，自动失效。", lambda f: f.term_over,
)  # fmt: skip
_LISTED = Rule(
    "NOT_ON_LIST", "GF-2008-17:15", "It stands on the list of documents that go on.",
    "未列入继续有效目录的，不得作为行政管理的依据。", lambda f: f.on_list,
)  # fmt: skip

# fmt: off
NORMATIVE_DOCUMENT = table(
    "normative_document",
    ("DRAFT", "", "DRAFTING", "GBF-2018-37", (_MAKER,), "MAKER", ("起草", "Draft")),
    ("ASSESS", "DRAFTING", "ASSESSED", "GBF-2018-37", (_ASSESSED,), "MAKER", ("评估论证", "Assess")),
    ("PUBLISH_DRAFT", "ASSESSED", "COMMENTING", "GBF-2018-37", (),
     "MAKER", ("公开征求意见", "Ask for public comment"), "document.draft_published"),
    ("CLOSE_COMMENT", "COMMENTING", "CONSULTED", "GBF-2018-37", _COMMENT,
     "MAKER", ("征求意见结束", "Close the comment"), "document.comment_closed"),
    ("SKIP_COMMENT", "ASSESSED", "CONSULTED", "GBF-2018-37", (_EXCUSED,),
     "MAKER", ("依法不公开征求意见", "Go on without comment")),
    ("SUBMIT_FOR_REVIEW", "CONSULTED REVISING", "REVIEWING", "GBF-2018-115", (_PAPERS,),
     "MAKER", ("送合法性审核", "Submit for legality review"), "document.review_submitted"),
    ("ASK_CHANGES", "REVIEWING", "REVISING", "GBF-2018-115", _REVIEW[:1],
     "REVIEW_BODY", ("审核意见：应当修改", "Ask for changes"), "document.reviewed"),
    ("PASS_REVIEW", "REVIEWING", "REVIEWED", "GBF-2018-115", _REVIEW,
     "REVIEW_BODY", ("审核意见：合法", "Find it lawful"), "document.reviewed"),
    ("FAIL_REVIEW", "REVIEWING", "ABANDONED", "GBF-2018-115", _REVIEW[:1],
     "REVIEW_BODY", ("审核意见：不合法", "Find it unlawful"), "document.reviewed"),
    ("DELIBERATE", "REVIEWED", "DELIBERATED", "GBF-2018-37", (), "COLLECTIVE", ("集体审议", "Deliberate")),
    ("SIGN", "DELIBERATED", "SIGNED", "GBF-2018-37", (), "AGENCY_CHIEF", ("签署", "Sign")),
    ("NUMBER", "SIGNED", "NUMBERED", "GBF-2018-37;CBZ-2019-7:8", (),
     "CLERK", ("统一登记、统一编号、统一印发", "Register, number, print")),
    ("PUBLISH", "NUMBERED", "PUBLISHED", "GF-2008-17:13", (_STEPS,),
     "MAKER", ("公布", "Publish"), "document.published"),
    ("ABANDON", "DRAFTING ASSESSED COMMENTING CONSULTED REVISING REVIEWED DELIBERATED", "ABANDONED",
     "GBF-2018-37", (), "MAKER", ("终止制定", "Abandon"), "document.abandoned"),
    ("TAKE_EFFECT", "PUBLISHED", "IN_FORCE", "HN-PROC:50", (_WAITED,),
     "SYSTEM", ("施行", "Take effect"), "document.effective document.expires"),
    ("EVALUATE", "IN_FORCE", "=", "CITY-ERS:6(3);HN-PROC:51", (),
     "IMPLEMENTING_AGENCY", ("评估", "Evaluate"), "document.evaluated"),
    ("CONTINUE", "IN_FORCE", "=", "GF-2008-17:15", (_LISTED,),
     "MAKER", ("清理：继续有效", "Keep after the clean-up"), "cleanup.done"),
    ("RENEW", "IN_FORCE", "=", "HN-PROC:51", (_EVALUATED,),
     "MAKER", ("重新公布", "Publish anew"), "document.renewed document.republished document.expires"),
    ("REPEAL", "IN_FORCE CLAUSE_SUSPENDED", "REPEALED", "GF-2008-17:15", (),
     "MAKER GOVERNMENT", ("废止", "Repeal"), "document.repealed"),
    ("EXPIRE", "IN_FORCE CLAUSE_SUSPENDED", "EXPIRED", "HN-PROC:51", (_TERM_OVER,),
     "SYSTEM", ("有效期届满失效", "Expire"), "document.expired"),
    ("SUSPEND_CLAUSE", "IN_FORCE", "CLAUSE_SUSPENDED", "ARL-2023:59", (),
     "RECON_BODY", ("停止条款的执行", "Suspend a clause")),
    ("CORRECT_CLAUSE", "CLAUSE_SUSPENDED", "IN_FORCE", "ARL-2023:59", (),
     "MAKER", ("纠正条款", "Correct the clause")),
    ("ASK_FOR_REVIEW", "IN_FORCE", "=", "HN-PROC:53", (),
     "PARTY", ("公民申请审查", "Ask for a review"), "document.review_requested"),
    ("ANSWER_REQUEST", "IN_FORCE", "=", "HN-PROC:53", (),
     "FILING_BODY", ("答复审查申请", "Answer the request"), "document.review_answered"),
    ("RECEIVE_SUGGESTION", "IN_FORCE", "=", "ALIT-JI-2018:149", (),
     "COURT", ("收到司法建议", "Receive a judicial suggestion"), "suggestion.received"),
    ("ANSWER_SUGGESTION", "IN_FORCE", "=", "ALIT-JI-2018:149", (),
     "MAKER", ("答复司法建议", "Answer the suggestion"), "suggestion.answered"),
    titles=("行政规范性文件", "Normative document"),
    ends="ABANDONED REPEALED EXPIRED",
)
# fmt: on


@dataclass(frozen=True)
class FilingFacts:
    """What the rules ask of the filing of a normative document when an act is to be done."""

    papers_complete: bool  # report, text, explanation, electronic copy
    overdue: bool
    urged: bool
    correction_reported: bool
    grounds_given: bool
    objection_named: bool  # power, higher law, fitness or procedure


_FILED = Rule(
    "FILING_PAPERS_MISSING", "GF-2008-17:14", "Report, text, explanation and electronic copy come along.",
    "应当报送备案报告、文本、说明和电子文本。", lambda f: f.papers_complete,
)  # fmt: skip
_OVERDUE = Rule(
    "NOT_OVERDUE", "GF-2008-17:14", "It is urged only when the time to file has passed.",
    "逾期未报送备案的，方可责令限期报送。", lambda f: f.overdue,
)  # fmt: skip
_STILL = Rule(
    "NOT_URGED", "GF-2008-17:14", "It is reported as missing after it was urged in vain.",
    "责令限期报送后仍不报送的，予以通报。", lambda f: f.urged and f.overdue,
)  # fmt: skip
_OBJECTION = Rule(
    "OBJECTION_NOT_NAMED", "GF-2008-17:14", "It is named what is wrong: power, higher law, fitness or procedure.",
    "审查意见应当指明超越权限、违反上位法、明显不当或者违反程序。", lambda f: f.objection_named,
)  # fmt: skip
_REPORTED = Rule(
    "CORRECTION_NOT_REPORTED", "GF-2008-17:14", "The maker corrects it and reports.",
    "制定机关应当自行纠正并报告结果。", lambda f: f.correction_reported,
)  # fmt: skip
_REASONS = Rule(
    "GROUNDS_MISSING", "GF-2008-17:14", "It is said why the filing is not taken.",
    "不予备案应当说明理由。", lambda f: f.grounds_given,
)  # fmt: skip

# fmt: off
DOCUMENT_FILING = table(
    "document_filing",
    ("EXPECT", "", "DUE", "GF-2008-17:14", (), "SYSTEM", ("应当报送备案", "Expect the filing")),
    ("SUBMIT", "DUE URGED MISSING", "SUBMITTED", "GF-2008-17:14", (_FILED,),
     "MAKER", ("报送备案", "Submit"), "document.filed"),
    ("URGE", "DUE", "URGED", "GF-2008-17:14", (_OVERDUE,), "FILING_BODY", ("责令限期报送", "Urge")),
    ("REPORT_MISSING", "URGED", "MISSING", "GF-2008-17:14;CITY-ERS:6(5)", (_STILL,),
     "FILING_BODY", ("通报未报送", "Report as missing"), "accountability.clue_received"),
    ("ASK_SUPPLEMENT", "SUBMITTED", "SUPPLEMENTING", "RFR-2024:9", (),
     "FILING_BODY", ("要求补正", "Ask for a supplement")),
    ("SUPPLEMENT", "SUPPLEMENTING", "SUBMITTED", "RFR-2024:9", (_FILED,), "MAKER", ("补正", "Supplement")),
    ("DECLINE", "SUBMITTED", "DECLINED", "GF-2008-17:14", (_REASONS,),
     "FILING_BODY", ("不属于规范性文件", "Decline, as it is no normative document")),
    ("REGISTER", "SUBMITTED", "REVIEWING", "GF-2008-17:14", (),
     "FILING_BODY", ("备案登记", "Register"), "document.filing_registered"),
    ("ASK_MAKER", "REVIEWING", "EXPLAINING", "RFR-2024:11", (),
     "FILING_BODY", ("要求制定机关说明", "Ask the maker")),
    ("EXPLAIN", "EXPLAINING", "REVIEWING", "RFR-2024:11", (), "MAKER", ("说明", "Explain")),
    ("PASS", "REVIEWING", "PASSED", "GF-2008-17:14", (),
     "FILING_BODY", ("审查通过", "Pass"), "document.filing_reviewed"),
    ("ISSUE_OPINION", "REVIEWING", "CORRECTING", "GF-2008-17:14", (_OBJECTION,),
     "FILING_BODY", ("发出审查意见", "Issue an opinion"), "document.filing_reviewed"),
    ("REPORT_CORRECTION", "CORRECTING", "CORRECTED", "GF-2008-17:14", (_REPORTED,),
     "MAKER", ("自行纠正并报告", "Correct and report")),
    ("REFUSE_CORRECTION", "CORRECTING", "REFUSED", "GF-2008-17:14", (),
     "MAKER SYSTEM", ("拒不纠正或者逾期", "Refuse, or let the time pass")),
    ("SUBMIT_TO_GOVERNMENT", "REFUSED", "BEFORE_GOVERNMENT", "GF-2008-17:14", (),
     "FILING_BODY", ("报请本级人民政府处理", "Submit to the government")),
    ("LET_STAND", "BEFORE_GOVERNMENT", "PASSED", "GF-2008-17:14", (), "GOVERNMENT", ("不予改变", "Let it stand")),
    ("AMEND", "BEFORE_GOVERNMENT", "OVERRULED", "GF-2008-17:14", (), "GOVERNMENT", ("责令修改", "Have it amended")),
    ("ANNUL", "BEFORE_GOVERNMENT", "OVERRULED", "GF-2008-17:14", (),
     "GOVERNMENT", ("撤销", "Annul"), "document.repealed"),
    ("ANNOUNCE", "OVERRULED", "ANNOUNCED", "GF-2008-17:14", (),
     "FILING_BODY", ("公布处理结果", "Announce the result")),
    titles=("规范性文件备案审查", "Filing review of a normative document"),
    ends="DECLINED PASSED CORRECTED ANNOUNCED",
)
# fmt: on
