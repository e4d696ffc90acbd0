"""Reading events: the node's own from its server, everyone else's from the hub's stream ALL.

A reader keeps no state at any server. Its caller stores a `Mark` in the transaction of the effect and hands
it back at the next start; the read then begins *at* the mark, and goes on after it only if the message there
is still the marked event. If it is another one, or none, the stream's history was replaced (a hub restored
from a copy, say), and everything is read again: callers drop what they have by (sender, service, yifa-seq).
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field

from nats.aio.client import Client

from services.kit.bus import BusError, StoredMessage, stream_of
from services.kit.feed import Consumer, Feed

log = logging.getLogger(__name__)

BATCH = 256
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0
HUB_CREATE = "HUB.API.CONSUMER.CREATE.ALL"
LOCAL_DELIVER = "local.feed"


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to where a reader has got: the position in the stream and the event that stood there."""

    position: int
    event_id: str


@dataclass(frozen=True, slots=True)
class Delivery:
    position: int
    subject: str
    to: str
    sender: str
    service: str
    type: str
    headers: Mapping[str, str]
    data: bytes

    @property
    def event_id(self) -> str:
        return self.headers.get("Nats-Msg-Id", "")

    @property
    def mark(self) -> Mark:
        return Mark(self.position, self.event_id)


@dataclass(frozen=True, slots=True)
class Batch:
    """What had queued up. `caught_up`: nothing more was waiting when the last of it was sent."""

    deliveries: list[Delivery] = field(default_factory=list)
    caught_up: bool = False


Parse = Callable[[StoredMessage], Delivery | None]


def inbox_prefix(node: str) -> str:
    """What a node's connection must use for its inboxes: the only subjects on which the hub may answer it."""
    return f"D.dn.{node}.R"


def filters(node: str, city: str) -> list[str]:
    """What a node reads at the hub, one reader each: the city all, a department what is addressed to it."""
    return ["law.>"] if node == city else [f"law.{node}.>", "law.all.>"]


def matches(filter: str, subject: str) -> bool:
    """Whether a subject lies under a filter that ends in `>`."""
    wanted, found = filter.split(".")[:-1], subject.split(".")
    return len(found) > len(wanted) and all(w in ("*", f) for w, f in zip(wanted, found, strict=False))


def local_feed(node: str, types: Iterable[str] = ()) -> Feed:
    """All of a node's own events, or those of some types only (the names without their packages)."""
    stream = stream_of(node)
    only = tuple(f"evt.*.*.{name}" for name in sorted(types))
    return Feed(stream, f"$JS.API.CONSUMER.CREATE.{stream}", LOCAL_DELIVER, "evt.>", only)


async def read_local(
    nc: Client, node: str, start: Mark | None, types: Iterable[str] = ()
) -> AsyncGenerator[Batch, None]:
    """The node's own events, or those of some types, in the order of its stream. Goes on after any failure, until cancelled."""

    def parse(message: StoredMessage) -> Delivery | None:
        tokens = message.subject.split(".", 3)
        if len(tokens) < 4 or tokens[0] != "evt":
            return None
        _, to, service, kind = tokens
        return _delivery(message, to, node, service, kind)

    async with aclosing(_read(nc, local_feed(node, types), start, parse)) as batches:
        async for batch in batches:
            yield batch


async def read_hub(
    nc: Client, node: str, filter: str, start: Mark | None, types: Iterable[str] = ()
) -> AsyncGenerator[Batch, None]:
    """Other nodes' events under one of the node's `filters`, in order for each sender and addressee.

    Goes on after any failure, until cancelled. The connection must have been made with the node's
    `inbox_prefix`. Only the city may ask for some `types`: a department's filter is enforced by the subject on which
    it asks.
    """

    def parse(message: StoredMessage) -> Delivery | None:
        tokens = message.subject.split(".", 4)
        if len(tokens) < 5 or not matches(filter, message.subject):
            log.warning("%s: %s does not belong to %s", node, message.subject, filter)
            return None
        _, to, sender, service, kind = tokens
        return None if sender == node else _delivery(message, to, sender, service, kind)

    only = tuple(f"law.*.*.*.{name}" for name in sorted(types))
    feed = Feed("ALL", HUB_CREATE, f"D.dn.{node}", filter, only)
    async with aclosing(_read(nc, feed, start, parse)) as batches:
        async for batch in batches:
            yield batch


def _delivery(message: StoredMessage, to: str, sender: str, service: str, kind: str) -> Delivery:
    return Delivery(
        message.sequence, message.subject, to, sender, service, kind, message.headers, message.data
    )


async def _read(nc: Client, feed: Feed, mark: Mark | None, parse: Parse) -> AsyncGenerator[Batch, None]:
    pause = FIRST_PAUSE
    while True:
        try:
            async with Consumer(nc, feed, mark.position if mark else 1) as consumer:
                arrivals = await _after(consumer, mark)
                if arrivals is None:
                    log.warning(
                        "%s %s: history was replaced, reading all of it again", feed.stream, feed.filter
                    )
                    mark = None
                    continue
                news = True
                while True:
                    if arrivals:
                        mark = _mark(arrivals[-1])
                    batch = _batch(arrivals, parse, caught_up=not consumer.pending)
                    if batch.deliveries or (news and batch.caught_up):
                        yield batch
                    pause = FIRST_PAUSE
                    arrivals = await consumer.take(BATCH)
                    news = bool(arrivals)
        except BusError as error:
            level = logging.INFO if pause == FIRST_PAUSE else logging.DEBUG
            log.log(level, "%s %s: %s; reading on in %.1f s", feed.stream, feed.filter, error, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


async def _after(consumer: Consumer, mark: Mark | None) -> list[StoredMessage] | None:
    """The first arrivals beyond the mark, or None if what stands at the mark is not the marked event."""
    if mark is None:
        return []
    if not consumer.pending:
        return None
    while not (arrivals := await consumer.take(BATCH)):
        pass
    return arrivals[1:] if _mark(arrivals[0]) == mark else None


def _mark(message: StoredMessage) -> Mark:
    return Mark(message.sequence, message.event_id)


def _batch(arrivals: list[StoredMessage], parse: Parse, *, caught_up: bool) -> Batch:
    deliveries = [delivery for message in arrivals if (delivery := parse(message))]
    return Batch(deliveries, caught_up)
