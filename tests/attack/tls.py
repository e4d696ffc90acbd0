"""Connections: in plain text, in old versions, by another authority, without a certificate."""

import asyncio
import contextlib
import ssl
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import grpc

from services.kit.dial import Target, Trust, channel
from services.kit.security import Kind
from services.node.certificates import certificate_of, keep_certificates
from tests.attack.attack import Attack, Scene
from tests.city import read_refusal

HOST = "127.0.0.1"
LIST = "/yifa.registry.v1.RegistryService/ListBodies"
STATUS = "/yifa.journal.v1.JournalService/GetNodeStatus"
AWAY = ("UNAVAILABLE", "DEADLINE_EXCEEDED")


def site(scene: Scene, node: str = "huanbao") -> Any:
    return next(each for each in scene.city.plan.sites if each.id == node)


def someone(scene: Scene) -> Any:
    return scene.city.as_("huanbao", scene.fresh(), "REGISTRAR")


async def dialed(make: Callable[[Scene, Path], Target], scene: Scene) -> str:
    """A call over a connection that should not come about, or not count."""
    with TemporaryDirectory() as folder:
        async with channel(make(scene, Path(folder)), [("grpc.enable_retries", 0)]) as there:
            try:
                said = scene.city.as_("city", "console-9", "SYSTEM")
                await there.unary_unary(STATUS)(b"", metadata=said, timeout=5)
            except grpc.aio.AioRpcError as no:
                return read_refusal(no).reason or no.code().name
    return "OK"


def of_others(scene: Scene, folder: Path) -> Target:
    """A whole authority of one's own, with a certificate in the name of the city."""
    keep_certificates(folder, ["city"])
    own = Trust(scene.city.plan.trust("city").authority, *certificate_of(folder / "city", "city"))
    return Target(site(scene).machines, own)


def believed(scene: Scene, folder: Path) -> Target:
    keep_certificates(folder, [])
    return Target(site(scene).grpc, Trust(folder / "ca" / "ca.pem"))


def anybody(scene: Scene) -> Trust:
    return Trust(scene.city.plan.trust("city").authority)


async def shaken(port: Callable[[Scene], int], most: ssl.TLSVersion, scene: Scene) -> str:
    """A handshake in an old version."""
    old = ssl.create_default_context(cafile=anybody(scene).authority)
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, most
    old.set_alpn_protocols(["h2"])
    try:
        async with asyncio.timeout(10):
            _, writer = await asyncio.open_connection(HOST, port(scene), ssl=old)
    except (OSError, ssl.SSLError):
        return "refused"
    writer.transport.abort()
    return "OK"


async def spoken(content: bytes, port: Callable[[Scene], int], scene: Scene) -> str:
    """Bytes to a port that waits for a handshake: what comes back holds nothing of a node."""
    reader, writer = await asyncio.open_connection(HOST, port(scene))
    with contextlib.suppress(OSError, TimeoutError):
        writer.write(content)
        async with asyncio.timeout(10):
            got = await reader.read(4096)
            writer.transport.abort()
            return "OK" if b"yifa" in got else "refused"
    writer.transport.abort()
    return "refused"


def grpc_port(scene: Scene) -> int:
    return int(site(scene).grpc.rpartition(":")[2])


def machines_port(scene: Scene) -> int:
    return int(site(scene).machines.rpartition(":")[2])


DIALED: tuple[tuple[str, str, Callable[[Scene, Path], Target], tuple[str, ...], Kind | None], ...] = (
    ("plain text", "a channel without TLS", lambda s, _: Target(site(s).grpc), AWAY, None),
    ("plain text to machines", "a channel without TLS", lambda s, _: Target(site(s).machines), AWAY, None),
    ("another authority", "a server believed by another", believed, AWAY, None),
    (
        "no certificate",
        "to the port for machines",
        lambda s, _: Target(site(s).machines, anybody(s)),
        AWAY,
        None,
    ),
    ("a certificate of one's own making", "in the city's name", of_others, AWAY, None),
    (
        "a machine without a certificate",
        "at the open port",
        lambda s, _: Target(site(s).grpc, anybody(s)),
        ("CERTIFICATE_REQUIRED",),
        Kind.NODE,
    ),
    (
        "a machine by a third's certificate",
        "chengguan's",
        lambda s, _: Target(site(s).machines, s.city.plan.trust("chengguan")),
        ("CERTIFICATE_REQUIRED",),
        Kind.NODE,
    ),
)
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9)
TLS = (
    *(
        Attack(name, "tls", tries, must, partial(dialed, make), told)
        for name, tries, make, must, told in DIALED
    ),
    *(
        Attack(f"{name} at {where}", "tls", name, ("refused",), partial(shaken, port, version))
        for where, port in (("the open port", grpc_port), ("the port of machines", machines_port))
        for name, version in (("TLS 1.0", ssl.TLSVersion.TLSv1), ("TLS 1.1", ssl.TLSVersion.TLSv1_1))
    ),
    *(
        Attack(f"{name} in plain text", "tls", name, ("refused",), partial(spoken, content, grpc_port))
        for name, content in (
            ("HTTP", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
            ("a preface of HTTP/2", PREFACE),
            ("garbage", b"\xff" * 4096),
            ("a heartbeat", b"\x18\x03\x02\x00\x03\x01\x40\x00"),
        )
    ),
)
