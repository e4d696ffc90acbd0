"""What an event says that matters here, and the words for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.notifications.v1 import notification_pb2 as pb

CHINA = ZoneInfo("Asia/Shanghai")
INFO, YELLOW = pb.NOTIFICATION_LEVEL_INFO, pb.NOTIFICATION_LEVEL_YELLOW
ORANGE, RED = pb.NOTIFICATION_LEVEL_ORANGE, pb.NOTIFICATION_LEVEL_RED


@dataclass(frozen=True)
class About:
    """What an event says that matters here. `node` is the department that it is about."""

    node: str
    level: int
    people: tuple[str, ...] = ()
    case_id: str = ""
    case_number: str = ""
    words: dict[str, str] = field(default_factory=dict)
    # The department that says so, where it is not the one that it is about.
    origin: str = ""


@dataclass(frozen=True)
class Text:
    """The words for one event; braces are filled from `About.words`."""

    about: Callable[[Any], About]
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str


def local(at: Timestamp) -> str:
    """A moment as people in China read it; a dash for one that is not set."""
    if not at.ByteSize():
        return "—"
    return at.ToDatetime(tzinfo=UTC).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
