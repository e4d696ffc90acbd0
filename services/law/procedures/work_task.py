"""Tasks of law-based government (任务分解): that the executive meeting hears of it, the five-year plan, the points of a year,
model units and the acceptance of the responsibility system are assigned to units, reported on with proof, checked and
spot-checked (CBZ-2019-7 26, 28, CITY-ERS 3(33), DL-ERS-2005).
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.calendar import SHANGHAI
from services.law.fine_target import LAW as TARGETS
from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, stands_apart, under
from services.law.process import table
from services.law.rule import Facts, rule

CLOCK, SPOT_CHECK, HEARD = "TSK-01", "TSK-02", "TSK-03"
"""The time to do a task; to spot-check what was accepted; the day of the year by which the meeting heard of it."""


class TaskKind(StrEnum):
    """What a task is of."""

    HEARING = "HEARING"
    """The executive meeting hears of law-based government (CBZ-2019-7 26)."""
    FIVE_YEAR = "FIVE_YEAR"
    YEARLY = "YEARLY"
    MODEL_UNIT = "MODEL_UNIT"
    ACCEPTANCE = "ACCEPTANCE"
    """The responsibility system of the unit is accepted (DL-ERS-2005)."""
    MEETING = "MEETING"
    """The regular meeting on legal work decided it (CITY-ERS 5(18))."""
    PUBLICITY = "PUBLICITY"
    """An item of the unit's list of publicity: who enforces a law makes it known (CBZ-2019-7 23)."""


@dataclass(frozen=True)
class WorkTaskRecord:
    """The record of a task, with what the act hands in."""

    kind: TaskKind | None = None
    year: int = 0
    title: str = ""
    document: str = ""
    """The plan, points or scheme that sets it, by its number."""
    content: str = ""
    standard: str = ""
    """By what it is judged to be done."""
    due_time: datetime | None = None
    laws: tuple[str, ...] = ()
    """The laws that an item of a list of publicity makes known."""
    audience: str = ""
    report: str = ""
    proof: str = ""
    meet_time: datetime | None = None
    """When the executive meeting heard of it, who presided, and its minutes."""
    chair: str = ""
    minutes: str = ""
    reporters: tuple[str, ...] = ()
    caller: str = ""
    reasons: str = ""


class WorkTaskFacts(Facts):
    """The record of a task with what the act hands in (`record`), and the node's own time."""

    record: WorkTaskRecord
    now: datetime

    @abstractmethod
    def body_known(self) -> bool:
        """Whether the unit is a confirmed enforcement body."""

    @abstractmethod
    def of_government(self) -> bool:
        """Whether the task is the government's own, for which the city's office acts."""

    @abstractmethod
    def assigned_already(self) -> bool:
        """Whether the same task of the same paper was assigned to the unit, and not withdrawn."""

    @abstractmethod
    def fine_target(self) -> bool:
        """Whether something that the task says sets a target for fines or case numbers."""

    @abstractmethod
    def of_body(self) -> bool:
        """Whether who acts does so for the unit."""

    @abstractmethod
    def people_of_body(self) -> frozenset[str]:
        """The people of the unit whom the registry knows."""

    def reasons(self) -> str:
        return self.record.reasons

    def acting(self) -> tuple[str, ...]:
        return (self.record.caller,)

    def involved(self) -> frozenset[str]:
        """Who reported, and who is of the unit. What the meeting heard may be the work of the office itself."""
        reporters = frozenset(self.record.reporters)
        return reporters if self.record.kind == TaskKind.HEARING else reporters | self.people_of_body()


def _stated(*texts: str) -> bool:
    return all(text.strip() for text in texts)


@rule(
    "WORK_TASK_INCOMPLETE",
    law="CBZ-2019-7:26;CITY-ERS:3(33)",
    zh="任务应当载明类别、年度、名称、依据的规划、要点或者方案文号、内容和完成标准。",
    en="The task lacks its kind, year, title, the paper that sets it, its content, or by what it is judged. State all.",
)
def task_complete(f: WorkTaskFacts) -> bool:
    """A task says what is to be done, by which paper, and by what it is judged (CBZ-2019-7 26, CITY-ERS 3(33))."""
    r = f.record
    return r.kind in tuple(TaskKind) and r.year > 0 and _stated(r.title, r.document, r.content, r.standard)


@rule(
    "PUBLICITY_INCOMPLETE",
    law="CBZ-2019-7:23",
    zh="普法责任清单的事项应当载明所宣传的法律、法规、规章和对象，其他任务不载明。",
    en="An item of a list of publicity says which laws are made known and to whom; no other task does. Say both.",
)
def publicity_complete(f: WorkTaskFacts) -> bool:
    """Who enforces a law makes it known: which, and to whom, is on the list (CBZ-2019-7 23)."""
    r = f.record
    if r.kind == TaskKind.PUBLICITY:
        return bool(r.laws) and _stated(*r.laws, r.audience)
    return r.kind in tuple(TaskKind) and not (r.laws or r.audience)


@rule(
    "DUE_TIME_NOT_AHEAD",
    law="CBZ-2019-7:26",
    zh="完成、整改的期限应当晚于现在。",
    en="By when it is to be done is not said, or lies in the past. Set a time to come (due_time).",
)
def due_ahead(f: WorkTaskFacts) -> bool:
    """A task has its time, which lies ahead (CBZ-2019-7 26)."""
    return f.record.due_time is not None and f.record.due_time > f.now


@rule(
    "UNIT_UNKNOWN",
    law="CBZ-2019-7:26;GBF-2005-37:3",
    zh="任务应当落实到经确认的单位。",
    en="The registry knows no such confirmed body. Name one that it knows (body_id).",
)
def unit_known(f: WorkTaskFacts) -> bool:
    """Each task has its responsible unit (CBZ-2019-7 26)."""
    return f.body_known() is True


@rule(
    "TASK_ASSIGNED_ALREADY",
    law="CBZ-2019-7:26",
    zh="同一文件的同一任务已经分解到该单位。",
    en="The same task of the same paper is assigned to the unit already. Go on with that one.",
)
def not_assigned(f: WorkTaskFacts) -> bool:
    """A task is assigned once (CBZ-2019-7 26)."""
    return f.assigned_already() is False


@rule(
    "HEARING_NOT_YEARLY",
    law="CBZ-2019-7:26",
    zh="自动产生的任务只能是政府常务会议本年度听取法治工作汇报，由政府承担。",
    en="What begins with the year is only that the executive meeting of the government hears of law-based government.",
)
def of_the_year(f: WorkTaskFacts) -> bool:
    """Each year the executive meeting hears of law-based government (CBZ-2019-7 26)."""
    r = f.record
    return (
        r.kind == TaskKind.HEARING
        and 0 < r.year <= f.now.astimezone(SHANGHAI).year
        and f.of_government() is True
    )


@rule(
    "FINE_TARGET_FORBIDDEN",
    guard="G-51",
    law=TARGETS,
    zh="分解任务不得下达或者变相下达罚款、罚没收入或者案件数量指标。",
    en="The task sets a target for fines, for what they bring in, or for how many cases there are. Take it out.",
)
def without_target(f: WorkTaskFacts) -> bool:
    """No task sets a target for fines or case numbers, openly or in disguise (APL 74(3))."""
    return f.fine_target() is False


@rule(
    "NOT_THE_UNIT",
    law="CBZ-2019-7:26;DL-ERS-2005",
    zh="完成情况应当由责任单位报送。",
    en="You do not act for the unit that the task is assigned to. Let that unit report.",
)
def by_unit(f: WorkTaskFacts) -> bool:
    """The responsible unit reports (DL-ERS-2005)."""
    return f.of_body() is True


@rule(
    "REPORT_INCOMPLETE",
    law="DL-ERS-2005;CBZ-2019-7:26",
    zh="应当书面报告完成情况并提交证明材料。",
    en="The report says not what was done, or not what shows it. State both (report, proof).",
)
def report_complete(f: WorkTaskFacts) -> bool:
    """It is reported in writing, with what shows it (DL-ERS-2005)."""
    return _stated(f.record.report, f.record.proof)


@rule(
    "HEARING_NOT_MINUTED",
    law="CBZ-2019-7:26",
    zh="常务会议听取法治工作汇报的，应当载明会议时间（不早于该年度、不晚于现在）、主持人和会议纪要。",
    en="It is not said when the executive meeting heard of it (not before the year, nor in the future), who presided, or "
    "by which minutes. State all (meet_time, chair, minutes).",
)
def hearing_minuted(f: WorkTaskFacts) -> bool:
    """The executive meeting heard of law-based government, and its minutes show it (CBZ-2019-7 26)."""
    r = f.record
    if r.kind in tuple(TaskKind) and r.kind != TaskKind.HEARING:
        return True
    if r.kind != TaskKind.HEARING or r.year < 1 or r.meet_time is None:
        return False
    met = r.meet_time.astimezone(SHANGHAI).year >= r.year and r.meet_time <= f.now
    return met and _stated(r.chair, r.minutes)


_APART = under(stands_apart, "DL-ERS-2005;CBZ-2019-7:28", reason="OVERSIGHT_ROLE_CONFLICT")
_WHY = under(reasons_given, "DL-ERS-2005")

# fmt: off
TABLE = table(
    "work_task",
    ("ASSIGN", "", "ASSIGNED", "CBZ-2019-7:26;CITY-ERS:3(33)",
     (task_complete, publicity_complete, due_ahead, unit_known, not_assigned, without_target),
     "OVERSIGHT", ("分解任务", "Assign a task"), "work_task.assigned", "AssignWorkTask"),
    ("BEGIN", "", "ASSIGNED", "CBZ-2019-7:26", (of_the_year, not_assigned),
     "SYSTEM", ("年度听取汇报任务产生", "The yearly hearing is due"), "work_task.assigned"),
    ("REPORT", "ASSIGNED RETURNED", "REPORTED", "DL-ERS-2005;CBZ-2019-7:26", (by_unit, report_complete, hearing_minuted),
     "UNIT_HEAD AGENCY_HEAD OVERSIGHT", ("报送完成情况", "Report"), "work_task.reported", "ReportWorkTask"),
    ("ACCEPT", "REPORTED", "ACCEPTED", "DL-ERS-2005;CBZ-2019-7:28", (_APART, _WHY),
     "OVERSIGHT", ("审核通过、验收合格", "Accept"), "work_task.accepted", "CheckWorkTask"),
    ("RETURN", "REPORTED", "RETURNED", "DL-ERS-2005", (_APART, _WHY, due_ahead),
     "OVERSIGHT", ("审核不合格，限期整改", "Send back to be corrected"), "work_task.returned", "CheckWorkTask"),
    ("SPOT_PASS", "ACCEPTED", "=", "DL-ERS-2005", (_APART, _WHY),
     "OVERSIGHT", ("抽查合格", "Find it fit in a spot check"), "work_task.spot_checked", "SpotCheckWorkTask"),
    ("SPOT_FAIL", "ACCEPTED", "RETURNED", "DL-ERS-2005", (_APART, _WHY, due_ahead),
     "OVERSIGHT", ("抽查不合格，限期整改", "Find it unfit in a spot check"), "work_task.returned", "SpotCheckWorkTask"),
    ("WITHDRAW", "ASSIGNED RETURNED", "WITHDRAWN", "CBZ-2019-7:26", (_WHY,),
     "OVERSIGHT_HEAD", ("撤销任务", "Withdraw"), "work_task.withdrawn", "WithdrawWorkTask"),
    titles=("工作任务", "Task"),
    ends="WITHDRAWN",
)
# fmt: on
WORK_TASK = Procedure("work_task", WorkTaskFacts, TABLE)
