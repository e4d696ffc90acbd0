"""Who acts in a federation under test: a service that writes, a service that reads."""

import asyncio
import contextlib
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from nats.aio.client import Client

from services.kit.bus import BusError, last_of, stream_of
from services.kit.publish import Outgoing, batches, publish_in_order
from services.kit.reader import Delivery, Mark, read_hub, read_local
from services.node.nats import Listen
from tests.cable import free_port

DEADLINE = 20.0


def local() -> Listen:
    return Listen("127.0.0.1", free_port())


async def until(condition: Callable[[], object], what: str = "", deadline: float = DEADLINE) -> None:
    """Wait until the condition holds; fail with what was awaited."""
    try:
        async with asyncio.timeout(deadline):
            while not condition():
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"not within {deadline} s: {what or condition}") from None


@dataclass
class Journal:
    """A service's events in order, and its relay: the stream itself is the cursor."""

    nc: Client
    node: str
    service: str
    events: list[Outgoing] = field(default_factory=list)

    def add(self, to: str, count: int = 1, size: int = 100, kind: str = "Told") -> None:
        for _ in range(count):
            event_id, seq = uuid.uuid4().hex, len(self.events) + 1
            headers = {"Nats-Msg-Id": event_id, "yifa-service": self.service, "yifa-seq": str(seq)}
            body = f"{self.node} {self.service} {seq} ".encode().ljust(size, b".")
            self.events.append(Outgoing(f"evt.{to}.{self.service}.{kind}", headers, body))

    async def relay(self) -> None:
        """Publish what the stream has not. Raises BusError."""
        mine = f"evt.*.{self.service}.>"
        last = await last_of(self.nc, stream_of(self.node), mine)
        done = int(last.headers["yifa-seq"]) if last else 0
        position = last.sequence if last else 0
        for batch in batches(self.events[done:]):
            position = await publish_in_order(self.nc, batch, expected_last=position, expected_filter=mine)

    async def keep_relaying(self) -> None:
        """Wakes for new events at once, and looks what the stream has all the same now and then."""
        relayed, pauses = 0, 0
        while True:
            if relayed != len(self.events) or pauses > 25:
                with contextlib.suppress(BusError):
                    count, pauses = len(self.events), 0
                    await self.relay()
                    relayed = count
            await asyncio.sleep(0.02)
            pauses += 1


@dataclass
class Inbox:
    """What a service has read, each event once, in order of arrival; `mark` is what it would have stored."""

    mark: Mark | None = None
    events: list[Delivery] = field(default_factory=list)
    repeats: int = 0
    caught_up: int = 0
    seen: set[tuple[str, str, str]] = field(default_factory=set)

    async def keep_reading(
        self, nc: Client, node: str, filter: str | None, types: Iterable[str] = ()
    ) -> None:
        start = self.mark
        batches = read_hub(nc, node, filter, start, types) if filter else read_local(nc, node, start, types)
        async for batch in batches:
            for delivery in batch.deliveries:
                key = (delivery.sender, delivery.service, delivery.headers.get("yifa-seq", delivery.event_id))
                if key in self.seen:
                    self.repeats += 1
                else:
                    self.seen.add(key)
                    self.events.append(delivery)
            if batch.deliveries:
                self.mark = batch.deliveries[-1].mark
            self.caught_up += batch.caught_up

    def of(self, sender: str, service: str = "enforcement") -> list[int]:
        """The journal numbers read from one service of one node, in the order of arrival."""
        wanted = (sender, service)
        return [int(e.headers["yifa-seq"]) for e in self.events if (e.sender, e.service) == wanted]
