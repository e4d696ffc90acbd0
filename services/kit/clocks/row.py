"""The row of a clock, and what may be done with one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from services.kit.store import Instant, JsonList, Row
from services.law.process import Move, Process

RUNNING, SUSPENDED, EXPIRED, MET = "RUNNING", "SUSPENDED", "EXPIRED", "MET"

# fmt: off
CLOCK = Process(
    "clock",
    #    act        from       to         law                rules  roles  titles
    Move("START",   "",        RUNNING,   "CIV-2020:201(1)", (), (), "起算", "Start"),
    Move("EXTEND",  RUNNING,   RUNNING,   "CIV-2020:204",    (), (), "延长", "Extend"),
    Move("EXTEND",  SUSPENDED, SUSPENDED, "CIV-2020:204",    (), (), "延长", "Extend"),
    # What was approved in time holds, though it is written down later.
    Move("EXTEND",  EXPIRED,   EXPIRED,   "CIV-2020:204",    (), (), "延长", "Extend"),
    Move("SUSPEND", RUNNING,   SUSPENDED, "CIV-2020:204",    (), (), "暂停计算", "Suspend"),
    Move("RESUME",  SUSPENDED, RUNNING,   "CIV-2020:204",    (), (), "恢复计算", "Resume"),
    Move("EXCLUDE", RUNNING,   RUNNING,   "CIV-2020:204",    (), (), "扣除时间", "Exclude time"),
    # Time that the law excludes counts for nothing however late it is written down.
    Move("EXCLUDE", EXPIRED,   EXPIRED,   "CIV-2020:204",    (), (), "扣除时间", "Exclude time"),
    Move("EXPIRE",  RUNNING,   EXPIRED,   "CIV-2020:203(1)", (), (), "届满", "Expire"),
    Move("MOVE",    EXPIRED,   RUNNING,   "HOL-2024:7",      (), (), "顺延后续算", "Run on"),
    Move("MEET",    RUNNING,   MET,       "CIV-2020:200",    (), (), "办结", "Meet"),
    Move("MEET",    SUSPENDED, MET,       "CIV-2020:200",    (), (), "办结", "Meet"),
    Move("MEET",    EXPIRED,   MET,       "CIV-2020:200",    (), (), "逾期办结", "Meet late"),
)
# fmt: on


class ClockRow(Row):
    """One clock of one record. `next_time` is when it fires next; empty when nothing is left to fire.

    excluded: {from, until, ground, law, cause}, `until` null while it lasts. extensions: {amount, unit, by, approved,
    recorded, document, approver, law, cause, discussion}. `edition` is that of the law by which it was counted; earlier: by which
    it was counted before, and when it fell due by it: {edition, due}. Moments in all are microseconds.
    """

    key: str = Field(primary_key=True)
    subject: str = Field(index=True)
    clock_id: str
    law: str
    sector: str = ""
    state: str = RUNNING
    start_time: datetime = Field(sa_type=Instant)
    due_time: datetime = Field(sa_type=Instant)
    stop_time: datetime | None = Field(default=None, sa_type=Instant)
    provisional: bool = False
    excluded: tuple[Mapping[str, Any], ...] = Field(default=(), sa_type=JsonList)
    extensions: tuple[Mapping[str, Any], ...] = Field(default=(), sa_type=JsonList)
    stage: int = 0
    next_time: datetime | None = Field(default=None, sa_type=Instant, index=True)
    edition: str = ""
    earlier: tuple[Mapping[str, Any], ...] = Field(default=(), sa_type=JsonList)


def due_index() -> tuple[Index, ...]:
    """What a clock table is asked by: a state, in the order in which its clocks fall due."""
    return (Index("clock_due", "state", "due_time", "key"),)
