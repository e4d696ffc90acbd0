"""Whether an ID token of the identity provider is good (OpenID Connect Core 3.1.3.7), and whose it is."""

import hashlib
import math
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import jwt

from services.kit.refusal import Busy, Unauthenticated
from services.kit.settings import BadSettings, Settings
from services.kit.text import good_text
from services.law.written import json_in

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
REQUIRED = ["iss", "aud", "exp", "iat", "sub", "nonce"]
FRESH = 600.0
"""Seconds after its issue in which an ID token can be exchanged; its own end may come before."""
WITHIN = 5.0
LARGEST = 1 << 20
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass
class Provider:
    """The identity provider of a node: its issuer, as whose client the console asks it, and the claim that says who it is."""

    issuer: str
    audience: str
    claim: str = "sub"
    keys: jwt.PyJWKClient | None = None
    used: dict[bytes, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @staticmethod
    def of(settings: Settings) -> "Provider | None":
        """The one that `[access.oidc]` names. Raises BadSettings."""
        section = settings.section("access").get("oidc")
        if section is None:
            return None
        try:
            provider = Provider(section["issuer"], section["audience"], section.get("claim", "sub"))
        except KeyError as missing:
            raise BadSettings(f"{settings.path}: [access.oidc] {missing} is missing") from None
        if not reachable(provider.issuer):
            raise BadSettings(f"{settings.path}: [access.oidc] issuer must begin with https://")
        return provider

    def login(self, id_token: str) -> str:
        """Whose token this is. It blocks: it may have to ask the provider for its keys. Raises Unauthenticated, Busy."""
        try:
            key = self.signing_key(id_token)
            claims = jwt.decode(
                id_token,
                key.key,
                ALGORITHMS,
                audience=self.audience,
                issuer=self.issuer,
                options={"require": REQUIRED},
            )
        except (jwt.PyJWKClientConnectionError, OSError) as away:
            raise provider_away() from away
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError):
            raise not_proven() from None
        self.check(claims)
        self.once(id_token, float(claims["exp"]))
        return str(claims[self.claim])

    def check(self, claims: dict[str, Any]) -> None:
        """What the signature does not say. Raises Unauthenticated."""
        audience, issued, now = claims["aud"], claims["iat"], time.time()
        of_many = isinstance(audience, list) and len(audience) > 1
        who = claims.get(self.claim)
        sound = (
            type(issued) in (int, float)
            and math.isfinite(issued)
            and issued + FRESH > now
            and claims.get("azp", self.audience) == self.audience
            and (not of_many or "azp" in claims)
            and isinstance(claims["nonce"], str)
            and isinstance(who, str)
            and good_text(who)
        )
        if not sound:
            raise not_proven()

    def once(self, id_token: str, expires: float) -> None:
        """Raise Unauthenticated for a token that was exchanged here before."""
        now, mark = time.time(), hashlib.sha256(id_token.encode()).digest()
        with self.lock:
            if mark in self.used:
                raise not_proven()
            self.used = {each: until for each, until in self.used.items() if until > now}
            self.used[mark] = min(expires, now + FRESH)

    def signing_key(self, id_token: str) -> jwt.PyJWK:
        """The provider's key that a token names; the only one where it names none. Raises OSError, ValueError, PyJWTError."""
        kid = jwt.get_unverified_header(id_token).get("kid")
        client = self.client()  # for what is no token nobody is asked
        if kid is not None:
            return client.get_signing_key(kid)
        [only] = client.get_signing_keys()
        return only

    def client(self) -> jwt.PyJWKClient:
        """What knows the provider's keys, found by its discovery document. Raises OSError, ValueError."""
        if self.keys is None:
            found = fetched(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer or not reachable(str(found.get("jwks_uri", ""))):
                raise ValueError("the provider calls itself otherwise")
            self.keys = jwt.PyJWKClient(found["jwks_uri"], timeout=WITHIN)
        return self.keys


def reachable(address: str) -> bool:
    """Whether an address is asked at all: nobody between may read or alter what it says."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def fetched(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(address, timeout=WITHIN) as answer:  # noqa: S310 - reachable() looked at it
        found = json_in(answer.read(LARGEST))
    if not isinstance(found, dict):
        raise ValueError("no discovery document")
    return found


def not_proven() -> Unauthenticated:
    return Unauthenticated(
        "IDENTITY_NOT_PROVEN",
        "the ID token does not prove who you are: sign in anew",
        "身份凭据无效、已过期或者已使用，请重新登录",
    )


def provider_away() -> Busy:
    return Busy(
        "IDENTITY_PROVIDER_AWAY",
        "the identity provider cannot be asked now: come again in a moment",
        "身份认证服务暂时无法访问，请稍后再试",
    )
