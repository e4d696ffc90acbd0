"""Traces as the SDKs send them: kept, bounded, found, and drawn as they were."""

import asyncio
import contextlib
import re
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as pb
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2_grpc as rpc
from opentelemetry.proto.common.v1 import common_pb2 as common
from opentelemetry.proto.trace.v1 import trace_pb2 as otlp

from services.console.config import ConsoleConfig
from services.console.otlp import LARGEST_SPAN
from services.console.traces import PAGE, Query, Span, TraceStore
from services.console.waterfall import waterfall
from services.kit.dial import Target, channel
from services.kit.settings import BadSettings
from tests.browser.site import browsing, config_of, dead_port, serving
from tests.city import City

MS = 1_000_000
START = 1_790_000_000_000 * MS
LIMIT = 60


def trace_of(n: int) -> str:
    return f"{n:032x}"


def pair(key: str, value: Any) -> common.KeyValue:
    kind = {bool: "bool_value", int: "int_value", float: "double_value"}.get(type(value), "string_value")
    return common.KeyValue(key=key, value=common.AnyValue(**{kind: value}))


def span(n: int, span_id: int, parent: int = 0, **more: Any) -> otlp.Span:
    """Span `span_id` of trace `n`; start and length in milliseconds."""
    start = START + round(more.get("start", 0) * MS)
    made = otlp.Span(
        trace_id=bytes.fromhex(trace_of(n)),
        span_id=span_id.to_bytes(8),
        parent_span_id=parent.to_bytes(8) if parent else b"",
        name=more.get("name", f"operation {span_id}"),
        kind=more.get("kind", otlp.Span.SPAN_KIND_SERVER),
        start_time_unix_nano=start,
        end_time_unix_nano=start + round(more.get("length", 10) * MS),
        attributes=[pair(k, v) for k, v in more.get("attributes", {}).items()],
        links=more.get("links", ()),
        events=more.get("events", ()),
    )
    if more.get("failed"):
        made.status.code = otlp.Status.STATUS_CODE_ERROR
        made.status.message = more["failed"]
    return made


@dataclass
class Desk:
    """A console that hears no city, only spans."""

    client: httpx.AsyncClient
    exporter: rpc.TraceServiceStub
    file: Path

    async def send(
        self, *spans: otlp.Span, service: str = "enforcement@huanbao"
    ) -> pb.ExportTraceServiceResponse:
        resource = otlp.ResourceSpans(scope_spans=[otlp.ScopeSpans(spans=spans)])
        resource.resource.attributes.append(pair("service.name", service))
        return await self.exporter.Export(pb.ExportTraceServiceRequest(resource_spans=[resource]))

    async def spans(self, n: int) -> list[dict[str, Any]]:
        answer = await self.client.get(f"/api/traces/{trace_of(n)}")
        return answer.json()["spans"] if answer.status_code == 200 else []

    async def search(self, **filters: Any) -> list[int]:
        """The numbers of the traces found, as listed."""
        page = await self.client.get("/traces", params=filters)
        assert page.status_code == 200
        return [int(found, 16) for found in re.findall(r'href="/traces/([0-9a-f]{32})"', page.text)]


@contextlib.asynccontextmanager
async def desk_at(city: City, folder: Path, limit: int = LIMIT) -> AsyncIterator[Desk]:
    with dead_port() as dead:
        config = config_of(city, folder, supervision=dead, span_limit=limit)
        async with (
            serving(config) as console,
            browsing(console.url) as client,
            channel(Target(f"127.0.0.1:{console.otlp_port}")) as there,
        ):
            yield Desk(client, rpc.TraceServiceStub(there), config.spans)


@pytest_asyncio.fixture(loop_scope="session")
async def desk(city: City, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_at(city, tmp_path) as desk:
        yield desk


async def test_an_export_that_is_repeated_changes_nothing(desk: Desk) -> None:
    tagged = span(1, 1, attributes={"yifa.case_number": "示罚立〔2026〕1号"})
    await desk.send(tagged, span(1, 2, 1))
    before = await desk.spans(1)

    await desk.send(tagged, span(1, 2, 1))

    assert await desk.spans(1) == before
    with sqlite3.connect(desk.file) as db:
        assert db.execute("SELECT count(*) FROM span").fetchone() == (2,)
        assert db.execute("SELECT count(*) FROM tag").fetchone() == (1,)


async def test_what_came_first_of_a_span_stands(desk: Desk) -> None:
    """Who knows the ids of a genuine span puts no other in its place."""
    await desk.send(span(1, 1, name="genuine", attributes={"yifa.case_id": "C-1"}))
    before = await desk.spans(1)

    await desk.send(span(1, 1, name="another", attributes={"yifa.case_id": "C-2"}))

    assert await desk.spans(1) == before
    assert await desk.search(case="C-2") == []


async def test_a_span_larger_than_any_is_not_kept(desk: Desk) -> None:
    answer = await desk.send(span(1, 1), span(1, 2, 1, attributes={"film": "x" * LARGEST_SPAN}))

    assert answer.partial_success.rejected_spans == 1
    assert str(LARGEST_SPAN) in answer.partial_success.error_message
    assert [found["span_id"] for found in await desk.spans(1)] == [f"{1:016x}"]


async def test_what_is_kept_of_spans_is_bounded_in_bytes(tmp_path: Path) -> None:
    store = TraceStore(tmp_path / "spans.db", 1_000_000, most_bytes=1 << 20)
    await store.open()
    try:
        for n in range(60):
            spans = [
                Span(f"{n:032x}", f"{at:016x}", "", "s", "o", "SERVER", n, n, False, message="x" * 1000)
                for at in range(100)
            ]
            await store.add(spans)
            assert store.size <= store.most_bytes
        newest, oldest = await store.trace(f"{59:032x}"), await store.trace(f"{0:032x}")
    finally:
        await store.close()

    assert newest and not oldest


async def test_a_number_that_is_none_is_told_as_text(desk: Desk) -> None:
    sent = span(1, 1)
    for name, value in (("a", float("nan")), ("b", float("inf"))):
        sent.attributes.append(common.KeyValue(key=name, value=common.AnyValue(double_value=value)))
    await desk.send(sent)

    [found] = await desk.spans(1)

    assert (found["attributes"]["a"], found["attributes"]["b"]) == ("nan", "inf")
    for asked in ("nan", "inf", "-1", "x"):
        assert (await desk.client.get("/traces", params={"min_ms": asked})).status_code == 400


async def test_a_span_that_ends_later_takes_its_place(desk: Desk) -> None:
    await desk.send(span(1, 2, 1, name="child", kind=otlp.Span.SPAN_KIND_INTERNAL))
    orphaned = (await desk.client.get(f"/traces/{trace_of(1)}")).text

    await desk.send(span(1, 1, name="late root", length=50))

    page = (await desk.client.get(f"/traces/{trace_of(1)}")).text
    assert "上级步骤未收到" in orphaned and "上级步骤未收到" not in page
    assert page.index("late root") < page.index("child</code>")


async def test_a_call_from_outside_misses_nothing(desk: Desk) -> None:
    await desk.send(span(1, 2, 1), span(1, 3, 7, start=1))

    page = (await desk.client.get(f"/traces/{trace_of(1)}")).text

    assert page.count("上级步骤未收到") == 1
    assert page.index("operation 2</code>") < page.index("上级步骤未收到")


async def test_the_oldest_spans_make_room(desk: Desk) -> None:
    for n in range(1, LIMIT + 11):
        await desk.send(span(n, n, attributes={"yifa.case_id": f"C-{n}"}))

    with sqlite3.connect(desk.file) as db:
        assert db.execute("SELECT count(*) FROM span").fetchone() == (LIMIT,)
        assert db.execute("SELECT count(*) FROM tag").fetchone() == (LIMIT,)
    assert await desk.search(case="C-10") == []
    assert await desk.search(case=f"C-{LIMIT + 10}") == [LIMIT + 10]


async def test_traces_outlive_a_restart(city: City, tmp_path: Path) -> None:
    async with desk_at(city, tmp_path) as desk:
        await desk.send(span(1, 1))
        before = await desk.spans(1)

    async with desk_at(city, tmp_path) as desk:
        assert before and await desk.spans(1) == before


async def test_a_file_of_another_version_is_begun_anew(city: City, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "spans.db") as db:
        db.execute("CREATE TABLE span (other TEXT)")
        db.execute("PRAGMA user_version = 99")
    async with desk_at(city, tmp_path) as desk:
        await desk.send(span(1, 1))

        assert await desk.search() == [1]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [4, 3, 2, 1]),
        ({"case": "示罚立〔2026〕1号"}, [1]),
        ({"case": "〔2026〕"}, [2, 1]),
        ({"case": "C-2"}, [2]),
        ({"service": "supervision@city"}, [3]),
        ({"operation": "DECIDE"}, [2, 1]),
        ({"operation": "decide", "failed": "1"}, [2]),
        ({"min_ms": "100"}, [3]),
        ({"min_ms": "100", "service": "enforcement@huanbao"}, []),
        ({"failed": "1"}, [2]),
        ({"case": "' OR 1=1 --"}, []),
        ({"before": str(START + 3 * MS)}, [2, 1]),
    ],
)
async def test_search(desk: Desk, filters: dict[str, str], found: list[int]) -> None:
    await desk.send(span(1, 1, name="Decide", start=1, attributes={"yifa.case_number": "示罚立〔2026〕1号"}))
    both = {"yifa.case_number": "示罚立〔2026〕2号", "yifa.case_id": "C-2"}
    await desk.send(span(2, 2, name="Decide", start=2, failed="no", attributes=both), span(2, 3, 2, start=2))
    await desk.send(span(3, 4, start=3, length=150), service="supervision@city")
    await desk.send(span(4, 5, start=4))

    assert await desk.search(**filters) == found


async def test_older_traces_are_one_page_on(city: City, tmp_path: Path) -> None:
    async with desk_at(city, tmp_path, limit=1000) as desk:
        await desk.send(*(span(n, n, start=n) for n in range(1, PAGE + 6)))
        page = (await desk.client.get("/traces")).text
        older = re.search(r'rel="next" href="([^"]+)"', page)
        assert older

        answer = await desk.client.get(older[1].replace("&amp;", "&"))

    assert re.findall(r'href="/traces/([0-9a-f]{32})"', answer.text) == [trace_of(n) for n in (5, 4, 3, 2, 1)]
    assert 'rel="next"' not in answer.text


async def test_a_span_shows_what_it_carries(desk: Desk) -> None:
    link = otlp.Span.Link(trace_id=bytes.fromhex(trace_of(9)), span_id=(7).to_bytes(8))
    event = otlp.Span.Event(name="commit", time_unix_nano=START + 4 * MS, attributes=[pair("fsync", True)])
    root = span(
        1, 1, failed="<b>坏了</b>", links=[link], events=[event], attributes={"rows": 3, "share": 0.5}
    )
    await desk.send(root, span(1, 2, 1, start=5, length=5))

    page = (await desk.client.get(f"/traces/{trace_of(1)}")).text
    [stored, child] = await desk.spans(1)

    assert f'href="/traces/{trace_of(9)}#s{7:016x}"' in page
    assert "commit" in page and "+4 ms" in page
    assert "&lt;b&gt;坏了&lt;/b&gt;" in page and "<b>坏了" not in page
    assert stored["attributes"] == {"rows": 3, "share": 0.5}
    assert stored["events"][0]["attributes"] == {"fsync": True}
    assert 'x="500" width="500"' in page and child["parent_id"] == f"{1:016x}"


async def test_spans_without_ids_are_sent_back(desk: Desk) -> None:
    broken = span(1, 1)
    broken.trace_id = b"short"

    answer = await desk.send(broken, span(1, 2))

    assert answer.partial_success.rejected_spans == 1
    assert len(await desk.spans(1)) == 1


async def test_parents_in_a_ring_are_each_drawn_once(desk: Desk) -> None:
    await desk.send(span(1, 1, 2), span(1, 2, 1), span(1, 3, 3), span(1, 4, 2))

    page = (await desk.client.get(f"/traces/{trace_of(1)}")).text

    assert page.partition("<main")[2].count("<details") == 4


async def test_the_search_finds_one_among_many_spans(tmp_path: Path) -> None:
    store = TraceStore(tmp_path / "spans.db", 30_000)
    await store.open()
    try:
        from services.console.traces import Span

        for trace in range(4000):
            ids = {"yifa.case_number": f"示罚立〔2026〕{trace}号"}
            await store.add(
                [
                    Span(trace_of(trace + 1), f"{n:016x}", f"{n - 1:016x}" if n else "", f"s{n}", f"op {n}", "SERVER",
                         START + trace * MS + n, START + trace * MS + n + 5, False, attributes={} if n else ids)
                    for n in range(5)
                ]
            )  # fmt: skip
        assert await store.count() == 20_000
        assert len(await store.search(Query(case="〔2026〕3999号"))) == 1
        assert not await store.search(Query(failed=True))
        assert len(waterfall(await store.trace(trace_of(1))).rows) == 5
    finally:
        await store.close()


async def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with dead_port() as taken:
        port = int(str(taken).rpartition(":")[2])
        config = ConsoleConfig(
            taken, port=0, otlp_port=port, spans=tmp_path / "spans.db", sessions=tmp_path / "s.db"
        )
        with pytest.raises(BadSettings, match=str(port)):
            async with asyncio.timeout(10), serving(config):
                pass
