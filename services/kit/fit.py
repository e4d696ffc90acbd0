"""What a body must be before a reaction looks at it: nothing in it that no calendar, no database and no contract here knows.

A request is held against the contract by the service that takes it (services.kit.text). An event comes from another node, whose
services did that; whoever has that node's key may have left it out, and a later contract may know more. Nothing is put right
here: what an event says is kept as it was said, or is not taken.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from services.kit.refusal import Rejected
from services.kit.text import FIRST, LAST, NANOS

F = FieldDescriptor
Look = Callable[[Any], str]
"""What is wrong with a value; empty where nothing is."""


class Unfit(Rejected):
    """An event says what cannot be, or what the contract here does not know: where a later one does, it can be tried again."""


def hold_fit(event: Message, data: bytes) -> None:
    """Raises Unfit, with the field, where an event says what cannot be. `data` is what it was read from: where no zero byte is in
    it, no text has to be looked at.
    """
    if wrong := (_whole if b"\0" in data else _but_texts)(event):
        raise Unfit(wrong)


def asked(record: Message, *names: str) -> None:
    """Raises Unfit where a record lacks what its reaction works with."""
    for name in names:
        field = record.DESCRIPTOR.fields_by_name[name]
        if not (record.HasField(name) if _single(field) else getattr(record, name)):
            raise Unfit(f"{record.DESCRIPTOR.name}.{name}: nothing is said")


def _moment(at: Any) -> str:
    good = FIRST <= at.seconds < LAST and 0 <= at.nanos < NANOS
    return (
        ""
        if good
        else f"no moment between 1949-10-01 and the end of the year 2999 (seconds {at.seconds}, nanos {at.nanos})"
    )


def _day(day: Any) -> str:
    try:
        date(day.year, day.month, day.day)
    except ValueError:
        return f"no day of the calendar ({day.year}-{day.month}-{day.day})"
    return ""


def _text(text: str) -> str:
    return "holds a NUL character, which no database keeps" if "\0" in text else ""


@cache
def _choice(field: FieldDescriptor) -> Look:
    known = frozenset(field.enum_type.values_by_number)
    name = field.enum_type.name

    def look(value: int) -> str:
        return "" if value in known else f"{value} is no value of {name} in the contract of this node"

    return look


OF_KIND: dict[str, Look] = {"google.protobuf.Timestamp": _moment, "google.type.Date": _day}
"""Messages that are one value."""
Plan = tuple[tuple[str, bool, bool, Look], ...]


def _walker(*, texts: bool) -> Look:
    """Looks through a message and all in it, at its texts too where that is wanted."""

    def wrong(message: Any) -> str:
        for name, repeated, single, look in plan(message.DESCRIPTOR):
            if single and not message.HasField(name):
                continue
            value = getattr(message, name)
            for each in value if repeated else (value,):
                if found := look(each):
                    return f"{name}.{found}" if look is wrong else f"{name}: {found}"
        return ""

    @cache
    def plan(kind: Descriptor) -> Plan:
        looks = ((field, look_at(field)) for field in kind.fields)
        return tuple((f.name, f.is_repeated, _single(f), look) for f, look in looks if look is not None)

    def look_at(field: FieldDescriptor) -> Look | None:
        inner = field.message_type
        if field.enum_type is not None:
            return _choice(field)
        if field.type == F.TYPE_STRING:
            return _text if texts else None
        if inner is None or inner.GetOptions().map_entry or not _holds(inner):
            return None
        look: Look = OF_KIND.get(inner.full_name, wrong)
        return look

    return wrong


def _single(field: FieldDescriptor) -> bool:
    """Whether a field is a message that may be absent."""
    return field.message_type is not None and not field.is_repeated


@cache
def _holds(kind: Descriptor) -> bool:
    """Whether there is anything to look at in a message; of one that may hold itself, there is."""
    return kind.full_name in OF_KIND or _among(kind.fields, frozenset({kind.full_name}))


def _among(fields: Iterable[FieldDescriptor], seen: frozenset[str]) -> bool:
    return any(
        f.enum_type is not None
        or f.type == F.TYPE_STRING
        or (
            f.message_type is not None
            and (
                f.message_type.full_name in seen
                or f.message_type.full_name in OF_KIND
                or _among(f.message_type.fields, seen | {f.message_type.full_name})
            )
        )
        for f in fields
    )


_whole, _but_texts = _walker(texts=True), _walker(texts=False)
