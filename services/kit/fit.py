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
"""Where in a value something is wrong, and what, as it follows the name of the field; empty where nothing is."""


class Unfit(Rejected):
    """An event says what cannot be, or what the contract here does not know: where a later one does, it can be tried again."""


def hold_fit(event: Message, data: bytes) -> None:
    """Raises Unfit, with the field, where an event says what cannot be. `data` is what it was read from: where no zero byte is in
    it, no text has to be looked at.
    """
    if wrong := (_whole if b"\0" in data else _but_texts)(event):
        raise Unfit(wrong.removeprefix("."))


def hold_time(at: int) -> None:
    """Raises Unfit where an event says that it happened when nothing can have, in microseconds since 1970."""
    if not FIRST <= at // 1_000_000 < LAST:
        raise Unfit(f"at: no moment between 1949-10-01 and the end of the year 2999 ({at} µs)")


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
        else f": no moment between 1949-10-01 and the end of the year 2999 (seconds {at.seconds}, nanos {at.nanos})"
    )


def _day(day: Any) -> str:
    try:
        date(day.year, day.month, day.day)
    except ValueError:
        return f": no day of the calendar ({day.year}-{day.month}-{day.day})"
    return ""


def _count(version: int) -> str:
    return f": {version} is no version: they count up from nothing" if version < 0 else ""


def _text(text: str) -> str:
    return ": holds a NUL character, which no database keeps" if "\0" in text else ""


@cache
def _choice(field: FieldDescriptor) -> Look:
    known = frozenset(field.enum_type.values_by_number)
    name = field.enum_type.name

    def look(value: int) -> str:
        return "" if value in known else f": {value} is no value of {name} in the contract of this node"

    return look


OF_KIND: dict[str, Look] = {"google.protobuf.Timestamp": _moment, "google.type.Date": _day}
"""Messages that are one value."""


def _walker(*, texts: bool) -> Look:
    """Looks through a message and all in it, at its texts too where that is wanted."""
    looks: dict[FieldDescriptor, Look | None] = {}

    def wrong(message: Any) -> str:
        # what is not said is nothing that could be wrong, and most fields of a record are not
        for field, value in message.ListFields():
            try:
                look = looks[field]
            except KeyError:
                look = looks[field] = look_at(field)
            if look is not None and (found := look(value)):
                return f".{field.name}{found}"
        return ""

    def look_at(field: FieldDescriptor) -> Look | None:
        inner = field.message_type
        if inner is not None and (inner.GetOptions().map_entry or not _holds(inner, texts)):
            return None
        if inner is not None:
            single: Look | None = OF_KIND.get(inner.full_name, wrong)
        else:
            single = _single_look(field, texts)
        return _each(single) if single is not None and field.is_repeated else single

    return wrong


def _single_look(field: FieldDescriptor, texts: bool) -> Look | None:
    if field.enum_type is not None:
        return _choice(field)
    if _counts(field):
        return _count
    return _text if texts and _said(field) else None


def _each(single: Look) -> Look:
    """A look at several values; what is wrong with the first that is not right."""
    return lambda values: next(filter(None, map(single, values)), "")


def _counts(field: FieldDescriptor) -> bool:
    """Whether a field is the version of a record: what comes before the first would never be kept whole."""
    return bool(field.name == "version" and field.type == F.TYPE_INT64)


def _said(field: FieldDescriptor) -> bool:
    return bool(field.type == F.TYPE_STRING)


def _single(field: FieldDescriptor) -> bool:
    """Whether a field is a message that may be absent."""
    return field.message_type is not None and not field.is_repeated


@cache
def _holds(kind: Descriptor, texts: bool) -> bool:
    """Whether there is anything to look at in a message; of one that may hold itself, there is."""
    return kind.full_name in OF_KIND or _among(kind.fields, texts, frozenset({kind.full_name}))


def _among(fields: Iterable[FieldDescriptor], texts: bool, seen: frozenset[str]) -> bool:
    return any(
        f.enum_type is not None
        or _counts(f)
        or (texts and _said(f))
        or (
            f.message_type is not None
            and (
                f.message_type.full_name in seen
                or f.message_type.full_name in OF_KIND
                or _among(f.message_type.fields, texts, seen | {f.message_type.full_name})
            )
        )
        for f in fields
    )


_whole, _but_texts = _walker(texts=True), _walker(texts=False)
