"""The live feed: one stream from supervision, handed on to every open page."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import grpc
from yifa.supervision.v1 import watch_pb2 as pb

log = logging.getLogger(__name__)

KEPT = 500
QUEUE = 200
# Supervision speaks at least every 15 s; silence for longer means the link is gone.
SILENCE_SECONDS = 40.0
RETRY_SECONDS = (0.5, 1.0, 2.0, 5.0)


@dataclass
class Item:
    """One event, with the row drawn from it kept per language: drawn once, not once per page."""

    position: int
    event: pb.WatchResponse
    rows: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """Whether the stream from supervision holds."""

    live: bool


@dataclass(frozen=True)
class Skipped:
    """So many events are older than what is kept."""

    count: int


Message = Item | Source | Skipped


class Feed:
    """Follows the stream for ever and keeps the newest events. Slow readers are cut off, never waited for."""

    def __init__(
        self,
        watch: Callable[[int], AsyncIterator[pb.WatchResponse]],
        newest: Callable[[], Awaitable[int]],
        silence: float = SILENCE_SECONDS,
    ):
        self._watch, self._newest, self._silence = watch, newest, silence
        self._readers: set[asyncio.Queue[Message | None]] = set()
        self._position: int | None = None
        self._closed = False
        self.live = False
        self.recent: deque[Item] = deque(maxlen=KEPT)

    async def run(self) -> None:
        """Follow until cancelled. After any break it goes on from the last position seen."""
        failures = 0
        while True:
            try:
                async for _ in self._follow():
                    failures = 0
            except (grpc.aio.AioRpcError, TimeoutError) as error:
                log.info("supervision stream ended: %s", error.code() if hasattr(error, "code") else error)
            except Exception:
                log.exception("supervision stream failed")
            self._turn(live=False)
            await asyncio.sleep(RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)])
            failures += 1

    async def _follow(self) -> AsyncIterator[None]:
        newest = await self._newest()
        if (
            self._position is None or newest < self._position
        ):  # a restored city counts from where it was saved
            self._position = max(0, newest - KEPT)
            self.recent.clear()
        stream = aiter(self._watch(self._position))
        while True:
            async with asyncio.timeout(self._silence):
                message = await anext(stream, None)
            if message is None:
                return
            self._turn(live=True)
            if message.HasField("entry") and message.entry.position > self._position:
                self._position = message.entry.position
                item = Item(self._position, message)
                self.recent.append(item)
                self._tell(item)
            yield

    def _turn(self, live: bool) -> None:
        if self.live != live:
            self.live = live
            self._tell(Source(live))

    def _tell(self, message: Message) -> None:
        for queue in list(self._readers):
            try:
                queue.put_nowait(message)
            except asyncio.QueueFull:
                self._cut(queue)

    def _cut(self, queue: asyncio.Queue[Message | None]) -> None:
        # What waited is dropped whole: the reader comes again from the last one it had, and finds it kept.
        self._readers.discard(queue)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)

    def close(self) -> None:
        """End every reader: the console goes down."""
        self._closed = True
        for queue in list(self._readers):
            self._cut(queue)

    async def read(self, after: int) -> AsyncIterator[Message]:
        """What was kept after a position, then what comes. Ends when the reader is too slow: it may come again."""
        queue: asyncio.Queue[Message | None] = asyncio.Queue(QUEUE)
        kept = [item for item in self.recent if item.position > after]
        if self._closed:
            return
        self._readers.add(queue)
        try:
            yield Source(self.live)
            if self.recent and self.recent[0].position > after + 1:
                yield Skipped(self.recent[0].position - after - 1)
            for item in kept:
                yield item
            while (message := await queue.get()) is not None:
                yield message
        finally:
            self._readers.discard(queue)
