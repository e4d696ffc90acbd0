"""Lawful cases of oversight: normative documents and their filing, supervision, complaints, accountability."""

from services.law.assessment import Grade, Scored, Weighed
from services.law.procedures.accountability import AccountabilityRecord, Against, PriorNotice
from services.law.procedures.assessment import AssessmentRecord
from services.law.procedures.complaint import ComplaintRecord, Conclusion, Identity, Way
from services.law.procedures.document_filing import FilingRecord, Objection
from services.law.procedures.document_filing import Paper as FiledPaper
from services.law.procedures.normative_document.facts import Assessed, DocumentRecord, Maker, NoComment
from services.law.procedures.normative_document.facts import Paper as DocumentPaper
from services.law.procedures.papers import Statement
from services.law.procedures.self_assessment import SelfAssessmentRecord
from services.law.procedures.supervision_order import Finding, SupervisionDocument, SupervisionRecord
from services.law.procedures.yearly_report import YearlyReportRecord
from tests.law.lawful import NOW, Lawful, ago

LAWFUL = {
    "normative_document": Lawful(
        DocumentRecord(
            maker=Maker.DEPARTMENT,
            assessed=tuple(Assessed),
            comment_end_time=ago(1),
            adoption="采纳三条",
            papers=tuple(DocumentPaper),
            reviewers=("R-1",),
            beyond_power=(),
            deliberate_time=ago(9),
            sign_time=ago(8),
            number="规〔2026〕1号",
            print_time=ago(7),
            publish_time=ago(60),
            evaluate_time=ago(1),
            expire_time=ago(1),
            on_list=True,
        ),
        {"involved": frozenset({"D-1"}), "wait_end": ago(30)},
        {"SKIP_COMMENT": {"no_comment": NoComment.EMERGENCY}},
    ),
    "document_filing": Lawful(
        FilingRecord(tuple(FiledPaper), ago(9), "不属于规范性文件", (Objection.UNFIT,), "已修改", NOW),
        {"term_end": ago(1)},
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
        },
        {
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
            causes=("超越职权",),
            complexity="涉及多人",
            notice=PriorNotice(ago(9), "事实", "理由", "依据", True, ("CRITICISM",)),
            statement=Statement(ago(5), ago(3), "不成立"),
            kinds=("CRITICISM",),
            competent_body="监察委员会",
        ),
        {"term_end": ago(-9)},
    ),
}
