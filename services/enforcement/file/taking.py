"""The bytes of an upload on their way to the disk: one part is written and counted while the next one comes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any, TypeVar

from services.kit.file_refusals import incomplete, stalled
from services.kit.files import Part
from services.kit.refusal import Malformed

T = TypeVar("T")


async def take_all(part: Part, messages: AsyncIterator[Any], silence: int) -> None:
    """Take chunks up to the size that was named. Raises Malformed for more, Stale for fewer, Busy for silence, Full."""
    await in_thread(part.recount)
    come, writing = part.come, None
    try:
        while (message := await next_of(messages, silence)) is not None:
            if message.HasField("upload") or message.offset:
                said = "is for the first message only", "仅用于第一条消息"
                raise Malformed({"upload": said})
            come += len(message.chunk)
            if come > part.size:
                said = f"brings more than the {part.size} bytes named", f"超过所报的{part.size}字节"
                raise Malformed({"chunk": said})
            if writing is not None:
                await finished(writing)
            writing = asyncio.ensure_future(asyncio.to_thread(part.take, message.chunk))
    finally:
        try:
            if writing is not None:
                await finished(writing)
        finally:
            await in_thread(part.settle)
    if part.come < part.size:
        raise incomplete(part.come)


async def next_of(messages: AsyncIterator[Any], silence: int) -> Any:
    """The next message, None at the end. Raises Busy when nothing comes for so many seconds."""
    try:
        async with asyncio.timeout(silence):
            return await anext(messages, None)
    except TimeoutError:
        raise stalled(silence) from None


async def in_thread(work: Callable[..., T], *arguments: Any) -> T:
    """Work beside the loop that is waited for even by who is cancelled: nobody takes the file from under it."""
    return await finished(asyncio.ensure_future(asyncio.to_thread(work, *arguments)))


async def finished(work: "asyncio.Future[T]") -> T:
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        while not work.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([work])
        if not work.cancelled():
            work.exception()  # looked at, for else the loop complains: who would be told has left
        raise
