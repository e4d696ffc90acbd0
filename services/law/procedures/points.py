"""The points system: its way, appeals in time, decided by somebody else; and when a cycle begins."""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date, datetime

from yifa.registry.v1 import points_pb2

from services.law.fine_target import LAW, measures_by_fines
from services.law.moment import moment_of
from services.law.parameters import Layers, Resolved
from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule

NONE = points_pb2.POINTS_LEVEL_NONE
SUSPENSION = points_pb2.POINTS_LEVEL_SUSPENSION
THRESHOLDS: Mapping[int, str] = {
    points_pb2.POINTS_LEVEL_WARNING: "points.warning",
    points_pb2.POINTS_LEVEL_RETRAINING: "points.retraining",
    points_pb2.POINTS_LEVEL_SUSPENSION: "points.suspension",
}
"""The parameter that sets each level, the mildest first."""


class PointsFacts(Facts):
    """`entry` as it stands before the act."""

    entry: points_pb2.PointsEntry

    @abstractmethod
    def caller(self) -> str:
        """Who does the act."""

    @abstractmethod
    def scored_before(self) -> tuple[str, ...]:
        """The entries by which the same fact was scored already and still counts: the same cause at the same moment."""

    @abstractmethod
    def appealed(self) -> datetime:
        """When the appeal was made."""


@rule(
    "POINTS_APPEAL_LATE",
    law="CITY-ERS:3(24);MOT-CERT:35",
    zh="已超过对记分提出申诉的期限。",
    en="The time to appeal against these points is over.",
    tells=lambda f: {"due": moment_of(f.entry.appeal_due_time).isoformat()},
)
def appeal_timely(f: PointsFacts) -> bool:
    """An appeal against points is made within the time that the entry names."""
    return f.appealed() <= moment_of(f.entry.appeal_due_time)


@rule(
    "POINTS_JUDGED_BY_SCORER",
    law="CITY-ERS:6(4)",
    zh="作出记分的人员不得审查对该记分的申诉；请由他人审查。",
    en="Whoever scored the points does not decide the appeal against them. Let somebody else decide it.",
)
def judged_by_another(f: PointsFacts) -> bool:
    """An appeal is decided by somebody else than whoever scored the points."""
    return f.caller() != f.entry.scorer


@rule(
    "POINTS_SCORED_ALREADY",
    law="CITY-ERS:3(24)",
    zh="该人员同一时间的同一行为已经记分，不得重复记分。",
    en="Points were scored already for this cause at this moment. The same fact is not scored twice.",
    tells=lambda f: {"entries": ",".join(f.scored_before())},
)
def scored_once(f: PointsFacts) -> bool:
    """One fact gives points once."""
    return f.scored_before() == ()


class CauseFacts(Facts):
    """`cause` as the city wants to put it into its table."""

    cause: points_pb2.PointsCause


@rule(
    "FINE_TARGET_FORBIDDEN",
    guard="G-51",
    law=LAW,
    zh="不得以罚没收入、罚款数额或者案件数量的指标、任务、排名作为记分事由。",
    en="Nobody loses points because fines or case numbers stay below a target, a plan or a rank. Leave this cause out.",
    tells=lambda f: {"code": f.cause.code},
)
def no_fine_target(f: CauseFacts) -> bool:
    """Points are for what somebody did against the law, never for fines that did not come in."""
    return not measures_by_fines(f.cause.title_zh, f.cause.title_en)


# fmt: off
_DECIDED = ("CITY-ERS:3(24)", (judged_by_another,), "")
POINTS_TABLE = table(
    "points",
    ("SCORE_POINTS", "", "SCORED", "CITY-ERS:3(24)", (scored_once,), "", ("记分", "Score")),
    ("APPEAL_POINTS", "SCORED", "APPEALED", "CITY-ERS:3(24)", (appeal_timely,), "", ("申诉", "Appeal")),
    ("UPHOLD_POINTS", "APPEALED", "UPHELD", *_DECIDED, ("维持", "Uphold"), "", "DecidePointsAppeal"),
    ("CHANGE_POINTS", "APPEALED", "CHANGED", *_DECIDED, ("变更", "Change"), "", "DecidePointsAppeal"),
    ("WITHDRAW_POINTS", "APPEALED", "WITHDRAWN", *_DECIDED, ("撤销", "Withdraw"), "", "DecidePointsAppeal"),
    titles=("执法人员计分", "Points"),
)
# fmt: on
POINTS = Procedure("points", PointsFacts, POINTS_TABLE)


def cycle_of(day: date, months: int) -> str:
    """The first month of the cycle that a day belongs to; cycles of so many months are counted from the year 1."""
    first = (day.year - 1) * 12 + day.month - 1
    first -= first % months
    return f"{first // 12 + 1:04d}-{first % 12 + 1:02d}"


def thresholds(layers: Layers, day: date) -> dict[int, Resolved]:
    """From how many points on each level is reached, on a day."""
    return {level: layers.value(key, day) for level, key in THRESHOLDS.items()}


def level_of(total: int, limits: Mapping[int, Resolved]) -> int:
    """The highest level that a total reaches."""
    return max((level for level, limit in limits.items() if total >= limit.value), default=NONE)
