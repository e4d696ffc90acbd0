"""A filled example of any event, built from its descriptor."""

from collections.abc import Iterator
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

H = "huanbao"
DAY = 1_800_000_000
DEEP = 5


TURNS = range(8)
"""In so many examples every enumeration that a sentence says has each of its values, and every yes or no is both."""


def example(kind: type[Message], mark: str = "示例", turn: int = 0) -> Any:
    """An event in which every field says something; texts begin with the mark."""
    event = kind()
    _fill(event, mark, turn, 0)
    return event


def examples(kind: type[Message]) -> Iterator[Any]:
    return (example(kind, turn=turn) for turn in TURNS)


def _fill(message: Message, mark: str, turn: int, depth: int) -> None:
    for field in message.DESCRIPTOR.fields:
        if field.message_type is not None:
            _below(message, field, mark, turn, depth)
            continue
        value = _value(field, mark, turn)
        if field.is_repeated:
            getattr(message, field.name).extend([value, value])
        else:
            setattr(message, field.name, value)


def _below(message: Message, field: FieldDescriptor, mark: str, turn: int, depth: int) -> None:
    name = field.message_type.full_name
    there = getattr(message, field.name)
    if name == "google.protobuf.Timestamp":
        (there.add() if field.is_repeated else there).seconds = DAY
    elif depth < DEEP and not field.message_type.GetOptions().map_entry:
        for below in [there.add(), there.add()] if field.is_repeated else [there]:
            below.SetInParent()
            _fill(below, mark, turn, depth + 1)


def _value(field: FieldDescriptor, mark: str, turn: int) -> Any:
    if field.enum_type is not None:
        known = field.enum_type.values[1:]
        return known[turn % len(known)].number
    if field.name == "clock_id":
        return "OFF-03"
    if field.type == FieldDescriptor.TYPE_STRING:
        return (
            H
            if field.name == "node" or field.name.endswith("_node")
            else f"{mark}{field.name.replace('_', '·')}"
        )
    if field.type == FieldDescriptor.TYPE_BOOL:
        return turn % 2 == 0
    return mark.encode() if field.type == FieldDescriptor.TYPE_BYTES else 7
