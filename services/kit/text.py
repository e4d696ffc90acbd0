"""One rule of text for the whole contract: what a string in a request may hold, and the one form in which it is kept.

Blanks around a text fall away, so that blanks alone are nothing, in a list too; letters have one form (NFC), so that what looks
the same is the same. Characters that nobody sees, or that turn round what others see, are refused and named: they break
look-ups and make one name pass for another. Characters beyond U+FFFF and the variants of an ideograph are names like all
others. Moments have to lie in the time that a calendar knows, a day has to be one that it has, and a choice one that the
contract names.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from buf.validate import validate_pb2
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

LONG = 200
"""A text that may be longer than this may have lines."""
FIRST, LAST = -639_129_600, 32_503_651_200
"""1 October 1949 and the end of the year 2999, in seconds since 1970: no act under this law is older, and no term ends later."""
NANOS = 1_000_000_000
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
"""How the contract says that a text is a day."""

# control characters; marks of direction; what has no width or shows as a blank; noncharacters
_UNSEEN = (
    "\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e00ff\U0001d173-\U0001d17a"
)
# a selector of a variant stands behind the character that it varies
_LONE = "(?:^|[\\s\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
BAD_LINES = re.compile(f"[{_UNSEEN}]|{_LONE}")
BAD = re.compile(f"[{_UNSEEN}\\n\\t]|{_LONE}")
# What nearly all texts are made of: seen by everybody, and in its one form whatever stands beside it.
PLAIN = "!-~\u4e00-\u9fff\u3001-\u301b\uff01-\uff5e\u00b7\u2014\u2018\u2019\u201c\u201d\u2026"
_PLAIN_LINE = f"(?:[{PLAIN}]++(?: ++[{PLAIN}]++)*+)?+"
_PLAIN_LINES = re.compile(f"{_PLAIN_LINE}(?:\n{_PLAIN_LINE})*+")
NAMES = {
    "\0": "空字符",
    "\t": "制表符",
    "\n": "换行符",
    "\r": "回车符",
    "\x1b": "转义符",
    "\u00ad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字符",
    "\u200d": "零宽连字符",
    "\u200e": "从左至右标记",
    "\u200f": "从右至左标记",
    "\u202d": "从左至右强制符",
    "\u202e": "从右至左强制符",
    "\u2060": "词连接符",
    "\ufeff": "字节顺序标记",
}
Sayings = dict[str, tuple[str, str]]
Look = Callable[[Any, str, Sayings], Any]


def put_in_order(request: Message) -> Sayings:
    """Bring every text of a request into its one form, in place; what is wrong with texts and moments, by their fields."""
    wrong: Sayings = {}
    _walk(request, "", wrong)
    return wrong


def good_text(text: str) -> bool:
    """Whether a short text is in its one form, not empty, and holds nothing unseen."""
    return bool(text) and tidy(text) == text and BAD.search(text) is None


def tidy(text: str) -> str:
    """A text without the blanks around it, its letters in one form."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    text = text.strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def named(text: str, at: int) -> tuple[str, str]:
    """What is wrong with a character of a text, in both languages."""
    char = text[at]
    code = f"U+{ord(char):04X}"
    known = unicodedata.name(char, "control character" if unicodedata.category(char) == "Cc" else "")
    kind = NAMES.get(char, "控制字符" if unicodedata.category(char) == "Cc" else "不可见字符")
    return (
        f"holds a character that may not be used, {' '.join(filter(None, (code, known)))}, at {at + 1}: take it out",
        f"第{at + 1}个字符（{code}，{kind}）不得使用，请删除",
    )


def _walk(message: Message, path: str, wrong: Sayings) -> None:
    plan = _plan(message.DESCRIPTOR)
    texts, holed = plan.texts(message), False
    for name in plan.lists:
        if more := getattr(message, name):
            texts, holed = (*texts, *more), holed or "" in more
    plain = not holed and are_plain(texts)
    for name, look in plan.others if plain else plan.values:
        value = getattr(message, name)
        if value and (put := look(value, f"{path}{name}", wrong)) is not None:
            setattr(message, name, put)
    for name, look in plan.messages:
        if message.HasField(name):
            look(getattr(message, name), f"{path}{name}", wrong)


def are_plain(texts: Sequence[str]) -> bool:
    """Whether texts are plainly in their one form and hold nothing unseen, in one look at all: nearly always they are."""
    lines = "\n".join(texts)
    # a text with lines of its own makes more lines than there are texts
    return lines.count("\n") < max(1, len(texts)) and _PLAIN_LINES.fullmatch(lines) is not None


def _short(text: str, path: str, wrong: Sayings) -> str | None:
    return _text(text, path, wrong, BAD)


def _long(text: str, path: str, wrong: Sayings) -> str | None:
    return _text(text, path, wrong, BAD_LINES)


def _day(text: str, path: str, wrong: Sayings) -> str | None:
    put = _short(text, path, wrong)
    try:
        date.fromisoformat(text if put is None else put)
    except ValueError:
        wrong.setdefault(
            path, ("is no day of the calendar, as 2026-02-28 is one", "不是日历上有的日期，应当如2026-02-28")
        )
    return put


def _text(text: str, path: str, wrong: Sayings, bad: re.Pattern[str]) -> str | None:
    if are_plain((text,)):
        return None
    put = tidy(text)
    if (found := bad.search(put)) is not None:
        wrong[path] = named(put, found.end() - 1)
    return None if put is text or put == text else put


def _texts(look: Look) -> Look:
    def each(texts: Any, path: str, wrong: Sayings) -> None:
        for n, text in enumerate(texts):
            if text and (put := look(text, f"{path}[{n}]", wrong)) is not None:
                texts[n] = put
        if "" in texts:
            texts[:] = [text for text in texts if text]

    return each


def _moment(value: Any, path: str, wrong: Sayings) -> None:
    if not (FIRST <= value.seconds < LAST and 0 <= value.nanos < NANOS):
        wrong[path] = (
            "is no moment between 1949-10-01 and the end of the year 2999",
            "时间应当在1949年10月1日至2999年底之间",
        )


def _choice(field: FieldDescriptor) -> Look:
    known = frozenset(field.enum_type.values_by_number)

    def one(value: int, path: str, wrong: Sayings) -> None:
        if value not in known:
            wrong[path] = f"is no value of {field.enum_type.name}", "不是已定义的取值"

    def each(values: Any, path: str, wrong: Sayings) -> None:
        for n, value in enumerate(values):
            one(value, f"{path}[{n}]", wrong)

    return each if field.is_repeated else one


def _message(value: Any, path: str, wrong: Sayings) -> None:
    _walk(value, f"{path}.", wrong)


def _messages(values: Any, path: str, wrong: Sayings) -> None:
    messages = [*values]
    if _plan(messages[0].DESCRIPTOR).are_fine(messages):
        return
    for n, value in enumerate(messages):
        _walk(value, f"{path}[{n}].", wrong)


def _moments(values: Any, path: str, wrong: Sayings) -> None:
    for n, value in enumerate(values):
        _moment(value, f"{path}[{n}]", wrong)


def _mapped(values: Any, path: str, wrong: Sayings) -> None:
    for key in values:
        for text in (key, values[key]):
            if isinstance(text, str) and text and not good_text(text):
                wrong[f"{path}[{key!r}]"] = "is no plain text", "含有空白或者不可见字符"
        if isinstance(values[key], Message):
            _walk(values[key], f"{path}[{key!r}].", wrong)


Looks = tuple[tuple[str, Look], ...]


Known = tuple[Callable[[Any], int], frozenset[int]]


class Plan(NamedTuple):
    """How the fields of a message are looked at."""

    texts: Callable[[Any], tuple[str, ...]]
    """Its single texts."""
    lists: tuple[str, ...]
    """Its lists of texts."""
    choices: tuple[Known, ...]
    """Its single choices, each with the values that are known."""
    values: Looks
    """All but single messages, in the order of the contract."""
    others: Looks
    """The same without the texts."""
    messages: Looks
    """The single messages."""

    def are_fine(self, messages: Sequence[Message]) -> bool:
        """Whether the rows of a list are plainly in order, all in one look. Of other than flat rows that is not said."""
        flat = not self.messages and not self.lists and len(self.others) == len(self.choices)
        return (
            flat
            and all(known.issuperset(map(choice, messages)) for choice, known in self.choices)
            and are_plain([*chain.from_iterable(map(self.texts, messages))])
        )


@cache
def _plan(kind: Descriptor) -> Plan:
    """The plan for a kind of message. What holds nothing to look at is left out."""
    looks = [(field, look) for field in kind.fields if (look := _look(field)) is not None]
    messages = [f for f, _ in looks if f.message_type is not None and not f.is_repeated]
    # days, unlike other texts, are not in order for being plain
    texts = [f for f, look in looks if f.type == FieldDescriptor.TYPE_STRING and look is not _day]
    choices = [f for f, _ in looks if f.enum_type is not None and not f.is_repeated]
    return Plan(
        _getter([f.name for f in texts if not f.is_repeated]),
        tuple(f.name for f in texts if f.is_repeated),
        tuple((attrgetter(f.name), frozenset(f.enum_type.values_by_number)) for f in choices),
        tuple((f.name, look) for f, look in looks if f not in messages),
        tuple((f.name, look) for f, look in looks if f not in messages and f not in texts),
        tuple((f.name, look) for f, look in looks if f in messages),
    )


def _getter(names: Sequence[str]) -> Callable[[Any], tuple[str, ...]]:
    """Reads these fields of a message."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda message: tuple(getattr(message, name) for name in names)


def _look(field: FieldDescriptor) -> Look | None:
    inner = field.message_type
    if field.enum_type is not None:
        return _choice(field)
    if field.type == FieldDescriptor.TYPE_STRING:
        return _texts(_said(field)) if field.is_repeated else _said(field)
    if inner is None or not _holds(inner):
        return None
    if inner.GetOptions().map_entry:
        return _mapped
    if inner.full_name == "google.protobuf.Timestamp":
        return _moments if field.is_repeated else _moment
    return _messages if field.is_repeated else _message


def _said(field: FieldDescriptor) -> Look:
    """How a text of a field is looked at."""
    if DAY in field.GetOptions().Extensions[validate_pb2.field].string.pattern:
        return _day
    return _long if _may_have_lines(field) else _short


def _may_have_lines(field: FieldDescriptor) -> bool:
    rules = field.GetOptions().Extensions[validate_pb2.field]
    text = rules.repeated.items.string if field.is_repeated else rules.string
    return not text.HasField("max_len") or text.max_len > LONG


def _holds(kind: Descriptor, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a message holds a text, a moment or a choice anywhere."""
    if kind.full_name == "google.protobuf.Timestamp":
        return True
    if kind.full_name in seen:
        return False
    seen |= {kind.full_name}
    return any(
        f.type in (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_ENUM)
        or (f.message_type is not None and _holds(f.message_type, seen))
        for f in kind.fields
    )
