"""Normative documents: how one is planned, made, kept valid and ended."""

from services.law.procedure import Procedure
from services.law.procedures.normative_document.facts import DocumentFacts
from services.law.procedures.normative_document.hearing import (
    answers_whole,
    experts_apart,
    experts_asked,
    experts_of_pool,
    experts_wrote,
    hearing_announced,
    hearing_as_announced,
    hearing_held,
    hearing_recorded,
    opinions_answered,
    traits_said,
)
from services.law.procedures.normative_document.lasting import (
    answered,
    authority_named,
    costs_evaluated,
    effect_come,
    evaluated,
    evaluation_reported,
    on_list,
    validity_bound,
    waits,
)
from services.law.procedures.normative_document.rules import (
    adoption_told,
    assessed,
    by_maker,
    comment_excused,
    comment_over,
    comment_runs,
    comments_answered,
    costs_analysed,
    deliberation_recorded,
    draft_public,
    drafted,
    head_of_maker,
    made_public,
    maker_allowed,
    maker_known,
    no_duty_pushed,
    opinion_given,
    planned,
    review_had_its_time,
    signed_by_head,
    steps_done,
    within_power,
    without_target,
)
from services.law.procedures.shared import papers_complete, reasons_given, stands_apart, term_over, under
from services.law.process import table

_APART = under(stands_apart, "GBF-2018-115", guard="G-11 G-70")
_PAPERS = under(papers_complete, "GBF-2018-115", guard="G-70")
_TERM_OVER = under(term_over, "HN-PROC:51")
_WHY = under(reasons_given, "GF-2008-17:15")
_CLOSED = (by_maker, comment_over, comments_answered, adoption_told)
_PASSED = (_APART, review_had_its_time, within_power)
_RETURNED = (_APART, opinion_given)
_PUBLISHED = (by_maker, steps_done, made_public, waits, validity_bound)
_RENEWED = (by_maker, under(head_of_maker, "HN-PROC:51"), evaluated, made_public, validity_bound)
# Who acts for the maker: in a department its people, for the government the city's legal office.
_MAKER, _HEAD = "UNIT_HEAD CLERK OVERSIGHT", "AGENCY_HEAD OVERSIGHT"
_IN_MAKING = "PLANNED DRAFTING ASSESSED COMMENTING CONSULTED REVISING REVIEWED DELIBERATED SIGNED NUMBERED"
# While the text may still change, or has just been reviewed: what was left out is made up for before the deliberation.
_HEARD = "ASSESSED COMMENTING CONSULTED REVISING REVIEWED"
_VALID = "IN_FORCE OFF_LIST CLAUSE_SUSPENDED"

# fmt: off
TABLE = table(
    "normative_document",
    ("PLAN", "", "PLANNED", "CITY-ERS:5(2)", (maker_allowed, planned),
     "OVERSIGHT", ("列入制定计划", "Put on the plan"), "", "PlanNormativeDocument"),
    ("ENTER", "", "IN_FORCE", "GF-2008-17:15", (maker_known, on_list, validity_bound),
     "OVERSIGHT", ("登记此前制定的文件", "Enter one made before"), "document.entered document.expires",
     "EnterNormativeDocument"),
    ("DRAFT", "PLANNED", "DRAFTING", "GBF-2018-37", (by_maker, drafted, without_target, no_duty_pushed),
     _MAKER, ("起草", "Draft"), "", "DraftNormativeDocument"),
    ("ASSESS", "DRAFTING", "ASSESSED", "GBF-2018-37", (by_maker, assessed, traits_said, costs_analysed),
     _MAKER, ("评估论证", "Assess"), "", "AssessNormativeDocument"),
    ("PUBLISH_DRAFT", "ASSESSED", "COMMENTING", "GBF-2018-37", (by_maker, draft_public),
     _MAKER, ("公开征求意见", "Ask for public comment"), "document.draft_published", "PublishNormativeDraft"),
    ("COMMENT", "COMMENTING", "=", "GBF-2018-37", (comment_runs,),
     "PUBLIC", ("提出意见", "Comment"), "", "CommentOnDraft"),
    ("ANSWER_COMMENT", "COMMENTING", "=", "GBF-2018-37", (by_maker,),
     _MAKER, ("答复意见", "Answer a comment"), "", "AnswerDraftComment"),
    ("CLOSE_COMMENT", "COMMENTING", "CONSULTED", "GBF-2018-37", _CLOSED,
     _MAKER, ("征求意见结束", "Close the comment"), "document.comment_closed", "CloseDraftComment"),
    ("SKIP_COMMENT", "ASSESSED", "CONSULTED", "GBF-2018-37", (by_maker, comment_excused),
     _MAKER, ("依法不公开征求意见", "Go on without comment"), "", "SkipDraftComment"),
    ("NOTICE_HEARING", _HEARD, "=", "CITY-ERS:4(8)", (by_maker, hearing_announced),
     _MAKER, ("公告听证", "Announce a hearing"), "", "NoticeDraftHearing"),
    ("RECORD_HEARING", _HEARD, "=", "CITY-ERS:4(8)", (by_maker, hearing_as_announced, hearing_recorded),
     _MAKER, ("举行听证", "Hold the hearing"), "", "RecordDraftHearing"),
    ("RECORD_EXPERTS", _HEARD, "=", "GBF-2018-37", (by_maker, experts_of_pool, experts_apart, experts_wrote),
     _MAKER, ("专家论证", "Have experts argue it"), "", "RecordDraftExperts"),
    ("ANSWER_OPINIONS", _HEARD, "=", "CITY-ERS:4(8)", (by_maker, answers_whole),
     _MAKER, ("说明意见采纳情况", "Answer the opinions"), "", "AnswerDraftOpinions"),
    ("SUBMIT_FOR_REVIEW", "CONSULTED REVISING", "REVIEWING", "GBF-2018-115",
     (by_maker, drafted, without_target, no_duty_pushed, _PAPERS),
     _MAKER, ("送合法性审核", "Submit for legality review"), "document.review_submitted", "SubmitForLegalityReview"),
    ("ASK_CHANGES", "REVIEWING", "REVISING", "GBF-2018-115", _RETURNED,
     "OVERSIGHT", ("审核意见：应当修改", "Ask for changes"), "document.reviewed", "ConcludeLegalityReview"),
    ("PASS_REVIEW", "REVIEWING", "REVIEWED", "GBF-2018-115", _PASSED,
     "OVERSIGHT", ("审核意见：合法", "Find it lawful"), "document.reviewed", "ConcludeLegalityReview"),
    ("FAIL_REVIEW", "REVIEWING", "ABANDONED", "GBF-2018-115", _RETURNED,
     "OVERSIGHT", ("审核意见：不合法", "Find it unlawful"), "document.reviewed", "ConcludeLegalityReview"),
    ("REVISE", "REVIEWED DELIBERATED", "REVISING", "GBF-2018-115", (by_maker,),
     _MAKER, ("修改后重新送审", "Change it, to be reviewed again"), "", "ReviseNormativeDocument"),
    ("DELIBERATE", "REVIEWED", "DELIBERATED", "GF-2008-17:13;CITY-ERS:4(8)",
     (by_maker, hearing_held, experts_asked, opinions_answered, deliberation_recorded),
     _MAKER, ("集体讨论决定", "Deliberate"), "", "DeliberateNormativeDocument"),
    ("SIGN", "DELIBERATED", "SIGNED", "GBF-2018-37", (by_maker, signed_by_head, head_of_maker),
     _HEAD, ("签署", "Sign"), "", "SignNormativeDocument"),
    ("NUMBER", "SIGNED", "NUMBERED", "GBF-2018-37;CBZ-2019-7:8", (),
     "OVERSIGHT", ("统一登记、统一编号、统一印发", "Register, number, print"), "", "NumberNormativeDocument"),
    ("PUBLISH", "NUMBERED", "PUBLISHED", "GF-2008-17:13", _PUBLISHED,
     _MAKER, ("公布", "Publish"), "document.published", "PublishNormativeDocument"),
    ("ABANDON", _IN_MAKING, "ABANDONED", "GBF-2018-37", (by_maker, _WHY),
     _MAKER, ("终止制定", "Abandon"), "document.abandoned", "AbandonNormativeDocument"),
    ("TAKE_EFFECT", "PUBLISHED", "IN_FORCE", "HN-PROC:50", (effect_come,),
     "SYSTEM", ("施行", "Take effect"), "document.effective document.expires"),
    ("EVALUATE", "IN_FORCE CLAUSE_SUSPENDED OFF_LIST", "=", "CITY-ERS:6(3)", (by_maker, evaluation_reported, costs_evaluated),
     _MAKER, ("施行满一年评估", "Evaluate after a year"), "document.evaluated", "EvaluateNormativeDocument"),
    ("EVALUATE_BEFORE_EXPIRY", "IN_FORCE OFF_LIST", "=", "HN-PROC:51", (by_maker, evaluation_reported),
     _MAKER, ("有效期届满前评估", "Evaluate before expiry"), "document.expiry_evaluated", "EvaluateNormativeDocument"),
    ("CONTINUE", "IN_FORCE OFF_LIST", "IN_FORCE", "GF-2008-17:15", (),
     "SYSTEM", ("清理：列入继续有效目录", "Keep after the clean-up"), "cleanup.done"),
    ("OMIT", "IN_FORCE CLAUSE_SUSPENDED", "OFF_LIST", "GF-2008-17:15", (),
     "SYSTEM", ("未列入继续有效目录", "Leave off the list")),
    ("RENEW", "IN_FORCE", "=", "HN-PROC:51", _RENEWED,
     _HEAD, ("重新公布", "Publish anew"), "document.renewed document.republished document.expires",
     "RenewNormativeDocument"),
    ("REPEAL", _VALID, "REPEALED", "GF-2008-17:15", (by_maker, under(head_of_maker, "GF-2008-17:15"), _WHY),
     _HEAD, ("废止", "Repeal"), "document.repealed", "RepealNormativeDocument"),
    ("ANNUL", f"PUBLISHED {_VALID}", "REPEALED", "GF-2008-17:14", (),
     "SYSTEM", ("被撤销或者清理废止", "End by annulment or clean-up"), "document.repealed"),
    ("EXPIRE", _VALID, "EXPIRED", "HN-PROC:51", (_TERM_OVER,),
     "SYSTEM", ("有效期届满失效", "Expire"), "document.expired"),
    ("SUSPEND_CLAUSE", "IN_FORCE", "CLAUSE_SUSPENDED", "ARL-2023:59", (authority_named,),
     "OVERSIGHT", ("停止条款的执行", "Suspend a clause"), "", "SuspendDocumentClause"),
    ("CORRECT_CLAUSE", "CLAUSE_SUSPENDED", "IN_FORCE", "ARL-2023:59", (by_maker, under(head_of_maker, "ARL-2023:59"), answered),
     _HEAD, ("纠正条款", "Correct the clause"), "", "CorrectDocumentClause"),
    ("RECEIVE_SUGGESTION", _VALID, "=", "ALIT-JI-2018:149", (authority_named,),
     "OVERSIGHT", ("收到司法建议", "Receive a judicial suggestion"), "suggestion.received", "ReceiveJudicialSuggestion"),
    ("ANSWER_SUGGESTION", f"{_VALID} REPEALED EXPIRED", "=", "ALIT-JI-2018:149", (by_maker, answered),
     _MAKER, ("答复司法建议", "Answer the suggestion"), "suggestion.answered", "AnswerJudicialSuggestion"),
    titles=("行政规范性文件", "Normative document"),
    ends="ABANDONED REPEALED EXPIRED",
)
# fmt: on
NORMATIVE_DOCUMENT = Procedure("normative_document", DocumentFacts, TABLE)
