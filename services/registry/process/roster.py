"""The ways of an officer to a certificate, and of a certificate, as tables."""

# ruff: noqa: E501
from services.law.process import Move, Process
from services.registry.rules import attempts_left, hours_reached, suspension_open

# fmt: off
_TRAINING = {"law": "CBZ-2019-7:16", "title_zh": "记录培训", "title_en": "Record training"}
_PASSED = {"law": "ASR-2025:17", "title_zh": "考试合格", "title_en": "Pass the exam", "rules": (attempts_left,)}
_FAILED = {"law": "CBZ-2019-7:16", "title_zh": "考试不合格", "title_en": "Fail the exam", "rules": (attempts_left,)}

QUALIFICATION = Process(
    "qualification",
    #    act                  from           to
    Move("ENROL",             "",            "TRAINING",    "ASR-2025:17", title_zh="列入名册", title_en="Enrol"),
    Move("RECORD_TRAINING",   "TRAINING",    "TRAINING",    **_TRAINING),
    Move("RECORD_TRAINING",   "EXAM_READY",  "EXAM_READY",  **_TRAINING),
    Move("RECORD_TRAINING",   "EXAM_FAILED", "EXAM_FAILED", **_TRAINING),
    Move("RECORD_TRAINING",   "EXAM_PASSED", "EXAM_PASSED", **_TRAINING),
    Move("RECORD_TRAINING",   "CERTIFIED",   "CERTIFIED",   **_TRAINING),
    Move("REACH_HOURS",       "TRAINING",    "EXAM_READY",  "MOT-CERT:16", (hours_reached,), title_zh="达到学时", title_en="Reach the hours"),
    Move("PASS_EXAM",         "EXAM_READY",  "EXAM_PASSED", **_PASSED),
    Move("PASS_EXAM",         "EXAM_FAILED", "EXAM_PASSED", **_PASSED),
    Move("PASS_EXAM",         "REMOVED",     "REMOVED",     **_PASSED),
    Move("FAIL_EXAM",         "EXAM_READY",  "EXAM_FAILED", **_FAILED),
    Move("FAIL_EXAM",         "EXAM_FAILED", "REMOVED",     **_FAILED),
    Move("FAIL_EXAM",         "REMOVED",     "REMOVED",     **_FAILED),
    Move("ISSUE_CERTIFICATE", "EXAM_PASSED", "CERTIFIED",   "ASR-2025:17", title_zh="发放执法证", title_en="Issue the certificate"),
)

CERTIFICATE = Process(
    "certificate",
    #    act        from         to           law
    Move("SUSPEND", "ACTIVE",    "SUSPENDED", "MOT-CERT:31", title_zh="暂扣", title_en="Suspend"),
    Move("REVOKE",  "ACTIVE",    "REVOKED",   "ASR-2025:32", title_zh="吊销", title_en="Revoke"),
    Move("REVOKE",  "SUSPENDED", "REVOKED",   "ASR-2025:32", title_zh="吊销", title_en="Revoke"),
    Move("RESTORE", "SUSPENDED", "ACTIVE",    "MOT-CERT:32", (suspension_open,), title_zh="返还", title_en="Restore"),
    Move("RESTORE", "ACTIVE",    "ACTIVE",    "MOT-CERT:32", (suspension_open,), title_zh="取消将要开始的暂扣", title_en="Call off a suspension to come"),
)
# fmt: on
