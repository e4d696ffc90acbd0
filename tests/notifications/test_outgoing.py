"""Calls to addresses that people gave reach the world outside or what is listed, end in time, and tell nothing of networks."""

import asyncio
import contextlib
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable
from ipaddress import ip_address, ip_network
from typing import Any

import grpc
import pytest
from yifa.notifications.v1 import notification_pb2 as notification

from services.kit.settings import BadSettings
from services.notifications.delivery import outgoing
from services.notifications.delivery.outgoing import (
    FORBIDDEN,
    LONGEST,
    NO_ANSWER,
    Listed,
    NoAnswer,
    listed,
    post,
)
from tests.city import rid
from tests.notifications.office import Office

H, HOST = "huanbao", "127.0.0.1"
DELIVERED, PENDING = notification.DELIVERY_STATE_DELIVERED, notification.DELIVERY_STATE_PENDING
HERE = Listed(
    (ip_network("127.0.0.1/32"),), frozenset({HOST, "hook.example", "localhost", "2130706433", "0x7f.1"})
)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://example.cn/hook", "https://"),
        ("http://169.254.169.254/latest/meta-data", "https://"),
        ("https://169.254.169.254/latest/meta-data", "within a network"),
        ("https://10.0.0.7/", "within a network"),
        ("https://[::1]/", "within a network"),
        ("https://[fe80::1%25eth0]/", "within a network"),
        ("https://[::ffff:10.0.0.7]/", "within a network"),
        ("https://[64:ff9b::a00:7]/", "within a network"),
        ("https://[2002:a00:7::]/", "within a network"),
        ("https://224.0.0.1/", "within a network"),
        ("https://0.0.0.0/", "within a network"),
        ("https:///hook", "form"),
        ("https://someone:word@example.cn/", "form"),
        ("https://example.cn/" + "x" * LONGEST, "2000"),
    ],
)
async def test_an_address_that_is_never_called_is_not_kept(office: Office, url: str, why: str) -> None:
    with office.refused("MALFORMED", code=grpc.StatusCode.INVALID_ARGUMENT) as told:
        await office.contact(H, f"O-{rid()}", webhook_url=url)

    assert told.fields == ["webhook_url"] and why in told.en


def test_what_the_world_outside_is() -> None:
    inside = [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:1:1::",
    ]
    outside = [
        "8.8.8.8",
        "1.1.1.1",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::",
    ]

    assert [each for each in inside if Listed().allows(ip_address(each))] == []
    assert [each for each in outside if not Listed().allows(ip_address(each))] == []
    assert Listed((ip_network("10.1.0.0/16"),)).allows(ip_address("10.1.2.3"))
    assert Listed((ip_network("::1/128"),)).allows(ip_address("::1"))


def test_a_network_that_is_none_is_told() -> None:
    with pytest.raises(BadSettings, match="webhook_networks"):
        listed({"webhook_networks": ["10.0.0.0/33"]})


@contextlib.asynccontextmanager
async def server(answer: Callable[[asyncio.StreamWriter], Any]) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Something that listens: its port, and the first line of each call."""
    calls: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            calls.append(await reader.readuntil(b"\r\n\r\n"))
            await answer(writer)
        writer.transport.abort()

    async with await asyncio.start_server(serve, HOST, 0) as listening:
        yield listening.sockets[0].getsockname()[1], calls


async def fine(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
    await writer.drain()


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1"])
async def test_what_a_name_stands_for_is_seen_before_anything_is_dialed(host: str) -> None:
    """A name of this machine, however it is written: nothing is listed, and nobody is called."""
    nothing = Listed((), HERE.plain)

    async with server(fine) as (port, calls):
        with pytest.raises(NoAnswer, match=FORBIDDEN):
            await post(f"http://{host}:{port}/", {}, b"{}", nothing)
        assert await post(f"http://{host}:{port}/", {}, b"{}", HERE) == 204

    assert len(calls) == 1


async def test_the_address_that_was_looked_at_is_the_one_that_is_dialed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name server that answers otherwise the second time is not asked a second time."""
    asked: Counter[str] = Counter()

    def look(host: str, port: int, **_: Any) -> list[Any]:
        asked[host] += 1
        address = HOST if asked[host] == 1 else "10.0.0.7"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    async with server(fine) as (port, calls):
        monkeypatch.setattr(outgoing.socket, "getaddrinfo", look)
        first = await post(f"http://hook.example:{port}/a", {}, b"{}", HERE)
        with pytest.raises(NoAnswer, match=FORBIDDEN):
            await post(f"http://hook.example:{port}/b", {}, b"{}", HERE)

    assert (first, asked["hook.example"], len(calls)) == (204, 2, 1)
    assert b"host: hook.example" in calls[0].lower()


async def test_a_name_with_one_address_inside_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(host: str, port: int, **_: Any) -> list[Any]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (to, port)) for to in ("127.0.0.1", "192.168.1.1")
        ]

    async with server(fine) as (port, calls):
        monkeypatch.setattr(outgoing.socket, "getaddrinfo", look)
        with pytest.raises(NoAnswer, match=FORBIDDEN):
            await post(f"http://hook.example:{port}/", {}, b"{}", HERE)

    assert not calls


async def test_an_answer_without_end_is_not_read() -> None:
    sent = 0

    async def flood(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 400000000\r\n\r\n")
        for _ in range(400):
            writer.write(b"x" * 1_000_000)
            await writer.drain()
            sent += 1_000_000

    async with server(flood) as (port, _):
        status = await post(f"http://{HOST}:{port}/", {}, b"{}", HERE)

    assert status == 200 and sent < 50_000_000


async def test_an_answer_that_drips_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes soon after the one before: it is the whole that is measured."""
    monkeypatch.setattr(outgoing, "TIMEOUT", 0.5)

    async def drip(writer: asyncio.StreamWriter) -> None:
        for byte in b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 100_000:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.02)

    async with server(drip) as (port, _):
        with pytest.raises(NoAnswer, match=NO_ANSWER):
            await post(f"http://{HOST}:{port}/", {}, b"{}", HERE)


async def test_who_listens_is_not_told_from_who_does_not() -> None:
    """A closed port, one that hangs up and one that speaks another language are one and the same."""

    async def hang_up(writer: asyncio.StreamWriter) -> None:
        writer.close()

    async def mail(writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        await writer.drain()

    said = set()
    for answer in (hang_up, mail):
        async with server(answer) as (port, _):
            with pytest.raises(NoAnswer) as no:
                await post(f"http://{HOST}:{port}/", {}, b"{}", HERE)
            said.add(str(no.value))
    with pytest.raises(NoAnswer) as no:
        await post(f"http://{HOST}:{port}/", {}, b"{}", HERE)

    assert said == {str(no.value)} == {NO_ANSWER}


async def test_a_slow_target_holds_up_no_other(office: Office) -> None:
    """Given twenty deliveries that wait for one target, when somebody else is to be told, then that arrives meanwhile."""
    release, slow = asyncio.Event(), [f"O-{rid()}" for _ in range(20)]

    async def wait(writer: asyncio.StreamWriter) -> None:
        await release.wait()
        await fine(writer)

    async with server(wait) as (port, calls):
        for n, officer in enumerate(slow):
            await office.contact(H, officer, webhook_url=f"http://{HOST}:{port}/{n}")
        cases = {officer: await office.warn(H, officer) for officer in slow}
        async with asyncio.timeout(15):
            while not calls:
                await asyncio.sleep(0.01)
        prompt = f"O-{rid()}"
        await office.contact(H, prompt, email=f"{prompt.lower()}@example.cn")

        case_id = await office.warn(H, prompt)

        await office.delivery(H, case_id, prompt, lambda delivery: delivery.state == DELIVERED)
        waiting = [d for officer, case in cases.items() for d in await office.deliveries(H, case, officer)]
        release.set()
        for officer, case in cases.items():
            await office.delivery(H, case, officer, lambda delivery: delivery.state == DELIVERED, 30)

    assert {delivery.state for delivery in waiting} == {PENDING}
