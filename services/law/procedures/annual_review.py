"""A certificate's yearly review: its way, and what it asks of the holder."""

# ruff: noqa: E501
from dataclasses import dataclass

from yifa.registry.v1 import training_pb2

from services.law.process import Move, Process, rule

FAILED = training_pb2.EVALUATION_FAILED


@dataclass(frozen=True)
class ReviewFacts:
    """What a year's record says, and what is asked of it."""

    half_days: int = 0
    half_days_needed: int = 0
    sessions: int = 0
    sessions_needed: int = 0
    evaluation: int = 0
    retrained: bool = False


@rule("TRAINING_DAYS_MISSING", law="CITY-ERS:3(11);MOT-CERT:30", zh="当年培训天数不足。")
def days_reached(facts: ReviewFacts) -> bool:
    """The days of training that a year asks of every officer were reached."""
    return facts.half_days >= facts.half_days_needed


@rule("TRAINING_SESSIONS_MISSING", law="CBZ-2019-7:2;MOT-CERT:30", zh="当年参加集中培训的次数不足。")
def sessions_reached(facts: ReviewFacts) -> bool:
    """The sessions of training that a year asks for were attended."""
    return facts.sessions >= facts.sessions_needed


@rule("EVALUATION_MISSING", law="MOT-CERT:30", zh="没有当年的考核结果。")
def evaluated(facts: ReviewFacts) -> bool:
    """The officer's work in the year was evaluated."""
    return facts.evaluation != 0


@rule("EVALUATION_FAILED", law="MOT-CERT:30;MOT-CERT:31", zh="当年考核结果为不合格。")
def evaluation_passed(facts: ReviewFacts) -> bool:
    """The evaluation of the year is not a failure."""
    return facts.evaluation != FAILED


@rule("RETRAINING_MISSING", law="MOT-CERT:32", zh="审验不合格后未参加离岗培训，或者培训测试不合格。")
def retrained(facts: ReviewFacts) -> bool:
    """Who failed the review attended a retraining since, and passed its test if there was one."""
    return facts.retrained


CONDITIONS = (days_reached, sessions_reached, evaluated, evaluation_passed)


# fmt: off
ANNUAL_REVIEW = Process(
    "annual_review",
    #    act          from      to
    Move("PASS",      "",       "PASSED",    "MOT-CERT:30", CONDITIONS, title_zh="审验合格", title_en="Pass"),
    Move("FAIL",      "",       "FAILED",    "MOT-CERT:31", title_zh="审验不合格", title_en="Fail"),
    Move("RE_REVIEW", "FAILED", "RETRAINED", "MOT-CERT:32", (retrained,), title_zh="离岗培训后复审合格", title_en="Pass after retraining"),
    titles=("执法证年审", "Annual review of certificates"),
)
# fmt: on
