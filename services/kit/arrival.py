"""The door: what a delivery must be before anybody looks at what it says.

Whoever has a node's key chooses every header, number and byte of what that node sends. Nothing of it may end a reader, so
all of it is held against its bounds here, once; what does not fit is a finding, not an error.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import cast
from urllib.parse import unquote

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.message import Message
from yifa.law.v1 import options_pb2

from services.kit.journal import Envelope
from services.kit.reader import Delivery
from services.kit.signature import HEADER, LONGEST
from services.kit.telemetry import TRACEPARENT

LARGEST_NUMBER = 2**63 - 1
FIRST_MOMENT, LAST_MOMENT = -62_135_596_800_000_000, 253_402_300_799_999_999
"""The years 1 to 9999 in microseconds since 1970."""
LONGEST_TEXT = 2000
LARGEST_BODY = 1024 * 1024
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")
"""A node, a service, an addressee."""
EVENT_ID = re.compile(r"[!-~]{1,55}")
TYPE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,199}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
ANYWHERE = options_pb2.HOME_UNSPECIFIED
OF_EVERY_SERVICE = frozenset({"journal", "law"})
"""The packages whose events each service tells in its own journal."""


class Unreadable(Exception):
    """A delivery is no event: it lacks something, or says what cannot be."""


class Misplaced(Exception):
    """An event says of itself what its subject does not."""


def read_event(delivery: Delivery, source: str) -> Envelope:
    """The event in a delivery. Raises Unreadable, Misplaced."""
    h = delivery.headers
    try:
        event_id, type_name, service, to = h["ce-id"], h["ce-type"], h["yifa-service"], h["yifa-to"]
        prev, digest = h["yifa-prev"], h["yifa-hash"]
        seq, count, at = h["yifa-seq"], h["yifa-count"], h["yifa-at"]
    except KeyError as wrong:
        raise Unreadable(f"the header {wrong} is missing") from None
    if EVENT_ID.fullmatch(event_id) is None or not a_type(type_name):
        raise Unreadable("ce-id or ce-type is no name")
    if len(delivery.data) > LARGEST_BODY:
        raise Unreadable("the body is too large")
    e = Envelope(
        delivery.sender,
        service,
        number("yifa-seq", seq),
        event_id,
        type_name,
        to,
        number("yifa-count", count),
        text("ce-subject", h),
        moment_of(at, h.get("ce-time")),
        text("yifa-actor", h),
        text("yifa-request", h),
        trace("yifa-trace", h),
        delivery.data,
        hash_of("yifa-prev", prev),
        hash_of("yifa-hash", digest),
        source,
        delivery.position,
        trace("traceparent", h),
        h.get(HEADER, "")[: LONGEST + 1],
    )
    if e.count > e.seq:
        raise Unreadable("more events to one addressee than the journal has entries")
    if (service, to) != (delivery.service, delivery.to) or type_name.rpartition(".")[2] != delivery.type:
        raise Misplaced("says otherwise than its subject")
    named(delivery)
    return e


def read_numbers(delivery: Delivery) -> tuple[int, int, bytes]:
    """Sequence, count and hash of an event that nobody here reacts to. Raises Unreadable."""
    h = delivery.headers
    try:
        seq, count, digest = h["yifa-seq"], h["yifa-count"], h["yifa-hash"]
    except KeyError as wrong:
        raise Unreadable(f"the header {wrong} is missing") from None
    named(delivery)
    return number("yifa-seq", seq), number("yifa-count", count), hash_of("yifa-hash", digest)


def named(delivery: Delivery) -> None:
    """Raise Unreadable unless the subject names a node, a service and an addressee."""
    if not plain(delivery.sender, delivery.service, delivery.to):
        raise Unreadable("the subject names no node, service or addressee")


@lru_cache(4096)
def plain(*names: str) -> bool:
    return all(NAME.fullmatch(name) for name in names)


def place_in(delivery: Delivery) -> str:
    """The place that an event claims in its journal; empty for what is none."""
    seq = delivery.headers.get("yifa-seq", "")
    good = seq.isascii() and seq.isdigit() and len(seq) < 20 and plain(delivery.sender, delivery.service)
    return f"{delivery.sender}/{delivery.service}/{int(seq)}" if good else ""


@lru_cache(1024)
def a_type(name: str) -> bool:
    return TYPE.fullmatch(name) is not None


def number(name: str, said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 20):
        raise Unreadable(f"{name} is no number")
    if not 1 <= (n := int(said)) <= LARGEST_NUMBER:
        raise Unreadable(f"{name} is out of range")
    return n


def moment_of(said: str, time: str | None) -> int:
    digits = said.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
        raise Unreadable("yifa-at is no number")
    if not FIRST_MOMENT <= (at := int(said)) <= LAST_MOMENT:
        raise Unreadable("yifa-at is out of range")
    if time is not None:
        try:
            datetime.fromisoformat(time)
        except ValueError:
            raise Unreadable("ce-time is no time") from None
    return at


def text(name: str, headers: Mapping[str, str]) -> str:
    said = headers.get(name, "")
    if "%" in said:
        said = unquote(said)
    if len(said) > LONGEST_TEXT or not (said.isprintable() or CONTROL.search(said) is None):
        raise Unreadable(f"{name} is too long or holds control characters")
    return said


def trace(name: str, headers: Mapping[str, str]) -> str:
    said = headers.get(name, "")
    if said and TRACEPARENT.fullmatch(said) is None:
        raise Unreadable(f"{name} is no trace context")
    return said


def hash_of(name: str, said: str) -> bytes:
    try:
        digest = bytes.fromhex(said)
    except ValueError:
        digest = b""
    if len(digest) != 32:
        raise Unreadable(f"{name} is no SHA-256")
    return digest


def salvaged(delivery: Delivery, source: str) -> Envelope:
    """What can be kept of a delivery that is no event, so that people can see it. It is never reacted to: it has no hash."""
    named = [part if NAME.fullmatch(part) else "?" for part in (delivery.service, delivery.to)]
    kind = delivery.headers.get("ce-type", "")
    content = repr((delivery.subject, sorted(delivery.headers.items()))).encode(errors="replace")
    return Envelope(
        delivery.sender if NAME.fullmatch(delivery.sender) else "?",
        named[0],
        0,
        f"unread-{sha256(content + delivery.data).hexdigest()[:32]}",
        kind if TYPE.fullmatch(kind) else "",
        named[1],
        0,
        "",
        0,
        "",
        "",
        "",
        delivery.data[:LARGEST_BODY],
        b"",
        b"",
        source,
        delivery.position,
    )


@lru_cache(1024)
def message_class(type_name: str) -> type[Message] | None:
    """The message of an event type, or None when this process has no contract for it."""
    try:
        found = descriptor_pool.Default().FindMessageTypeByName(type_name)
        return cast(type[Message], message_factory.GetMessageClass(found))
    except (KeyError, TypeError, ValueError):
        return None


def of_contract(type_name: str) -> bool:
    """Whether an event is named as those of the contracts are; one that is not known here is then of a later contract."""
    return type_name.startswith("yifa.")


def is_event(type_name: str) -> bool:
    """Whether the contract has an event of this name."""
    kind = message_class(type_name)
    return kind is not None and kind.DESCRIPTOR.GetOptions().HasExtension(options_pb2.event)


@lru_cache(1024)
def home_of(type_name: str) -> int:
    """The kind of node that may send an event, as its contract says; any where it says nothing."""
    kind = message_class(type_name)
    if kind is None:
        return ANYWHERE
    return int(kind.DESCRIPTOR.GetOptions().Extensions[options_pb2.event].home)


@lru_cache(1024)
def service_of(type_name: str) -> str:
    """The service whose contract an event is of; empty where every service may tell it, as what a journal tells of itself."""
    package = type_name.split(".")
    of_one = package[0] == "yifa" and len(package) > 2 and package[1] not in OF_EVERY_SERVICE
    return package[1] if of_one else ""


def may_send(type_name: str, node: str, service: str, city: str) -> bool:
    """Whether an event of this type may come from a service of a node."""
    home, its = home_of(type_name), service_of(type_name)
    if its and its != service:
        return False
    if home == options_pb2.HOME_CITY:
        return node == city
    return home != options_pb2.HOME_DEPARTMENT or node != city
