"""The overview and the live feed on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.console.console import Console, console_of, language_of
from services.console.feed import Item, Message, Source, follow, until_closed
from services.console.pages import filters
from services.console.render import fragment, page
from services.console.show import Show

ROWS = 30
# How long a page waits for the newest events.
MOMENT = 1.0
CLOCKS = 8
PING_SECONDS = 15
RETRY_MS = 2000


async def overview(request: Request) -> Response:
    console = console_of(request)
    counts, due = await asyncio.gather(console.supervision.overview(), console.supervision.deadlines(CLOCKS))
    names = await console.supervision.names(d.subject_id for d in due.deadlines)
    show, last = console.show(language_of(request)), counts.last_position
    recent = await newest(console, last)
    return page(
        request,
        "overview.html",
        counts=counts,
        open_cases=sum(d.open_cases for d in counts.departments),
        deadlines=due.deadlines,
        names=names,
        live=True,
        rows=[row(show, item) for item in reversed(recent)],
        after=recent[-1].position if recent else last,
    )


async def newest(console: Console, last: int) -> list[Item]:
    """The newest events up to a position; as many as come in a moment."""
    found: list[Item] = []
    if not last:
        return found
    coming = console.supervision.watch(max(0, last - ROWS))
    with suppress(TimeoutError):
        async with asyncio.timeout(MOMENT):
            async for message in coming:
                if message.HasField("entry"):
                    found.append(Item(message.entry.position, message))
                    if message.entry.position >= last:
                        break
    coming.cancel()
    return found


async def feed(request: Request) -> Response:
    """Rows as they come. A browser that was away names the last one it had."""
    console, language = console_of(request), language_of(request)
    last = request.headers.get("last-event-id", "")
    after = (
        int(last)
        if last.isascii() and last.isdigit() and len(last) < 19
        else filters.number(request, "after")
    )
    return EventSourceResponse(messages(console, language, after), ping=PING_SECONDS, send_timeout=30)


async def messages(console: Console, language: str, after: int) -> AsyncIterator[ServerSentEvent]:
    show, supervision = console.show(language), console.supervision

    async def last() -> int:
        return (await supervision.overview()).last_position

    async for message in until_closed(console.closing, follow(supervision.watch, last, after)):
        yield drawn(show, message)


def drawn(show: Show, message: Message) -> ServerSentEvent:
    if isinstance(message, Item):
        return ServerSentEvent(row(show, message), event="entry", id=str(message.position))
    if isinstance(message, Source):
        return ServerSentEvent(
            fragment(show, "_source.html", live=message.live), event="source", retry=RETRY_MS
        )
    return ServerSentEvent(fragment(show, "_skipped.html", count=message.count), event="entry")


def row(show: Show, item: Item) -> str:
    warning = item.event.warning if item.event.HasField("warning") else None
    return fragment(show, "_feed_row.html", e=item.event.entry, warning=warning, chain=False)


ROUTES = [Route("/", overview), Route("/feed", feed)]
