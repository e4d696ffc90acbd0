"""What one caller may take of a node at a time; others are served all the same."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
import pytest_asyncio
from google.rpc import error_details_pb2 as details
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from grpc_status import rpc_status
from yifa.registry.v1 import officer_pb2, post_pb2
from yifa.registry.v1 import registry_service_pb2_grpc as rpc

from services.kit.access import mint
from services.kit.dial import Target, channel
from services.kit.limit import Limit
from services.kit.node import Node
from services.kit.peer import is_local
from services.kit.settings import BadSettings, Settings
from services.registry.__main__ import SERVICE
from tests.city import Refused, read_refusal, rid
from tests.database import make_ready
from tests.issuing import issuing
from tests.layers import TOML

NODE, HOST = "huanbao", "127.0.0.1"
EXHAUSTED = grpc.StatusCode.RESOURCE_EXHAUSTED
MOST = {"rate": 2, "burst": 12, "calls": 2, "streams": 2, "connections": 24, "handshake": 1}
LIST = officer_pb2.ListOfficersRequest(page_size=1)


@dataclass
class Small:
    """A department's registry that lets nobody take much."""

    folder: Path
    node: Node
    there: grpc.aio.Channel

    @property
    def stub(self) -> rpc.RegistryServiceStub:
        return rpc.RegistryServiceStub(self.there)

    def as_(self, subject: str, lifetime: timedelta = timedelta(hours=1)) -> Any:
        key = (self.folder / "token.key").read_bytes()
        token = mint(key, subject, NODE, ("ROSTER_CLERK",), lifetime=lifetime)
        return (("authorization", f"Bearer {token}"),)


def settings(folder: Path, limits: dict[str, Any], **grpc_: str) -> Settings:
    issuing(folder)
    lines = [f"{name} = {value}" for name, value in limits.items()]
    said = [f'{name} = "{value}"' for name, value in grpc_.items()]
    (folder / "node.toml").write_text(
        f'[node]\nid = "{NODE}"\nkind = "department"\ncity = "city"\nservices = ["registry"]\n'
        f'[token]\nissuers = "issuers.json"\n{TOML}[callers]\n'
        + "\n".join(lines)
        + "\n[grpc]\n"
        + "\n".join(said)
    )
    return Settings.load(folder / "node.toml")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def small(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Small]:
    folder = tmp_path_factory.mktemp("small")
    told = settings(folder, MOST)
    make_ready(told)
    node = Node(told, [SERVICE])
    serving = asyncio.create_task(node.serve())
    async with asyncio.timeout(60):
        await node.ready.wait()
    async with channel(Target(f"{HOST}:{node.port}")) as there:
        yield Small(folder, node, there)
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


async def refusal(call: Any) -> tuple[Refused, float]:
    """What a refused call was told, and after how many seconds it may come again."""
    with pytest.raises(grpc.aio.AioRpcError) as no:
        await call
    delay = 0.0
    for detail in rpc_status.from_call(no.value).details:  # type: ignore[union-attr]
        info = details.RetryInfo()
        if detail.Unpack(info):
            delay = info.retry_delay.ToTimedelta().total_seconds()
    return read_refusal(no.value), delay


async def test_who_asks_too_often_waits_and_others_do_not(small: Small) -> None:
    """One call after the other, as fast as they are answered: none is refused because another is under way."""
    hasty, calm = small.as_("hasty"), small.as_("calm")
    served, call = 0, small.stub.ListOfficers(LIST, metadata=hasty)
    while await call.code() is grpc.StatusCode.OK:
        served, call = served + 1, small.stub.ListOfficers(LIST, metadata=hasty)

    told, delay = await refusal(call)
    other = await small.stub.ListOfficers(LIST, metadata=calm)

    assert served >= MOST["burst"]
    assert (told.code, told.reason, told.metadata) == (EXHAUSTED, "TOO_FAST", {"most": "2"})
    assert "调用过于频繁" in told.zh and "too long" in told.en
    assert 0 < delay <= 1 / MOST["rate"]
    assert not other.officers


async def test_calls_under_way_are_counted_by_caller(small: Small) -> None:
    """Given a writer that is held up, a caller has so many calls waiting and no more, and gets its place back afterwards."""
    busy, other = small.as_("busy"), small.as_("other")
    writer, held, go_on = small.node.running("registry"), threading.Event(), threading.Event()

    def hold(_tx: Any) -> None:
        held.set()
        go_on.wait(30)

    def write(who: Any) -> Any:
        request = post_pb2.ClosePostRequest(request_id=rid(), post_id="P-none")
        return small.stub.ClosePost(request, metadata=who)

    holding = asyncio.create_task(writer.do(hold))
    try:
        await asyncio.to_thread(held.wait, 30)
        waiting = [write(busy) for _ in range(MOST["calls"])]
        counted = writer.door.busy["calls"]
        async with asyncio.timeout(20):
            while counted[f"{NODE}/busy"] < MOST["calls"]:
                await asyncio.sleep(0.01)
        told, delay = await refusal(write(busy))
        others = write(other)
    finally:
        go_on.set()
    await holding
    codes = {await call.code() for call in (*waiting, others)}

    assert (told.code, told.reason, told.metadata) == (EXHAUSTED, "TOO_MANY_CALLS", {"most": "2"})
    assert "尚未完成" in told.zh and delay == 1
    assert codes == {grpc.StatusCode.NOT_FOUND}
    assert not counted


async def test_streams_are_counted_by_caller(small: Small) -> None:
    many, other = small.as_("many"), small.as_("elsewhere")
    counted = small.node.running("registry").door.busy["streams"]
    opened = [small.stub.ImportOfficers(metadata=many) for _ in range(MOST["streams"])]
    async with asyncio.timeout(20):
        while counted[f"{NODE}/many"] < MOST["streams"]:
            await asyncio.sleep(0.01)

    told, _ = await refusal(small.stub.ImportOfficers(metadata=many).read())
    of_other = small.stub.ImportOfficers(metadata=other)
    await of_other.done_writing()
    for stream in opened:
        await stream.done_writing()

    assert (told.code, told.reason) == (EXHAUSTED, "TOO_MANY_STREAMS") and "流" in told.zh
    assert {await stream.code() for stream in (*opened, of_other)} == {grpc.StatusCode.OK}
    assert not counted


async def test_a_stream_that_is_silent_ends_with_its_token(small: Small) -> None:
    """Nothing is sent, and nothing is asked: the token ends, and with it what it opened."""
    stream = small.stub.ImportOfficers(metadata=small.as_("leaving", timedelta(seconds=2)))

    async with asyncio.timeout(30):
        told, _ = await refusal(stream.read())

    assert (told.code, told.reason) == (grpc.StatusCode.UNAUTHENTICATED, "TOKEN_EXPIRED")


async def test_half_open_connections_are_let_go_and_do_not_shut_the_door(small: Small) -> None:
    """Given more connections than the node has room for, none of which says a word, others are served within moments."""
    port = small.node.port
    async with AsyncExitStack() as stack:
        readers = []
        for _ in range(3 * MOST["connections"]):
            with suppress(OSError):
                reader, writer = await asyncio.open_connection(HOST, port)
                stack.callback(writer.transport.abort)
                readers.append(reader)

        async with asyncio.timeout(30):
            for reader in readers:
                with suppress(OSError):
                    while await reader.read(1000):
                        pass
            async with channel(Target(f"{HOST}:{port}")) as fresh:
                stub = rpc.RegistryServiceStub(fresh)
                reply = await stub.ListOfficers(LIST, metadata=small.as_("late"), wait_for_ready=True)

    assert not reply.officers


async def test_contracts_are_told_to_this_machine(small: Small) -> None:
    asked = reflection_pb2.ServerReflectionRequest(list_services="")

    async for reply in reflection_pb2_grpc.ServerReflectionStub(small.there).ServerReflectionInfo(
        iter([asked])
    ):
        names = {service.name for service in reply.list_services_response.service}

    assert "yifa.registry.v1.RegistryService" in names


@pytest.mark.parametrize(
    ("peer", "local"),
    [
        ("ipv4:127.0.0.1:40000", True),
        ("ipv6:[::1]:40000", True),
        ("ipv6:%5B::1%5D:40000", True),
        ("ipv6:[::ffff:127.0.0.1]:1", True),
        ("unix:/run/yifa", True),
        ("ipv4:10.0.0.7:40000", False),
        ("ipv6:[::ffff:10.0.0.7]:1", False),
        ("ipv6:[fe80::1%25eth0]:1", False),
        ("", False),
    ],
)
def test_who_is_on_this_machine(peer: str, local: bool) -> None:
    assert is_local(peer) is local


@pytest.mark.parametrize(
    ("limits", "grpc_", "wrong"),
    [
        ({"calls": 0}, {}, "calls must be a number above 0"),
        ({"rate": '"many"'}, {}, "rate must be a number above 0"),
        ({"call": 5}, {}, "there is no call"),
    ],
)
async def test_a_limit_that_is_none_is_told(tmp_path: Path, limits: Any, grpc_: Any, wrong: str) -> None:
    with pytest.raises(BadSettings, match=wrong):
        Node(settings(tmp_path, limits, **grpc_), [])


def test_what_is_remembered_of_who_asked_is_bounded() -> None:
    """However many ask, so many are remembered; one who used up what may be asked is not forgotten by that."""
    limit = Limit(rate=0.001, burst=2, kept=100)
    assert limit.admits("flood") and limit.admits("flood") and not limit.admits("flood")

    answers = [limit.admits(f"address-{n}") for n in range(1000)]

    assert len(limit.left) <= 101
    assert answers[:99] == [True] * 99 and answers.count(True) <= 101 + 2
    assert not limit.admits("flood")


def test_who_was_quiet_is_forgotten() -> None:
    limit = Limit(rate=1e9, burst=2, kept=10)

    assert all(limit.admits(f"address-{n}") for n in range(1000))
    assert len(limit.left) <= 10
