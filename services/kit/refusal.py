"""Refusals: the ways a service says no, and how each looks on the wire (google.rpc.Status, English and Chinese)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from google.protobuf import any_pb2
from google.protobuf.message import Message
from google.rpc import code_pb2, status_pb2
from google.rpc import error_details_pb2 as details

from services.law.rule import Unlawful


class Refusal(Exception):
    """A no that the caller can act on. Anything else that escapes a handler is a bug."""

    code: int = code_pb2.UNKNOWN
    reason: str = ""
    en: str = ""
    zh: str = ""
    by: Any = None
    """The caller whom it answers, where its token was good."""
    metadata: Mapping[str, str]

    def __str__(self) -> str:
        return self.en

    def more(self) -> Iterable[Message]:
        """Details beyond ErrorInfo and LocalizedMessage."""
        return ()


class Rejected(Exception):
    """What a reaction raises for an event that it will never take: it is parked at once. No caller sees it."""


@dataclass(eq=False)
class Malformed(Refusal):
    """A field that is not as the contract wants it: `fields` maps its path to the sentence in English and Chinese."""

    fields: dict[str, tuple[str, str]]
    reason: str = "MALFORMED"
    code = code_pb2.INVALID_ARGUMENT

    def __post_init__(self) -> None:
        self.metadata = {"field": next(iter(self.fields), "")}
        self.en = "; ".join(f"{name}: {en}" for name, (en, _) in self.fields.items())
        self.zh = "；".join(f"{name}：{zh}" for name, (_, zh) in self.fields.items())

    def more(self) -> Iterator[Message]:
        violations = [
            details.BadRequest.FieldViolation(
                field=name,
                description=en,
                reason=self.reason,
                localized_message=details.LocalizedMessage(locale="zh-CN", message=zh),
            )
            for name, (en, zh) in self.fields.items()
        ]
        yield details.BadRequest(field_violations=violations)


@dataclass(eq=False)
class Missing(Refusal):
    """The record does not exist here."""

    kind: str
    key: str
    reason = "NOT_FOUND"
    code = code_pb2.NOT_FOUND

    def __post_init__(self) -> None:
        self.metadata = {"kind": self.kind, "key": self.key}
        self.en, self.zh = (
            f"there is no {self.kind} {self.key} at this node",
            f"本节点没有该记录（{self.key}）",
        )

    def more(self) -> Iterator[Message]:
        yield details.ResourceInfo(resource_type=self.kind, resource_name=self.key, description=self.en)


class _Plain(Refusal):
    """A refusal that is fully said by its reason, two sentences and metadata."""

    def __init__(self, reason: str, en: str, zh: str, **metadata: str):
        super().__init__(en)
        self.reason, self.en, self.zh, self.metadata = reason, en, zh, metadata


class Unauthenticated(_Plain):
    """Nobody knows who is calling."""

    code = code_pb2.UNAUTHENTICATED


class Denied(_Plain):
    """The caller is known and may not."""

    code = code_pb2.PERMISSION_DENIED


class Exists(_Plain):
    """There is one already."""

    code = code_pb2.ALREADY_EXISTS


class Stale(_Plain):
    """Somebody was faster: read again, then ask again."""

    code = code_pb2.ABORTED


class NotHome(_Plain):
    """Another node keeps this record; metadata `home` names it."""

    code = code_pb2.FAILED_PRECONDITION


class Unready(_Plain):
    """What has to be there first is not."""

    code = code_pb2.FAILED_PRECONDITION


class Unsupported(_Plain):
    """There is no such method."""

    code = code_pb2.UNIMPLEMENTED


class Busy(_Plain):
    """Too much waits already, or the node is going down. Nothing was done: ask again."""

    code = code_pb2.UNAVAILABLE


class Full(_Plain):
    """The disk or a limit is full. Nothing was done."""

    code = code_pb2.RESOURCE_EXHAUSTED


class Lost(_Plain):
    """What was kept is gone, or is not what it was."""

    code = code_pb2.DATA_LOSS


@dataclass(frozen=True)
class _Said:
    code: int
    reason: str
    en: str
    zh: str
    metadata: Mapping[str, str]
    more: tuple[Message, ...] = field(default=())


HEAVIEST = 7_000
"""Bytes of a status. A client of gRPC takes 8 KiB of trailing metadata, and in place of more tells its caller nothing."""
LONGEST = 400
"""Characters of one sentence, name or figure in a status: what a caller sent may be as long as it likes."""
FIRST = (1_000, 40, 30, 24, 18, 14, 10, 7, 4, 2, 1)
"""Of how many things that are wrong it is said what is: as many as there is room for."""


def status(no: Refusal | Unlawful, domain: str) -> status_pb2.Status:
    """How a refusal travels: ErrorInfo first, then what is special to it, then the sentence in Chinese.

    What would be too much for a client to take is cut: of a long list the first are told, and how many more there are.
    """
    for first in FIRST:
        made = _status(_unlawful(no, first) if isinstance(no, Unlawful) else _said(no, first), domain)
        if _weight(made) <= HEAVIEST:
            break
    return made


def _status(said: _Said, domain: str) -> status_pb2.Status:
    metadata = {key: _cut(value) for key, value in said.metadata.items()}
    info = details.ErrorInfo(reason=said.reason, domain=domain, metadata=metadata)
    local = details.LocalizedMessage(locale="zh-CN", message=said.zh)
    packed = []
    for detail in (info, *said.more, local):
        box = any_pb2.Any()
        box.Pack(detail)
        packed.append(box)
    return status_pb2.Status(code=said.code, message=said.en, details=packed)


def _weight(made: status_pb2.Status) -> int:
    """The bytes of a status on the wire, where its message stands twice: once more with every byte beyond ASCII as three."""
    size: int = made.ByteSize()
    return size + len(quote(made.message, safe=PRINTED))


PRINTED = "".join(map(chr, range(0x20, 0x7F))).replace("%", "")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _said(no: Refusal, first: int) -> _Said:
    if not isinstance(no, Malformed):
        return _Said(no.code, no.reason, _cut(no.en), _cut(no.zh), no.metadata, tuple(no.more()))
    told = [(_cut(name), (_cut(en), _cut(zh))) for name, (en, zh) in [*no.fields.items()][:first]]
    some, left = Malformed(dict(told), no.reason), len(no.fields) - len(told)
    en = f"{some.en}; and {left} more" if left > 0 else some.en
    zh = f"{some.zh}；另有{left}处" if left > 0 else some.zh
    return _Said(no.code, no.reason, en, zh, some.metadata, tuple(some.more()))


def _unlawful(no: Unlawful, first: int) -> _Said:
    """All reasons and articles always; of as many as there is room for the sentences."""
    violations = [
        details.PreconditionFailure.Violation(
            type=b.reason, subject=b.law, description=f"{b.says} {b.says_zh}" if n < first else ""
        )
        for n, b in enumerate(no.broken)
    ]
    told, left = no.broken[:first], len(no.broken) - first
    return _Said(
        code_pb2.FAILED_PRECONDITION,
        no.broken[0].reason,
        "; ".join([*(f"{b.says} ({b.law})" for b in told), *([f"and {left} more"] if left > 0 else [])]),
        "；".join([*(f"{b.says_zh}（{b.law}）" for b in told), *([f"另有{left}条"] if left > 0 else [])]),
        no.about,
        (details.PreconditionFailure(violations=violations),),
    )
