"""The sealed fields of messages: where there is room for them, and how they are taken out of a request."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from yifa.law.v1 import options_pb2

from services.kit.refusal import Malformed

SHORTEST = 2
"""A text of one character says of nobody who it is, and stands in any other."""


def is_sealed(field: FieldDescriptor) -> bool:
    return bool(field.GetOptions().Extensions[options_pb2.privacy] == options_pb2.PRIVACY_SEALED)


@cache
def has_room(kind: Descriptor) -> bool:
    """Whether a message can hold anything that is sealed. Raises ValueError for room where it could not be taken out: in lists,
    maps, or what is no text.
    """
    found = False
    for each in _within(kind):
        found = _holds(each) or found
        for field in each.fields:
            if field.message_type is not None and field.is_repeated and _sealed_in(field.message_type):
                raise ValueError(f"{field.full_name} is a list with room for what is sealed")
    return found


@cache
def _sealed_in(kind: Descriptor) -> bool:
    """Whether it is sealed in a message, or in one that can stand in it."""
    return any(map(_holds, _within(kind)))


def _within(kind: Descriptor) -> Iterator[Descriptor]:
    """A message and all that can stand in it, each once."""
    seen, left = {kind.full_name}, [kind]
    while left:
        yield (each := left.pop())
        for field in each.fields:
            inner = field.message_type
            if inner is not None and inner.full_name not in seen:
                seen.add(inner.full_name)
                left.append(inner)


@cache
def _holds(kind: Descriptor) -> bool:
    """Whether a field of the message itself is sealed."""
    sealed = [field for field in kind.fields if is_sealed(field)]
    for field in sealed:
        if field.type != FieldDescriptor.TYPE_STRING or field.is_repeated:
            raise ValueError(f"{field.full_name} is sealed, and is no single text")
    return bool(sealed)


def check_room(method: Any, kind: str, unseals: str) -> None:
    """Raises ValueError for a method that would take or tell what is sealed in a way that nobody looks after."""
    if has_room(method.input_type) and kind != "write":
        raise ValueError(f"{method.full_name} takes what is sealed, and is no write")
    if has_room(method.output_type) and not unseals:
        raise ValueError(
            f"{method.full_name} has room for what is sealed in its response, and does not unseal"
        )
    if unseals and kind != "write":
        raise ValueError(f"{method.full_name} unseals, and leaves no event")


def take(request: Message) -> Message | None:
    """Take the sealed texts out of a request: a message of its kind with them alone, None where there are none.

    Raises Malformed where another text of the request repeats one of them.
    """
    if not has_room(request.DESCRIPTOR):
        return None
    taken = type(request)()
    _move(request, taken)
    secrets = [text for _, text in _texts(taken, "") if len(text) >= SHORTEST]
    if not secrets:
        return taken if taken.ByteSize() else None
    for path, text in _texts(request, ""):
        if any(secret in text for secret in secrets):
            said = (
                "repeats what another field has sealed: leave it out here",
                "重复了应当密封的信息，请在此处略去",
            )
            raise Malformed({path: said}, reason="SEALED_IN_CLEAR")
    return taken


def _move(source: Message, target: Message) -> None:
    for field in source.DESCRIPTOR.fields:
        if is_sealed(field):
            if text := getattr(source, field.name):
                setattr(target, field.name, text)
                source.ClearField(field.name)
        elif field.message_type is not None and has_room(field.message_type) and source.HasField(field.name):
            _move(getattr(source, field.name), getattr(target, field.name))


def without(message: Message) -> Message:
    """A message without what is sealed, and without the messages that have room for it."""
    for field in message.DESCRIPTOR.fields:
        if is_sealed(field) or (field.message_type is not None and has_room(field.message_type)):
            message.ClearField(field.name)
    return message


def paths(taken: Message) -> tuple[str, ...]:
    """Which sealed fields a request had, as "reporter.name"."""
    return tuple(path for path, _ in _texts(taken, ""))


def _texts(message: Message, path: str) -> Iterator[tuple[str, str]]:
    """Every text of a message, with its path."""
    for field, value in message.ListFields():
        here = f"{path}{field.name}"
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            for key in value:
                yield from ((here, text) for text in (key, value[key]) if isinstance(text, str))
        elif field.message_type is not None:
            for n, inner in enumerate(value if field.is_repeated else (value,)):
                yield from _texts(inner, f"{here}[{n}]." if field.is_repeated else f"{here}.")
        elif field.type == FieldDescriptor.TYPE_STRING:
            yield from ((here, text) for text in (value if field.is_repeated else (value,)))
