"""Exams: their way, that of an officer's entry and of a leader's test; who may sit them, when they count, how often they may be failed."""

# ruff: noqa: E501
from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime

from yifa.registry.v1.exam_pb2 import EXAM_KIND_QUALIFICATION, EXAM_KIND_RENEWAL, EXAM_STATE_ANNOUNCED, Exam
from yifa.registry.v1.leader_test_pb2 import LEADER_TEST_STATE_FAILED, LeaderTest
from yifa.registry.v1.qualification_pb2 import Qualification
from yifa.registry.v1.qualification_pb2 import QualificationState as States

from services.law.moment import moment_of
from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule

SITS: Mapping[int, frozenset[int]] = {
    EXAM_KIND_QUALIFICATION: frozenset(
        {
            States.QUALIFICATION_STATE_EXAM_READY,
            States.QUALIFICATION_STATE_EXAM_FAILED,
            States.QUALIFICATION_STATE_REMOVED,
        }
    ),
    EXAM_KIND_RENEWAL: frozenset({States.QUALIFICATION_STATE_CERTIFIED}),
}
"""The states of a qualification from which each kind of exam is sat; the removed are refused for their attempts."""


class ExamFacts(Facts):
    """`exam` as it stands before the act, and the node's own time."""

    exam: Exam
    now: datetime


class EntryFacts(ExamFacts):
    """What is asked of an officer who is to sit the exam."""

    @abstractmethod
    def asked(self) -> datetime:
        """When it was asked for."""

    @abstractmethod
    def qualification(self) -> Qualification:
        """How far the officer has come; an unspecified one where nothing is on record."""

    @abstractmethod
    def failures(self) -> int:
        """How often the exam was failed, in this cycle of certification or in life, as the layers say."""

    @abstractmethod
    def attempts(self) -> int:
        """How often the exam may be failed."""


class LeaderFacts(Facts):
    """`test` of a leader as it stands before the act, and the node's own time."""

    test: LeaderTest
    now: datetime


@rule(
    "EXAM_REGISTRATION_CLOSED",
    law="INTERNAL",
    zh="该场考试的报名已经截止，或者考试已经取消；请报名其他场次。",
    en="Registration for this exam is over, or it was called off. Choose another exam.",
    tells=lambda f: {"register_until": moment_of(f.exam.register_until).isoformat()},
)
def registration_open(f: EntryFacts) -> bool:
    """Registration must still be open."""
    return f.exam.state == EXAM_STATE_ANNOUNCED and f.asked() < moment_of(f.exam.register_until)


@rule(
    "EXAM_FULL",
    law="INTERNAL",
    zh="该场考试的名额已满；请报名其他场次。",
    en="Every seat of this exam is taken. Choose another exam.",
    tells=lambda f: {"seats": str(f.exam.seats)},
)
def seats_left(f: EntryFacts) -> bool:
    """There must be a seat left."""
    return f.exam.registered < f.exam.seats


@rule(
    "NOT_EXAM_READY",
    law="CBZ-2019-7:16;MOT-CERT:16",
    zh="人员未达到培训学时，或者其资格状态不参加这类考试；请先补足学时或者选择相应类别的考试。",
    en="The officer has not reached the hours of training, or is in a state that sits another kind of exam. Record the hours, or choose that exam.",
)
def exam_ready(f: EntryFacts) -> bool:
    """Who sits the exam was trained before; who sits it for renewal holds a certificate."""
    return f.qualification().state in SITS[f.exam.kind]


@rule(
    "EXAM_ATTEMPTS_EXHAUSTED",
    law="CBZ-2019-7:16",
    zh="考试不合格次数已满，人员已从执法人员信息库中清除，不得再次参加考试。",
    en="The officer failed as often as the law bears and was removed from the register; no further exam is sat.",
    guard="G-77",
    tells=lambda f: {"failures": str(f.failures()), "attempts": str(f.attempts())},
)
def entries_left(f: EntryFacts) -> bool:
    """Whoever failed as often as the law bears was removed from the register and sits no more."""
    return f.qualification().state != States.QUALIFICATION_STATE_REMOVED and f.failures() < f.attempts()


@rule(
    "EXAM_NOT_HELD",
    law="INTERNAL",
    zh="考试尚未举行，不能登记成绩；请在考试开始后登记。",
    en="The exam has not begun, so it has no results. Record them after it.",
    tells=lambda f: {"exam_time": moment_of(f.exam.exam_time).isoformat()},
)
def exam_held(f: ExamFacts) -> bool:
    """Results are recorded once the exam has begun."""
    return moment_of(f.exam.exam_time) <= f.now


@rule(
    "EXAM_NOT_HELD",
    law="CBZ-2019-7:1",
    zh="测试尚未举行，不能登记成绩；请在测试后登记。",
    en="The test has not been held, so it has no result. Record it after the test.",
)
def leader_test_held(f: LeaderFacts) -> bool:
    """The result of a leader's test is recorded once the test was held."""
    return moment_of(f.test.test_time) <= f.now


@rule(
    "LEADER_NOT_TESTED",
    law="CBZ-2019-7:1;CITY-ERS:3(10)",
    zh="拟任人员任前法律知识测试不合格，不得据以任职；请另行测试。",
    en="The test was not passed, so no appointment rests on it. Have another test taken.",
)
def leader_passed(f: LeaderFacts) -> bool:
    """An appointment rests on a test in law that was passed."""
    return f.test.state != LEADER_TEST_STATE_FAILED


ENTRY_RULES = (registration_open, seats_left, exam_ready, entries_left)

# fmt: off
EXAM_TABLE = table(
    "exam",
    ("ANNOUNCE_EXAM", "", "ANNOUNCED", "ASR-2025:17(2)", (), "", ("发布考试", "Announce")),
    ("RECORD_EXAM_RESULTS", "ANNOUNCED GRADED", "GRADED", "ASR-2025:17(2)", (exam_held,), "", ("登记成绩", "Record results")),
    ("CLOSE_EXAM", "GRADED", "CLOSED", "ASR-2025:17(2)", (), "", ("结束", "Close")),
    ("CANCEL_EXAM", "ANNOUNCED", "CANCELLED", "ASR-2025:17(2)", (), "", ("取消考试", "Cancel")),
    titles=("执法资格考试", "Exam"),
)
ENTRY_TABLE = table(
    "exam_entry",
    # At a department, which asks the city; the city answers with REGISTER or REFUSE.
    ("REQUEST", "", "REQUESTED", "CBZ-2019-7:16", (registration_open,), "", ("申请报名", "Ask for registration"), "", "RegisterForExam"),
    ("REQUEST", "REFUSED", "REQUESTED", "CBZ-2019-7:16", (registration_open,), "", ("再次申请报名", "Ask again"), "", "RegisterForExam"),
    ("REGISTER", "", "REGISTERED", "ASR-2025:17(2)", ENTRY_RULES, "", ("准予报名", "Register"), "", "RegisterForExam"),
    ("REGISTER", "REQUESTED REFUSED", "REGISTERED", "ASR-2025:17(2)", ENTRY_RULES, "", ("准予报名", "Register"), "", "RegisterForExam"),
    ("REFUSE", "REQUESTED", "REFUSED", "CBZ-2019-7:16", (), "", ("不予报名", "Refuse"), "", "RegisterForExam"),
    ("PASS", "REGISTERED", "PASSED", "ASR-2025:17(2)", (), "", ("合格", "Pass"), "", "RecordExamResults"),
    ("FAIL", "REGISTERED", "FAILED", "CBZ-2019-7:16", (), "", ("不合格", "Fail"), "", "RecordExamResults"),
    ("MISS", "REGISTERED", "ABSENT", "ASR-2025:17(2)", (), "", ("缺考", "Miss"), "", "CloseExam"),
    ("CANCEL", "REQUESTED REGISTERED", "CANCELLED", "ASR-2025:17(2)", (), "", ("考试取消", "Cancel"), "", "CancelExam"),
    titles=("考试报名", "Entry for an exam"),
)
TEST_TABLE = table(
    "leader_test",
    ("PASS_TEST", "", "PASSED", "CBZ-2019-7:1", (leader_test_held,), "", ("测试合格", "Pass"), "", "RecordLeaderTest"),
    ("FAIL_TEST", "", "FAILED", "CBZ-2019-7:1", (leader_test_held,), "", ("测试不合格", "Fail"), "", "RecordLeaderTest"),
    ("RECORD_LEADER_APPOINTMENT", "PASSED", "APPOINTED", "CITY-ERS:3(10)", (leader_passed,), "", ("任职", "Appoint")),
    ("RECORD_LEADER_APPOINTMENT", "FAILED", "=", "CITY-ERS:3(10)", (leader_passed,), "", ("任职", "Appoint")),
    titles=("领导干部任前法律知识考试", "Law test of a leader"),
)
# fmt: on
EXAM = Procedure("exam", ExamFacts, EXAM_TABLE)
EXAM_ENTRY = Procedure("exam_entry", EntryFacts, ENTRY_TABLE)
LEADER_TEST = Procedure("leader_test", LeaderFacts, TEST_TABLE)
