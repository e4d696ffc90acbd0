"""What in the record of a case cannot be: times before there was any law to act by, or after the record itself, and durations
below nothing. What cannot be counts in no figure.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from yifa.enforcement.v1.case_pb2 import Case

from services.law.calendar import SHANGHAI
from services.law.moment import micros, moment_at, parts

# The Law on Administrative Penalties is in force since this day; nothing was decided by it before.
FIRST = datetime(1996, 10, 1, tzinfo=SHANGHAI)
# Clocks of two systems may differ.
LEEWAY = timedelta(days=1)
NEVER = datetime.max.replace(tzinfo=UTC)
TIMES = {
    "clue.receive_time": ("线索接收时间", "the clue's receipt"),
    "file_time": ("立案时间", "the filing"),
    "notice.serve_time": ("告知送达时间", "the service of the notice"),
    "decision.decide_time": ("决定时间", "the decision"),
    "service.serve_time": ("决定送达时间", "the service of the decision"),
    "perform_time": ("履行时间", "the performance"),
    "close_time": ("结案时间", "the closing"),
}
# What cannot end before it began.
SPANS = (
    ("file_time", "decision.decide_time"),
    ("decision.decide_time", "service.serve_time"),
    ("file_time", "close_time"),
)


# The same as numbers: for every record that is told it is asked whether it can be.
_FIRST, _NEVER, _LEEWAY = micros(FIRST), micros(NEVER), LEEWAY // timedelta(microseconds=1)
_WAYS = {path: parts(path) for path in TIMES}


class Fault(NamedTuple):
    """What cannot be: IMPOSSIBLE_TIME or NEGATIVE_DURATION, of which times."""

    reason: str
    about: str
    at: datetime
    zh: str
    en: str


def possible(case: Case) -> bool:
    """Whether nothing in a record is what cannot be: nearly always."""
    known = _micros(case, "update_time")
    latest = _NEVER if known is None else known + _LEEWAY
    times: dict[str, int] = {}
    for path, (way, name) in _WAYS.items():
        at = _micros(case if way is None else way(case), name)
        if at is None:
            continue
        if not _FIRST <= at <= latest:
            return False
        times[path] = at
    if len(times) < 2 or case.earlier_decisions:
        return True
    return not any(b in times and e in times and times[e] < times[b] for b, e in SPANS)


def _micros(message: Any, name: str) -> int | None:
    """A time in a message in microseconds since 1970; None when it is not set."""
    if not message.HasField(name):
        return None
    stamp = getattr(message, name)
    return int(stamp.seconds * 1_000_000 + stamp.nanos // 1000)


def faults(case: Case) -> Iterator[Fault]:
    """What in a record cannot be. A decision that was made anew begins another round, of which only the times are looked at."""
    if possible(case):
        return
    times = {path: at for path in TIMES if (at := moment_at(case, path)) is not None}
    latest = _latest(case)
    for path, at in times.items():
        if not FIRST <= at <= latest:
            zh, en = TIMES[path]
            day = f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
            yield Fault(
                "IMPOSSIBLE_TIME",
                path,
                at,
                f"{zh}为{day}，不可能发生",
                f"the time of {en} is {day}, which cannot be",
            )
    if case.earlier_decisions:
        return
    for began, ended in SPANS:
        if began in times and ended in times and times[ended] < times[began]:
            (zh, en), (then_zh, then_en) = TIMES[began], TIMES[ended]
            yield Fault(
                "NEGATIVE_DURATION",
                f"{began}/{ended}",
                times[ended],
                f"{then_zh}早于{zh}",
                f"{then_en} lies before {en}",
            )


def impossible(case: Case, at: datetime) -> bool:
    """Whether a time in a record cannot be."""
    return not FIRST <= at <= _latest(case)


def _latest(case: Case) -> datetime:
    """The last moment that the record can know of."""
    known = moment_at(case, "update_time")
    return known + LEEWAY if known is not None else NEVER
