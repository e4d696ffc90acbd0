"""The hearing of a case with what an act hands in."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases

from services.law.moment import put_moment

# What a notice tells of a hearing. Another day makes all of it void.
SET = ("hold_time", "place", "notice_time", "notice_receipt", "closed", "announce_time", "announce_address")


def _panel(hearing: cases.Hearing, asked: Any, caller: str, at: datetime) -> None:
    """A new panel takes the place of an earlier one."""
    hearing.host, hearing.clerk, hearing.appointer = asked.host, asked.clerk, caller
    hearing.listeners[:] = asked.listeners
    put_moment(hearing.appoint_time, at)


def _notice(hearing: cases.Hearing, asked: Any, _caller: str, at: datetime) -> None:
    if hearing.HasField("hold_time"):
        hearing.adjournments.add(hold_time=hearing.hold_time, cause=asked.adjourn_cause)
    for name in SET:
        hearing.ClearField(name)
    hearing.hold_time.CopyFrom(asked.hold_time)
    hearing.place, hearing.notice_receipt, hearing.closed = asked.place, asked.receipt, asked.closed
    put_moment(hearing.notice_time, at)


def _announcement(hearing: cases.Hearing, asked: Any, _caller: str, at: datetime) -> None:
    hearing.announce_address = asked.address
    put_moment(hearing.announce_time, at)


def _held(hearing: cases.Hearing, asked: Any, _caller: str, _at: datetime) -> None:
    hearing.minutes.CopyFrom(asked.minutes)


def _end(hearing: cases.Hearing, asked: Any, _caller: str, at: datetime) -> None:
    hearing.end, hearing.end_record = asked.end, asked.record
    put_moment(hearing.end_time, at)


def _report(hearing: cases.Hearing, asked: Any, _caller: str, at: datetime) -> None:
    hearing.report = asked.report
    put_moment(hearing.report_time, at)


PUTS: Mapping[str, Callable[[cases.Hearing, Any, str, datetime], None]] = MappingProxyType(
    {
        "APPOINT_HEARING_PANEL": _panel,
        "NOTIFY_HEARING": _notice,
        "ANNOUNCE_HEARING": _announcement,
        "HOLD_HEARING": _held,
        "END_HEARING": _end,
        "REPORT_HEARING": _report,
    }
)


def hearing_with(hearing: cases.Hearing, act: str, asked: Any, caller: str, at: datetime) -> cases.Hearing:
    """A copy of the hearing with what the request of an act adds to it; for any other act as it stands."""
    made = cases.Hearing.FromString(hearing.SerializeToString())
    if act in PUTS:
        PUTS[act](made, asked, caller, at)
    return made
