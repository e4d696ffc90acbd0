"""Who asks for tokens too often waits, and nobody else: what is counted is the address and the account, never the node."""

from typing import Any

import grpc
import pytest
from yifa.access.v1 import access_service_pb2_grpc
from yifa.access.v1 import token_pb2 as pb
from yifa.registry.v1 import body_pb2 as bodies

from services.kit.dial import Target, Trust, channel
from services.kit.limit import Limit
from services.kit.peer import VISITOR, address_of, network_of
from tests.city import City, read_refusal

NODE = "chengguan"
TRIES = 300


def at(address: str) -> tuple[tuple[str, str], ...]:
    """As a console says it of its visitor."""
    return ((VISITOR, address),)


async def tried(city: City, rpc: str, request: Any, address: str, times: int = TRIES) -> set[str]:
    """What so many tries of one address were told; empty for one that was let in."""
    told = set()
    calls = [getattr(city.stub(NODE, "access"), rpc)(request, metadata=at(address)) for _ in range(times)]
    for call in calls:
        try:
            await call
            told.add("")
        except grpc.aio.AioRpcError as no:
            told.add(read_refusal(no).reason)
    return told


async def test_who_signs_in_too_often_shuts_out_nobody_else(city: City) -> None:
    """Given an account that is tried without end at one address, others of that address and the account elsewhere sign in."""
    clerk, head = (pb.AssumePersonaRequest(subject=f"{who}-none") for who in ("clerk", "head"))

    flood = await tried(city, "AssumePersona", clerk, "192.0.2.1")

    assert flood == {"NOT_OF_THIS_NODE", "TOO_MANY_SIGN_INS"}
    assert await tried(city, "AssumePersona", head, "192.0.2.1", 1) == {"NOT_OF_THIS_NODE"}
    assert await tried(city, "AssumePersona", clerk, "192.0.2.2", 1) == {"NOT_OF_THIS_NODE"}


async def test_an_address_that_tries_many_accounts_shuts_out_nobody_else(city: City) -> None:
    told = set()
    for n in range(12):
        one = pb.ExchangeTokenRequest(id_token=f"x.{n}.z")
        told |= await tried(city, "ExchangeToken", one, "192.0.2.3", 25)
        many = pb.AssumePersonaRequest(subject=f"nobody-{n}")
        told |= await tried(city, "AssumePersona", many, "192.0.2.3", 25)

    assert "TOO_MANY_SIGN_INS" in told
    asked = pb.AssumePersonaRequest(subject="nobody")
    assert await tried(city, "AssumePersona", asked, "192.0.2.4", 1) == {"NOT_OF_THIS_NODE"}


async def test_who_asks_for_the_publics_token_too_often_shuts_out_nobody_else(city: City) -> None:
    """The addresses of one network of IPv6 are one caller."""
    asked = pb.GetPublicTokenRequest()

    assert await tried(city, "GetPublicToken", asked, "2001:db8::1", 80) == {"", "TOO_MANY_SIGN_INS"}

    assert "TOO_MANY_SIGN_INS" in await tried(city, "GetPublicToken", asked, "2001:db8::2", 5)
    assert await tried(city, "GetPublicToken", asked, "2001:db8:0:1::1", 1) == {""}


async def test_the_public_is_counted_by_address(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of the public have one name: one of them who asks without end does not take the part of the others."""
    door = city.nodes[NODE].door
    monkeypatch.setattr(door, "rate", Limit(rate=0.001, burst=3))
    grant = (
        await city.stub(NODE, "access").GetPublicToken(pb.GetPublicTokenRequest(), metadata=at("192.0.2.9"))
    ).grant

    async def asks(address: str) -> str:
        said = (("authorization", f"Bearer {grant.token}"), *at(address))
        try:
            await city.stub(NODE, "registry").ListBodies(bodies.ListBodiesRequest(page_size=1), metadata=said)
        except grpc.aio.AioRpcError as no:
            return read_refusal(no).reason
        return ""

    assert [await asks("192.0.2.10") for _ in range(5)] == ["", "", "", "TOO_FAST", "TOO_FAST"]
    assert await asks("192.0.2.11") == ""


async def test_only_a_console_says_who_its_visitor_is(city: City) -> None:
    """Who shows no certificate of this node or the city, or a department's, is counted by where it calls from."""
    department = next(site for site in city.plan.departments if site.id == NODE)
    own = city.plan.trust("city")

    def seen(names: tuple[str, ...], peer: str = "ipv4:203.0.113.7:5") -> str:
        return address_of(Shown(peer, names), {VISITOR: "192.0.2.5"}, frozenset({NODE, "city"}))

    assert [seen(names) for names in (("city",), (NODE,), ("huanbao",), ())] == ["192.0.2.5"] * 2 + [
        "203.0.113.7"
    ] * 2
    assert address_of(Shown("ipv4:127.0.0.1:1"), {VISITOR: "192.0.2.5"}, frozenset()) == "192.0.2.5"
    assert address_of(Shown("ipv4:203.0.113.7:1"), {VISITOR: "192.0.2.5"}, frozenset()) == "203.0.113.7"
    assert address_of(Shown("ipv4:127.0.0.1:1"), {VISITOR: "x" * 90}, frozenset()) == "127.0.0.1"
    asked = pb.GetPublicTokenRequest()
    assert "TOO_MANY_SIGN_INS" in await tried(city, "GetPublicToken", asked, "198.51.100.1", 80)
    async with channel(Target(department.grpc, Trust(own.authority))) as anybody:
        stub = access_service_pb2_grpc.AccessServiceStub(anybody)
        assert (await stub.GetPublicToken(asked, metadata=at("198.51.100.1"))).grant.token


class Shown:
    """The context of a call, as far as it tells who calls."""

    def __init__(self, address: str, names: tuple[str, ...] = ()):
        self.address, self.names = address, names

    def peer(self) -> str:
        return self.address

    def auth_context(self) -> dict[str, list[bytes]]:
        return {"x509_common_name": [name.encode() for name in self.names]}


def test_what_is_one_address() -> None:
    assert network_of("192.0.2.1") == "192.0.2.1" and network_of("") == ""
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff") != network_of("2001:db8:0:1::1")
