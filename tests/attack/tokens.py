"""Tokens: forged, altered, of another key, of another time, taken back."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from yifa.access.v1 import token_pb2 as access
from yifa.journal.v1 import node_pb2 as nodes

from services.kit.access import mint
from services.kit.issuers import kid_of, public_of, revoke_token
from services.kit.security import Kind
from tests.attack.attack import Attack, Scene
from tests.issuing import signed_by

NODE = "huanbao"
STATUS = "/yifa.journal.v1.JournalService/GetNodeStatus"
ACCESS = "/yifa.access.v1.AccessService"
FOREVER = 2**33
GOOD: dict[str, Any] = {
    "sub": "m-1",
    "node": NODE,
    "roles": ["SYSTEM"],
    "aud": "yifa",
    "exp": FOREVER,
    "iat": 1.0,
    "jti": "J",
}
Make = Callable[[Scene], str]


def key(scene: Scene, node: str = NODE) -> bytes:
    return scene.city.plan.token_key(node).read_bytes()


def part(content: Any) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def claimed(**other: Any) -> Make:
    """By the node's own key, with other claims; None is left out."""
    claims = {name: value for name, value in (GOOD | other).items() if value is not None}
    return lambda scene: signed_by(key(scene), NODE, **claims)


def headed(by: str = NODE, **other: Any) -> Make:
    """Good claims by the key of a node, under another head."""

    def make(scene: Scene) -> str:
        private: Any = load_pem_private_key(key(scene, by), None)
        kid = kid_of(NODE, public_of(key(scene)))
        heads = {name: value for name, value in ({"kid": kid} | other).items() if value is not None}
        alg = heads.pop("alg", "EdDSA")
        head = part({"alg": alg, "typ": "JWT", **heads})
        content = f"{head}.{part(GOOD)}"
        return f"{content}.{part(private.sign(content.encode()))}"

    return make


def unsigned(alg: str) -> Make:
    def make(scene: Scene) -> str:
        return f"{part({'alg': alg, 'kid': kid_of(NODE, public_of(key(scene)))})}.{part(GOOD)}."

    return make


def confused(alg: str, pem: bool) -> Make:
    """The public key taken for a shared secret."""

    def make(scene: Scene) -> str:
        public = public_of(key(scene))
        secret = (
            public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            if pem
            else public.public_bytes_raw()
        )
        content = f"{part({'alg': alg, 'kid': kid_of(NODE, public)})}.{part(GOOD)}"
        digest = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}[alg]
        return f"{content}.{part(hmac.digest(secret, content.encode(), digest))}"

    return make


def altered(**other: Any) -> Make:
    """A good token in which the claims were changed afterwards."""

    def make(scene: Scene) -> str:
        head, _, signature = mint(key(scene), "m-1", NODE, ("PUBLIC",)).split(".")
        return f"{head}.{part(GOOD | other)}.{signature}"

    return make


def stranger(scene: Scene) -> str:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return mint(pem, "m-1", NODE, ("SYSTEM",))


def strangers_jwk(scene: Scene) -> str:
    """A key of one's own in the head."""
    own = Ed25519PrivateKey.generate()
    x = part(own.public_key().public_bytes_raw())
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": x}
    content = f"{part({'alg': 'EdDSA', 'kid': kid_of(NODE, public_of(key(scene))), 'jwk': jwk})}.{part(GOOD)}"
    return f"{content}.{part(own.sign(content.encode()))}"


def taken_back(scene: Scene) -> str:
    token = scene.city.plan.token(scene.fresh("m"), NODE, "SYSTEM")
    revoke_token(
        scene.city.plan.issuers,
        jwt.decode(token, options={"verify_signature": False})["jti"],
        time.time() + 60,
    )
    return token


def changed(change: Callable[[str], str]) -> Make:
    return lambda scene: change(mint(key(scene), "m-1", NODE, ("SYSTEM",)))


async def shown(make: Make, scene: Scene) -> str:
    return await scene.call(NODE, STATUS, nodes.GetNodeStatusRequest(), bearer(make(scene)))


async def shown_once_taken_back(scene: Scene) -> str:
    token = taken_back(scene)
    async with asyncio.timeout(20):
        while (found := await shown(lambda _: token, scene)) == "OK":
            await asyncio.sleep(0.05)
    return found


async def said(make: Callable[[Scene], Any], scene: Scene) -> str:
    """Other headers than one bearer token."""
    return await scene.call(NODE, STATUS, nodes.GetNodeStatusRequest(), make(scene))


async def exchanged(token: Callable[[Scene], str], scene: Scene) -> str:
    return await scene.call(
        NODE, f"{ACCESS}/ExchangeToken", access.ExchangeTokenRequest(id_token=token(scene))
    )


def bearer(token: str) -> Any:
    return (("authorization", f"Bearer {token}"),)


def late(scene: Scene) -> str:
    return mint(key(scene), "m-1", NODE, ("SYSTEM",), lifetime=timedelta(seconds=-5))


INVALID, ROLE = ("TOKEN_INVALID",), ("ROLE_REQUIRED",)
FORGED: tuple[tuple[str, str, Make, tuple[str, ...]], ...] = (
    ("alg none", "unsigned, alg none", unsigned("none"), INVALID),
    ("alg None", "unsigned, alg None", unsigned("None"), INVALID),
    ("alg empty", "unsigned, alg empty", unsigned(""), INVALID),
    ("hs256 with the public key in PEM", "algorithm confusion", confused("HS256", True), INVALID),
    ("hs256 with the raw public key", "algorithm confusion", confused("HS256", False), INVALID),
    ("hs512 with the public key", "algorithm confusion", confused("HS512", True), INVALID),
    ("alg es256", "EdDSA's signature said to be ES256", headed(alg="ES256"), INVALID),
    ("a stranger's key", "signed by nobody's key", stranger, INVALID),
    ("a key in the head", "jwk of one's own", strangers_jwk, INVALID),
    ("an address of keys", "jku", headed(by="chengguan", jku="https://example.org/keys"), INVALID),
    ("no kid", "no key is named", headed(kid=None), INVALID),
    ("an empty kid", "no key is named", headed(kid=""), INVALID),
    ("kid of another node", "the key of another", headed(kid="city.x"), INVALID),
    ("kid is a list", "a head of wrong types", headed(kid=["a"]), INVALID),
    ("kid is a path", "a file in place of a key", headed(kid="../../../dev/null"), INVALID),
    ("kid is a query", "SQL in the kid", headed(kid="x' UNION SELECT 'a"), INVALID),
    ("an unknown critical claim", "crit", headed(crit=["b64"], b64=False), INVALID),
    (
        "signed by another department",
        "another node's key under this node's kid",
        headed(by="chengguan"),
        INVALID,
    ),
    ("another node's name", "own key, another node in the claims", claimed(node="city"), INVALID),
    ("altered role", "PUBLIC made SYSTEM", altered(), INVALID),
    ("altered subject", "another's name", altered(sub="head-1"), INVALID),
    ("no signature", "the signature cut off", changed(lambda t: t.rpartition(".")[0] + "."), INVALID),
    ("half a signature", "the signature cut", changed(lambda t: t[:-20]), INVALID),
    ("a signature twice", "the signature doubled", changed(lambda t: t + t.rpartition(".")[2]), INVALID),
    ("two parts", "two parts of three", changed(lambda t: t.rpartition(".")[0]), INVALID),
    ("five parts", "as if encrypted", changed(lambda t: f"{t}.x.y"), INVALID),
    ("no token at all", "garbage", lambda _: "x.y.z", INVALID),
    ("a long token", "6 kB", lambda _: "x" * 6_000, INVALID),
    ("expired", "after its end", late, ("TOKEN_EXPIRED",)),
    ("no end", "no exp", lambda s: signed_without(s, "exp"), INVALID),
    ("no id", "no jti", lambda s: signed_without(s, "jti"), INVALID),
    ("no roles", "no roles", lambda s: signed_without(s, "roles"), INVALID),
    ("end is a word", "exp of a wrong type", claimed(exp="never"), INVALID),
    ("end is infinite", "exp Infinity", claimed(exp=float("inf")), INVALID),
    ("begins in the future", "nbf in the future", claimed(nbf=FOREVER), INVALID),
    ("issued in the future", "iat in the future", claimed(iat=float(FOREVER)), INVALID),
    ("for another audience", "aud", claimed(aud="elsewhere"), INVALID),
    ("for no audience", "no aud", lambda s: signed_without(s, "aud"), INVALID),
    ("roles are a word", "roles of a wrong type", claimed(roles="SYSTEM"), INVALID),
    ("roles are numbers", "roles of a wrong type", claimed(roles=[11]), INVALID),
    ("a role that there is not", "ROOT", claimed(roles=["ROOT"]), INVALID),
    ("the unspecified role", "UNSPECIFIED", claimed(roles=["UNSPECIFIED"]), INVALID),
    ("in the name of a service", "sub system:registry", claimed(sub="system:registry"), INVALID),
    ("an empty subject", "sub empty", claimed(sub=""), INVALID),
    ("a subject written backwards", "RTL override in sub", claimed(sub="a\u202eb"), INVALID),
    ("a subject with an end of line", "log injection in sub", claimed(sub="a\nb"), INVALID),
    ("a subject that is a list", "sub of a wrong type", claimed(sub=["a"]), INVALID),
    ("a node that is a list", "node of a wrong type", claimed(node=["huanbao"]), INVALID),
    ("no role at all", "an empty list of roles", claimed(roles=[]), ROLE),
)


def signed_without(scene: Scene, name: str) -> str:
    private: Any = load_pem_private_key(key(scene), None)
    claims = {each: value for each, value in GOOD.items() if each != name}
    return jwt.encode(claims, private, "EdDSA", headers={"kid": kid_of(NODE, public_of(key(scene)))})


TOKENS = (
    *(
        Attack(name, "token", tries, must, partial(shown, make), Kind.ROLE if must == ROLE else Kind.TOKEN)
        for name, tries, make, must in FORGED
    ),
    Attack("taken back", "token", "one that was revoked", ("TOKEN_REVOKED",), shown_once_taken_back, Kind.TOKEN),
    *(
        Attack(name, "token", tries, must, partial(said, make), Kind.TOKEN)
        for name, tries, make, must in (
            ("nothing", "no token", lambda _: (), ("TOKEN_MISSING",)),
            ("an empty token", "Bearer and nothing", lambda _: bearer(""), ("TOKEN_MISSING",)),
            ("a password", "Basic", lambda _: (("authorization", "Basic eDp5"),), INVALID),
            ("bearer twice", "Bearer Bearer", lambda s: bearer("Bearer " + s.city.plan.token("m-1", NODE, "SYSTEM")), INVALID),
            ("binary", "authorization-bin", lambda _: (("authorization-bin", b"Bearer x"),), ("TOKEN_MISSING",)),
        )
    ),
    *(
        Attack(
            name, "sign-in", tries, ("IDENTITY_NOT_PROVEN", "IDENTITY_PROVIDER_AWAY"), partial(exchanged, make), told
        )
        for name, tries, make, told in (
            ("an ID token that is none", "garbage", lambda _: "x.y.z", Kind.SIGN_IN),
            ("an empty head", "garbage", lambda _: "e30.e30.e30", None),
            ("own token as ID token", "a token of the node", lambda s: s.city.plan.token("head-1", NODE, "AGENCY_HEAD"), None),
            ("an unsigned ID token", "alg none", lambda _: jwt.encode(GOOD, None, "none"), None),
        )
    ),
)  # fmt: skip
