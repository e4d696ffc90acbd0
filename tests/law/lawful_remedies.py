"""Lawful cases of remedies: reconsideration, the review of a document in it, suits."""

from services.law.procedures.document_review import DocumentReviewRecord
from services.law.procedures.litigation import Simple as SimpleSuit
from services.law.procedures.litigation import SuitRecord
from services.law.procedures.papers import Evidence
from services.law.procedures.reconsideration.facts import (
    Answered,
    Condition,
    Course,
    Made,
    ReconsiderationRecord,
    Simple,
    Suspension,
    Weight,
)
from tests.law.lawful import NOW, Lawful, ago

BEFORE = (Evidence("笔录", collect_time=ago(99)),)

LAWFUL = {
    "reconsideration": Lawful(
        ReconsiderationRecord(
            made=Made.ON_THE_SPOT,
            apply_time=ago(80),
            conditions=tuple(Condition),
            unclear=("请求不明",),
            accept_time=ago(75),
            course=Course.ORDINARY,
            simple=Simple.SMALL_SUM,
            sum_fen=3_000_00,
            evidence=BEFORE,
            hear_time=ago(9),
            weight=Weight.GRAVE,
            hearing_time=ago(9),
            suspension=Suspension.DEATH,
            suspend_time=ago(60),
            own_will=True,
            settlement_harmless=True,
            head_agree_time=NOW,
            applicant_tell_time=ago(78),
            body_tell_time=ago(78),
            insists=True,
            competent_body_told="市人民政府",
            answered=tuple(Answered),
            staff_agents=("甲",),
            reviewers=("乙", "丙"),
            reasons="不符合受理条件",
        ),
        {
            "application_end": ago(70),
            "admission_end": ago(70),
            "reply_end": ago(60),
            "decision_end": ago(1),
            "worse_for_applicant": False,
        },
        {
            "REFUSE": {"application_end": ago(90)},
            "REFUSE for its scope": {"unmet": (Condition.SCOPE,)},
            "DISMISS": {"application_end": ago(90)},
            "DISMISS for its scope": {"unmet": (Condition.SCOPE,)},
        },
    ),
    "document_review": Lawful(
        DocumentReviewRecord(ago(9), ("第五条",)), {"own_power": True}, {"FORWARD": {"own_power": False}}
    ),
    "litigation": Lawful(
        SuitRecord(
            file_time=ago(60),
            accept_time=ago(55),
            reconsideration_end_time=ago(70),
            simple=SimpleSuit.SMALL_SUM,
            sum_fen=2_000_00,
            evidence=BEFORE,
            head_excuse="参加市政府会议",
            staff=("O-1",),
            document="（2026）示行初1号",
        ),
        {
            "suit_end": ago(60),
            "reconsideration_first": True,
            "appeal_end": ago(-1),
            "head_present": False,
            "unit_known": True,
        },
        {
            "LET_STAND": {"appeal_end": ago(1)},
            "HEAR with the head": {"head_present": True, "head_excuse": "", "staff": (), "heads": ("H-1",)},
            "ACCEPT at once": {"reconsideration_first": False, "reconsideration_end_time": None},
        },
    ),
}
