"""From which address a call comes, as gRPC names it; and what a console says of whom it asks for."""

import ipaddress
from collections.abc import Mapping
from typing import Any

VISITOR = "yifa-visitor"
"""The header in which a console says at which address its visitor is: everybody it asks for would be one caller otherwise."""
OF_ONE = 64
"""Bits of an address of IPv6 that one caller cannot choose."""


def host_of(peer: str) -> str:
    """The address of a peer; empty for what is none."""
    kind, _, address = peer.partition(":")
    if kind == "unix":
        return "unix"
    return plain(address.rpartition(":")[0].replace("%5B", "").replace("%5D", "").strip("[]"))


def plain(address: str) -> str:
    """An address in its one form; empty for what is none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(getattr(found, "ipv4_mapped", None) or found)


def network_of(host: str) -> str:
    """What is counted as one: an address of IPv4, a network of IPv6, whose owner has as many addresses as he likes."""
    if ":" not in host:
        return host
    return str(
        ipaddress.ip_network((int(ipaddress.IPv6Address(host.partition("%")[0])), OF_ONE), strict=False)
    )


def is_local(peer: str) -> bool:
    """Whether a peer, as gRPC names it, is on this machine."""
    host = host_of(peer)
    return host == "unix" or (bool(host) and ipaddress.ip_address(host).is_loopback)


def shown_by(context: Any) -> frozenset[str]:
    """The nodes whose certificate a peer showed."""
    return frozenset(name.decode() for name in context.auth_context().get("x509_common_name", ()))


def address_of(context: Any, headers: Mapping[str, str], trusted: frozenset[str]) -> str:
    """The address that a call comes from. What is said of a visitor counts where a certificate of these nodes was shown; where
    there are no certificates at all (`trusted` is empty), from this machine.
    """
    peer: str = context.peer()
    said = headers.get(VISITOR, "")
    if said and (shown_by(context) & trusted if trusted else is_local(peer)) and (host := plain(said)):
        return host
    return host_of(peer)
