"""The way of an officer to a certificate."""

# ruff: noqa: E501
from dataclasses import dataclass
from typing import Any

from services.law.process import Move, Process, rule

EXAM_ATTEMPTS = 2


@dataclass(frozen=True)
class OfficerFacts:
    """What the rules look at. Each act fills in what its rules ask for."""

    body_confirmed: bool = True
    body_here: bool = True
    permanent: bool = True
    trained: bool = False
    examined: bool = False
    failures: int = 0
    attempts: int = EXAM_ATTEMPTS
    suspension_open: bool = False
    renewal_exam: bool = False
    renewal_exam_on_record: bool = True
    issued_here: bool = True
    loss_declared: bool = False
    none_in_force: bool = True
    heard: bool = False
    card_out: bool = True
    in_time: bool = True
    appeal_open: bool = False
    on_roster: bool = True
    serving: bool = True
    transfer_open: bool = False
    received: bool = False
    posted: bool = True
    lawyer: bool = True
    number_left: bool = True
    eligible: bool = True


@rule(
    "SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)", zh="该执法主体未经确认或者已被撤销，不具有行政主体资格。"
)
def body_confirmed(facts: OfficerFacts) -> bool:
    """Only a confirmed body that was not withdrawn has officers and certificates."""
    return facts.body_confirmed


@rule("SUBJECT_NOT_QUALIFIED", law="ASR-2025:10", zh="该执法主体不属于本部门，人员应当在其所属部门登记。")
def body_of_this_department(facts: OfficerFacts) -> bool:
    """An officer is put on the roster of the department that keeps the body."""
    return facts.body_here


@rule("NOT_ELIGIBLE_STAFF", law="MOT-CERT:7", zh="辅助人员、合同制人员和临时人员不得取得行政执法资格。")
def permanent_staff(facts: OfficerFacts) -> bool:
    """Only staff on the permanent establishment may become enforcement officers."""
    return facts.permanent


@rule("OFFICER_NOT_CERTIFIED", law="MOT-CERT:16", zh="培训学时未达到规定要求。")
def hours_reached(facts: OfficerFacts) -> bool:
    """The class hours of training must be reached before the exam."""
    return facts.trained


@rule(
    "EXAM_ATTEMPTS_EXHAUSTED",
    law="CBZ-2019-7:16",
    zh="经两次考试不合格的人员已从执法人员信息库中清除，不得再次参加考试。",
)
def attempts_left(facts: OfficerFacts) -> bool:
    """Whoever failed the exam twice was removed from the register and sits it no more."""
    return facts.failures < facts.attempts


@rule("ACT_NOT_OPEN", law="CBZ-2019-7:16", zh="考试不合格次数未满，人员不予清出。")
def attempts_used_up(facts: OfficerFacts) -> bool:
    """Only who failed the exam as often as the law bears leaves the register."""
    return facts.failures >= facts.attempts


ENTRY = (body_confirmed, body_of_this_department, permanent_staff)


@rule("POSTING_NOT_OVER", law="MOT-CERT:20", zh="拟发证人员名单应当公示，公示期满前不得发证。")
def posting_over(facts: OfficerFacts) -> bool:
    """Where names are posted for objections, no certificate is issued before the posting has ended."""
    return facts.posted


@rule("NOT_THIS_ROSTER", law="ASR-2025:17", zh="该人员不在本部门名册中。")
def on_this_roster(facts: OfficerFacts) -> bool:
    """Only the department on whose roster an officer stands writes about that officer."""
    return facts.on_roster


@rule("OFFICER_HAS_LEFT", law="MOT-CERT:25", zh="该人员已离开执法岗位。")
def still_serving(facts: OfficerFacts) -> bool:
    """Nothing more is done for an officer who has left enforcement work."""
    return facts.serving


@rule("NOT_ELIGIBLE_STAFF", law="MOT-CERT:8", zh="非在编人员或者有不得从事执法情形的人员，资格审核不予通过。")
def found_eligible(facts: OfficerFacts) -> bool:
    """The establishment office confirms the post, and nothing bars the person."""
    return facts.eligible


# fmt: off
_TRAINING: dict[str, Any] = {"law": "CBZ-2019-7:16", "title_zh": "记录培训", "title_en": "Record training"}

_PASSED: dict[str, Any] = {"law": "ASR-2025:17", "title_zh": "考试合格", "title_en": "Pass the exam", "rules": (attempts_left,)}

_FAILED: dict[str, Any] = {"law": "CBZ-2019-7:16", "title_zh": "考试不合格", "title_en": "Fail the exam", "rules": (attempts_left,)}

_REMOVED: dict[str, Any] = {"law": "CBZ-2019-7:16", "title_zh": "清除出库", "title_en": "Remove from the register", "rules": (attempts_used_up,)}

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
