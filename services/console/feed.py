"""The live feed: what the city tells whoever is signed in of every event, from a position on, whatever breaks."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import grpc
from yifa.supervision.v1 import watch_pb2 as pb

from services.console.files import refused_person

log = logging.getLogger(__name__)
# Who was away for longer is told how much was left out.
KEPT = 500
# Supervision speaks at least every 15 s; silence for longer means the link is gone.
SILENCE_SECONDS = 40.0
RETRY_SECONDS = (0.5, 1.0, 2.0, 5.0)


@dataclass(frozen=True)
class Item:
    """One event."""

    position: int
    event: pb.WatchResponse


@dataclass(frozen=True)
class Source:
    """Whether the stream from supervision holds."""

    live: bool


@dataclass(frozen=True)
class Skipped:
    """So many events are older than what is told."""

    count: int


Message = Item | Source | Skipped
Watch = Callable[[int], AsyncIterator[pb.WatchResponse]]


async def follow(
    watch: Watch, newest: Callable[[], Awaitable[int]], after: int, silence: float = SILENCE_SECONDS
) -> AsyncIterator[Message]:
    """Every event after a position, once and in order. After a break it goes on from the last one; it ends with the right."""
    failures, reached = 0, after
    live: bool | None = None
    while True:
        try:
            last = await newest()
            if last < reached:  # a restored city counts from where it was saved
                reached = max(0, last - KEPT)
            if last - reached > KEPT:
                yield Skipped(last - KEPT - reached)
                reached = last - KEPT
            stream = aiter(watch(reached))
            while True:
                async with asyncio.timeout(silence):
                    message = await anext(stream, None)
                if message is None:
                    break
                failures = 0
                if live is not True:
                    yield Source(live := True)
                if message.HasField("entry") and message.entry.position > reached:
                    reached = message.entry.position
                    yield Item(reached, message)
        except grpc.aio.AioRpcError as error:
            log.info("supervision stream ended: %s", error.code())
            if refused_person(error):
                yield Source(False)
                return
        except TimeoutError:
            log.info("supervision stream is silent")
        if live is not False:
            yield Source(live := False)
        await asyncio.sleep(RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)])
        failures += 1


async def until_closed(closing: asyncio.Event, messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """The messages for as long as the console does not go down."""
    ending = asyncio.ensure_future(closing.wait())
    try:
        while True:
            coming = asyncio.ensure_future(anext(messages, None))
            try:
                await asyncio.wait([coming, ending], return_when=asyncio.FIRST_COMPLETED)
            finally:
                if not coming.done():
                    coming.cancel()
            if coming.cancelled() or not coming.done() or (message := coming.result()) is None:
                return
            yield message
    finally:
        ending.cancel()
