"""The ways of an exam, of an officer's entry in it, and of a test before an appointment, as tables."""

from services.law.process import Move, Process
from services.registry.rules.exam import ENTRY_RULES, exam_held, leader_passed

# fmt: off
_RESULTS = {"law": "ASR-2025:17", "rules": (exam_held,), "title_zh": "登记成绩", "title_en": "Record results"}
_REGISTER = {"law": "ASR-2025:17", "rules": ENTRY_RULES, "title_zh": "准予报名", "title_en": "Register"}
_APPOINT = {"law": "CITY-ERS:3(10)", "rules": (leader_passed,), "title_zh": "任职", "title_en": "Appoint"}

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
