"""Lawful cases of what is done to a party: evidence, hearing, service, inspection, measures, force, fines, referral."""

from services.law.procedures.advance_registration.facts import Listed, RegistrationRecord
from services.law.procedures.assistance import AssistanceRecord
from services.law.procedures.court_enforcement.facts import CourtRecord
from services.law.procedures.court_enforcement.facts import Paper as CourtPaper
from services.law.procedures.credit_repair.facts import RepairRecord
from services.law.procedures.enforcement.facts import (
    End,
    EnforcementDecision,
    EnforcementRecord,
    Execution,
    Harm,
    Means,
    Restitution,
    Stage,
    Suspension,
    Wrong,
)
from services.law.procedures.jurisdiction import DisputeRecord
from services.law.procedures.measure.facts import Extension, MeasureDecision, MeasureRecord, Release, Thing
from services.law.procedures.papers import Demand, Duty, Minutes, Statement
from services.law.procedures.referral.facts import Paper as ReferralPaper
from services.law.procedures.referral.facts import ReferralRecord
from services.law.procedures.serving import ServingRecord, Way
from services.law.procedures.withdrawal import WithdrawalRecord
from tests.law.lawful import NOW, TWO, Lawful, ago

SIGNED = Minutes(write_time=NOW, party_signed=True)
DEMAND = Demand(
    document_number="催告〔2026〕1号",
    serve_time=ago(20),
    receipt="R-1",
    term_end_time=ago(5),
    manner="缴至指定银行",
    amount_fen=1_000_00,
    rights_told=True,
)
RECHECKED = Statement(receive_time=ago(15), recheck_time=ago(12), recheck_opinion="不成立")

LAWFUL = {
    "jurisdiction": Lawful(
        DisputeRecord("J-1", "C-1", "C-2", agreed_case_id="C-1", yielding_case_id="C-2"),
        {"first_case_id": "C-1", "yielding_decided": False},
    ),
    "assistance": Lawful(
        AssistanceRecord(
            subject="调取登记档案",
            reason="核实当事人的经营地址",
            item_id="P-1",
            wanted_time=ago(-10),
            answer="档案复印件三份",
            delay_tell_time=ago(1),
            delay_reason="鉴定未完成",
            decline_reason="不属于本机关职权范围",
            free_to_decline=True,
        ),
        {
            "own_powers": True,
            "term_end": NOW,
            "may_help": True,
            "case_open": True,
            "asking": True,
            "asked": True,
        },
        {"DECLINE_ASSISTANCE": {"own_powers": False}},
    ),
    "advance_registration": Lawful(
        RegistrationRecord(
            danger="可能转移",
            urgency="正在装车",
            approve_time=ago(0.2),
            consent_time=ago(0.1),
            register_time=ago(0.1),
            certificate_shown=True,
            things=(Listed("账册", 2),),
            list_sign_time=ago(0.1),
            list_deliver_time=ago(0.1),
            notice_deliver_time=ago(0.1),
            evidence_ids=("E-1",),
        ),
        {
            "term_end": ago(-6),
            "switch": 1,
            "case_open": True,
            "officers": TWO,
            "handling": frozenset({"O-1", "O-2", "S-1"}),
            "taking_part": frozenset({"O-1", "S-1"}),
            "standing_aside": frozenset({"H-1"}),
            "preserved": frozenset({"E-1", "E-2"}),
            "held_by_measures": frozenset({"账册", "机器"}),
            "confiscation_decided": True,
        },
        {"LAPSE": {"term_end": ago(1)}},
    ),
    "serving": Lawful(
        ServingRecord(
            serve_time=NOW,
            receipt="R-1",
            refuse_time=NOW,
            witness="居委会",
            consent_sign_time=ago(9),
            failed=(Way.DIRECT, Way.POST),
            notice_publish_time=ago(31),
        )
    ),
    "withdrawal": Lawful(WithdrawalRecord(ago(90), "决定被撤销", NOW)),
    "referral": Lawful(
        ReferralRecord(
            ago(2), "经核实", "不构成犯罪", "", tuple(ReferralPaper), ago(2), NOW, ago(0.1), "不起诉决定书1号"
        ),
        {
            "officers": TWO,
            "appraised": True,
            "referred_already": False,
            "things_held": False,
            "challenge_end": ago(-1),
        },
        {"SEND without an appraisal": {"appraised": False, "papers": tuple(ReferralPaper)[:3]}},
    ),
    "credit_repair": Lawful(
        RepairRecord(
            promise="承诺书",
            proofs=("缴款凭证",),
            missing=("整改证明",),
            reasons="已履行完毕",
            extension_reason="需要核查",
            objected_to="ANSWER",
            ruling="（2026）示破1号裁定",
            falsehood="缴款凭证系伪造，银行回函证明",
        ),
        {
            "displayed": True,
            "shortest_end": ago(1),
            "undone": (),
            "imposed_over": True,
            "asked_already": False,
            "barred": False,
            "answered_before": False,
            "objection_end": ago(-1),
            "record_end": ago(1),
        },
        {
            "REFUSE": {"undone": ("FINE",)},
            "CORRECT_DISPLAY": {"objected_to": "DISPLAY"},
        },
    ),
    "measure": Lawful(
        MeasureRecord(
            urgency="正在销毁",
            approve_time=ago(1),
            execute_time=ago(0.1),
            certificate_shown=True,
            party_call_time=NOW,
            party_present=True,
            rights_tell_time=NOW,
            hear_time=NOW,
            minutes=SIGNED,
            things=(Thing("机器", 1, "SN-1", related=True, dispensable=True),),
            decision=MeasureDecision(
                "示例企业",
                "示例路1号",
                "涉嫌违法",
                "示例法第五条",
                30,
                "六十日内复议、六个月内起诉",
                "示例局",
                ago(0.1),
            ),
            violation_fen=5_000_00,
            frozen_fen=5_000_00,
            freeze_notice_time=NOW,
            decision_deliver_time=ago(0.1),
            list_deliver_time=ago(0.1),
            extensions=(Extension(NOW, 30, "跨省取证", NOW, "情况复杂"),),
            appraisal_end_time=ago(-9),
            appraisal_tell_time=NOW,
            release=Release.NOT_NEEDED,
            release_cause="已改正",
            other_organs_asked=True,
            destruction_law="食品安全法",
            transfer_tell_time=NOW,
            demand=DEMAND,
        ),
        {
            "empowered": True,
            "empowered_to_freeze": True,
            "officers": TWO,
            "taking_part": frozenset({"O-1", "S-1"}),
            "standing_aside": frozenset({"H-1"}),
            "case_open": True,
            "held_already": False,
            "decided_at": ago(1),
            "confiscation_decided": True,
            "police_opened": True,
            "term_end": ago(-9),
            "remedy_end": ago(1),
            "remedy_used": False,
            "fine_left": True,
        },
    ),
    "enforcement": Lawful(
        EnforcementRecord(
            duty=Duty.MONEY,
            duty_fen=1_000_00,
            surcharge_tell_time=ago(50),
            surcharge_fen=1_000_00,
            demand=DEMAND,
            statement=RECHECKED,
            hiding_evidence="转账记录",
            decision=EnforcementDecision(
                "逾期未缴", "示例法第九条", "划拨存款", ago(-1), "六十日内复议、六个月内起诉"
            ),
            decision_number="执〔2026〕1号",
            decision_serve_time=ago(2),
            decision_receipt="R-2",
            urgency="堵塞航道",
            residents_supplied=True,
            execution=Execution(Means.TRANSFER, "示例银行", "协助划拨通知书"),
            agreement_harmless=True,
            stages=(Stage(60_000, ago(-9)), Stage(30_000, ago(-39))),
            mended="已改正并赔偿损失",
            waived_fen=10_000,
            suspension=Suspension.HARDSHIP,
            suspend_time=NOW.replace(year=2023),
            harmless=True,
            unable=True,
            end=End.DECISION_ANNULLED,
            restitution=Restitution(Wrong.ANNULLED, "", "划拨的存款", "退款凭证"),
        ),
        {
            "own_power": True,
            "begun_already": False,
            "ended_for_good": False,
            "after": ago(1),
            "overdue": True,
            "left_fen": 100_000,
            "surcharge_left_fen": 10_000,
            "brought_in_fen": 100_000,
            "stage_missed": True,
            "wrong": frozenset({Wrong.ANNULLED}),
            "surcharge_days": 31,
            "remedy_end": ago(1),
            "remedy_used": False,
            "night_or_holiday": False,
            "substitute_not_before": None,
        },
        {
            "EXECUTE": {"urgency": ""},
            "COMPLETE": {"left_fen": 0},
            "RESUME": {"urgency": ""},
            "EXECUTE_BY_SUBSTITUTE": {
                "urgency": "",
                "duty": Duty.OTHER,
                "harm": Harm.TRAFFIC,
                "substitute_demand_time": ago(9),
                "substitute_not_before": ago(4),
                "substitute_supervisor": "O-1",
            },
            "DECIDE demolition": {
                "duty": Duty.DEMOLITION,
                "demolition_announce_time": ago(40),
                "demolition_term_end_time": ago(9),
            },
        },
    ),
    "court_enforcement": Lawful(
        CourtRecord(
            duty=Duty.MONEY,
            demand=DEMAND,
            statement=RECHECKED,
            papers=tuple(CourtPaper),
            head_sign_time=ago(1),
            urgency="即将倒塌",
            public_safety="行人安全",
            ruling_receive_time=ago(15),
            ruling_document="行审〔2026〕1号",
        ),
        {
            "own_power": False,
            "left": ("FINE",),
            "after": ago(3),
            "begun_already": False,
            "remedy_end": ago(30),
            "remedy_used": False,
            "application_not_before": ago(6),
            "application_end": ago(-60),
        },
        {"LAPSE": {"application_end": ago(1)}},
    ),
}
