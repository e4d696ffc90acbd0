"""One pass over a stream: an ephemeral ordered consumer whose every gap is noticed.

The server pushes; flow control holds it back while what it sent is not yet taken. Nothing is acknowledged, so
there is no state at the server to lose: whoever reads keeps the position.
"""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from nats.aio.client import Client

from services.kit.bus import BusError, StoredMessage, api_request, asked

HEARTBEAT = 1.0
SILENCE = 2.5 * HEARTBEAT
INACTIVE = 30.0
LARGEST_PLACE = 2**63


class Broken(BusError):
    """The consumer lost a message or fell silent; make another one."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Where a stream is read: consumers are made at the subject `create` and push below `deliver`.

    What is read lies under `filter`; where `only` names subjects, it is those.
    """

    stream: str
    create: str
    deliver: str
    filter: str
    only: tuple[str, ...] = ()


class Consumer:
    """What has been pushed and not yet taken, from sequence `start` on (1: from the first).

    Used as a context manager; entering makes the consumer at the server and raises BusError if that fails.
    """

    def __init__(self, nc: Client, feed: Feed, start: int) -> None:
        self.pending = 0
        """How many messages under the filter the server still had after the last one taken."""
        self._nc = nc
        self._feed = feed
        self._name = secrets.token_hex(12)
        self._start = start
        self._queue: deque[Any] = deque()
        self._arrived = asyncio.Event()
        self._last = 0
        self._heard = time.monotonic()

    async def __aenter__(self) -> "Consumer":
        subject = f"{self._feed.deliver}.{self._name}"
        self._subscription = await asked(lambda: self._nc.subscribe(subject, cb=self._on_message))
        create = f"{self._feed.create}.{self._name}"
        if not self._feed.only:
            create += f".{self._feed.filter}"
        try:
            answer = await api_request(self._nc, create, _config(self._feed, self._name, self._start))
        except BaseException:
            await self.__aexit__()
            raise
        self.pending = int(answer.get("num_pending", 0))
        return self

    async def __aexit__(self, *_: object) -> None:
        with suppress(BusError):
            await asked(self._subscription.unsubscribe)

    async def _on_message(self, message: Any) -> None:
        self._queue.append(message)
        self._heard = time.monotonic()
        self._arrived.set()

    async def take(self, limit: int) -> list[StoredMessage]:
        """All that has queued up, at most `limit`; nothing after a second without messages. Raises Broken."""
        taken: list[StoredMessage] = []
        await self._wait()
        while self._queue and len(taken) < limit:
            if message := await self._sort(self._queue.popleft()):
                taken.append(message)
        return taken

    async def _wait(self) -> None:
        while not self._queue:
            self._arrived.clear()
            try:
                async with asyncio.timeout(self._heard + SILENCE - time.monotonic()):
                    await self._arrived.wait()
            except TimeoutError:
                raise Broken(f"{self._feed.stream}: no heartbeat") from None

    async def _sort(self, message: Any) -> StoredMessage | None:
        """A stored message always carries its place in the acknowledgement subject; all else is control."""
        place = _place(message.reply, self._feed.stream, self._name)
        if place is None:
            await self._control(message)
            return None
        sequence, number, pending = place
        if number != self._last + 1:
            raise Broken(f"{self._feed.stream}: message {self._last + 1} of the consumer is missing")
        self._last, self.pending = number, pending
        return StoredMessage(sequence, message.subject, message.headers or {}, message.data)

    async def _control(self, message: Any) -> None:
        """Only flow control is answered: answering what a message names would publish for its sender."""
        headers: Mapping[str, str] = message.headers or {}
        delivered = headers.get("Nats-Last-Consumer")
        if delivered and delivered.isascii() and delivered.isdigit() and int(delivered[:20]) != self._last:
            raise Broken(f"{self._feed.stream}: the consumer is at {delivered}, {self._last} arrived")
        reply = message.reply or headers.get("Nats-Consumer-Stalled", "")
        if not message.data and reply.startswith(f"$JS.FC.{self._feed.stream}.{self._name}."):
            await asked(lambda: self._nc.publish(reply, b""))


def _config(feed: Feed, name: str, start: int) -> dict[str, Any]:
    nanoseconds = 1_000_000_000
    config: dict[str, Any] = {
        "name": name,
        "deliver_subject": f"{feed.deliver}.{name}",
        **({"filter_subjects": feed.only} if feed.only else {"filter_subject": feed.filter}),
        "deliver_policy": "by_start_sequence" if start > 1 else "all",
        "ack_policy": "none",
        "max_deliver": 1,
        "mem_storage": True,
        "num_replicas": 1,
        "flow_control": True,
        "idle_heartbeat": int(HEARTBEAT * nanoseconds),
        "inactive_threshold": int(INACTIVE * nanoseconds),
    }
    if start > 1:
        config["opt_start_seq"] = start
    return {"stream_name": feed.stream, "config": config, "action": ""}


def _place(reply: str, stream: str, name: str) -> tuple[int, int, int] | None:
    """From `$JS.ACK.<stream>.<consumer>.1.<sequence>.<number>.<time>.<pending>`; None for anything else."""
    prefix = f"$JS.ACK.{stream}.{name}."
    if not reply.startswith(prefix):
        return None
    try:
        _, sequence, number, _, pending = reply[len(prefix) :].split(".")
        place = int(sequence), int(number), int(pending)
    except ValueError:
        return None
    return place if all(0 <= n < LARGEST_PLACE for n in place) else None
