"""The oversight stream: the events of all departments as they come, narrowed and from any place on, with the place of each in its
chain, and beside them what is wrong with the chains. Shown to whoever has the right to it.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import datetime
from functools import cache

import grpc
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import overview_pb2 as overviews
from yifa.supervision.v1 import warning_pb2 as warnings
from yifa.supervision.v1 import watch_pb2 as pb

from services.console.clients import CALL_SECONDS, Supervision
from services.console.console import console_of, language_of
from services.console.feed import SILENCE_SECONDS
from services.console.files import refused_person
from services.console.pages import filters
from services.console.pages.errors import sentence
from services.console.pages.overview import PING_SECONDS, RETRY_MS
from services.console.render import address, fragment, page
from services.console.show import Show
from services.law.calendar import SHANGHAI
from services.law.event import events
from services.law.moment import put_moment

# How many of the newest are shown where no place to begin is chosen.
BEFORE = 100
FAULTS = ("CHAIN", "SILENT")
"""The warnings that are about the chains themselves: missing, forged, late or impossible records, and who is not heard."""
SHOWN = 50
PLACE = re.compile("[：:] ?\\{[^}]*\\}")
SERVICES = ("enforcement", "registry", "supervision", "notifications")


def asked(request: Request) -> pb.WatchRequest:
    """What is wanted of the stream. Raises BadFilter."""
    wanted = pb.WatchRequest(
        node=filters.text(request, "node", 32),
        service=filters.text(request, "service", 40),
        only_warnings=filters.flag(request, "warnings"),
    )
    if wanted.service and wanted.service not in SERVICES:
        raise filters.BadFilter("service")
    if kind := filters.text(request, "type", 1000):
        wanted.types.extend(kind.split(","))
        if not events().keys() >= set(wanted.types):
            raise filters.BadFilter("type")
    if filters.text(request, "after"):
        wanted.after_position = filters.number(request, "after")
    elif since := filters.text(request, "from", 16):
        put_moment(wanted.from_time, moment_of(since))
    return wanted


def moment_of(text: str) -> datetime:
    """A moment in Shanghai as a form tells it, 2026-03-02T09:30. Raises BadFilter."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=SHANGHAI)
    except ValueError:
        raise filters.BadFilter("from") from None


def carried(request: Request, wanted: pb.WatchRequest) -> dict[str, object]:
    """The filters as an address tells them."""
    return {
        "node": wanted.node,
        "service": wanted.service,
        "type": ",".join(wanted.types),
        "warnings": "1" if wanted.only_warnings else "",
        "after": request.query_params.get("after", "").strip(),
        "from": request.query_params.get("from", "").strip(),
    }


async def stream(request: Request) -> Response:
    """The page; what comes is asked for by it."""
    console = console_of(request)
    show = console.show(language_of(request))
    wanted = asked(request)
    chosen, said, standing, faults = carried(request, wanted), "", None, list[warnings.Warning]()
    try:
        standing, faults = await chains(console.supervision)
    except grpc.aio.AioRpcError as no:
        if not refused_person(no):
            raise
        said = sentence(no, show.language)
    begin = dict(chosen)
    if standing is not None and wanted.WhichOneof("start") is None:
        begin["after"] = str(max(0, standing.last_position - BEFORE))
    return page(
        request,
        "stream.html",
        f=chosen,
        said=said,
        standing=standing,
        faults=faults,
        departments=filters.departments(show),
        services=[(name, show.known("service", name)) for name in SERVICES],
        kinds=kinds(show.language),
        connect="/stream/events?" + address("", **begin).lstrip("?"),
        live=True,
        rows=[],
    )


async def chains(
    supervision: Supervision,
) -> tuple[overviews.GetOverviewResponse, list[warnings.Warning]]:
    """How far the city has read of everybody, and what it found wrong with the chains and still stands."""
    requests = (
        warnings.ListWarningsRequest(rule_id=rule, state=warnings.WARNING_STATE_OPEN, page_size=SHOWN)
        for rule in FAULTS
    )
    found = asyncio.gather(*(supervision.warnings(each) for each in requests))
    standing, answers = await asyncio.gather(supervision.overview(), found)
    return standing, [warning for answer in answers for warning in answer.warnings]


@cache
def kinds(language: str) -> list[tuple[str, str]]:
    """The events of the contract by their titles; those of one title are asked for together."""
    titled: dict[str, list[str]] = {}
    for name, said in events().items():
        # What an event's title says of its record is not said of its kind.
        title = PLACE.sub("", said.title.zh if language == "zh" else said.title.en)
        titled.setdefault(title, []).append(name)
    return [(",".join(names), title) for title, names in sorted(titled.items())]


async def coming(request: Request) -> Response:
    """The rows as they come. A browser that was away names the last one it had."""
    console = console_of(request)
    show, wanted = console.show(language_of(request)), asked(request)
    last = request.headers.get("last-event-id", "")
    if last.isascii() and last.isdigit() and len(last) < 19:
        wanted.after_position = int(last)
    source = console.supervision.watch(0, wanted)
    try:
        async with asyncio.timeout(CALL_SECONDS):
            first = await anext(aiter(source), None)
    except (grpc.aio.AioRpcError, TimeoutError) as no:
        refused = isinstance(no, grpc.aio.AioRpcError) and refused_person(no)
        return Response(status_code=204 if refused else 503)  # 204: the browser does not ask again
    if first is None:
        return Response(status_code=204)
    return EventSourceResponse(told(show, first, source), ping=PING_SECONDS, send_timeout=30)


async def told(
    show: Show, first: pb.WatchResponse, source: AsyncIterator[pb.WatchResponse]
) -> AsyncIterator[ServerSentEvent]:
    """Each event as a row, until the stream ends or the token does."""
    yield ServerSentEvent(fragment(show, "_source.html", live=True), event="source", retry=RETRY_MS)
    message: pb.WatchResponse | None = first
    try:
        while message is not None:
            if message.HasField("entry"):
                yield ServerSentEvent(row(show, message), event="entry", id=str(message.entry.position))
            async with asyncio.timeout(SILENCE_SECONDS):
                message = await anext(aiter(source), None)
    except (grpc.aio.AioRpcError, TimeoutError):
        pass
    yield ServerSentEvent(fragment(show, "_source.html", live=False), event="source", retry=RETRY_MS)


def row(show: Show, message: pb.WatchResponse) -> str:
    warning = message.warning if message.HasField("warning") else None
    return fragment(show, "_feed_row.html", e=message.entry, warning=warning, chain=True)


ROUTES = [Route("/stream", stream), Route("/stream/events", coming)]
