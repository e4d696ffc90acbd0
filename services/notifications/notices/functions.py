"""What the tables of notices cannot say themselves: how a record is shown in a sentence, and what has to be looked up."""

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from google.protobuf.timestamp_pb2 import Timestamp

from services.law.clock import catalogue

CHINA = ZoneInfo("Asia/Shanghai")


def local(at: Timestamp) -> str:
    """A moment as people in China read it; nothing for one that is not set."""
    return at.ToDatetime(tzinfo=UTC).astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if at.ByteSize() else ""


def numbered(case: Any) -> str:
    """A case by its number, and by its id before it has one; the same for what is about a case."""
    return str(case.case_number or case.case_id)


def warned_of(warning: Any) -> str:
    """What a warning is about: a case, or else a department."""
    return numbered(warning) or str(warning.node)


SHOWN: Mapping[str, Callable[[Any], str]] = {
    "google.protobuf.Timestamp": local,
    "yifa.enforcement.v1.Case": numbered,
    "yifa.enforcement.v1.CaseRef": numbered,
    "yifa.supervision.v1.FilingReview": numbered,
    "yifa.supervision.v1.Warning": warned_of,
}
"""How a whole record is shown in a sentence."""


def standing_aside(event: Any) -> tuple[str, str]:
    """Who is asked to stand aside: by name where the case tells it."""
    asked = event.recusal.officer_id
    name = next((o.name for o in event.case.officers if o.officer_id == asked and o.name), asked)
    return name, name


def quota_clock(event: Any) -> tuple[str, str]:
    """What has to be held in a year."""
    clock = catalogue().get(event.quota.clock_id)
    return (clock.title_zh, clock.title_en) if clock else ("", "")


KERNEL = ("期限计算程序", "the code that counts")


def why_moved(event: Any) -> tuple[str, str]:
    """Why a term moved: a year was proclaimed, or law data was corrected."""
    if not event.HasField("correction"):
        year, source = event.calendar_year, event.source
        return f"{year}年放假安排（{source}）公布", f"The holidays of {year} are proclaimed ({source})"
    said = [KERNEL if row == "kernel" else (row, row) for row in event.correction.rows]
    zh, en = "、".join(zh for zh, _ in said), ", ".join(en for _, en in said)
    before = event.correction.citation
    return (
        f"系统法律数据更正（{zh}，更正前依{before.text_zh}）",
        f"Law data of the system was corrected ({en}; before, by {before.text_en})",
    )


NAMED: Mapping[str, tuple[Callable[[Any], tuple[str, str]], tuple[str, ...]]] = {
    "standing_aside": (standing_aside, ("recusal.officer_id", "case.officers.name")),
    "why_moved": (why_moved, ("calendar_year", "source", "correction.rows", "correction.citation.text_zh")),
    "quota_clock": (quota_clock, ("quota.clock_id",)),
}
"""The functions that tables may name, each saying both languages, and the fields that an event must have for them."""
