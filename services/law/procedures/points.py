"""The points system: its way, appeals in time, decided by somebody else; and when a cycle begins."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yifa.registry.v1 import points_pb2

from services.law.parameters import Layers, Resolved
from services.law.process import Move, Process, rule

NONE = points_pb2.POINTS_LEVEL_NONE


SUSPENSION = points_pb2.POINTS_LEVEL_SUSPENSION


THRESHOLDS = {
    points_pb2.POINTS_LEVEL_WARNING: "points.warning",
    points_pb2.POINTS_LEVEL_RETRAINING: "points.retraining",
    points_pb2.POINTS_LEVEL_SUSPENSION: "points.suspension",
}
"""The parameter that sets each level, the mildest first."""


@dataclass(frozen=True)
class PointsFacts:
    """What the rules on points look at."""

    in_time: bool = True
    another: bool = True


@rule("POINTS_APPEAL_LATE", law="CITY-ERS:3(24);MOT-CERT:35", zh="已超过对记分提出申诉的期限。")
def appeal_timely(facts: PointsFacts) -> bool:
    """An appeal against points is made within the time that the entry names."""
    return facts.in_time


@rule("POINTS_JUDGED_BY_SCORER", law="CITY-ERS:6(4)", zh="作出记分的人员不得审查对该记分的申诉。")
def judged_by_another(facts: PointsFacts) -> bool:
    """An appeal is decided by somebody else than whoever scored the points."""
    return facts.another


def cycle_of(day: date, months: int) -> str:
    """The first month of the cycle that a day belongs to; cycles of so many months are counted from the year 1."""
    first = (day.year - 1) * 12 + day.month - 1
    first -= first % months
    return f"{first // 12 + 1:04d}-{first % 12 + 1:02d}"


def thresholds(layers: Layers, day: date) -> dict[int, Resolved]:
    """From how many points on each level is reached, on a day."""
    return {level: layers.value(key, day) for level, key in THRESHOLDS.items()}


def level_of(total: int, limits: dict[int, Resolved]) -> int:
    """The highest level that a total reaches."""
    return max((level for level, limit in limits.items() if total >= limit.value), default=NONE)


# fmt: off
_DECIDED: dict[str, Any] = {"law": "CITY-ERS:3(24)", "rules": (judged_by_another,)}

POINTS = Process(
    "points",
    #    act        from        to
    Move("SCORE",    "",         "SCORED",    "CITY-ERS:3(24)", title_zh="记分", title_en="Score"),
    Move("APPEAL",   "SCORED",   "APPEALED",  "CITY-ERS:3(24)", (appeal_timely,), title_zh="申诉", title_en="Appeal"),
    Move("UPHOLD",   "APPEALED", "UPHELD",    **_DECIDED, title_zh="维持", title_en="Uphold"),
    Move("CHANGE",   "APPEALED", "CHANGED",   **_DECIDED, title_zh="变更", title_en="Change"),
    Move("WITHDRAW", "APPEALED", "WITHDRAWN", **_DECIDED, title_zh="撤销", title_en="Withdraw"),
    titles=("执法人员计分", "Points"),
)
# fmt: on
