"""The way of points scored for an officer, as a table."""

from services.law.process import Move, Process
from services.registry.rules.points import appeal_timely, judged_by_another

# fmt: off
_DECIDED = {"law": "CITY-ERS:3(24)", "rules": (judged_by_another,)}

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
