"""The overview and the live feed on it."""

import asyncio
from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.console.console import Console, console_of, language_of
from services.console.feed import Item, Message, Source
from services.console.pages import filters
from services.console.render import fragment, page
from services.console.show import Show

ROWS = 30
CLOCKS = 8
PING_SECONDS = 15
RETRY_MS = 2000


async def overview(request: Request) -> Response:
    console = console_of(request)
    counts, due = await asyncio.gather(console.supervision.overview(), console.supervision.deadlines(CLOCKS))
    names = await console.supervision.names(d.subject_id for d in due.deadlines)
    recent = list(console.feed.recent)
    show = console.show(language_of(request))
    return page(
        request,
        "overview.html",
        counts=counts,
        open_cases=sum(d.open_cases for d in counts.departments),
        deadlines=due.deadlines,
        names=names,
        live=console.feed.live,
        rows=[row(show, item) for item in reversed(recent[-ROWS:])],
        after=recent[-1].position if recent else 0,
    )


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
    show = console.show(language)
    async for message in console.feed.read(after):
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
    found = item.rows.get(show.language)
    if found is None:
        warning = item.event.warning if item.event.HasField("warning") else None
        found = fragment(show, "_feed_row.html", e=item.event.entry, warning=warning, chain=False)
        item.rows[show.language] = found
    return found


ROUTES = [Route("/", overview), Route("/feed", feed)]
