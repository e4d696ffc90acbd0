"""A certificate as a code to be shown (亮证): signed, good for some minutes, readable with nothing but a public key."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jwt.algorithms import Algorithm as Way

from services.kit.algorithm import ALGORITHMS, ED25519, SM2, algorithm_of, unable, verifies
from services.kit.signing import Signer
from services.kit.sm2 import NoLibrary

AUDIENCE = "show"
# How far the clocks of two nodes may be apart.
SKEW = timedelta(minutes=1)


# What a code has to say, and as what.
CLAIMS = {**dict.fromkeys("cnba", str), "f": list, **dict.fromkeys(("k", "s", "u", "iat", "exp"), int)}


class Unreadable(Exception):
    """The text is no code of this system."""


class Altered(Exception):
    """The signature is not that of the content."""


@dataclass(frozen=True)
class Card:
    """What a code says of a certificate."""

    number: str
    name: str
    body: str
    fields: tuple[str, ...]
    area: str
    kind: int
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Shown:
    """A code that was opened: the card, when it was made and until when it is good."""

    card: Card
    key_id: str
    made: datetime
    expires: datetime


class OfSM2(Way):
    """How a code is signed with a key of SM2, which the library of tokens does not know by itself. The library wants to be able
    to write keys as JWK too; a code carries none.
    """

    def prepare_key(self, key: Any) -> Any:
        return key

    def sign(self, msg: bytes, key: Any) -> bytes:
        return bytes(key.sign(msg))

    def verify(self, msg: bytes, key: Any, sig: bytes) -> bool:
        return verifies(key, sig, msg)

    @staticmethod
    def to_jwk(key_obj: Any, as_dict: bool = False) -> Any:
        raise NotImplementedError

    @staticmethod
    def from_jwk(jwk: Any) -> Any:
        raise NotImplementedError


jwt.register_algorithm(SM2.jose, OfSM2())


class _Short(json.JSONEncoder):
    """Chinese as it is: a code of half the size."""

    def __init__(self, **options: Any):
        super().__init__(**(options | {"ensure_ascii": False}))


def sign(card: Card, now: datetime, minutes: int, signer: Signer) -> str:
    """A code made in this minute, good for so many."""
    made = int(now.timestamp()) // 60 * 60
    claims = {
        "aud": AUDIENCE,
        "c": card.number,
        "n": card.name,
        "b": card.body,
        "f": list(card.fields),
        "a": card.area,
        "k": card.kind,
        "s": int(card.begins.timestamp()),
        "u": int(card.ends.timestamp()),
        "iat": made,
        "exp": made + 60 * minutes,
    }
    key: Any = signer.key
    headers = {"kid": signer.key_id, "typ": None}
    return jwt.encode(claims, key, signer.algorithm.jose, headers=headers, json_encoder=_Short)


def key_of(token: str) -> str:
    """The name of the key that a code says it was signed with. Raises Unreadable."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.InvalidTokenError, ValueError):
        raise Unreadable from None
    known = {each.jose for each in ALGORITHMS.values()}
    if header.get("alg") not in known or not isinstance(header.get("kid"), str):
        raise Unreadable
    return str(header["kid"])


def open_(token: str, public_key: bytes) -> Shown:
    """What a code says, its signature found right in the way of that key; its minutes are not looked at.

    Raises Unreadable, Altered; and NoLibrary where keys of SM2 cannot be checked.
    """
    name, algorithm = key_of(token), algorithm_of(public_key)
    if unable(public_key):
        raise NoLibrary
    key: Any = Ed25519PublicKey.from_public_bytes(public_key) if algorithm is ED25519 else public_key
    unchecked: Any = {"verify_exp": False, "verify_iat": False, "require": ["exp", "iat", "aud"]}
    try:
        claims = jwt.decode(token, key, [algorithm.jose], audience=AUDIENCE, options=unchecked)
    except jwt.InvalidSignatureError:
        raise Altered from None
    except (jwt.InvalidTokenError, ValueError, TypeError):
        raise Unreadable from None
    if not all(isinstance(claims.get(name), kind) for name, kind in CLAIMS.items()):
        raise Unreadable
    if not all(isinstance(field, str) for field in claims["f"]):
        raise Unreadable
    try:
        card = Card(
            claims["c"], claims["n"], claims["b"], tuple(claims["f"]), claims["a"], claims["k"],
            moment(claims["s"]), moment(claims["u"]),
        )  # fmt: skip
        return Shown(card, name, moment(claims["iat"]), moment(claims["exp"]))
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Unreadable from None


def timeliness(shown: Shown, now: datetime) -> str:
    """OUT_OF_TIME, NOT_YET, or nothing when its minutes run."""
    if now >= shown.expires:
        return "OUT_OF_TIME"
    return "NOT_YET" if shown.made > now + SKEW else ""


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def numbers_shown(tokens: Iterable[str], keys: Mapping[str, bytes], at: datetime) -> frozenset[str]:
    """The numbers of the certificates that some codes show at a moment: signed by one of these keys, and good then."""
    found = set()
    for token in tokens:
        try:
            key = keys.get(key_of(token))
            shown = open_(token, key) if key is not None else None
        except (Unreadable, Altered, NoLibrary):
            continue
        if shown is not None and not timeliness(shown, at):
            found.add(shown.card.number)
    return frozenset(found)
