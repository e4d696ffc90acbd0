"""The way of an officer to a certificate, as a table."""

# ruff: noqa: E501
from services.law.process import Move, Process
from services.registry.rules import (
    attempts_left,
    attempts_used_up,
    found_eligible,
    hours_reached,
    posting_over,
)

# fmt: off
_TRAINING = {"law": "CBZ-2019-7:16", "title_zh": "记录培训", "title_en": "Record training"}
_PASSED = {"law": "ASR-2025:17", "title_zh": "考试合格", "title_en": "Pass the exam", "rules": (attempts_left,)}
_FAILED = {"law": "CBZ-2019-7:16", "title_zh": "考试不合格", "title_en": "Fail the exam", "rules": (attempts_left,)}
_REMOVED = {"law": "CBZ-2019-7:16", "title_zh": "清除出库", "title_en": "Remove from the register", "rules": (attempts_used_up,)}

QUALIFICATION = Process(
    "qualification",
    #    act                  from           to
    Move("ENROL",             "",            "TRAINING",    "ASR-2025:17", title_zh="列入名册", title_en="Enrol"),
    Move("NOMINATE",          "",            "CANDIDATE",   "MOT-CERT:8", title_zh="提名", title_en="Nominate"),
    Move("PASS_ELIGIBILITY",  "CANDIDATE",   "ELIGIBLE",    "MOT-CERT:8", (found_eligible,), title_zh="资格审核通过", title_en="Find eligible"),
    Move("FAIL_ELIGIBILITY",  "CANDIDATE",   "REJECTED",    "MOT-CERT:8", title_zh="资格审核不通过", title_en="Find not eligible"),
    Move("RECORD_TRAINING",   "ELIGIBLE",    "TRAINING",    **_TRAINING),
    Move("RECORD_TRAINING",   "TRAINING",    "TRAINING",    **_TRAINING),
    Move("RECORD_TRAINING",   "EXAM_READY",  "EXAM_READY",  **_TRAINING),
    Move("RECORD_TRAINING",   "EXAM_FAILED", "EXAM_FAILED", **_TRAINING),
    Move("RECORD_TRAINING",   "EXAM_PASSED", "EXAM_PASSED", **_TRAINING),
    Move("RECORD_TRAINING",   "PUBLICISED",  "PUBLICISED",  **_TRAINING),
    Move("RECORD_TRAINING",   "CERTIFIED",   "CERTIFIED",   **_TRAINING),
    Move("REACH_HOURS",       "TRAINING",    "EXAM_READY",  "MOT-CERT:16", (hours_reached,), title_zh="达到学时", title_en="Reach the hours"),
    Move("LOSE_HOURS",        "EXAM_READY",  "TRAINING",    "MOT-CERT:16", title_zh="更正后学时不足", title_en="Fall short of the hours after a correction"),
    Move("PASS_EXAM",         "EXAM_READY",  "EXAM_PASSED", **_PASSED),
    Move("PASS_EXAM",         "EXAM_FAILED", "EXAM_PASSED", **_PASSED),
    Move("PASS_EXAM",         "CERTIFIED",   "CERTIFIED",   **_PASSED),
    Move("PASS_EXAM",         "REMOVED",     "REMOVED",     **_PASSED),
    Move("FAIL_EXAM",         "EXAM_READY",  "EXAM_FAILED", **_FAILED),
    Move("FAIL_EXAM",         "EXAM_FAILED", "EXAM_FAILED", **_FAILED),
    Move("FAIL_EXAM",         "CERTIFIED",   "CERTIFIED",   **_FAILED),
    Move("FAIL_EXAM",         "REMOVED",     "REMOVED",     **_FAILED),
    Move("REMOVE",            "EXAM_FAILED", "REMOVED",     **_REMOVED),
    Move("REMOVE",            "CERTIFIED",   "REMOVED",     **_REMOVED),
    Move("POST_NAME",         "EXAM_PASSED", "PUBLICISED",  "MOT-CERT:20", title_zh="公示", title_en="Post the name"),
    Move("ISSUE_CERTIFICATE", "EXAM_PASSED", "CERTIFIED",   "ASR-2025:17", (posting_over,), title_zh="发放执法证", title_en="Issue the certificate"),
    Move("ISSUE_CERTIFICATE", "PUBLICISED",  "CERTIFIED",   "ASR-2025:17", (posting_over,), title_zh="发放执法证", title_en="Issue the certificate"),
    Move("LOSE_CERTIFICATE",  "CERTIFIED",   "EXAM_PASSED", "MOT-CERT:25", title_zh="证件注销后待重新发证", title_en="Wait for another certificate after a cancellation"),
    titles=("执法人员资格", "Qualification of an officer"),
)
# fmt: on
