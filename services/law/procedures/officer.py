"""Officers: who may be on a roster, and the way of an officer to a certificate."""

# ruff: noqa: E501
from abc import abstractmethod
from datetime import datetime

from yifa.registry.v1.body_pb2 import EnforcementBody
from yifa.registry.v1.officer_pb2 import STAFF_KIND_PERMANENT, Officer
from yifa.registry.v1.qualification_pb2 import Qualification
from yifa.registry.v1.qualification_pb2 import QualificationState as States

from services.law.procedure import Procedure
from services.law.procedures.body import may_enforce
from services.law.process import table
from services.law.rule import Facts, rule


class StaffFacts(Facts):
    """What the rules on the staff of a body ask."""

    @abstractmethod
    def officer(self) -> Officer:
        """The officer, as on the roster or as to be put on it."""

    @abstractmethod
    def body(self) -> EnforcementBody:
        """The body whose roster it is, or that the officer is to go to."""

    @abstractmethod
    def node(self) -> str:
        """The node at which the act is done."""


class QualificationFacts(StaffFacts):
    """`qualification` as it stands before the act, and the node's own time."""

    qualification: Qualification
    now: datetime

    @abstractmethod
    def hours_needed(self) -> int:
        """The class hours that are asked for before the exam."""

    @abstractmethod
    def failures(self) -> int:
        """How often the exam was failed, in this cycle of certification or in life, as the layers say."""

    @abstractmethod
    def attempts(self) -> int:
        """How often the exam may be failed."""

    @abstractmethod
    def posting_required(self) -> bool:
        """Whether names are posted for objections before a certificate is issued."""

    @abstractmethod
    def posting_end(self) -> datetime:
        """When the posting of the name ends."""


@rule(
    "SUBJECT_NOT_QUALIFIED",
    law="APL-2021:38(1)",
    zh="该执法主体未经确认、公示或者已被撤销，不具有行政主体资格；请待其确认公示后办理。",
    en="The body was not confirmed and announced, or has ended. Do this once it may enforce.",
    guard="G-01",
)
def body_confirmed(f: StaffFacts) -> bool:
    """Only a confirmed body that was not withdrawn has officers and certificates."""
    return may_enforce(f.body())


@rule(
    "SUBJECT_NOT_QUALIFIED",
    law="INTERNAL",
    zh="该执法主体不属于本部门，应当由其所属部门办理。",
    en="The body belongs to another department. Its own department does this.",
)
def body_of_this_department(f: StaffFacts) -> bool:
    """The department that keeps a body keeps its roster and posts, and reports its changes."""
    return f.body().node == f.node()


@rule(
    "NOT_ELIGIBLE_STAFF",
    law="MOT-CERT:7",
    zh="辅助人员、合同制人员和临时人员不得取得行政执法资格，只有在编人员可以。",
    en="Assistants, contract and temporary staff may not enforce. Only staff on the permanent establishment may.",
    guard="G-78",
)
def permanent_staff(f: StaffFacts) -> bool:
    """Only staff on the permanent establishment may become enforcement officers."""
    return f.officer().staff_kind == STAFF_KIND_PERMANENT


@rule(
    "NOT_ELIGIBLE_STAFF",
    law="MOT-CERT:8",
    zh="非在编人员或者有不得从事执法情形的人员，资格审核不予通过。",
    en="The person is not on the permanent establishment. Record that the check was not passed.",
    guard="G-78",
)
def found_eligible(f: StaffFacts) -> bool:
    """The establishment office confirms the post, and nothing bars the person."""
    return f.officer().staff_kind == STAFF_KIND_PERMANENT


@rule(
    "NOT_THIS_ROSTER",
    law="INTERNAL",
    zh="该人员不在本部门名册中，应当由其所在部门办理。",
    en="The officer is not on this department's roster. The department of the roster does this.",
)
def on_this_roster(f: StaffFacts) -> bool:
    """Only the department on whose roster an officer stands writes about that officer."""
    return f.officer().node == f.node()


@rule(
    "OFFICER_HAS_LEFT",
    law="MOT-CERT:25",
    zh="该人员已离开执法岗位，不再办理。",
    en="The officer has left enforcement work. Nothing more is done for the officer.",
)
def still_serving(f: StaffFacts) -> bool:
    """Nothing more is done for an officer who has left enforcement work."""
    return not f.officer().HasField("leave_time")


@rule(
    "ALREADY_RECEIVED",
    law="INTERNAL",
    zh="该人员已办理接收。",
    en="The officer was received already. Nothing is left to complete.",
)
def not_received_yet(f: StaffFacts) -> bool:
    """A transferred officer is received once."""
    return not f.officer().unit


@rule(
    "OFFICER_NOT_CERTIFIED",
    law="MOT-CERT:16",
    zh="培训学时未达到规定要求，请补足学时。",
    en="The class hours of training are not reached. Record the hours that are missing.",
    guard="G-76",
    tells=lambda f: {"hours": str(f.officer().training_hours), "hours_needed": str(f.hours_needed())},
)
def hours_reached(f: QualificationFacts) -> bool:
    """The class hours of training must be reached before the exam."""
    return f.officer().training_hours >= f.hours_needed()


@rule(
    "EXAM_ATTEMPTS_EXHAUSTED",
    law="CBZ-2019-7:16",
    zh="经两次考试不合格的人员已从执法人员信息库中清除，不得再次参加考试。",
    en="The officer failed as often as the law bears and was removed from the register; no further exam is sat.",
    guard="G-77",
    tells=lambda f: {"failures": str(f.failures()), "attempts": str(f.attempts())},
)
def attempts_left(f: QualificationFacts) -> bool:
    """Whoever failed the exam twice was removed from the register and sits it no more."""
    return f.qualification.state != States.QUALIFICATION_STATE_REMOVED and f.failures() < f.attempts()


@rule(
    "ACT_NOT_OPEN",
    law="CBZ-2019-7:16",
    zh="考试不合格次数未满，人员不予清出。",
    en="The exam was not failed often enough for a removal; another attempt is open.",
)
def attempts_used_up(f: QualificationFacts) -> bool:
    """Only who failed the exam as often as the law bears leaves the register."""
    return f.failures() >= f.attempts()


@rule(
    "POSTING_NOT_OVER",
    law="MOT-CERT:20",
    zh="拟发证人员名单应当公示，公示期满前不得发证；请先公示并待期满。",
    en="The name was not posted for objections, or the posting still runs. Post it and wait for its end.",
)
def posting_over(f: QualificationFacts) -> bool:
    """Where names are posted for objections, no certificate is issued before the posting has ended."""
    if f.qualification.state == States.QUALIFICATION_STATE_PUBLICISED:
        return f.now > f.posting_end()
    return not f.posting_required()


ENTRY = (body_confirmed, body_of_this_department, permanent_staff)
"""What is asked before a person is put on a roster."""

_SERVING = (on_this_roster, still_serving)

_POST_NAME = ("MOT-CERT:20", (), "", ("公示", "Post the name"))
_ISSUE = ("CERTIFIED", "ASR-2025:17(2)", (posting_over,), "", ("发放执法证", "Issue the certificate"))

# fmt: off
QUALIFICATION_TABLE = table(
    "qualification",
    ("ENROL", "", "TRAINING", "ASR-2025:17(2)", (), "", ("列入名册", "Enrol"), "", "RegisterOfficer"),
    ("NOMINATE", "", "CANDIDATE", "MOT-CERT:8", (), "", ("提名", "Nominate"), "", "RegisterOfficer"),
    ("PASS_ELIGIBILITY", "CANDIDATE", "ELIGIBLE", "MOT-CERT:8", (found_eligible,), "", ("资格审核通过", "Find eligible"), "", "CheckEligibility"),
    ("FAIL_ELIGIBILITY", "CANDIDATE", "REJECTED", "MOT-CERT:8", (), "", ("资格审核不通过", "Find not eligible"), "", "CheckEligibility"),
    ("RECORD_TRAINING", "ELIGIBLE", "TRAINING", "CBZ-2019-7:16", (), "", ("记录培训", "Record training")),
    ("RECORD_TRAINING", "TRAINING EXAM_READY EXAM_FAILED EXAM_PASSED PUBLICISED CERTIFIED", "=", "CBZ-2019-7:16", (), "", ("记录培训", "Record training")),
    ("REACH_HOURS", "TRAINING", "EXAM_READY", "MOT-CERT:16", (hours_reached,), "", ("达到学时", "Reach the hours"), "", "RecordTraining"),
    ("LOSE_HOURS", "EXAM_READY", "TRAINING", "MOT-CERT:16", (), "", ("更正后学时不足", "Fall short of the hours after a correction"), "", "CorrectAttendance"),
    ("PASS_EXAM", "EXAM_READY EXAM_FAILED", "EXAM_PASSED", "ASR-2025:17(2)", (attempts_left,), "", ("考试合格", "Pass the exam"), "", "RecordExam"),
    ("PASS_EXAM", "CERTIFIED REMOVED", "=", "ASR-2025:17(2)", (attempts_left,), "", ("考试合格", "Pass the exam"), "", "RecordExam"),
    ("FAIL_EXAM", "EXAM_READY EXAM_FAILED", "EXAM_FAILED", "CBZ-2019-7:16", (attempts_left,), "", ("考试不合格", "Fail the exam"), "", "RecordExam"),
    ("FAIL_EXAM", "CERTIFIED REMOVED", "=", "CBZ-2019-7:16", (attempts_left,), "", ("考试不合格", "Fail the exam"), "", "RecordExam"),
    ("REMOVE", "EXAM_FAILED CERTIFIED", "REMOVED", "CBZ-2019-7:16", (attempts_used_up,), "", ("清除出库", "Remove from the register"), "", "RecordExam"),
    ("POST_NAME", "EXAM_PASSED", "PUBLICISED", *_POST_NAME),
    ("ISSUE_CERTIFICATE", "EXAM_PASSED PUBLICISED", *_ISSUE),
    ("LOSE_CERTIFICATE", "CERTIFIED", "EXAM_PASSED", "MOT-CERT:25", (), "", ("证件注销后待重新发证", "Wait for another certificate after a cancellation"), "", "CancelCertificate"),
    titles=("执法人员资格", "Qualification of an officer"),
)
# fmt: on
# fmt: off
# Acts that lead to no state of their own: they begin and end nowhere.
ROSTER_TABLE = table(
    "roster",
    ("REGISTER_OFFICER", "", "", "ASR-2025:17(2)", ENTRY, "", ("列入名册", "Put on the roster")),
    ("RECORD_TRAINING", "", "", "CBZ-2019-7:16", _SERVING, "", ("记录培训", "Record training")),
    ("RECORD_LEAVING", "", "", "MOT-CERT:25", _SERVING, "", ("离岗", "Leave")),
    ("RECEIVE_OFFICER", "", "", "ASR-2025:17(2)", (*_SERVING, not_received_yet), "", ("办理接收", "Receive from another department")),
    ("RECORD_MINISTRY_CARD", "", "", "ASR-2025:17(2)", (body_confirmed, permanent_staff, still_serving), "", ("登记部委证件", "Recognise a ministry's card")),
    ("DEFINE_UNIT", "", "", "CBZ-2019-7:17", (body_confirmed, body_of_this_department), "", ("设立机构", "Define a unit")),
    ("REPORT_BODY_CHANGE", "", "", "CBZ-2019-7:16", (body_of_this_department,), "", ("报告变更", "Report a change")),
    titles=("执法人员名册", "Roster of officers"),
)
# fmt: on
ROSTER = Procedure("roster", StaffFacts, ROSTER_TABLE)
QUALIFICATION = Procedure("qualification", QualificationFacts, QUALIFICATION_TABLE)
