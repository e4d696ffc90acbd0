"""Keys of tokens: one node each, several at a time, changed and taken back while services run; open streams end with it."""

import asyncio
from datetime import timedelta
from typing import Any

import grpc
import jwt
import pytest
from typer.testing import CliRunner
from yifa.journal.v1 import node_pb2 as nodes
from yifa.supervision.v1 import watch_pb2 as watching

from services.cli.__main__ import app
from services.kit.access import make_key, mint
from services.kit.issuers import enrol, public_of, revoke_key, revoke_token
from tests.city import City

UNKNOWN = grpc.StatusCode.UNAUTHENTICATED
NODE = "chengguan"


def bearer(token: str) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer {token}"),)


async def asked(city: City, token: str, node: str = NODE) -> Any:
    return await city.stub(node, "journal").GetNodeStatus(
        nodes.GetNodeStatusRequest(), metadata=bearer(token), timeout=10
    )


async def refused_soon(city: City, token: str, reason: str, node: str = NODE) -> None:
    """The token counted, and within a moment it does not."""

    async def reason_now() -> str:
        try:
            await asked(city, token, node)
        except grpc.aio.AioRpcError as no:
            assert no.code() is UNKNOWN
            from tests.city import read_refusal

            return read_refusal(no).reason
        return ""

    await city.eventually(reason_now, lambda said: said == reason)


def command(city: City, *words: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What `yifa` prints at this city."""
    monkeypatch.setenv("YIFA_VAR", str(city.plan.var))
    done = CliRunner().invoke(app, ["token", *words])
    assert done.exit_code == 0, done.output
    return done.stdout.strip()


async def test_a_key_of_one_node_issues_for_no_other(city: City) -> None:
    """Whatever the token says of itself, and under whose name its key goes."""
    key = city.plan.token_key("huanbao").read_bytes()
    claims = jwt.decode(mint(key, "m-1", "city", ("SYSTEM",)), options={"verify_signature": False})
    kid = jwt.get_unverified_header(city.plan.token("m-1", "city", "SYSTEM"))["kid"]
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    private: Any = load_pem_private_key(key, None)
    for headers in ({"kid": kid}, {"kid": kid.replace("city", "huanbao")}, {"kid": ""}, {}):
        with city.refused("TOKEN_INVALID", code=UNKNOWN):
            await asked(city, jwt.encode(claims, private, "EdDSA", headers=headers))
    with city.refused("TOKEN_INVALID", code=UNKNOWN):
        await asked(city, mint(key, "m-1", "city", ("SYSTEM",)))


async def test_another_key_signs_and_the_old_one_counts_for_a_while(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = city.plan.token("m-rotating", NODE, "SYSTEM")

    command(city, "rotate", "--node", NODE, monkeypatch=monkeypatch)

    new = command(city, "SYSTEM", "--node", NODE, "--subject", "m-rotating", monkeypatch=monkeypatch)
    assert jwt.get_unverified_header(new)["kid"] != jwt.get_unverified_header(old)["kid"]
    for token in (old, new):
        assert (await asked(city, token)).node == NODE


async def test_a_key_is_taken_back(city: City, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A second key of the node counts beside the first, and no more once it is revoked; it does not come again."""
    folder = tmp_path_factory.mktemp("second")
    make_key(folder)
    second = (folder / "token.key").read_bytes()
    kid = enrol(city.plan.issuers, NODE, public_of(second))
    token, other = mint(second, "m-2", NODE, ("SYSTEM",)), city.plan.token("m-2", NODE, "SYSTEM")
    assert (await asked(city, token)).node == NODE

    revoke_key(city.plan.issuers, kid)

    await refused_soon(city, token, "TOKEN_INVALID")
    assert (await asked(city, other)).node == NODE
    with pytest.raises(ValueError, match="revoked"):
        enrol(city.plan.issuers, NODE, public_of(second))


async def test_one_token_is_taken_back(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, stays = (city.plan.token("m-3", NODE, "SYSTEM") for _ in range(2))
    assert (await asked(city, gone)).node == NODE

    command(city, "revoke", "--token", gone, monkeypatch=monkeypatch)

    await refused_soon(city, gone, "TOKEN_REVOKED")
    assert (await asked(city, stays)).node == NODE


async def test_all_that_a_person_had_until_now_is_taken_back(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    had, other = city.plan.token("m-4", NODE, "SYSTEM"), city.plan.token("m-5", NODE, "SYSTEM")
    assert (await asked(city, had)).node == NODE

    command(city, "revoke", "--subject", "m-4", "--node", NODE, monkeypatch=monkeypatch)

    await refused_soon(city, had, "TOKEN_REVOKED")
    assert (await asked(city, other)).node == NODE
    assert (await asked(city, city.plan.token("m-4", NODE, "SYSTEM"))).node == NODE, "issued since"


async def test_an_open_stream_ends_when_its_token_is_taken_back(city: City) -> None:
    token = city.plan.token("watcher-revoked", "city", "OVERSIGHT")
    stream = city.stub("city", "supervision").Watch(watching.WatchRequest(), metadata=bearer(token))
    await stream.read()
    claims = jwt.decode(token, options={"verify_signature": False})

    revoke_token(city.plan.issuers, claims["jti"], claims["exp"])

    with city.refused("TOKEN_REVOKED", code=UNKNOWN):
        async with asyncio.timeout(15):
            while await stream.read() is not grpc.aio.EOF:
                pass


async def test_a_key_that_is_due_to_end_ends_its_tokens(city: City, tmp_path_factory: Any) -> None:
    """Those of a key that was replaced end with it, however long they were made for."""
    folder = tmp_path_factory.mktemp("ending")
    make_key(folder)
    key = (folder / "token.key").read_bytes()
    enrol(city.plan.issuers, NODE, public_of(key))
    token = mint(key, "m-6", NODE, ("SYSTEM",), lifetime=timedelta(days=300))
    assert (await asked(city, token)).node == NODE
    from services.kit.issuers import edited, kid_of

    with edited(city.plan.issuers) as content:
        [mine] = [each for each in content["keys"] if each["kid"] == kid_of(NODE, public_of(key))]
        mine["until"] = 1.0

    await refused_soon(city, token, "TOKEN_INVALID")


@pytest.mark.parametrize("service", ["registry", "enforcement", "supervision", "notifications"])
def test_machines_are_named_by_few_methods(service: str) -> None:
    """What a machine may call at all: the intake of another case system, and what it has to look up for it."""
    from importlib import import_module

    from yifa.law.v1.options_pb2 import Role

    from services.kit.access import access_of

    module = import_module(f"services.{service}.__main__")
    named = {m.name for m in module.SERVICE.contract.methods if Role.ROLE_SYSTEM in access_of(m, False).roles}
    assert (
        named
        == {
            "registry": {"CheckStanding", "VerifyCertificate"},
            "enforcement": {
                "RegisterClue",
                "GetCase",
                "ReportOutsideCase",
                "ReportStage",
                "ReportStages",
                "ListOutsideStages",
                "GetPermit",
                "GetInspection",
                "ListMeasures",
                "ListReferrals",
            },
            "supervision": set(),
            "notifications": set(),
        }[service]
    )
