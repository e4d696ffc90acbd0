"""Normative documents: how one is made, kept valid and ended."""

from services.law.procedure import Procedure
from services.law.procedures.normative_document.facts import DocumentFacts
from services.law.procedures.normative_document.rules import (
    adoption_told,
    assessed,
    comment_excused,
    comment_over,
    evaluated,
    maker_allowed,
    on_list,
    steps_done,
    waited,
    within_power,
)
from services.law.procedures.shared import papers_complete, stands_apart, term_over, under
from services.law.process import table

_COMMENT = (comment_over, adoption_told)
_REVIEW = (under(stands_apart, "GBF-2018-115", guard="G-11 G-70"), within_power)
_TERM_OVER = under(term_over, "HN-PROC:51")

# fmt: off
TABLE = table(
    "normative_document",
    ("DRAFT", "", "DRAFTING", "GBF-2018-37", (maker_allowed,), "MAKER", ("起草", "Draft")),
    ("ASSESS", "DRAFTING", "ASSESSED", "GBF-2018-37", (assessed,), "MAKER", ("评估论证", "Assess")),
    ("PUBLISH_DRAFT", "ASSESSED", "COMMENTING", "GBF-2018-37", (),
     "MAKER", ("公开征求意见", "Ask for public comment"), "document.draft_published"),
    ("CLOSE_COMMENT", "COMMENTING", "CONSULTED", "GBF-2018-37", _COMMENT,
     "MAKER", ("征求意见结束", "Close the comment"), "document.comment_closed"),
    ("SKIP_COMMENT", "ASSESSED", "CONSULTED", "GBF-2018-37", (comment_excused,),
     "MAKER", ("依法不公开征求意见", "Go on without comment")),
    ("SUBMIT_FOR_REVIEW", "CONSULTED REVISING", "REVIEWING", "GBF-2018-115", (papers_complete,),
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
    ("PUBLISH", "NUMBERED", "PUBLISHED", "GF-2008-17:13", (steps_done,),
     "MAKER", ("公布", "Publish"), "document.published"),
    ("ABANDON", "DRAFTING ASSESSED COMMENTING CONSULTED REVISING REVIEWED DELIBERATED", "ABANDONED",
     "GBF-2018-37", (), "MAKER", ("终止制定", "Abandon"), "document.abandoned"),
    ("TAKE_EFFECT", "PUBLISHED", "IN_FORCE", "HN-PROC:50", (waited,),
     "SYSTEM", ("施行", "Take effect"), "document.effective document.expires"),
    ("EVALUATE", "IN_FORCE", "=", "CITY-ERS:6(3);HN-PROC:51", (),
     "IMPLEMENTING_AGENCY", ("评估", "Evaluate"), "document.evaluated"),
    ("CONTINUE", "IN_FORCE", "=", "GF-2008-17:15", (on_list,),
     "MAKER", ("清理：继续有效", "Keep after the clean-up"), "cleanup.done"),
    ("RENEW", "IN_FORCE", "=", "HN-PROC:51", (evaluated,),
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
NORMATIVE_DOCUMENT = Procedure("normative_document", DocumentFacts, TABLE)
