"""How every event is told to people: a title and one line, in Chinese and English."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from google.protobuf.message import DecodeError, Message
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.law.v1 import events_pb2 as law
from yifa.notifications.v1 import events_pb2 as notifications
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import events_pb2 as supervision

FILES = (enforcement, registry, notifications, supervision, law)


@dataclass(frozen=True)
class Title:
    """What an event is called, and templates of its line; `{…}` are paths into the event."""

    zh: str
    en: str
    line_zh: str = ""
    line_en: str = ""


@dataclass(frozen=True)
class Line:
    """One event in both languages."""

    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str


def titles() -> Mapping[str, Title]:
    """Every title, by the full name of its event."""
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {name: Title(**words) for name, words in told.items()}


TITLES = titles()


@cache
def classes() -> Mapping[str, Callable[[bytes], Message]]:
    """Every event of the contracts, by full name, as what reads its bytes."""
    return {
        message.full_name: getattr(file, name).FromString
        for file in FILES
        for name, message in file.DESCRIPTOR.message_types_by_name.items()
    }


def line(type_name: str, data: bytes) -> Line:
    """An event in one line of each language; one that this release does not know goes by its name."""
    title = TITLES.get(type_name)
    read = classes().get(type_name)
    if title is None or read is None:
        name = type_name.rpartition(".")[2]
        return Line(name, name, "", "")
    try:
        event = read(data)
    except DecodeError:
        return Line(title.zh, title.en, "", "")
    zh, en = Shown(event, "、"), Shown(event, ", ")
    return Line(
        title.zh.format_map(zh),
        title.en.format_map(en),
        title.line_zh.format_map(zh),
        title.line_en.format_map(en),
    )


class Shown:
    """A message as templates see it: money in yuan, lists joined, officers by name."""

    def __init__(self, message: Message, comma: str) -> None:
        self._message, self._comma = message, comma

    def __getattr__(self, name: str) -> object:
        value = getattr(self._message, name)
        if isinstance(value, Message):
            return (
                yuan(value.fen)
                if value.DESCRIPTOR.full_name == "yifa.law.v1.Money"
                else Shown(value, self._comma)
            )
        if isinstance(value, str | int | float):
            return value
        return self._comma.join(getattr(item, "name", str(item)) for item in value)

    __getitem__ = __getattr__


def yuan(fen: int) -> str:
    return f"¥{fen // 100:,}.{fen % 100:02d}"
