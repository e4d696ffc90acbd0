"""Calls to addresses that people gave: to nobody but the world outside, and never for longer or more than was meant.

A name is looked up here, and the connection goes to the very address that was looked at: what a name server says a moment later
changes nothing. Nothing of a private network is called unless the settings list it, nor plain HTTP; no answer is read, no
redirect followed, and no more is told of a failure than that there was one.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpcore

from services.kit.settings import BadSettings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# Through these an address of IPv4 is reached that stands in the last of their bits.
TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))
LONGEST = 2000
"""Characters of an address."""
TIMEOUT = 10.0
"""Seconds of a call, from the look-up to the first line of the answer."""
NO_ANSWER = "the address gives no answer"
# Apart from the threads that others need: a name server may take its time.
LOOK_UPS = ThreadPoolExecutor(8, "look-up")
FORBIDDEN = "the address may not be called: it is not listed in this node's settings"


class NoAnswer(Exception):
    """Nobody answered, or not in time, or not by these rules. The text says no more than is fit for who gave the address."""


class BadAddress(ValueError):
    """An address that is never called: why, in English and Chinese."""

    def __init__(self, en: str, zh: str):
        super().__init__(en)
        self.en, self.zh = en, zh


@dataclass(frozen=True)
class Listed:
    """What the settings allow besides the world by https: networks, and hosts that are called in plain text."""

    networks: tuple[Network, ...] = ()
    plain: frozenset[str] = frozenset()

    def allows(self, address: Address) -> bool:
        """Whether an address may be called."""
        return all(
            _is_outside(each) or any(each in network for network in self.networks) for each in _meant(address)
        )

    def check(self, url: str) -> SplitResult:
        """An address as it may be kept. Raises BadAddress; what its name stands for is seen at each call."""
        if len(url) > LONGEST:
            raise BadAddress(f"has more than {LONGEST} characters", f"超过{LONGEST}个字符")
        try:
            parts, port = urlsplit(url), urlsplit(url).port
        except ValueError:
            raise BadAddress("is no address", "不是有效的地址") from None
        host = parts.hostname or ""
        if not host or port == 0 or parts.username is not None or not url.isascii() or not url.isprintable():
            raise BadAddress("must have the form https://host/path", "必须是https://主机/路径的形式")
        if parts.scheme != "https" and not (parts.scheme == "http" and host in self.plain):
            raise BadAddress("must begin with https://", "必须以https://开头")
        if (literal := _literal(host)) is not None and not self.allows(literal):
            raise BadAddress(
                "is an address within a network, not of the world outside", "是内部网络的地址，不能使用"
            )
        return parts


def listed(section: Mapping[str, Any]) -> Listed:
    """`webhook_networks` and `webhook_http` of a node's file. Raises BadSettings for what is no network."""
    try:
        networks = tuple(ipaddress.ip_network(text) for text in section.get("webhook_networks", ()))
    except ValueError as wrong:
        raise BadSettings(f"[notifications] webhook_networks: {wrong}") from None
    return Listed(networks, frozenset(section.get("webhook_http", ())))


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _meant(address: Address) -> Iterable[Address]:
    """An address, and that which it only stands for."""
    yield address
    if isinstance(address, ipaddress.IPv6Address):
        yield from (each for each in (address.ipv4_mapped, address.sixtofour) if each is not None)
        yield from (address.teredo or ())
        if _stands_for_another(address):
            yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def _stands_for_another(address: ipaddress.IPv6Address) -> bool:
    plain = address.is_loopback or address.is_unspecified
    return not plain and any(address in network for network in TRANSLATED)


def _is_outside(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and (address.ipv4_mapped or _stands_for_another(address)):
        return True  # it is what it stands for that counts
    inside = (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or getattr(address, "is_site_local", False)
    )
    return address.is_global and not inside


class Looked(httpcore.AsyncNetworkBackend):
    """Connects to an address that was looked at, and to no other."""

    def __init__(self, allowed: Listed):
        self.allowed, self.wire = allowed, httpcore.AnyIOBackend()

    async def connect_tcp(self, host: str, port: int, *arguments: Any, **more: Any) -> Any:
        look = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(LOOK_UPS, look)
        addresses = list(dict.fromkeys(str(where[0]) for *_, where in found))
        if not addresses or not all(self.allowed.allows(_address(each)) for each in addresses):
            raise NoAnswer(FORBIDDEN)
        return await self.wire.connect_tcp(addresses[0], port, *arguments, **more)

    async def connect_unix_socket(self, path: str, *arguments: Any, **more: Any) -> Any:
        raise NoAnswer(FORBIDDEN)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def _address(text: str) -> Address:
    return ipaddress.ip_address(text.partition("%")[0])


async def post(
    url: str,
    headers: Mapping[str, str],
    content: bytes,
    allowed: Listed,
    context: ssl.SSLContext | None = None,
) -> int:
    """Post, and give the status of the answer. Raises NoAnswer."""
    try:
        allowed.check(url)
        async with (
            asyncio.timeout(TIMEOUT),
            httpcore.AsyncConnectionPool(
                ssl_context=context, network_backend=Looked(allowed), max_connections=1
            ) as pool,
            pool.stream("POST", url, headers=list(headers.items()), content=content) as answer,
        ):
            return int(answer.status)
    except BadAddress:
        raise NoAnswer(FORBIDDEN) from None
    except NoAnswer:
        raise
    except Exception as wrong:
        raise NoAnswer(NO_ANSWER) from wrong
