"""What reaches the sockets: frames, sizes, numbers of calls, half connections."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from yifa.registry.v1 import body_pb2 as bodies
from yifa.registry.v1 import registry_service_pb2_grpc as registry

from services.kit.dial import Target, channel
from services.kit.limit import Limit
from services.kit.security import Kind
from tests.attack.attack import HARMLESS, Attack, Scene
from tests.attack.tls import HOST, anybody, grpc_port, site, someone
from tests.city import read_refusal

LIST = "/yifa.registry.v1.RegistryService/ListBodies"


async def sent(path: str, body: bytes, more: Any, scene: Scene) -> str:
    return await scene.call("huanbao", path, body, (*someone(scene), *more))


async def unfolding(scene: Scene) -> str:
    """Thirty million zeros in some kilobytes of gzip."""
    call = scene.city.channel("huanbao").unary_unary(LIST)
    try:
        await call(bytes(30_000_000), metadata=someone(scene), compression=grpc.Compression.Gzip, timeout=30)
    except grpc.aio.AioRpcError as no:
        return read_refusal(no).reason or no.code().name
    return "OK"


async def many_streams(scene: Scene) -> str:
    """More streams of one caller than it may have open."""
    stub, who = (
        registry.RegistryServiceStub(scene.city.channel("huanbao")),
        scene.city.as_("huanbao", scene.fresh(), "ROSTER_CLERK"),
    )
    most = scene.city.nodes["huanbao"].door.most["streams"]
    opened = [stub.ImportOfficers(metadata=who) for _ in range(most + 8)]
    found = set()
    try:
        async with asyncio.timeout(20):
            done, _ = await asyncio.wait(
                [asyncio.ensure_future(each.code()) for each in opened], return_when=asyncio.FIRST_COMPLETED
            )
        found = {each.result().name for each in done}
    finally:
        for each in opened:
            each.cancel()
    return "TOO_MANY_STREAMS" if found == {"RESOURCE_EXHAUSTED"} else repr(found)


async def flooded(scene: Scene) -> str:
    """Calls of one caller without end, at a node that lets one make a hundred at once."""
    door = scene.city.nodes["huanbao"].door
    usual, door.rate = door.rate, Limit(rate=20, burst=100)
    try:
        stub, who = registry.RegistryServiceStub(scene.city.channel("huanbao")), someone(scene)
        calls = [stub.ListBodies(bodies.ListBodiesRequest(page_size=1), metadata=who) for _ in range(900)]
        told = {(await call.code()).name for call in calls}
    finally:
        door.rate = usual
    return "RESOURCE_EXHAUSTED" if "RESOURCE_EXHAUSTED" in told else repr(told)


async def reset(scene: Scene) -> str:
    """Calls that are broken off at once, two thousand times."""
    stub, who = registry.RegistryServiceStub(scene.city.channel("huanbao")), someone(scene)
    for _ in range(2_000):
        stub.ListBodies(bodies.ListBodiesRequest(page_size=1), metadata=who).cancel()
    return HARMLESS


async def half_open(scene: Scene) -> str:
    """Connections that never say a word."""
    async with AsyncExitStack() as stack:
        for _ in range(300):
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection(HOST, grpc_port(scene))
                stack.callback(writer.transport.abort)
        async with channel(Target(site(scene).grpc, anybody(scene))) as fresh:
            stub = registry.RegistryServiceStub(fresh)
            await stub.ListBodies(bodies.ListBodiesRequest(page_size=1), metadata=someone(scene), timeout=30)
    return HARMLESS


async def asked_how(scene: Scene) -> str:
    """A thousand who want to hear how a node is, without a token, and go on listening."""
    async with channel(Target(site(scene).grpc, anybody(scene))) as there:
        stub = health_pb2_grpc.HealthStub(there)
        streams = [stub.Watch(health_pb2.HealthCheckRequest()) for _ in range(1000)]
        await streams[0].read()
        for each in streams:
            each.cancel()
    return HARMLESS


async def slow(scene: Scene) -> str:
    """An upload that says nothing more, beside which others import."""
    stub, who = (
        registry.RegistryServiceStub(scene.city.channel("huanbao")),
        scene.city.as_("huanbao", scene.fresh(), "ROSTER_CLERK"),
    )
    waiting = stub.ImportOfficers(metadata=who)
    other = stub.ImportOfficers(metadata=scene.city.as_("huanbao", scene.fresh(), "ROSTER_CLERK"))
    await other.done_writing()
    code = (await other.code()).name
    waiting.cancel()
    return HARMLESS if code == "OK" else code


def nested(depth: int) -> bytes:
    """A message in a message, so many times: a field that nobody knows."""
    body = b""
    for _ in range(depth):
        size, length = len(body), b""
        while True:
            length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
            if not (size := size >> 7):
                break
        body = b"\xfa\x3e" + length + body
    return body


SENT: tuple[tuple[str, str, str, bytes, Any, tuple[str, ...], Kind | None], ...] = (
    ("bytes that are no message", "malformed protobuf", LIST, b"\xff" * 64, (), ("MALFORMED",), Kind.FORM),
    (
        "a length beyond the end",
        "malformed protobuf",
        LIST,
        b"\x0a\xff\xff\xff\xff\x0f",
        (),
        ("MALFORMED",),
        Kind.FORM,
    ),
    (
        "a number of eleven bytes",
        "malformed protobuf",
        LIST,
        b"\x08" + b"\xff" * 11,
        (),
        ("MALFORMED",),
        Kind.FORM,
    ),
    ("a group that never ends", "malformed protobuf", LIST, b"\x0b" * 200, (), ("MALFORMED",), Kind.FORM),
    ("fields that there are not", "unknown fields", LIST, nested(500), (), ("OK",), None),
    ("five megabytes", "a message that is too large", LIST, bytes(5_000_000), (), ("TOO_LARGE",), Kind.SIZE),
    (
        "thirty megabytes",
        "a message beyond the transport",
        LIST,
        bytes(30_000_000),
        (),
        ("RESOURCE_EXHAUSTED",),
        None,
    ),
    (
        "a head of 64 kB",
        "huge metadata",
        LIST,
        b"",
        (("x", "y" * 65_000),),
        ("RESOURCE_EXHAUSTED", "INTERNAL", "UNKNOWN", "UNAVAILABLE"),
        None,
    ),
    (
        "two thousand heads",
        "much metadata",
        LIST,
        b"",
        tuple((f"x-{n}", "y") for n in range(2000)),
        ("RESOURCE_EXHAUSTED", "INTERNAL", "UNKNOWN", "UNAVAILABLE"),
        None,
    ),
    ("a trace that is none", "traceparent", LIST, b"", (("traceparent", "1"),), ("OK",), None),
    ("a visitor that is none", "yifa-visitor", LIST, b"", (("yifa-visitor", "x' OR 1=1"),), ("OK",), None),
    (
        "an unknown method",
        "RegistryService/Nothing",
        "/yifa.registry.v1.RegistryService/Nothing",
        b"",
        (),
        ("UNKNOWN_METHOD",),
        Kind.METHOD,
    ),
    (
        "an unknown service",
        "no.such.Service",
        "/no.such.Service/Do",
        b"",
        (),
        ("UNKNOWN_METHOD",),
        Kind.METHOD,
    ),
    (
        "a path in a method",
        "/../",
        "/yifa.registry.v1.RegistryService/../../etc/passwd",
        b"",
        (),
        ("UNKNOWN_METHOD",),
        Kind.METHOD,
    ),
    (
        "another node's service",
        "supervision at a department",
        "/yifa.supervision.v1.SupervisionService/GetOverview",
        b"",
        (),
        ("UNKNOWN_METHOD",),
        Kind.METHOD,
    ),
    (
        "a server's inside",
        "channelz",
        "/grpc.channelz.v1.Channelz/GetServers",
        b"",
        (),
        ("UNKNOWN_METHOD",),
        Kind.METHOD,
    ),
    (
        "a method of another case",
        "listbodies",
        "/yifa.registry.v1.registryservice/listbodies",
        b"",
        (),
        ("UNKNOWN_METHOD",),
        Kind.METHOD,
    ),
)
FLOODS: tuple[tuple[str, str, tuple[str, ...], Callable[[Scene], Awaitable[str]], Kind | None, bool], ...] = (
    ("gzip that unfolds", "thirty million zeros", ("RESOURCE_EXHAUSTED",), unfolding, None, False),
    ("streams without end", "more than one may open", ("TOO_MANY_STREAMS",), many_streams, Kind.RATE, False),
    ("calls without end", "more than one may make", ("RESOURCE_EXHAUSTED",), flooded, Kind.RATE, True),
    ("calls that are broken off", "a flood of resets", (HARMLESS,), reset, None, True),
    ("connections that say nothing", "three hundred", (HARMLESS,), half_open, None, True),
    ("ears without end", "health watched a thousand times", (HARMLESS,), asked_how, None, True),
    ("an upload that stands still", "slow loris", (HARMLESS,), slow, None, False),
)
WIRE = (
    *(
        Attack(name, "grpc", tries, must, partial(sent, path, body, more), told)
        for name, tries, path, body, more, must, told in SENT
    ),
    *(
        Attack(name, "grpc", tries, must, run, told, lasting)
        for name, tries, must, run, told, lasting in FLOODS
    ),
)
