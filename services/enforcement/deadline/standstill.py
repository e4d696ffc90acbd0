"""A case stands still while the police have it, or its inquiry is suspended: that time is none of its term, where its statute
says so.
"""

from datetime import datetime

from yifa.enforcement.v1 import events_pb2 as events
from yifa.law.v1.law_pb2 import Deadline, ExcludedTime

from services.enforcement.case.act import act
from services.enforcement.deadline.model import Clock
from services.kit.act import show_deadlines
from services.kit.clocks import SUSPENDED, deadline_proto, exclude, resume
from services.kit.tx import Tx
from services.law.rule import Unlawful

TERM = "PEN-15"
REFERRAL_TIME, SUSPENSION_TIME = "CRIMINAL_REFERRAL", "SUSPENSION"


def stand_still(tx: Tx, case_id: str, cause: str, ground: str, since: datetime | None = None) -> None:
    """Let the term of a case stand still from now on, or since it did, on one of the two grounds; where its statute knows no such
    time, or it does not run, it is left.
    """
    clock = tx.find(Clock, f"{case_id}/{TERM}")
    if clock is None:
        return
    try:
        exclude(tx, clock, since or tx.now, None, ground=ground, cause=cause)
    except Unlawful:
        return
    deadline = _write(tx, case_id, clock)
    taken = next(e for e in deadline.excluded if not e.HasField("until_time"))
    _tell(tx, case_id, events.TimeExcluded(deadline=deadline, excluded=taken))


def go_on(tx: Tx, case_id: str, ground: str, since: datetime | None = None) -> None:
    """Let the term run on that stood still on a ground."""
    clock = tx.find(Clock, f"{case_id}/{TERM}")
    if clock is None or clock.state != SUSPENDED:
        return
    [lasting] = [e for e in clock.excluded if e["until"] is None]
    if lasting["ground"] != ground:
        return
    resume(tx, clock, since or tx.now)
    deadline = _write(tx, case_id, clock)
    taken: ExcludedTime = max(deadline.excluded, key=lambda e: e.until_time.seconds)
    _tell(tx, case_id, events.TimeResumed(deadline=deadline, excluded=taken))


def _write(tx: Tx, case_id: str, clock: Clock) -> Deadline:
    case = act.open(tx, case_id)
    show_deadlines(case, [clock])
    act.keep(tx, case)
    return deadline_proto(clock)


def _tell(tx: Tx, case_id: str, event: events.TimeExcluded | events.TimeResumed) -> None:
    act.write(tx, act.open(tx, case_id), event)
