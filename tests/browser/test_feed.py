"""The live feed: every event once, in order, to every browser, whatever breaks."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import grpc
import httpx
from yifa.supervision.v1 import watch_pb2 as pb

from services.console.app import Listening
from services.console.feed import KEPT, Item, Message, Skipped, Source, follow
from tests.browser.conftest import Scene
from tests.browser.site import OVERSEER, browsing, config_of, serving
from tests.city import City

SECONDS = 10.0


@dataclass
class Event:
    """One message of an event stream."""

    id: str = ""
    event: str = ""
    data: str = ""


async def stream(client: httpx.AsyncClient, after: int = 0, last: str = "") -> AsyncIterator[Event]:
    headers = {"last-event-id": last} if last else {}
    async with client.stream("GET", f"/feed?after={after}", headers=headers, timeout=30) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        event = Event()
        async for line in answer.aiter_lines():
            name, _, value = line.partition(": ")
            if not line:
                if event.event:
                    yield event
                event = Event()
            elif name == "data":
                event.data += value
            elif name in ("id", "event"):
                setattr(event, name, value)


async def until(events: AsyncIterator[Event], text: str) -> list[Event]:
    """The events up to the first that carries a text."""
    got = []
    async with asyncio.timeout(SECONDS):
        async for event in events:
            got.append(event)
            if text in event.data:
                return got
    raise AssertionError(f"the stream ended without {text}")


async def newest(client: httpx.AsyncClient) -> int:
    page = (await client.get("/")).text
    return int(page.split("/feed?after=")[1].split('"')[0])


async def test_an_act_reaches_every_browser_once(city: City, console: Listening, scene: Scene) -> None:
    async with browsing(console.url) as one, browsing(console.url, "en") as other:
        await city.eventually(lambda: newest(one))
        after = await newest(one)
        chinese, english = stream(one, after), stream(other, after)
        first = await anext(chinese)

        case_id = await scene.clue("实时示例")

        rows = [(await until(s, case_id))[-1] for s in (chinese, english)]
        await chinese.aclose()
        await english.aclose()
    assert (first.event, "实时接收中" in first.data) == ("source", True)
    assert {row.event for row in rows} == {"entry"}
    assert rows[0].id == rows[1].id
    assert "登记线索" in rows[0].data and "Clue registered" in rows[1].data


async def test_a_browser_that_was_away_gets_what_it_missed(
    city: City, console: Listening, scene: Scene
) -> None:
    async with browsing(console.url) as client:
        await city.eventually(lambda: newest(client))
        before = stream(client, await newest(client))
        await anext(before)
        one = await scene.clue()
        seen = (await until(before, one))[-1]
        await before.aclose()
        two = await scene.clue()

        rows = [e for e in await until(stream(client, last=seen.id), two) if e.event == "entry"]

    ids = [int(e.id) for e in rows]
    assert ids == list(range(int(seen.id) + 1, ids[-1] + 1)), "in order, none missing, none twice"


async def test_a_restart_of_the_city_loses_nothing(city: City, scene: Scene, tmp_path: Path) -> None:
    async with serving(config_of(city, tmp_path)) as console, browsing(console.url) as client:
        await city.eventually(lambda: newest(client))
        events = stream(client, await newest(client))
        got = await until(events, "实时接收中")

        await city.stop_node("city")
        case_id = await scene.clue()
        got += await until(events, "监督服务连接中断")
        await city.start_node("city")
        got += await until(events, case_id)

        await events.aclose()
    ids = [int(e.id) for e in got if e.event == "entry"]
    assert ids == list(range(ids[0], ids[-1] + 1))


async def test_open_feeds_do_not_hold_up_the_end(city: City, tmp_path: Path) -> None:
    async with serving(config_of(city, tmp_path)) as console:
        client = browsing(console.url)
        await client.become(OVERSEER)
        events = stream(client)
        await anext(events)
        began = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - began < 2.5
    with contextlib.suppress(httpx.HTTPError):
        await events.aclose()
    await client.aclose()


# What no real city does on demand: a stream that breaks at a given event, or says nothing.


@dataclass
class Script:
    """A source of events that the test plays, and what it was asked for."""

    asked: list[int] = field(default_factory=list)
    last: int = 0
    moved: asyncio.Event = field(default_factory=asyncio.Event)
    breaks_at: int = 0
    repeats: int = 0
    code: grpc.StatusCode = grpc.StatusCode.UNAVAILABLE

    def cut(self, last: int) -> None:
        """End the stream; when it is asked for again, the count stands at `last`."""
        self.last, self.breaks_at = last, -1
        self.moved.set()

    def play(self, count: int) -> None:
        self.last += count
        self.moved.set()

    async def newest(self) -> int:
        return self.last

    async def watch(self, after: int) -> AsyncIterator[pb.WatchResponse]:
        self.asked.append(after)
        after = max(0, after - self.repeats)
        yield pb.WatchResponse()
        while True:
            if self.breaks_at == -1:
                self.breaks_at = 0
                raise gone(self.code)
            while after < self.last:
                after += 1
                if after == self.breaks_at:
                    self.breaks_at = 0
                    raise gone(self.code)
                message = pb.WatchResponse()
                message.entry.position = after
                yield message
            self.moved.clear()
            await self.moved.wait()


def gone(code: grpc.StatusCode) -> grpc.aio.AioRpcError:
    return grpc.aio.AioRpcError(code, grpc.aio.Metadata(), grpc.aio.Metadata())


async def positions(reader: AsyncIterator[Message], last: int) -> list[int]:
    got = []
    async with asyncio.timeout(SECONDS):
        async for message in reader:
            if isinstance(message, Item):
                got.append(message.position)
                if message.position == last:
                    break
    return got


async def test_a_broken_stream_goes_on_where_it_broke() -> None:
    script = Script(last=10, breaks_at=6)

    assert await positions(follow(script.watch, script.newest, 2), 10) == list(range(3, 11))
    assert script.asked == [2, 5]


async def test_events_that_come_twice_are_shown_once() -> None:
    script = Script(last=10, breaks_at=6, repeats=3)

    assert await positions(follow(script.watch, script.newest, 2), 10) == list(range(3, 11))


async def test_a_silent_stream_is_given_up() -> None:
    script = Script()
    reader = follow(script.watch, script.newest, 0, silence=0.05)

    async with asyncio.timeout(SECONDS):
        said = [await anext(reader) for _ in range(3)]

    assert said == [Source(True), Source(False), Source(True)]
    assert len(script.asked) == 2


async def test_a_browser_that_was_away_too_long_is_told_how_much_it_missed() -> None:
    script = Script(last=KEPT + 11)
    reader = follow(script.watch, script.newest, 1)

    assert [await anext(reader), await anext(reader)] == [Skipped(10), Source(True)]
    assert await positions(reader, KEPT + 11) == list(range(12, KEPT + 12))


async def test_a_restored_city_is_followed_from_its_own_count() -> None:
    script = Script(last=9)
    reader = follow(script.watch, script.newest, 9)
    assert await anext(reader) == Source(True)

    script.cut(last=4)

    assert await positions(reader, 4) == [1, 2, 3, 4]
    assert script.asked == [9, 0]


async def test_a_stream_whose_token_was_taken_back_ends() -> None:
    script = Script(last=3, breaks_at=3, code=grpc.StatusCode.UNAUTHENTICATED)

    async with asyncio.timeout(SECONDS):
        said = [message async for message in follow(script.watch, script.newest, 1)]

    assert [type(each) for each in said] == [Source, Item, Source] and script.asked == [1]
