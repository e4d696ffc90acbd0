"""Exams: their way, an officer's entry, and a leader's test; who may sit them, when they count, how often they may be failed."""

from dataclasses import dataclass
from typing import Any

from services.law.process import Move, Process, rule

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


# fmt: off
_RESULTS: dict[str, Any] = {"law": "ASR-2025:17", "rules": (exam_held,), "title_zh": "登记成绩", "title_en": "Record results"}

_REGISTER: dict[str, Any] = {"law": "ASR-2025:17", "rules": ENTRY_RULES, "title_zh": "准予报名", "title_en": "Register"}

_APPOINT: dict[str, Any] = {"law": "CITY-ERS:3(10)", "rules": (leader_passed,), "title_zh": "任职", "title_en": "Appoint"}

EXAM = Process(
    "exam",
    #    act              from         to
    Move("ANNOUNCE",      "",          "ANNOUNCED", "ASR-2025:17", title_zh="发布考试", title_en="Announce"),
    Move("RECORD_RESULTS", "ANNOUNCED", "GRADED",   **_RESULTS),
    Move("RECORD_RESULTS", "GRADED",   "GRADED",    **_RESULTS),
    Move("CLOSE",         "GRADED",    "CLOSED",    "ASR-2025:17", title_zh="结束", title_en="Close"),
    Move("CANCEL",        "ANNOUNCED", "CANCELLED", "ASR-2025:17", title_zh="取消考试", title_en="Cancel"),
    titles=("执法资格考试", "Exam"),
)

EXAM_ENTRY = Process(
    "exam_entry",
    #    act         from          to
    Move("REQUEST",  "",           "REQUESTED",  "CBZ-2019-7:16", title_zh="申请报名", title_en="Ask for registration"),
    Move("REQUEST",  "REFUSED",    "REQUESTED",  "CBZ-2019-7:16", title_zh="再次申请报名", title_en="Ask again"),
    Move("REGISTER", "",           "REGISTERED", **_REGISTER),
    Move("REGISTER", "REQUESTED",  "REGISTERED", **_REGISTER),
    Move("REGISTER", "REFUSED",    "REGISTERED", **_REGISTER),
    Move("REFUSE",   "REQUESTED",  "REFUSED",    "CBZ-2019-7:16", title_zh="不予报名", title_en="Refuse"),
    Move("PASS",     "REGISTERED", "PASSED",     "ASR-2025:17", title_zh="合格", title_en="Pass"),
    Move("FAIL",     "REGISTERED", "FAILED",     "CBZ-2019-7:16", title_zh="不合格", title_en="Fail"),
    Move("MISS",     "REGISTERED", "ABSENT",     "ASR-2025:17", title_zh="缺考", title_en="Miss"),
    Move("CANCEL",   "REQUESTED",  "CANCELLED",  "ASR-2025:17", title_zh="考试取消", title_en="Cancel"),
    Move("CANCEL",   "REGISTERED", "CANCELLED",  "ASR-2025:17", title_zh="考试取消", title_en="Cancel"),
    titles=("考试报名", "Entry for an exam"),
)

LEADER_TEST = Process(
    "leader_test",
    #    act      from      to
    Move("PASS",    "",       "PASSED",    "CBZ-2019-7:1", title_zh="测试合格", title_en="Pass"),
    Move("FAIL",    "",       "FAILED",    "CBZ-2019-7:1", title_zh="测试不合格", title_en="Fail"),
    Move("APPOINT", "PASSED", "APPOINTED", **_APPOINT),
    Move("APPOINT", "FAILED", "FAILED",    **_APPOINT),
    titles=("领导干部任前法律知识考试", "Law test of a leader"),
)
# fmt: on
