"""How an event that was received is told to people: its title and one line, in Chinese and English, as its contract has them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from google.protobuf.message import DecodeError, Message
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.journal.v1 import events_pb2 as journal
from yifa.law.v1 import events_pb2 as law
from yifa.law.v1.law_pb2 import Money
from yifa.notifications.v1 import events_pb2 as notifications
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import events_pb2 as supervision

from services.law.calendar import SHANGHAI
from services.law.event import events
from services.law.moment import moment_of

FILES = (enforcement, registry, notifications, supervision, law, journal)


@dataclass(frozen=True)
class Line:
    """One event in both languages."""

    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str


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
    said = events().get(type_name)
    read = classes().get(type_name)
    if said is None or read is None:
        name = type_name.rpartition(".")[2]
        return Line(name, name, "", "")
    try:
        event = read(data)
        zh, en = Shown(event, "、"), Shown(event, ", ")
        return Line(
            said.title.zh.format_map(zh),
            said.title.en.format_map(en),
            said.line.zh.format_map(zh),
            said.line.en.format_map(en),
        )
    except (DecodeError, OverflowError):
        return Line(said.title.zh, said.title.en, "", "")


class Shown:
    """A message as templates see it: money in yuan, moments by their day here, lists joined, officers by name."""

    def __init__(self, message: Message, comma: str) -> None:
        self._message, self._comma = message, comma

    def __getattr__(self, name: str) -> object:
        value = getattr(self._message, name)
        if isinstance(value, Money):
            return yuan(value.fen)
        if isinstance(value, Timestamp):
            return str(moment_of(value).astimezone(SHANGHAI).date()) if self._message.HasField(name) else ""
        if isinstance(value, Message):
            return Shown(value, self._comma)
        if isinstance(value, str | int | float):
            return value
        return self._comma.join(getattr(item, "name", str(item)) for item in value)

    __getitem__ = __getattr__


def yuan(fen: int) -> str:
    return f"¥{fen // 100:,}.{fen % 100:02d}"
