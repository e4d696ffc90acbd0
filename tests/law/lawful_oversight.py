"""Lawful cases of oversight: normative documents and their filing, supervision, complaints, accountability."""

from datetime import timedelta

from services.law.assessment import Grade, Scored, Weighed
from services.law.procedures.accountability.facts import AccountabilityRecord, Found, Meeting, PriorNotice
from services.law.procedures.accountability.kinds import Against, Cause, Kind
from services.law.procedures.assessment import AssessmentRecord
from services.law.procedures.complaint import ComplaintRecord, Conclusion, Identity, Way
from services.law.procedures.document_cleanup import Cause as CleanupCause
from services.law.procedures.document_cleanup import CleanupRecord, Looked, Result
from services.law.procedures.document_filing import FilingRecord, Objection
from services.law.procedures.document_filing import Paper as FiledPaper
from services.law.procedures.document_request import Finding as RequestFinding
from services.law.procedures.document_request import RequestRecord
from services.law.procedures.file_review import FileReviewRecord
from services.law.procedures.normative_document.facts import Assessed, DocumentRecord, Maker, NoComment
from services.law.procedures.normative_document.facts import Paper as DocumentPaper
from services.law.procedures.outside_decision import Body as OutsideBody
from services.law.procedures.outside_decision import OutsideDecisionRecord
from services.law.procedures.outside_decision import Review as ConclusionReview
from services.law.procedures.papers import Minutes, Statement
from services.law.procedures.rule_of_law_report import WANTED, RuleOfLawReportRecord
from services.law.procedures.rule_of_law_report import Maker as ReportMaker
from services.law.procedures.self_assessment import SelfAssessmentRecord
from services.law.procedures.supervision_order import Finding, SupervisionDocument, SupervisionRecord
from services.law.procedures.supervision_plan import Level, Paper, PlanItem, PlanKind, SupervisionPlanRecord
from services.law.procedures.yearly_report import YearlyReportRecord
from services.law.standing import Person
from tests.law.lawful import NOW, Lawful, ago

ASKED_FOR = {"kind": OutsideBody.INSPECTION, "review_open": True, "review_asked": True}
LAWFUL = {
    "normative_document": Lawful(
        DocumentRecord(
            maker=Maker.DEPARTMENT,
            plan_document="制定计划〔2026〕1号",
            text="第一条 为了规范……",
            assessed=tuple(Assessed),
            draft_address="https://example.invalid/draft",
            adoption="采纳三条",
            papers=tuple(DocumentPaper),
            reviewers=("R-1",),
            opinion="第三条应当修改",
            beyond_power=(),
            minutes="第5次局长办公会议纪要",
            deliberate_time=ago(9),
            signer="局长",
            sign_time=ago(8),
            number="规〔2026〕1号",
            print_time=ago(7),
            publish_address="https://example.invalid/gazette",
            publish_time=ago(60),
            effect_time=ago(20),
            evaluation="执行良好",
            expiry_evaluate_time=ago(1),
            expire_time=NOW + timedelta(days=300),
            list_document="继续有效目录（2025）",
            list_time=ago(30),
            reasons="情况变化",
            document="复议决〔2026〕1号",
            clauses=("第三条",),
            answer="已经修改",
        ),
        {
            "of_maker": True,
            "involved": frozenset({"D-1"}),
            "comment_end": ago(1),
            "unanswered": 0,
            "review_from": ago(1),
            "wait_end": ago(30),
            "latest_end": NOW + timedelta(days=400),
            "number_taken": False,
        },
        {
            "COMMENT": {"comment_end": NOW},
            "SKIP_COMMENT": {"no_comment": NoComment.EMERGENCY},
            "EXPIRE": {"expire_time": ago(1)},
        },
    ),
    "document_cleanup": Lawful(
        CleanupRecord(
            CleanupCause.REFORM,
            "机构改革",
            (Looked("R-1", Result.CONTINUE, (), "仍需执行"),),
            "https://example.invalid/list",
        ),
        {
            "of_maker": True,
            "open_already": False,
            "to_look_at": frozenset({"R-1"}),
            "unfit": frozenset(),
        },
    ),
    "document_filing": Lawful(
        FilingRecord(
            tuple(FiledPaper),
            ago(9),
            "不属于规范性文件",
            (Objection.UNFIT,),
            "已修改",
            NOW,
            ("S-1",),
            "不予修改的函",
            "府决〔2026〕1号",
        ),
        {"term_end": ago(1), "of_maker": True, "involved": frozenset({"D-1"}), "correction_end": ago(1)},
        {"REFUSE_CORRECTION paper": {"correction_end": None}, "REFUSE_CORRECTION term": {"refusal": ""}},
    ),
    "document_request": Lawful(
        RequestRecord("与上位法不一致", RequestFinding.TO_BE_CORRECTED, "已经要求制定机关纠正"),
        {"document_public": True, "being_corrected": True},
    ),
    "file_review": Lawful(
        FileReviewRecord(
            reviewers=("O-8", "O-9"),
            scorer="O-8",
            scored=("O-9",),
            concluder="S-1",
            examiner="S-2",
            reasons="经复核",
        ),
        {
            "reviewers_needed": 2,
            "standard_kept": True,
            "known": frozenset({"O-8", "O-9"}),
            "members": frozenset({"O-1"}),
            "involved": frozenset({"O-2"}),
            "unjudged": (),
            "beyond": (),
            "unreasoned": (),
            "unsettled": (),
            "carries_points": True,
            "term_end": ago(-1),
            "objected_before": False,
        },
        {
            "CONCLUDE_FILE_REVIEW": {"scored": ("O-8", "O-9")},
            "FINISH_FILE_REVIEW": {"term_end": ago(1)},
        },
    ),
    "supervision_order": Lawful(
        SupervisionRecord(
            person_tell_time=NOW,
            supervisors=("S-1", "S-2"),
            measure="调阅案卷三件",
            findings=(Finding.DUTY_NOT_DONE, Finding.UNLAWFUL),
            major=True,
            document=SupervisionDocument(
                "督〔2026〕1号", "未履职", "第27条", "限期履职", 30, ago(-9), True, True, "送达回证", "S-1"
            ),
            report_time=ago(1),
            report="已履职",
            verifier="S-3",
            examiner="S-3",
            correct_time=NOW,
            objection_open=True,
            prominent="一年内三次",
            person="O-2",
            factors="首次，未造成后果",
            competent_body="市监察委员会",
            authority_document="府决〔2026〕1号",
            reasons="经核查",
        ),
        {
            "source_stands": True,
            "unit_known": True,
            "from_warning": True,
            "in_remedy": False,
            "person_asks": True,
            "people": (Person("S-1", certified=True), Person("S-2", certified=True)),
            "involved": frozenset({"O-1"}),
            "officer_known": True,
            "overdue": True,
            "proposal_open": True,
        },
        {
            "DIVERT": {"in_remedy": True},
            "DIVERT nobody asked": {"in_remedy": True, "person_asks": False, "person_tell_time": None},
            "SEND_BACK": {"correct_time": None},
        },
    ),
    "outside_decision": Lawful(
        OutsideDecisionRecord(
            kind=OutsideBody.AUDIT,
            authority="示例市审计局",
            number="审决〔2026〕1号",
            made_time=ago(30),
            orders="上缴罚没款",
            due_time=ago(1),
            report="已经上缴",
            evidence="缴款书",
            reporter="H-1",
            verifier="S-1",
            refusal="复函〔2026〕2号",
            document="审撤〔2026〕1号",
            reasons="经核查",
            receive_time=ago(29),
            inspectors=("G-1", "G-2"),
            review_due=ago(-1),
            review_ask_time=ago(5),
            outcome=ConclusionReview.UPHELD,
            reviewers=("G-3",),
            review_paper="示府督复〔2026〕1号",
            review_time=ago(1),
            new_orders="三个月内整改到位",
            new_due_time=ago(-90),
        ),
        {
            "body_known": True,
            "entered_already": False,
            "of_body": True,
            "people_of_body": frozenset({"H-1", "O-1"}),
        },
        {
            "REGISTER inspection": {"kind": OutsideBody.INSPECTION},
            "REQUEST_REVIEW": {"kind": OutsideBody.INSPECTION},
            **{act: ASKED_FOR for act in ("DECIDE_REVIEW", "REVOKE_IN_REVIEW")},
            "DECIDE_REVIEW changed": {
                "kind": OutsideBody.INSPECTION,
                "review_open": True,
                "review_asked": True,
                "outcome": ConclusionReview.CHANGED,
            },
            "FIND_REFUSED": {"refusal": ""},
            "FIND_REFUSED in writing": {"due_time": ago(-9)},
        },
    ),
    "rule_of_law_report": Lawful(
        RuleOfLawReportRecord(
            year=2025,
            maker=ReportMaker.DEPARTMENT,
            document="示环〔2026〕3号",
            measures="推行三项制度",
            shortcomings="案卷质量不齐",
            first_responsible="全年听取四次汇报",
            corrections="督察反馈三项已整改",
            plans="开展案卷评查",
            recipients=frozenset(WANTED[ReportMaker.DEPARTMENT]),
            address="https://example.invalid/report",
            reasons="机构改革撤销",
        ),
        {"stood": True, "begun": False, "of_maker": True, "gone": True},
        {
            "SUBMIT government": {
                "maker": ReportMaker.GOVERNMENT,
                "recipients": frozenset(WANTED[ReportMaker.GOVERNMENT]),
            }
        },
    ),
    "supervision_plan": Lawful(
        SupervisionPlanRecord(
            kind=PlanKind.YEARLY,
            year=2026,
            title="2026年度行政执法监督计划",
            focus=("涉企行政检查",),
            items=(PlanItem("1", "涉企行政检查", "行政执法监督科", 3, 6),),
            responsible="行政执法监督科",
            schedule="三月自查，五月抽查",
            requirements="边查边改",
            deployment=Paper("示例省司法厅", Level.PROVINCE, "粤司〔2026〕1号", ago(30)),
            approval=Paper("示例省人民政府", Level.PROVINCE, "粤府函〔2026〕2号", ago(20)),
            address="https://example.invalid/plan",
            summary="全部完成",
            reasons="机构调整",
        ),
        {
            "bodies_known": True,
            "planned_already": False,
            "deployed_here": False,
            "approved_here": False,
        },
        {act: {"kind": PlanKind.SPECIAL} for act in ("DRAFT_SPECIAL", "APPROVE", "PUBLISH_SPECIAL")},
    ),
    "complaint": Lawful(
        ComplaintRecord(
            number="T-1",
            identity=Identity.NAMED,
            person_tell_time=NOW,
            transferred_to="信访局",
            way=Way.RECONSIDERATION,
            merged_with="T-0",
            handlers=("S-1",),
            evidence=("笔录",),
            conclusion=Conclusion.FOUNDED,
            reasons="有笔录为证",
            document="督办单1号",
            answer="已责令改正",
            new_facts="新证人",
            unseal_reason="核实证言",
            notice="信访受理告知〔2026〕1号",
            sender_answer="已责令改正",
            sender_paper="复函〔2026〕3号",
            complexity="涉及三个单位",
        ),
        {
            "done_by": "S-1",
            "sealed": True,
            "holds_identity": True,
            "named_to_unseal": True,
            "number_taken": False,
            "own_matter": True,
            "in_remedy": False,
            "same_act": True,
            "involved": frozenset({"O-1", "B-1"}),
            "receipt_shown": True,
            "petition": True,
            "passed_on": True,
        },
        {
            "TRANSFER": {"own_matter": False},
            "TRANSFER anonymous": {
                "own_matter": False,
                "identity": Identity.ANONYMOUS,
                "person_tell_time": None,
            },
            "GUIDE": {"in_remedy": True},
            "GUIDE petition": {"way": Way.PETITION, "own_matter": False},
            "CLOSE_ANONYMOUS": {"identity": Identity.ANONYMOUS},
            "CLOSE no petition": {"passed_on": False, "sender_answer": ""},
        },
    ),
    "assessment": Lawful(
        AssessmentRecord(
            year=2025,
            scores=(Scored("4.1", 9_00, "逐卷说明"),),
            asked=100,
            satisfied=90,
            opinion_source="市统计局调查",
            review_time=ago(9),
            members=("M-1", "M-2"),
            meet_time=ago(2),
            minutes="会议纪要一号",
            proposed=Grade.GOOD,
            grade=Grade.PASSED,
            grade_reason="未完成整改",
            publish_address="https://example.gov.cn/1",
            rectification="逐项整改，三个月内完成",
            rectification_waits=True,
            result="抽查十卷，均已补正",
        ),
        {
            "weights": (Weighed("1.1", 90_00), Weighed("4.1", 10_00)),
            "by_people": (Weighed("4.1", 10_00),),
            "surveyed": True,
            "body_stood": True,
            "opened": False,
            "countable": True,
            "self_given": True,
            "self_due": ago(-9),
            "members_known": True,
            "acting": ("S-1",),
            "involved": frozenset({"O-1"}),
            "of_body": True,
        },
        {
            "SUBMIT_RECTIFICATION": {"grade": Grade.FAILED, "rectification_waits": False},
            "REVIEW not handed in": {"self_given": False, "self_due": ago(200)},
            "REVIEW nobody asked": {"surveyed": False, "asked": 0, "opinion_source": ""},
            "FIX_GRADE": {"acting": ("M-1", "M-2")},
            "FIX_GRADE as proposed": {"acting": ("M-1", "M-2"), "grade": Grade.GOOD, "grade_reason": ""},
        },
    ),
    "self_assessment": Lawful(
        SelfAssessmentRecord(
            year=2026, summary="自查材料", scores=(Scored("1.1", 90_00), Scored("4.1", 10_00))
        ),
        {
            "weights": (Weighed("1.1", 90_00), Weighed("4.1", 10_00)),
            "own_body": True,
            "submitted": False,
        },
    ),
    "yearly_report": Lawful(
        YearlyReportRecord(year=2025, address="https://example.gov.cn/2025", reason="补报一件"),
        {"published": False, "differs": True},
    ),
    "accountability": Lawful(
        AccountabilityRecord(
            against=Against.PERSON,
            review_time=ago(20),
            pursue=True,
            opinion="建议追究",
            causes=(Cause.REFUSAL_OR_DELAY,),
            proposers=frozenset({"I-1", "I-2"}),
            investigators=("I-1", "I-2"),
            complexity="涉及多人",
            found=Found("事实", ("笔录",), "过失", "企业停产", "未主动改正", True),
            meeting=Meeting(ago(4), ("H-1", "H-2"), "纪要〔2026〕1号", "同意"),
            notice=PriorNotice(ago(9), "事实", "理由", "依据", True, (Kind.CRITICISM,)),
            statement=Statement(ago(5), ago(3), "不成立"),
            minutes=Minutes(ago(5), True),
            kinds=(Kind.CRITICISM,),
            document_number="追责〔2026〕1号",
            remedy_told=True,
            competent_body="监察委员会",
            reasons="事实清楚",
        ),
        {
            "source_stands": True,
            "pursued_known": True,
            "pursued_already": False,
            "term_end": ago(-9),
            "done_by": "H-1",
            "acting": ("H-1",),
            "involved": frozenset({"O-1"}),
            "stated": False,
            "by_pursued": True,
            "by_head": True,
            "served_time": ago(9),
            "receipt": "回证",
            "review_end": ago(-9),
            "reviewed_again": True,
            "carried_out": True,
            "filed": True,
        },
        {
            "CONCLUDE": {"done_by": "I-1"},
            "HEAR_STATEMENT at its own node": {"stated": True, "minutes": Minutes()},
            "EXECUTE after the time": {"reviewed_again": False, "review_end": ago(9)},
        },
    ),
}
