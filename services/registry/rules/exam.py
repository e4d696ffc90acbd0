"""What the law asks of exams: who may sit them, when they count, and how often they may be failed."""

from dataclasses import dataclass

from services.law.process import rule

SITS = {
    "QUALIFICATION": ("EXAM_READY", "EXAM_FAILED", "REMOVED"),
    "RENEWAL": ("CERTIFIED",),
}
"""The states of a qualification from which each kind of exam is sat; the removed are refused for their attempts."""


@dataclass(frozen=True)
class ExamFacts:
    """What the rules on exams look at."""

    open: bool = True
    seats_left: bool = True
    ready: bool = True
    failures: int = 0
    attempts: int = 2
    begun: bool = True
    passed: bool = True


@rule("EXAM_REGISTRATION_CLOSED", law="ASR-2025:17", zh="该场考试的报名已经截止，或者考试已经取消。")
def registration_open(facts: ExamFacts) -> bool:
    """Registration must still be open."""
    return facts.open


@rule("EXAM_FULL", law="ASR-2025:17", zh="该场考试的名额已满。")
def seats_left(facts: ExamFacts) -> bool:
    """There must be a seat left."""
    return facts.seats_left


@rule(
    "NOT_EXAM_READY", law="CBZ-2019-7:16;MOT-CERT:16", zh="人员未达到培训学时，或者其资格状态不参加这类考试。"
)
def exam_ready(facts: ExamFacts) -> bool:
    """Who sits the exam was trained before; who sits it for renewal holds a certificate."""
    return facts.ready


@rule(
    "EXAM_ATTEMPTS_EXHAUSTED",
    law="CBZ-2019-7:16",
    zh="考试不合格次数已满，人员已从执法人员信息库中清除，不得再次参加考试。",
)
def entries_left(facts: ExamFacts) -> bool:
    """Whoever failed as often as the law bears was removed from the register and sits no more."""
    return facts.failures < facts.attempts


@rule("EXAM_NOT_HELD", law="ASR-2025:17", zh="考试尚未举行，不能登记成绩。")
def exam_held(facts: ExamFacts) -> bool:
    """Results are recorded once the exam has begun."""
    return facts.begun


@rule(
    "LEADER_NOT_TESTED",
    law="CBZ-2019-7:1;CITY-ERS:3(10)",
    zh="拟任人员任前法律知识测试不合格，不得据以任职。",
)
def leader_passed(facts: ExamFacts) -> bool:
    """An appointment rests on a test in law that was passed."""
    return facts.passed


ENTRY_RULES = (registration_open, seats_left, exam_ready, entries_left)
