"""The tables of notices, read and checked: every fault is told with its file and line when the service starts.

[EventName]                       of the service that the file is named for
about = "certificate"             the field that holds the record; left out, the event is the record itself
level = "RED"                     INFO, YELLOW, ORANGE or RED; or by what a field says, else INFO (or `else`):
                                  { by = "body.pending.late", yes = "ORANGE", no = "YELLOW" }
department = ["people", "UNIT_HEAD"]   who is told at the department: roles, and those whom the record names
city = ["OVERSIGHT"]              who is told at the city; department_if_grave, city_if_grave: only at ORANGE or RED
title_zh, title_en, body_zh, body_en   the words; what braces may hold stands in template.py

Where the record does not tell it by the usual fields: node (the department concerned), people, case_id, case_number;
office: the field with the agency whose liaison is told too, at the department;
people_else, the role that is told while there are no people; before: it goes where notices went before the change that it
tells of; origin: the field with the department that says it, if it is not the one concerned. Whether a department or the city
says it is told by the event itself, in its contract.
"""

import importlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path as File
from typing import Any

from google.protobuf import descriptor_pool
from google.protobuf.descriptor import Descriptor, EnumDescriptor
from google.protobuf.message import Message
from yifa.law.v1 import options_pb2 as options

from services.law.written import text_of, toml_in
from services.notifications.notices.entry import CITY, DEPARTMENT, LEVELS, PEOPLE, TEXTS, Audience, Entry
from services.notifications.notices.template import Pair, Path, Words, path_of, short_names, template
from services.notifications.recipient import ROLE, ROLES

FOLDER = File(__file__).parent
SERVICES = ("registry", "enforcement", "supervision", "notifications")
WORDS = "words.toml"
AUDIENCES = tuple((place, end) for place in (DEPARTMENT, CITY) for end in ("", "_if_grave"))
# Where the fields of a record stand, if the entry does not say.
USUAL = {
    "node": ("node",),
    "people": ("officers.officer_id", "officer_id"),
    "case_id": ("case_id",),
    "case_number": ("case_number",),
}
KEYS = {
    *TEXTS,
    *(place + end for place, end in AUDIENCES),
    *USUAL,
    *("about", "level", "origin", "people_else", "office", "before"),
}


@cache
def notices() -> Mapping[type[Message], Entry]:
    """Every kind of notice, by the event that it tells of. Raises ValueError as `file:line: entry: what is wrong`."""
    words = load_words(FOLDER / WORDS)
    found: dict[type[Message], Entry] = {}
    for service in SERVICES:
        found |= load(FOLDER / f"{service}.toml", words)
    return found


def load(file: File, words: Words) -> dict[type[Message], Entry]:
    """The entries of one file; its name is that of the service whose events they are of."""
    service = file.stem
    events = events_of(service)

    def read(name: str, told: Mapping[str, Any]) -> tuple[type[Message], Entry]:
        event = getattr(events, name, None)
        if event is None or name not in events.DESCRIPTOR.message_types_by_name:
            raise ValueError(f"yifa.{service}.v1 has no such event")
        return event, entry(event, told, words)

    return dict(_each(file, read))


def events_of(service: str) -> Any:
    """The module with a service's events; whatever they hold is known to the pool after this."""
    return importlib.import_module(f"yifa.{service}.v1.events_pb2")


def load_words(file: File) -> dict[str, dict[str, Pair]]:
    """What the values of enumerations, and of fields that hold yes or no, are called in sentences."""

    def read(name: str, told: Mapping[str, Any]) -> tuple[str, dict[str, Pair]]:
        wanted = _values(name)
        if missing := wanted - told.keys():
            raise ValueError(f"says nothing of {', '.join(sorted(missing))}")
        if unknown := told.keys() - wanted - {"UNSPECIFIED"}:
            raise ValueError(f"there is no {', '.join(sorted(unknown))}")
        for value, pair in told.items():
            if not (
                isinstance(pair, list) and len(pair) == 2 and all(isinstance(word, str) for word in pair)
            ):
                raise ValueError(f'{value}: must be ["中文", "English"]')
        return name, {value: (zh, en) for value, (zh, en) in told.items()}

    return dict(_each(file, read))


def entry(event: type[Message], told: Mapping[str, Any], words: Words) -> Entry:
    """One entry. Raises ValueError."""
    kind: Descriptor = event.DESCRIPTOR
    if unknown := told.keys() - KEYS:
        raise ValueError(f"{min(unknown)}: is nothing that an entry says")
    if missing := [key for key in (*TEXTS, "level") if not told.get(key)]:
        raise ValueError(f"{missing[0]}: is missing")
    home = kind.GetOptions().Extensions[options.event].home
    paths = {key: _paths(key, told, kind) for key in (*USUAL, "origin", "office")}
    audiences = tuple(_audiences(told))
    at_city_only = home == options.HOME_CITY and all(audience.place == CITY for audience in audiences)
    if not paths["node"] and not at_city_only:
        raise ValueError("node: is missing: no field of the record tells the department")
    if any(PEOPLE in audience.recipients for audience in audiences) and not paths["people"]:
        raise ValueError("people: is missing: no field of the record tells them")
    return Entry(
        event=event,
        says=CITY if home == options.HOME_CITY else DEPARTMENT,
        node=next(iter(paths["node"]), None),
        origin=next(iter(paths["origin"] or paths["node"]), None),
        case_id=next(iter(paths["case_id"]), None),
        case_number=next(iter(paths["case_number"]), None),
        people=paths["people"],
        office=next(iter(paths["office"]), None),
        before=bool(told.get("before")),
        people_else=_role("people_else", told["people_else"]) if "people_else" in told else "",
        level=_at("level", _level, told["level"], kind),
        audiences=audiences,
        texts={key: _at(key, template, told[key], kind, key[-2:], words) for key in TEXTS},
    )


def _paths(key: str, told: Mapping[str, Any], kind: Descriptor) -> tuple[Path, ...]:
    """The paths that an entry gives under a key, or the usual one in the record that it is about; empty text is none."""
    if key in told:
        given = [told[key]] if isinstance(told[key], str) else told[key]
        return tuple(_at(key, path_of, text, kind) for text in given if text)
    about = [told["about"]] if told.get("about") else []
    if about:
        _at("about", path_of, about[0], kind)
    for field in USUAL.get(key, ()):
        try:
            return (path_of(".".join([*about, field]), kind),)
        except ValueError:
            continue
    return ()


def _audiences(told: Mapping[str, Any]) -> Iterable[Audience]:
    some = False
    for place, end in AUDIENCES:
        names = told.get(place + end, [])
        if names:
            some = True
            recipients = tuple(PEOPLE if name == PEOPLE else _role(place + end, name) for name in names)
            yield Audience(place, recipients, bool(end))
    if not some:
        raise ValueError(f"{DEPARTMENT}: is missing: nobody is told")


def _role(key: str, name: str) -> str:
    if name not in ROLES:
        raise ValueError(f"{key}: nobody is {name!r}: must be {PEOPLE} or a role")
    return ROLE + name


def _level(told: Any, kind: Descriptor) -> Callable[[Any], int]:
    """A level, or a table of levels by what a field says: a value of an enumeration; yes or no; of a number, if there is any."""
    if isinstance(told, str):
        number = _named(told)
        return lambda event: number
    path = path_of(told.get("by", ""), kind)
    choice = path.field.enum_type is not None
    names = short_names(path.field) if choice else {True: "yes", False: "no"}
    if unknown := told.keys() - set(names.values()) - {"by", "else"}:
        raise ValueError(f"{path.text} is never {min(unknown)}")
    levels = {value: _named(told.get(name) or told.get("else", "INFO")) for value, name in names.items()}
    otherwise = _named(told.get("else", "INFO"))

    def level(event: Any) -> int:
        value = next(iter(path.values(event)), 0)
        return levels.get(value if choice else bool(value), otherwise)

    return level


def _named(name: str) -> int:
    if name not in LEVELS:
        raise ValueError(f"there is no level {name}: must be {', '.join(LEVELS)}")
    return LEVELS[name]


def _values(name: str) -> set[str]:
    """The values that the words for an enumeration or a field have to tell."""
    for service in SERVICES:
        events_of(service)
    pool = descriptor_pool.Default()
    try:
        thing: Any = pool.FindEnumTypeByName(name)
    except KeyError:
        try:
            thing = pool.FindFieldByName(name)
        except KeyError:
            raise ValueError("there is no such enumeration or field") from None
    if isinstance(thing, EnumDescriptor):
        stem = thing.values[0].name.removesuffix("UNSPECIFIED")
        return {value.name.removeprefix(stem) for value in thing.values[1:]}
    return set(short_names(thing).values())


def _at(key: str, read: Callable[..., Any], *how: Any) -> Any:
    """What reading gives; a fault names the key it stands under."""
    try:
        return read(*how)
    except ValueError as wrong:
        raise ValueError(f"{key}: {wrong}") from wrong


def _each(file: File, read: Callable[[str, Mapping[str, Any]], Any]) -> Iterable[Any]:
    """Every table of a file, read; a fault names file, line and table."""
    try:
        text = text_of(file)
        tables = toml_in(text)
    except ValueError as wrong:
        raise ValueError(f"{file.name}: {wrong}") from wrong
    for name, told in tables.items():
        try:
            yield read(name, told)
        except (ValueError, TypeError, AttributeError) as wrong:
            raise ValueError(f"{file.name}:{_line(text, name, str(wrong))}: {name}: {wrong}") from wrong


def _line(text: str, name: str, said: str) -> int:
    """The line of the key that a fault begins with, or that of its table."""
    lines = text.splitlines()
    heads = {f"[{name}]", f'["{name}"]'}
    first = next((n for n, line in enumerate(lines, 1) if line.strip() in heads), 1)
    key = said.partition(":")[0]
    for n, line in enumerate(lines[first:], first + 1):
        if line.startswith("["):
            break
        if line.partition("=")[0].strip() == key:
            return n
    return first
