"""What a node thinks of an ID token: of a real provider's, and of such as prove nothing."""

from urllib.parse import parse_qs, urlsplit

import grpc
import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from yifa.access.v1 import token_pb2
from yifa.law.v1.options_pb2 import Role

from tests.browser.conftest import KNOWN
from tests.city import City


async def id_token_of(provider: str, who: str, client_id: str = "yifa-console", nonce: str = "n-1") -> str:
    """An ID token as the provider gives it to a client of its own."""
    asked = {"response_type": "code", "client_id": client_id, "redirect_uri": "http://127.0.0.1:9/cb",
             "scope": "openid", "state": "s", "nonce": nonce}  # fmt: skip
    async with httpx.AsyncClient(base_url=provider) as client:
        answer = await client.post("/oauth2/authorize", params=asked, data={"sub": who})
        code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": asked["redirect_uri"]}
        reply = await client.post("/oauth2/token", data=form, auth=(client_id, "x"))
    return str(reply.json()["id_token"])


async def exchanged(city: City, id_token: str, node: str = "city") -> token_pb2.Grant:
    request = token_pb2.ExchangeTokenRequest(id_token=id_token)
    return (await city.stub(node, "access").ExchangeToken(request)).grant


async def test_an_id_token_is_exchanged_once_for_what_the_node_knows(city: City, provider: str) -> None:
    """Whatever is asked for: the roles are those of the node's own list and roster."""
    good = await id_token_of(provider, KNOWN, nonce="n-once")

    grant = await exchanged(city, good)

    said = jwt.decode(grant.token, options={"verify_signature": False})
    assert (said["sub"], said["node"], said["roles"]) == (KNOWN, "city", ["OVERSIGHT"])
    for node in ("city", "huanbao"):
        reason = "IDENTITY_NOT_PROVEN" if node == "city" else "NOT_OF_THIS_NODE"
        with city.refused(reason):
            await exchanged(city, good, node)


async def test_an_officer_of_the_roster_is_one_at_the_own_department_only(city: City, provider: str) -> None:
    officer, _ = await city.certified(await city.body())

    grant = await exchanged(city, await id_token_of(provider, officer.officer_id, nonce="n-a"), "huanbao")

    assert [*grant.roles] == [Role.ROLE_HANDLING_OFFICER] and grant.name == officer.name
    for n, node in enumerate(("city", "chengguan")):
        with city.refused("NOT_OF_THIS_NODE"):
            await exchanged(city, await id_token_of(provider, officer.officer_id, nonce=f"n-b{n}"), node)


async def test_an_id_token_that_proves_nothing_is_refused(city: City, provider: str) -> None:
    """Another client's, one that somebody else signed, one without a signature, one signed with the public key."""
    good = await id_token_of(provider, KNOWN, nonce="n-good")
    claims = jwt.decode(good, options={"verify_signature": False})
    async with httpx.AsyncClient() as client:
        [jwk] = (await client.get(f"{provider}/jwks")).json()["keys"]
    stranger = Ed25519PrivateKey.generate()
    head, body, signature = good.split(".")
    forged = [
        await id_token_of(provider, KNOWN, "another-client", "n-other"),
        jwt.encode(claims, stranger, "EdDSA"),
        jwt.encode(claims, stranger, "EdDSA", headers={"kid": jwk["kid"]}),
        jwt.encode(claims, None, "none"),
        jwt.encode(claims, jwk["n"], "HS256", headers={"kid": jwk["kid"]}),
        f"{head}.{body}x.{signature}",
        city.plan.token("oversight-1", "city", "OVERSIGHT"),
        "x.y.z",
    ]

    for token in forged:
        with city.refused("IDENTITY_NOT_PROVEN", code=grpc.StatusCode.UNAUTHENTICATED):
            await exchanged(city, token)
