"""Lawful cases of major decisions, and of the experts who argue them."""

from dataclasses import replace
from datetime import timedelta

from services.law.draw import seed_hash
from services.law.procedures.decision_expert import ExpertRecord
from services.law.procedures.major_decision.record import (
    Above,
    Consulted,
    DecisionRecord,
    Discussion,
    Draw,
    Evaluation,
    Fault,
    Hearing,
    Opinion,
    Part,
    Piece,
    Proposer,
    Pursuit,
    Review,
    Risk,
    Speech,
    Stance,
    Suggestion,
    Trait,
    Trouble,
)
from services.law.procedures.major_decision.record import Cause as DecisionCause
from services.law.procedures.major_decision.record import Found as FoundTrait
from services.law.procedures.major_decision.record import Kind as DecisionKind
from services.law.procedures.major_decision.record import Meeting as MeetingKind
from tests.law.lawful import NOW, Lawful, ago

HEARING = Hearing(
    hold_time=ago(5),
    place="会堂",
    selection="遴选办法公告",
    list_address="https://example.invalid/list",
    participants=("甲", "乙"),
    serve_time=ago(20),
    receipt="送达回证",
    introduced=True,
    debated=True,
    signed=("甲", "乙"),
    minutes="听证笔录",
    told_document="告知书〔2026〕1号",
)
DRAW = Draw(
    seed_hash=seed_hash("seed").hex(),
    public_source="福利彩票",
    draw_after=ago(1),
    listed=("S-1", "S-2"),
    count=1,
    seed="seed",
    public_number="12345",
)
PURSUED_HERE = Pursuit(Fault.GRAVE_MISTAKE, "R-1", "未经审查", "损失重大")
LAWFUL = {
    "decision_expert": Lawful(
        ExpertRecord(
            name="示例专家",
            unit="示例大学",
            fields=("环境保护",),
            qualification="教授",
            document="入库文〔2026〕1号",
            reasons="严重失实",
            mended="已经整改",
        ),
        {"in_pool_already": False},
    ),
    "major_decision": Lawful(
        DecisionRecord(
            kind=DecisionKind.POLICY,
            exclusions=(),
            consent="委复〔2026〕1号",
            catalogue_address="https://example.invalid/catalogue",
            suggestion=Suggestion(Proposer.DEPARTMENT, "问题", "理由", "依据", "方案", "可行", "研究室"),
            start_document="府办〔2026〕1号",
            traits=tuple(FoundTrait(trait, applies=True) for trait in Trait),
            text="一、总体要求",
            bases=("《环境保护法》第六条",),
            consulted=(Consulted("财政局", agrees=False, dispute="经费来源"),),
            draft_addresses=("https://example.invalid/draft",),
            explanation="起草说明",
            shortened="",
            group_opinions="残联意见",
            hearing=HEARING,
            adoption="采纳三条",
            secret_law="《保守国家秘密法》第二条",
            experts=("S-1",),
            statements=("S-1",),
            draw=DRAW,
            opinions=(Opinion("S-1", "可行", "示例专家"),),
            opinion=Opinion("S-1", "可行", "示例专家"),
            expert_adoption="全部采纳",
            risk=Risk("评估公司", ("群体访",), "防范", "预案", ("信访局",), controllable=True),
            competition="不影响公平竞争",
            competition_reviewer="市场监管局",
            procedure_note="程序说明",
            review=Review(
                reviewers=("R-1",),
                lawful=tuple(Part),
                opinion="合法",
                advisers=("律师",),
                advice="同意",
                exploratory="国家尚无规定",
                legal_risks="可能与将来的规定不一致",
                conclude_time=ago(3),
                passed=True,
            ),
            discussion=Discussion(
                MeetingKind.EXECUTIVE,
                ago(2),
                "第5次常务会议纪要",
                "M-1",
                (
                    Speech("M-3", Stance.DISAGREE, "经费不足"),
                    Speech("M-2", Stance.AGREE, ""),
                    Speech("M-1", Stance.AGREE, ""),
                ),
            ),
            report_to=Above.PARTY,
            report_document="请示〔2026〕1号",
            party_document="请示〔2026〕1号",
            congress_document="报告〔2026〕1号",
            decider="M-1",
            decision_document="府发〔2026〕1号",
            gazette="公报第3期",
            website="https://example.invalid/gov",
            newspaper="日报",
            adoption_note="采纳情况",
            executors=("财政局",),
            file_number="档〔2026〕1号",
            pieces=tuple(Piece),
            archive_time=ago(1),
            report="已经实施",
            report_time=ago(1),
            trouble=Trouble.CHANGED_FACTS,
            suspender="M-1",
            reasons="情况变化",
            evaluation=Evaluation(
                DecisionCause.MANY_OPINIONS, "H-1", "网上听取", ("人大代表",), "达到预期"
            ),
            pursuit=Pursuit(
                Fault.GRAVE_MISTAKE, "R-1", "未经审查", "损失重大", "监察委员会", "移送〔2026〕1号"
            ),
        ),
        {
            "unit_known": True,
            "of_unit": True,
            "executes": True,
            "involved": frozenset({"D-1"}),
            "least_comment_end": ago(1),
            "comment_end": ago(1),
            "unanswered": 0,
            "material_due": ago(12),
            "pool": frozenset({"S-1", "S-2"}),
            "conflicted": frozenset(),
            "drawn": ("S-1",),
            "review_from": ago(1),
            "in_force": True,
            "main_assessors": frozenset({"评估公司"}),
            "evaluating": False,
            "responsible": frozenset({"R-1"}),
            "dissenting": frozenset(),
            "pursuable": True,
        },
        {
            "COMMENT": {"comment_end": NOW},
            "SCHEDULE_HEARING": {"hearing": replace(HEARING, hold_time=NOW + timedelta(days=9))},
            "PROMISE_DRAW": {"draw": replace(DRAW, draw_after=NOW + timedelta(days=1))},
            "EVALUATE": {"evaluating": True},
            "PURSUE": {"pursuit": PURSUED_HERE, "reasons": ""},
            "PURSUE elsewhere": {"pursuable": False},
            "START unwanted": {
                "traits": tuple(FoundTrait(t, applies=False, reasons="不涉及") for t in Trait)
            },
        },
    ),
}
