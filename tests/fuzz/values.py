"""Values for the fields of any message, from what the contract says of them: right ones, those at the edge, absurd ones."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import Any

from buf.validate import validate_pb2
from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from services.kit.text import DAY

F = FieldDescriptor
DEEPEST = 4
HUGE = 3_000
"""As many entries as a list gets that is absurdly long."""
TEXTS = ("示例", "示例事由，依法办理。", "a", "440700", "《示例法》第一条", "x" * 30, "2000-02-29")
ABSURD = (
    "", " ", "\u3000", "\0", "\x1b[31m", "\u200b", "a\u202eb", "\ufeff", "\ud7ff\ue000", "\U0001f46e\u200d\u2642\ufe0f",
    "e\u0301" * 40, "'; drop table \"case\"; --", "../../../etc/passwd", "%s%n{0}{x!r}", "NaN", "-0", "null", "9" * 40,
    "C-" + "0" * 26, "\U0010ffff", "<script>1</script>", "𠮷野家", "\r\n\r\nx: y", "\x7f", "ﷺ" * 20, "１２３", "ſ", "İ", "܀",
)  # fmt: skip
NUMBERS = (
    0,
    1,
    2,
    3,
    5,
    10,
    15,
    100,
    2026,
    -1,
    2**31 - 1,
    -(2**31),
    2**32 - 1,
    2**53,
    2**63 - 1,
    -(2**63),
    2**64 - 1,
)
SIZES = {
    F.TYPE_INT32: (-(2**31), 2**31 - 1), F.TYPE_SINT32: (-(2**31), 2**31 - 1), F.TYPE_SFIXED32: (-(2**31), 2**31 - 1),
    F.TYPE_INT64: (-(2**63), 2**63 - 1), F.TYPE_SINT64: (-(2**63), 2**63 - 1), F.TYPE_SFIXED64: (-(2**63), 2**63 - 1),
    F.TYPE_UINT32: (0, 2**32 - 1), F.TYPE_FIXED32: (0, 2**32 - 1), F.TYPE_UINT64: (0, 2**64 - 1), F.TYPE_FIXED64: (0, 2**64 - 1),
}  # fmt: skip
NUMBERS_OF = {
    F.TYPE_INT32: "int32", F.TYPE_INT64: "int64", F.TYPE_UINT32: "uint32", F.TYPE_UINT64: "uint64", F.TYPE_SINT32: "sint32",
    F.TYPE_SINT64: "sint64", F.TYPE_DOUBLE: "double", F.TYPE_FLOAT: "float",
}  # fmt: skip
DAYS = ("1980-01-01", "2015-06-30", "2000-02-29", "2999-12-31")
MOMENTS = (
    -639_129_600,
    -639_129_601,
    32_503_651_199,
    32_503_651_200,
    -62_135_596_800,
    253_402_300_799,
    0,
    2**62,
    -(2**62),
)
"""The first and the last second that the contract takes, those beside them, and what no calendar holds."""


class Known:
    """The texts that a city has told so far, by the name of the field that they stood in: ids above all."""

    MOST = 400

    def __init__(self) -> None:
        self.by_name: dict[str, list[Any]] = defaultdict(list)

    def learn(self, message: Message) -> None:
        """Take up what a reply or a request says."""
        for field, value in message.ListFields():
            if field.type == F.TYPE_MESSAGE:
                if field.message_type.GetOptions().map_entry:
                    continue
                for each in list(value)[:5] if field.is_repeated else [value]:
                    self.learn(each)
            elif field.type in (F.TYPE_STRING, F.TYPE_BYTES):
                for each in list(value)[:5] if field.is_repeated else [value]:
                    self.add(singular(field.name), each)

    def add(self, name: str, value: Any) -> None:
        values = self.by_name[name]
        if value and len(value) < 200 and value not in values[-20:]:
            values.append(value)
            if len(values) > self.MOST:
                del values[self.MOST // 4 : self.MOST // 2]

    def of(self, rng: Random, name: str, kind: type) -> Any:
        """A value that stood in a field of this name, one of a like name, or None."""
        name = singular(name)
        found = self.some(name, kind)
        if not found or rng.random() < 0.1:
            like = [n for n in self.by_name if name.endswith(f"_{n}") or n.endswith(f"_{name}")]
            found = [*found, *(value for n in like for value in self.some(n, kind))]
        return rng.choice(found) if found else None

    def some(self, name: str, kind: type) -> list[Any]:
        """The first and the newest of a name."""
        values = self.by_name.get(name, [])
        return [v for v in (values[:40] + values[40:][-40:]) if isinstance(v, kind)]

    def other(self, rng: Random) -> str:
        """The id of anything at all."""
        names = [n for n in self.by_name if n.endswith("_id")]
        value = rng.choice(self.by_name[rng.choice(names)]) if names else "C-none"
        return value if isinstance(value, str) else value.hex()


def singular(name: str) -> str:
    return name[:-1] if name.endswith("_ids") else name


class Values:
    """Makes messages; `wild` is the share of fields that are not as the contract wants them."""

    def __init__(self, rng: Random, known: Known, now: Callable[[], int]) -> None:
        self.rng, self.known, self.now = rng, known, now
        self.wild = 0.0

    def message(self, kind: Descriptor, wild: float, deep: int = 0) -> Message:
        """A message of a kind, made from nothing."""
        self.wild = wild
        made = message_factory.GetMessageClass(kind)()
        taken: set[str] = set()
        for field in kind.fields:
            oneof = field.containing_oneof
            if oneof is not None and len(oneof.fields) > 1:
                if oneof.name in taken or self.rng.random() < 0.4:
                    continue
                taken.add(oneof.name)
            elif self.rng.random() < (self.wild / 4 if is_asked(field) else 0.35):
                continue
            self.put(made, field, deep)
        return made

    def mutated(self, message: Message, wild: float) -> Message:
        """A copy in which some fields hold something else."""
        self.wild = wild
        made = type(message)()
        made.CopyFrom(message)
        for _ in range(self.rng.choice((1, 1, 1, 2, 3))):
            holder, deep = self.somewhere(made)
            if holder.DESCRIPTOR.fields:
                field = self.rng.choice(holder.DESCRIPTOR.fields)
                holder.ClearField(field.name)
                if self.rng.random() < 0.85:
                    self.put(holder, field, deep)
        return made

    def somewhere(self, message: Message, deep: int = 0) -> tuple[Message, int]:
        """The message or one inside it."""
        inner = [m for m in inside(message) if m.DESCRIPTOR.fields]
        if inner and deep < DEEPEST and self.rng.random() < 0.45:
            return self.somewhere(self.rng.choice(inner), deep + 1)
        return message, deep

    def put(self, holder: Message, field: F, deep: int) -> None:
        """Give a field a value."""
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            key, value = field.message_type.fields_by_name["key"], field.message_type.fields_by_name["value"]
            if value.message_type is None:
                getattr(holder, field.name)[self.one(key)] = self.one(value)
            return
        if field.is_repeated:
            for _ in range(self.length(field)):
                self.add(holder, field, deep)
            if rules_of(field).repeated.unique and self.rng.random() >= self.wild:
                once = list(dict.fromkeys(getattr(holder, field.name)))
                holder.ClearField(field.name)
                getattr(holder, field.name).extend(once)
        elif field.message_type is not None:
            if deep < DEEPEST:
                getattr(holder, field.name).CopyFrom(self.inner(field.message_type, deep))
        else:
            setattr(holder, field.name, self.one(field))

    def add(self, holder: Message, field: F, deep: int) -> None:
        values = getattr(holder, field.name)
        if field.message_type is None:
            values.append(self.one(field))
        elif deep < DEEPEST:
            values.append(self.inner(field.message_type, deep))

    def length(self, field: F) -> int:
        rules = rules_of(field).repeated
        if self.rng.random() < self.wild:
            most = int(rules.max_items) if rules.HasField("max_items") else 50
            edge = [0, max(0, int(rules.min_items) - 1), min(most, HUGE), min(most + 1, HUGE)]
            if field.message_type is None and self.rng.random() < 0.2:
                edge = [HUGE]
            elif field.message_type is not None:
                edge = [min(each, 40) for each in edge]
            return self.rng.choice(edge)
        return max(int(rules.min_items), self.rng.choice((1, 1, 2, 2, 3)))

    def inner(self, kind: Descriptor, deep: int) -> Message:
        if kind.full_name == "google.protobuf.Timestamp":
            made = message_factory.GetMessageClass(kind)()
            made.seconds, made.nanos = self.moment()
            return made
        return self.message(kind, self.wild, deep + 1)

    def moment(self) -> tuple[int, int]:
        if self.rng.random() < self.wild:
            return self.rng.choice(MOMENTS), self.rng.choice((0, 1, 999_999_999, 10**9, -1))
        days = self.rng.choice((0, 0, 0, 0, -1, -1, -3, -30, -100, -800, -2000, 1, 5, 40))
        return self.now() + days * 86_400 - self.rng.randrange(3600), 0

    def one(self, field: F) -> Any:
        """A single value of a field that is no message."""
        if field.enum_type is not None:
            numbers = [v.number for v in field.enum_type.values]
            absurd = self.rng.random() < self.wild
            return (
                self.rng.choice((0, 99, -1, 2**31 - 1)) if absurd else self.rng.choice(numbers[1:] or numbers)
            )
        if field.type == F.TYPE_BOOL:
            return self.rng.random() < 0.75
        if field.type == F.TYPE_STRING:
            return self.text(field)
        if field.type == F.TYPE_BYTES:
            known = self.known.of(self.rng, field.name, bytes)
            if known is not None and self.rng.random() < 0.6:
                return known
            most = int(said_of(field).bytes.max_len) or 5000
            tame = self.rng.random() >= self.wild
            return self.rng.randbytes(
                min(32, most) if tame else self.rng.choice((0, 1, most, most + 1, 5000))
            )
        return self.number(field)

    def number(self, field: F) -> Any:
        said = getattr(said_of(field), NUMBERS_OF.get(field.type, "int64"))
        if field.type in (F.TYPE_DOUBLE, F.TYPE_FLOAT):
            return self.rng.choice((0.0, 0.5, 1.0, -1.0, float("nan"), float("inf"), 1e30))
        least, most = SIZES[field.type]
        ends = [int(getattr(said, name)) for name in ("gte", "gt", "lte", "lt") if said.HasField(name)]
        if self.rng.random() < self.wild:
            edge = [e + d for e in ends for d in (-1, 0, 1)] + list(NUMBERS)
            return self.rng.choice([n for n in edge if least <= n <= most])
        usual = [n for n in (1, 1, 2, 3, 5, 10, 20, 100, 2026, 3_000_000) if min(ends, default=0) <= n]
        most = min([most, *(e for e in ends if e > min(ends))])
        return min(self.rng.choice(usual or ends), most)

    def text(self, field: F) -> str:
        rules, rng = said_of(field).string, self.rng
        if rng.random() < self.wild:
            return self.absurd(rules)
        if field.name == "request_id":
            return f"fuzz-{rng.getrandbits(64):016x}"
        is_id = field.name.endswith(("_id", "_ids", "_number"))
        if (
            rng.random() < (0.93 if is_id else 0.6)
            and (known := self.known.of(rng, field.name, str)) is not None
        ):
            return known
        if is_id and rng.random() < 0.5:
            return self.known.other(rng)
        if rules.pattern:
            return rng.choice(DAYS if DAY in rules.pattern else examples(rules.pattern))
        text = rng.choice(TEXTS).ljust(int(rules.min_len), "示")
        return text[: int(rules.max_len)] if rules.HasField("max_len") else text

    def absurd(self, rules: Any) -> str:
        rng = self.rng
        if rng.random() < 0.25 and rules.HasField("max_len"):
            most = min(int(rules.max_len), 100_000)
            return "长" * rng.choice((most, most + 1, max(0, int(rules.min_len) - 1)))
        if rng.random() < 0.15:
            return self.known.other(rng) + rng.choice(("", " ", "\0", "\u200b", "x"))
        if rng.random() < 0.03:
            return "a" * 20_000
        return rng.choice(ABSURD)


def inside(message: Message) -> Iterator[Message]:
    """The messages that stand in the fields of one."""
    for field, value in message.ListFields():
        if field.message_type is not None and not field.message_type.GetOptions().map_entry:
            yield from list(value)[:8] if field.is_repeated else [value]


def rules_of(field: F) -> Any:
    return field.GetOptions().Extensions[validate_pb2.field]


def is_asked(field: F) -> bool:
    """Whether the contract takes no message without it."""
    rules = rules_of(field)
    return bool(
        rules.required
        or rules.string.min_len
        or rules.repeated.min_items
        or 0 in rules.enum.not_in
        or rules.bytes.len
    )


def said_of(field: F) -> Any:
    """What the contract says of a single value of a field."""
    rules = rules_of(field)
    return rules.repeated.items if field.is_repeated else rules


@cache
def examples(pattern: str) -> tuple[str, ...]:
    """Texts that a pattern of the contract takes, the same each time."""
    found: list[str] = []

    @seed(1)
    @settings(
        max_examples=30, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(st.from_regex(pattern, fullmatch=True))
    def gather(text: str) -> None:
        found.append(text)

    gather()
    return tuple(dict.fromkeys(found))
