"""What every event says of itself: who may send it, by which names clocks and procedures know it, to whom it goes, and how people
are told of it.

Read from the options in the events.proto of each service (yifa.law.v1.event), so that it is said once.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter
from types import MappingProxyType

import yifa
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from yifa.law.v1 import options_pb2

Home = options_pb2.Home
Addressee = options_pb2.Addressee
NAME = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
"""How a name of legal character looks: what it happened to, and what happened, as "decision.made"."""
SHOWN = ("yifa.law.v1.Money", "google.protobuf.Timestamp")
"""The messages that can be read in a sentence."""


@cache
def events() -> Mapping[str, options_pb2.Event]:
    """The option of every event by the full name of its message, in the order of the contracts.

    Raises ValueError for an event without a home, an addressee or a title, for a name that is not well formed, and for a place in
    its words that is no field of it that can be read.
    """
    found = {}
    for service in _services():
        contract = import_module(f"yifa.{service}.v1.events_pb2")
        for message in contract.DESCRIPTOR.message_types_by_name.values():
            said = found[message.full_name] = message.GetOptions().Extensions[options_pb2.event]
            if not (said.home and said.to):
                raise ValueError(
                    f"{message.full_name}: the option yifa.law.v1.event says no home or no addressee"
                )
            if wrong := [name for name in said.announces if not NAME.fullmatch(name)]:
                raise ValueError(f"{message.full_name}: {wrong[0]!r} is no name as 'decision.made'")
            check_words(message, said)
    return MappingProxyType(found)


def check_words(event: Descriptor, said: options_pb2.Event) -> None:
    """Raises ValueError for words that are missing in a language, or have a place that is no field that can be read."""
    if not (said.title.zh and said.title.en):
        raise ValueError(f"{event.full_name}: its option has no title in both languages")
    if bool(said.line.zh) != bool(said.line.en):
        raise ValueError(f"{event.full_name}: its option has a line in one language only")
    for text in (said.title.zh, said.title.en, said.line.zh, said.line.en):
        for _, path, _, _ in Formatter().parse(text):
            if path is not None:
                _check_place(event, path)


def _check_place(event: Descriptor, path: str) -> None:
    at: Descriptor | None = event
    field: FieldDescriptor | None = None
    for name in path.split("."):
        field = at.fields_by_name.get(name) if at is not None else None
        if field is None:
            raise ValueError(f"{event.full_name}: its words speak of {path!r}, and there is no {name!r}")
        at = None if field.is_repeated else field.message_type
    if field is None or field.enum_type is not None or (at is not None and at.full_name not in SHOWN):
        raise ValueError(f"{event.full_name}: its words speak of {path!r}, which cannot be read")


def _services() -> list[str]:
    """The services with events. The generated packages have no __init__, so they are found as files."""
    files = (file for root in yifa.__path__ for file in Path(root).glob("*/v1/events_pb2.py"))
    return sorted(file.parent.parent.name for file in files)


def announced_by(event: str) -> tuple[str, ...]:
    """The names by which clocks and procedures know an event, given the full name of its message; none for any other."""
    said = events().get(event)
    return tuple(said.announces) if said else ()


def home_of(event: str) -> int:
    """The kind of node that alone may send an event, a Home. Raises KeyError for what is no event."""
    return events()[event].home


def addressee_of(event: str) -> int:
    """Whom an event is for, an Addressee. Raises KeyError for what is no event."""
    return events()[event].to


@cache
def announcers() -> Mapping[str, tuple[str, ...]]:
    """The events that announce each name, by their full names."""
    found: dict[str, tuple[str, ...]] = {}
    for event, said in events().items():
        for name in said.announces:
            found[name] = (*found.get(name, ()), event)
    return MappingProxyType(found)
