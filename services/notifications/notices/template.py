"""The words of a notice: text with places in braces that are filled from an event.

{certificate.expire_time}   a field, said as people read it: a moment in China's time, a case by its number, a choice in words
{deadline.title_zh|source}  the first of these that says something
{filing.opinion?}           may say nothing; else a dash stands for what is empty
{#cases}                    how many there are
{suspensions.last.cause}    of the last of several
{officer()}                 what the function of this name in functions.py says

What is wrong with a place is said when the table is read, never when somebody is to be told.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from services.notifications.notices import functions

LANGUAGES = ("zh", "en")
DASH = "—"
MOST = 20
"""So many of a list are named."""
BETWEEN, AND_MORE = {"zh": "、", "en": ", "}, {"zh": "等", "en": " and others"}
_PLACE = re.compile(r"\{([^{}]*)\}")

Saying = Callable[[Any], str]
Pair = tuple[str, str]
Words = Mapping[str, Mapping[str, Pair]]
"""What the values of an enumeration, or of a field that holds yes or no, are called, by the full name of either."""


@dataclass(frozen=True)
class Path:
    """The way from an event to a value: the fields to go through, and whether the last of several is meant."""

    text: str
    steps: tuple[tuple[FieldDescriptor, bool], ...]

    @property
    def field(self) -> FieldDescriptor:
        return self.steps[-1][0]

    def values(self, event: Any) -> list[Any]:
        """All that it leads to; nothing where a message on the way is not there."""
        found = [event]
        for field, last in self.steps:
            found = [value for each in found for value in _step(each, field, last)]
        return found


def _step(message: Any, field: FieldDescriptor, last: bool) -> list[Any]:
    value = getattr(message, field.name)
    if field.is_repeated:
        return list(value)[-1:] if last else list(value)
    return [value] if field.message_type is None or message.HasField(field.name) else []


def path_of(text: str, kind: Descriptor) -> Path:
    """The path that a text names in events of a kind. Raises ValueError for one that leads nowhere."""
    steps: list[tuple[FieldDescriptor, bool]] = []
    at: Descriptor | None = kind
    for name in text.split("."):
        if name == "last" and steps and steps[-1][0].is_repeated:
            steps[-1] = (steps[-1][0], True)
            continue
        field = at.fields_by_name.get(name) if at is not None else None
        if field is None:
            raise ValueError(
                f"{kind.name} has no {text!r}: there is no {name!r} in {at.name if at else 'it'}"
            )
        steps.append((field, False))
        at = field.message_type
    return Path(text, tuple(steps))


def template(text: str, kind: Descriptor, language: str, words: Words) -> Saying:
    """What fills a text from an event of a kind. Raises ValueError for a place that cannot be filled."""
    parts = _PLACE.split(text)
    if stray := [part for part in parts[::2] if "{" in part or "}" in part]:
        raise ValueError(f"a brace stands alone in {stray[0]!r}")
    said = [_place(part, kind, language, words) if n % 2 else _plain(part) for n, part in enumerate(parts)]
    return lambda event: " ".join("".join(say(event) for say in said).split())


def _plain(text: str) -> Saying:
    return lambda event: text


def _place(text: str, kind: Descriptor, language: str, words: Words) -> Saying:
    empty = "" if text.endswith("?") else DASH
    ways = [_one(way, kind, language, words) for way in text.removesuffix("?").split("|")]
    return lambda event: next((said for way in ways if (said := way(event))), empty)


def _one(text: str, kind: Descriptor, language: str, words: Words) -> Saying:
    if text.endswith("()"):
        return _function(text[:-2], kind, LANGUAGES.index(language))
    counted = text.startswith("#")
    path = path_of(text.removeprefix("#"), kind)
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    if path.field.name.endswith(f"_{other}"):
        raise ValueError(f"{text!r} speaks another language than {language}")
    if counted:
        if not path.field.is_repeated:
            raise ValueError(f"{text!r} counts what there is one of")
        return lambda event: str(len(path.values(event)))
    say = _said(path.field, LANGUAGES.index(language), words)

    def listed(event: Any) -> str:
        told = [said for value in path.values(event) if (said := say(value))]
        return BETWEEN[language].join(told[:MOST]) + (AND_MORE[language] if len(told) > MOST else "")

    return listed


def _function(name: str, kind: Descriptor, index: int) -> Saying:
    if name not in functions.NAMED:
        raise ValueError(f"there is no function {name!r} in functions.py")
    function, needs = functions.NAMED[name]
    for path in needs:
        path_of(path, kind)
    return lambda event: function(event)[index]


def _said(field: FieldDescriptor, index: int, words: Words) -> Saying:
    """How a value of a field is said."""
    if field.message_type is not None:
        shown = functions.SHOWN.get(field.message_type.full_name)
        if shown is None:
            raise ValueError(f"{field.name!r} is a whole {field.message_type.name}: name one of its fields")
        return shown
    if field.enum_type is not None or field.type == FieldDescriptor.TYPE_BOOL:
        called = words.get(field.enum_type.full_name if field.enum_type else field.full_name)
        if called is None:
            raise ValueError(f"no words.toml says what {field.full_name} is called in sentences")
        names = short_names(field)
        return lambda value: called[names[value]][index] if names[value] in called else ""
    if field.type == FieldDescriptor.TYPE_BYTES:
        raise ValueError(f"{field.name!r} is nothing that can be read")
    return str


def short_names(field: FieldDescriptor) -> dict[Any, str]:
    """What tables call the values of an enumeration, or of a field that holds yes or no."""
    if field.enum_type is None:
        return {True: "yes", False: "no"}
    values = field.enum_type.values
    stem = values[0].name.removesuffix("UNSPECIFIED")
    return {value.number: value.name.removeprefix(stem) for value in values}


def one_text(path: Path, event: Message) -> str:
    """The text that a path leads to; empty for none."""
    return next(iter(path.values(event)), "")
