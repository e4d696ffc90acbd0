"""Faults made for real, and what a node says of each: in health, in its status, to its callers; and that it goes on after."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
import pytest_asyncio
from grpc_health.v1 import health_pb2, health_pb2_grpc
from yifa.journal.v1 import condition_pb2 as conditions
from yifa.journal.v1 import journal_service_pb2_grpc
from yifa.journal.v1 import node_pb2 as nodes
from yifa.registry.v1 import registry_service_pb2_grpc

from services.cli.tokens import changed_token_key
from services.kit.access import make_key, mint
from services.kit.dial import Target, channel
from services.kit.node import Node
from services.kit.settings import Settings
from services.node.serve import service
from tests.city import City, read_refusal
from tests.issuing import issuing
from tests.kit.test_write_path import confirm
from tests.small_disk import small_disk

SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING


class Lone:
    """A node of one service, without a bus, whose files lie where a test wants them."""

    def __init__(self, folder: Path):
        self.folder = folder
        issuing(folder)
        (folder / "node.toml").write_text(
            '[node]\nid = "city"\nkind = "city"\ncity = "city"\nservices = ["registry"]\n'
            '[token]\nissuers = "issuers.json"\n[limits]\nreplies = 3\n[tls]\nplain = true\n'
        )
        token = mint((folder / "token.key").read_bytes(), "r-1", "city", ("REGISTRAR", "SYSTEM"))
        self.me = (("authorization", f"Bearer {token}"),)

    async def start(self) -> None:
        self.node = Node(Settings.load(self.folder / "node.toml"), [service("registry")])
        self.task = asyncio.create_task(self.node.serve())
        ready = asyncio.create_task(self.node.ready.wait())
        await asyncio.wait([self.task, ready], return_when=asyncio.FIRST_COMPLETED)
        if self.task.done():
            self.task.result()
        self.channel = channel(Target(f"127.0.0.1:{self.node.port}"))
        self.registry = registry_service_pb2_grpc.RegistryServiceStub(self.channel)

    async def stop(self) -> None:
        await self.channel.close()
        self.task.cancel()
        await asyncio.wait([self.task])

    async def confirm(self, n: int, request_id: str = "") -> str:
        """Confirm a body; the reason of the refusal, where there is one."""
        try:
            await self.registry.ConfirmBody(confirm(n, request_id), metadata=self.me)
        except grpc.aio.AioRpcError as no:
            told = read_refusal(no)
            assert told.zh and told.en and told.code is not grpc.StatusCode.INTERNAL, told
            return told.reason
        return ""

    async def status(self) -> nodes.GetNodeStatusResponse:
        stub = journal_service_pb2_grpc.JournalServiceStub(self.channel)
        return await stub.GetNodeStatus(nodes.GetNodeStatusRequest(), metadata=self.me)

    async def serving(self, name: str = "") -> int:
        asked = health_pb2.HealthCheckRequest(service=name)
        return int((await health_pb2_grpc.HealthStub(self.channel).Check(asked)).status)

    async def eventually(self, kind: int, there: bool = True) -> conditions.Alert | None:
        """Wait until the node tells of an alert, or no longer does."""
        async with asyncio.timeout(20):
            while True:
                found = [a for a in (await self.status()).alerts if a.kind == kind]
                if bool(found) == there:
                    return found[0] if found else None
                await asyncio.sleep(0.05)

    async def refuses(self, kind: int, reason: str, n: int) -> None:
        """Writes are refused, reads go on, and health says so."""
        alert = await self.eventually(kind)
        assert alert is not None and alert.service == "registry" and alert.message_zh and alert.message_en
        assert alert.level == conditions.ALERT_LEVEL_FAULT and alert.HasField("since_time")
        assert await self.confirm(n) == reason
        assert await self.serving() == await self.serving("yifa.registry.v1.RegistryService") == NOT_SERVING
        assert (await self.status()).services[0].head_seq > 0

    async def mended(self, kind: int, n: int) -> None:
        await self.eventually(kind, there=False)
        assert await self.confirm(n) == ""
        async with asyncio.timeout(20):
            while await self.serving() != SERVING:
                await asyncio.sleep(0.05)


@contextmanager
def locked(*files: Path) -> Iterator[None]:
    """Files that nobody may write to, not even who has them open; without the right to lock them, the test is left out."""
    if subprocess.run(["chattr", "+i", *files], capture_output=True, check=False).returncode:
        pytest.skip("no right to lock files here")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", *files], check=True)


@pytest_asyncio.fixture(loop_scope="session")
async def on_small_disk(tmp_path: Path) -> AsyncIterator[Lone]:
    with small_disk(tmp_path, 12):
        lone = Lone(tmp_path)
        await lone.start()
        yield lone
        await lone.stop()


@pytest.mark.of_sqlite("a small disk is mounted under it")
async def test_a_full_disk_is_told_before_and_while_it_is_and_then_it_goes_on(on_small_disk: Lone) -> None:
    lone = on_small_disk
    assert await lone.confirm(1) == ""
    assert await lone.serving() == SERVING

    filler = lone.folder / "filler"
    free = shutil.disk_usage(lone.folder).free
    filler.write_bytes(bytes(int(free * 0.95)))
    low = await lone.eventually(conditions.ALERT_KIND_DISK_LOW)
    assert low is not None and "iB). When it is full" in low.message_en and "B）。写满后" in low.message_zh
    assert await lone.serving() == SERVING, "nearly full is no fault yet"

    with filler.open("ab", buffering=0) as more:
        for size in (65536, 4096):
            try:
                while more.write(bytes(size)) == size:
                    pass
            except OSError:
                pass
    refused = [reason for n in range(2, 40) if (reason := await lone.confirm(n))]
    assert refused and set(refused) == {"DISK_FULL"}
    await lone.refuses(conditions.ALERT_KIND_DISK_FULL, "DISK_FULL", 41)
    assert not lone.task.done()

    filler.unlink()
    await lone.mended(conditions.ALERT_KIND_DISK_FULL, 42)


@pytest.mark.of_sqlite("it is locked; test_postgres has a server that may only be read")
async def test_what_may_only_be_read_is_said_and_read_on(on_disk: Path) -> None:
    lone = Lone(on_disk)
    await lone.start()
    assert await lone.confirm(1) == ""
    # not the file that SQLite shares its index of the log in: that one is memory, and lies on a disk by chance
    with locked(on_disk / "city" / "registry.db", on_disk / "city" / "registry.db-wal"):
        await lone.refuses(conditions.ALERT_KIND_DATABASE_READ_ONLY, "DATABASE_READ_ONLY", 2)
    await lone.mended(conditions.ALERT_KIND_DATABASE_READ_ONLY, 3)
    await lone.stop()


async def test_answers_are_kept_for_the_newest_requests(tmp_path: Path) -> None:
    """Beyond their number the oldest go; who repeats one of the others gets the same answer."""
    lone = Lone(tmp_path)
    await lone.start()
    for n in range(1, 7):
        assert await lone.confirm(n, f"asked-{n}") == ""
    await lone.stop()

    await lone.start()
    async with asyncio.timeout(10):
        while lone.node.condition.replies.get("registry") != 3:
            await asyncio.sleep(0.05)

    assert await lone.confirm(6, "asked-6") == "", "the answer of then"
    assert await lone.confirm(1, "asked-1") != "", "a new request, for a body that is there already"
    await lone.stop()


async def test_a_stopped_server_and_a_cut_link_are_told_apart(city: City) -> None:
    """The department's NATS server stands still, then the link to the hub is cut; each is told, and over when it is."""
    server, kinds = city.servers["chengguan"].process, conditions.AlertKind.Name
    assert server is not None

    async def alerts() -> set[str]:
        return {
            kinds(a.kind) for a in (await city.status("chengguan")).alerts if a.message_zh and a.message_en
        }

    server.send_signal(signal.SIGSTOP)
    try:
        await city.eventually(alerts, lambda told: "ALERT_KIND_NATS_AWAY" in told, 40)
    finally:
        server.send_signal(signal.SIGCONT)
    await city.cables["chengguan"].cut()
    try:
        told = await city.eventually(alerts, lambda told: "ALERT_KIND_HUB_AWAY" in told, 40)
        assert "ALERT_KIND_NATS_AWAY" not in told
    finally:
        await city.cables["chengguan"].mend()
    await city.eventually(alerts, lambda told: not told & {"ALERT_KIND_HUB_AWAY", "ALERT_KIND_NATS_AWAY"}, 40)


async def test_a_change_of_a_key_that_was_cut_off_is_told_until_it_is_gone_on_with(city: City) -> None:
    """The new key lies beside the old one, and a minute passes: nobody is at it any more."""
    node, kinds = "chengguan", conditions.AlertKind.Name
    sign, token = city.plan.sign_key(node), city.plan.token_key(node)

    async def told() -> set[str]:
        return {
            kinds(a.kind).removeprefix("ALERT_KIND_")
            for a in (await city.status(node)).alerts
            if "HALF_CHANGED" in kinds(a.kind) and node in a.message_zh and node in a.message_en
        }

    make_key(sign.parent / "next", "sign")
    make_key(token.parent, "token.new")
    for key in (sign.parent / "next" / "sign.key", token.with_name("token.new.key")):
        os.utime(key, (time.time() - 60,) * 2)

    both = {"SIGN_KEY_HALF_CHANGED", "TOKEN_KEY_HALF_CHANGED"}
    await city.eventually(told, lambda found: found == both, 20)
    changed_token_key(city.plan.issuers, token, node, 3600.0)
    await city.eventually(told, lambda found: found == {"SIGN_KEY_HALF_CHANGED"}, 20)
    # taken away, not changed: others know the city by the key that it has
    shutil.rmtree(sign.parent / "next")
    await city.eventually(told, lambda found: not found, 20)


async def test_at_its_limit_the_stream_takes_no_more_and_nothing_is_lost(city: City) -> None:
    body = await city.body("chengguan")
    settings = city.plan.settings("chengguan")
    was = settings.read_text()
    before = await city.eventually(lambda: stream_of(city), lambda s: s.bytes > 0)
    await city.stop_node("chengguan")
    settings.write_text(f"{was}\n[limits]\nstream_bytes = {before.bytes + 1024}\n")
    await city.start_node("chengguan")

    officers = [await city.officer(body) for _ in range(4)]

    assert len(officers) == 4, "work goes on"
    full = await city.eventually(
        lambda: city.status("chengguan"),
        lambda s: any(a.kind == conditions.ALERT_KIND_STREAM_FULL for a in s.alerts),
    )
    registry = next(s for s in full.services if s.service == "registry")
    assert registry.relayed_seq < registry.head_seq
    await city.stop_node("chengguan")
    settings.write_text(was)
    await city.start_node("chengguan")
    await city.eventually(
        lambda: city.status("chengguan"), lambda s: all(v.head_seq == v.relayed_seq for v in s.services)
    )


async def stream_of(city: City) -> Any:
    stores = (await city.status("chengguan")).stores
    return next((s for s in stores if s.name == "stream"), conditions.StoreSize())


LEAP = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t id, struct timespec *t) {
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int found = real(id, t);
    if (id == CLOCK_REALTIME && access("leapt", F_OK) == 0) t->tv_sec += 90;
    return found;
}
"""
LOOKING = """
import pathlib, time
from services.kit.condition import Clock
clock = Clock()
print(clock.look(time.time(), time.monotonic()))
pathlib.Path("leapt").touch()
print(clock.look(time.time(), time.monotonic()).message().message_en)
pathlib.Path("leapt").unlink()
print(clock.look(time.time(), time.monotonic()).message().message_en)
"""


@pytest.mark.skipif(shutil.which("gcc") is None, reason="no gcc, which makes a clock that leaps")
def test_a_leap_of_the_clock_is_seen_in_either_direction(tmp_path: Path) -> None:
    """A process whose clock leaps under it, forward and back again."""
    (tmp_path / "leap.c").write_text(LEAP)
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", "leap.so", "leap.c", "-ldl"], cwd=tmp_path, check=True)
    root = Path(__file__).parents[2]
    env = {**os.environ, "PYTHONPATH": f"{root}:{root}/proto/gen", "LD_PRELOAD": str(tmp_path / "leap.so")}

    told = subprocess.run(
        [sys.executable, "-c", LOOKING], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert told[0] == "None"
    assert "leapt by +90 s" in told[1] and "leapt by -90 s" in told[2]
