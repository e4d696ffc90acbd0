"""Major administrative decisions (重大行政决策): from the catalogue to who answers for one."""

from services.law.procedure import Procedure
from services.law.procedures.major_decision.arguing import (
    advisers_heard,
    advisers_stand,
    competition_told,
    draw_promised,
    drawn_as_promised,
    exploration_told,
    found_lawful,
    from_pool,
    no_interest,
    opinion_signed,
    review_papers_there,
    review_reasoned,
    review_unhurried,
    risks_told,
    steps_gone_through,
)
from services.law.procedures.major_decision.deciding import (
    adoption_explained,
    congress_asked,
    decided_by_head,
    discussed,
    discussion_papers_there,
    dissent_recorded,
    executor_named,
    file_complete,
    head_last,
    made_public,
    majority_answered,
    party_asked,
    report_named,
    review_passed,
    risk_controllable,
    withheld_by_law,
)
from services.law.procedures.major_decision.executing import (
    by_executor,
    carried_out,
    dissent_weighed,
    evaluation_caused,
    evaluation_come,
    evaluation_open,
    evaluation_ordered,
    evaluator_apart,
    execution_told,
    fault_shown,
    of_the_record,
    report_overdue,
    somebody_pursues,
    suspended_by_head,
    trouble_named,
)
from services.law.procedures.major_decision.facts import DecisionFacts
from services.law.procedures.major_decision.forming import (
    by_unit,
    catalogue_agreed,
    catalogue_public,
    changes_what_is_in_force,
    comment_long_enough,
    draft_laid_open,
    draft_there,
    group_heard,
    heard_where_vital,
    hearing_announced,
    hearing_in_order,
    kind_named,
    material_in_time,
    not_excluded,
    secrecy_lawful,
    start_decided,
    steps_settled,
    suggestion_studied,
    unit_named,
    units_consulted,
)
from services.law.procedures.normative_document.rules import (
    adoption_told,
    comment_over,
    comment_runs,
    comments_answered,
)
from services.law.procedures.shared import reasons_given, stands_apart, under
from services.law.process import table

_APART = under(stands_apart, "MDR-2019:25(1);MDR-2019:28", guard="G-11 G-73")
_RUNS = under(comment_runs, "MDR-2019:15(1)")
_OVER = under(comment_over, "MDR-2019:15(1)", guard="G-72")
_ANSWERED = under(comments_answered, "MDR-2019:18", guard="G-72")
_ADOPTION = under(adoption_told, "MDR-2019:18;MDR-2019:29[2]", guard="G-72")
_WHY = under(reasons_given, "MDR-2019:37")
_WHY_NOT = under(reasons_given, "MDR-2019:10")
_LISTED = (kind_named, not_excluded, catalogue_agreed, catalogue_public)
_CLOSED = (by_unit, _OVER, _ANSWERED, _ADOPTION, heard_where_vital, group_heard)
_TO_REVIEW = (by_unit, draft_there, steps_gone_through, review_papers_there)
_LOOKED_AT = (_APART, review_unhurried, advisers_heard, advisers_stand, review_reasoned)
_DISCUSSED = (discussed, head_last, dissent_recorded, majority_answered)
_DECIDED = (review_passed, discussed, party_asked, congress_asked, risk_controllable, decided_by_head)
_PUBLIC = (made_public, adoption_explained, executor_named)
_RAISED = (fault_shown, of_the_record, dissent_weighed, somebody_pursues)
# Who acts for the unit: in a department its people, of the government's own office the city's legal office.
_UNIT = "UNIT_HEAD CLERK OVERSIGHT"
_FORMING = "DRAFTED COMMENTING CONSULTED REVISING"
_IN_MAKING = "PROPOSED DRAFTING DRAFTED COMMENTING CONSULTED REVIEWING REVISING UNLAWFUL REVIEWED SUBMITTED DELIBERATED"
_LASTING = "EXECUTING SUSPENDED"
_ANSWERED_FOR = f"{_IN_MAKING} DECIDED {_LASTING} COMPLETED CHANGED ENDED REJECTED ABANDONED"

# fmt: off
TABLE = table(
    "major_decision",
    ("LIST", "", "LISTED", "MDR-2019:3(3)", _LISTED,
     "OVERSIGHT", ("列入年度决策事项目录", "Put on the yearly catalogue"), "", "PutOnDecisionCatalogue"),
    ("UNLIST", "LISTED", "UNLISTED", "MDR-2019:3(3)", (catalogue_agreed, catalogue_public, _WHY_NOT),
     "OVERSIGHT", ("调出决策事项目录", "Take off the catalogue"), "", "TakeOffDecisionCatalogue"),
    ("PROPOSE", "LISTED", "PROPOSED", "MDR-2019:10", (suggestion_studied,),
     _UNIT, ("提出决策事项建议", "Suggest to decide on it"), "", "ProposeMajorDecision"),
    ("PROPOSE_CHANGE", "", "PROPOSED", "MDR-2019:37", (changes_what_is_in_force, suggestion_studied),
     _UNIT, ("提出调整决策的建议", "Suggest to change or end one"), "", "ProposeDecisionChange"),
    ("START", "PROPOSED", "DRAFTING", "MDR-2019:10;MDR-2019:11", (start_decided, unit_named, steps_settled),
     "OVERSIGHT", ("决定启动，明确承办单位", "Start, and name the unit"), "", "StartMajorDecision"),
    ("DRAFT", "DRAFTING UNLAWFUL", "DRAFTED", "MDR-2019:12;MDR-2019:13", (by_unit, draft_there, units_consulted),
     _UNIT, ("拟订决策草案", "Draft"), "", "DraftMajorDecision"),
    ("PUBLISH_DRAFT", "DRAFTED", "COMMENTING", "MDR-2019:15(1)", (by_unit, draft_laid_open, comment_long_enough),
     _UNIT, ("公开征求意见", "Ask for public comment"), "decision_draft.published", "PublishDecisionDraft"),
    ("COMMENT", "COMMENTING", "=", "MDR-2019:14(1)", (_RUNS,),
     "PUBLIC", ("提出意见", "Comment"), "", "CommentOnDecisionDraft"),
    ("ANSWER_COMMENT", "COMMENTING", "=", "MDR-2019:18", (by_unit,),
     _UNIT, ("研究答复意见", "Answer a comment"), "", "AnswerDecisionComment"),
    ("SCHEDULE_HEARING", "COMMENTING", "=", "MDR-2019:16", (by_unit, hearing_announced),
     _UNIT, ("公布听证会事项", "Announce a hearing"), "decision_hearing.scheduled", "ScheduleDecisionHearing"),
    ("SERVE_MATERIAL", "COMMENTING", "=", "MDR-2019:16(3)", (by_unit, material_in_time),
     _UNIT, ("送达听证会材料", "Serve the material of a hearing"), "decision_hearing.material_served",
     "ServeHearingMaterial"),
    ("HOLD_HEARING", "COMMENTING", "=", "MDR-2019:17", (by_unit, material_in_time, hearing_in_order),
     _UNIT, ("举行听证会", "Hold the hearing"), "", "HoldDecisionHearing"),
    ("CLOSE_COMMENT", "COMMENTING", "CONSULTED", "MDR-2019:18", _CLOSED,
     _UNIT, ("征求意见结束", "Close the comment"), "decision_draft.comment_closed", "CloseDecisionComment"),
    ("SKIP_COMMENT", "DRAFTED", "CONSULTED", "MDR-2019:14(1)", (by_unit, secrecy_lawful),
     _UNIT, ("依法不公开征求意见", "Go on without comment"), "", "SkipDecisionComment"),
    ("CHOOSE_EXPERTS", _FORMING, "=", "MDR-2019:20", (by_unit, from_pool, no_interest),
     _UNIT, ("选择论证专家", "Choose experts"), "", "ChooseDecisionExperts"),
    ("PROMISE_DRAW", _FORMING, "=", "MDR-2019:20", (by_unit, draw_promised),
     _UNIT, ("公布专家抽取办法", "Promise a draw of experts"), "", "PromiseExpertDraw"),
    ("DRAW_EXPERTS", _FORMING, "=", "MDR-2019:20", (by_unit, drawn_as_promised, from_pool, no_interest),
     _UNIT, ("随机抽取论证专家", "Draw experts"), "", "DrawDecisionExperts"),
    ("GIVE_OPINION", _FORMING, "=", "MDR-2019:19(2)", (by_unit, opinion_signed),
     _UNIT, ("收到专家论证意见", "Receive an expert's opinion"), "", "RecordExpertOpinion"),
    ("ASSESS_RISK", _FORMING, "=", "MDR-2019:22;MDR-2019:23", (by_unit, risks_told),
     _UNIT, ("风险评估", "Assess the risks"), "", "AssessDecisionRisk"),
    ("REVIEW_COMPETITION", _FORMING, "=", "MDR-2019:29[1]", (by_unit, competition_told),
     _UNIT, ("公平竞争审查", "Review fair competition"), "", "ReviewDecisionCompetition"),
    ("SUBMIT_FOR_REVIEW", "CONSULTED REVISING", "REVIEWING", "MDR-2019:26", _TO_REVIEW,
     _UNIT, ("送请合法性审查", "Submit for legality review"), "decision_legality.submitted",
     "SubmitDecisionForReview"),
    ("RETURN", "REVIEWING", "REVISING", "MDR-2019:26(1);MDR-2019:28", (_APART, review_reasoned),
     "OVERSIGHT", ("退回补充或者修改", "Return to be completed or changed"), "decision_legality.concluded",
     "ConcludeDecisionReview"),
    ("PASS", "REVIEWING", "REVIEWED", "MDR-2019:25;MDR-2019:27", (*_LOOKED_AT, found_lawful),
     "OVERSIGHT", ("审查意见：合法", "Find it lawful"), "decision_legality.concluded", "ConcludeDecisionReview"),
    ("PASS_WITH_RISK", "REVIEWING", "REVIEWED", "MDR-2019:25(2)", (*_LOOKED_AT, exploration_told),
     "OVERSIGHT", ("审查意见：探索性改革，明示法律风险", "Let a reform pass with its risks told"),
     "decision_legality.concluded", "ConcludeDecisionReview"),
    ("FAIL", "REVIEWING", "UNLAWFUL", "MDR-2019:25(2)",
     (_APART, advisers_heard, advisers_stand, review_reasoned),
     "OVERSIGHT", ("审查意见：不合法", "Find it unlawful"), "decision_legality.concluded", "ConcludeDecisionReview"),
    ("SUBMIT", "REVIEWED", "SUBMITTED", "MDR-2019:29", (by_unit, review_passed, discussion_papers_there, risk_controllable),
     _UNIT, ("提交决策机关讨论", "Submit for discussion"), "", "SubmitDecisionForDiscussion"),
    ("REVISE", "REVIEWED SUBMITTED", "REVISING", "MDR-2019:24;MDR-2019:28", (by_unit,),
     _UNIT, ("修改后重新送审", "Change it, to be reviewed again"), "", "ReviseMajorDecision"),
    ("DELIBERATE", "SUBMITTED", "DELIBERATED", "MDR-2019:30", (review_passed, *_DISCUSSED),
     "OVERSIGHT", ("集体讨论", "Discuss"), "", "DeliberateMajorDecision"),
    ("SEND_BACK", "DELIBERATED", "REVISING", "MDR-2019:30(1)", (_WHY_NOT,),
     "OVERSIGHT", ("修改后重新送审", "Send back to be changed and reviewed"), "", "MakeMajorDecision"),
    ("REPORT", "REVIEWED SUBMITTED DELIBERATED", "=", "MDR-2019:8;MDR-2019:31", (report_named,),
     "OVERSIGHT", ("向党委、人大请示报告", "Report to Party committee or congress"), "", "ReportMajorDecision"),
    ("DECIDE", "DELIBERATED", "DECIDED", "MDR-2019:30(1)", _DECIDED,
     "OVERSIGHT", ("作出决定", "Decide"), "", "MakeMajorDecision"),
    ("REJECT", "DELIBERATED", "REJECTED", "MDR-2019:30(1)", (decided_by_head, _WHY_NOT),
     "OVERSIGHT", ("决定不予通过", "Decide against it"), "", "MakeMajorDecision"),
    ("PUBLISH", "DECIDED", "EXECUTING", "MDR-2019:32;MDR-2019:34", _PUBLIC,
     "OVERSIGHT", ("公布决策，明确执行单位", "Publish, and name who carries it out"), "", "PublishMajorDecision"),
    ("WITHHOLD", "DECIDED", "EXECUTING", "MDR-2019:32;MDR-2019:34", (withheld_by_law, executor_named),
     "OVERSIGHT", ("依法不予公开", "Keep from the public by law"), "", "PublishMajorDecision"),
    ("ARCHIVE", "EXECUTING SUSPENDED", "=", "MDR-2019:33", (file_complete,),
     "OVERSIGHT", ("记录、材料归档", "File the record"), "", "ArchiveMajorDecision"),
    ("REPORT_EXECUTION", _LASTING, "=", "MDR-2019:34", (by_executor, execution_told),
     _UNIT, ("报告执行情况", "Report the execution"), "", "ReportDecisionExecution"),
    ("REPORT_TROUBLE", _LASTING, "=", "MDR-2019:35(1)", (by_executor, execution_told, trouble_named),
     _UNIT, ("报告执行中的问题", "Report trouble"), "", "ReportDecisionExecution"),
    ("REMIND", _LASTING, "=", "MDR-2019:34;CITY-ERS:6(2)", (report_overdue,),
     "SYSTEM", ("逾期未报告执行情况", "Late with the report")),
    ("SUGGEST", _LASTING, "=", "MDR-2019:35(2)", (),
     "PUBLIC", ("公众提出意见建议", "Suggest something on a decision"), "", "SuggestOnDecision"),
    ("SUSPEND", "EXECUTING", "SUSPENDED", "MDR-2019:37", (suspended_by_head,),
     "OVERSIGHT", ("中止执行", "Suspend"), "", "SuspendMajorDecision"),
    ("RESUME", "SUSPENDED", "EXECUTING", "MDR-2019:37", (_WHY,),
     "OVERSIGHT", ("恢复执行", "Resume"), "", "ResumeMajorDecision"),
    ("ORDER_EVALUATION", _LASTING, "=", "MDR-2019:36", (evaluation_caused, evaluator_apart, evaluation_come),
     "OVERSIGHT", ("组织决策后评估", "Order an evaluation"), "", "OrderDecisionEvaluation"),
    ("EVALUATE", _LASTING, "=", "MDR-2019:36(3)", (evaluation_ordered, evaluation_open, evaluator_apart),
     "OVERSIGHT", ("决策后评估结果", "Report the evaluation"), "", "ReportDecisionEvaluation"),
    ("COMPLETE", "EXECUTING", "COMPLETED", "MDR-2019:34", (carried_out, evaluation_come),
     "OVERSIGHT", ("执行完毕", "Carried out"), "", "CompleteMajorDecision"),
    ("SUPERSEDE", _LASTING, "CHANGED", "MDR-2019:37", (),
     "SYSTEM", ("经法定程序变更", "Changed by the procedure")),
    ("TERMINATE", _LASTING, "ENDED", "MDR-2019:37", (),
     "SYSTEM", ("经法定程序停止执行", "Ended by the procedure")),
    ("DECLINE", "PROPOSED", "DECLINED", "MDR-2019:10", (_WHY_NOT,),
     "OVERSIGHT", ("决定不启动", "Decide not to start"), "", "DeclineMajorDecision"),
    ("ABANDON", _IN_MAKING.removeprefix("PROPOSED "), "ABANDONED", "MDR-2019:37", (start_decided, _WHY),
     "OVERSIGHT", ("终止决策程序", "Abandon"), "decision_draft.comment_closed decision_legality.concluded",
     "AbandonMajorDecision"),
    ("PURSUE", _ANSWERED_FOR, "=", "MDR-2019:38;MDR-2019:39;MDR-2019:40", _RAISED,
     "OVERSIGHT_HEAD", ("倒查责任", "Pursue responsibility"), "", "PursueDecisionResponsibility"),
    titles=("重大行政决策", "Major administrative decision"),
    ends="UNLISTED DECLINED REJECTED ABANDONED COMPLETED CHANGED ENDED",
)
# fmt: on
MAJOR_DECISION = Procedure("major_decision", DecisionFacts, TABLE)
