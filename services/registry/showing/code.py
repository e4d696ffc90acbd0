"""A certificate as a code to be shown (亮证): signed, good for some minutes, readable with nothing but a public key."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

AUDIENCE = "show"
ALGORITHM = "EdDSA"
# How far the clocks of two nodes may be apart.
SKEW = timedelta(minutes=1)


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


class _Short(json.JSONEncoder):
    """Chinese as it is: a code of half the size."""

    def __init__(self, **options: Any):
        super().__init__(**(options | {"ensure_ascii": False}))


def sign(card: Card, now: datetime, minutes: int, key: Ed25519PrivateKey, key_id: str) -> str:
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
    return jwt.encode(claims, key, ALGORITHM, headers={"kid": key_id, "typ": None}, json_encoder=_Short)


def key_of(token: str) -> str:
    """The name of the key that a code says it was signed with. Raises Unreadable."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.InvalidTokenError, ValueError):
        raise Unreadable from None
    if header.get("alg") != ALGORITHM or not isinstance(header.get("kid"), str):
        raise Unreadable
    return str(header["kid"])


def open_(token: str, key: Ed25519PublicKey) -> Shown:
    """What a code says, its signature found right; its minutes are not looked at. Raises Unreadable, Altered."""
    name = key_of(token)
    unchecked = {"verify_exp": False, "verify_iat": False, "require": ["exp", "iat", "aud"]}
    try:
        claims = jwt.decode(token, key, [ALGORITHM], audience=AUDIENCE, options=unchecked)
    except jwt.InvalidSignatureError:
        raise Altered from None
    except (jwt.InvalidTokenError, ValueError):
        raise Unreadable from None
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


# How a certificate that is not in force is told to whoever scanned the code.
OF_STANDING = {"ACTIVE": "IN_FORCE", "SUSPENDED": "SUSPENDED", "REVOKED": "REVOKED", "EXPIRED": "EXPIRED"}
# What each verdict says, in English and Chinese.
SAYS = {
    "IN_FORCE": (
        "Genuine: the holder may enforce within the scope shown.",
        "证件真实有效，持证人可以在所示范围内执法。",
    ),
    "UNREADABLE": (
        "This is not a code of an enforcement certificate. Do not rely on it.",
        "这不是行政执法证件二维码，请勿采信。",
    ),
    "FORGED": (
        "Forged: no department of this city signed this code for this holder. Do not rely on it; please report it.",
        "伪造的二维码：本市没有任何部门为该持证人签发此码。请勿采信，并请举报。",
    ),
    "ALTERED": (
        "Altered: the content of this code was changed after it was signed. Do not rely on it; please report it.",
        "被篡改的二维码：签发后内容被改动。请勿采信，并请举报。",
    ),
    "OUT_OF_TIME": (
        "The minutes of this code are over. Ask the officer to show a fresh one; a screenshot or print is no proof.",
        "此码已超过有效时间。请要求执法人员当场重新出示；截图或者打印件不能作为凭证。",
    ),
    "NOT_YET": (
        "This code says that it was made in the future. Ask the officer to show a fresh one.",
        "此码所载签发时间尚未到来。请要求执法人员当场重新出示。",
    ),
    "UNKNOWN_CERTIFICATE": (
        "The signature is genuine, but the register has no certificate of this number. Do not rely on it.",
        "签名真实，但登记库中没有该编号的证件，请勿采信。",
    ),
    "DIFFERS": (
        "The signature is genuine, but the register by now says something else of this certificate. Ask for a fresh code.",
        "签名真实，但登记库中该证件的记载已与此码不一致。请要求重新出示。",
    ),
    "SUSPENDED": (
        "The certificate is suspended: the holder may not enforce.",
        "该证件处于暂扣期间，持证人不得执法。",
    ),
    "REVOKED": (
        "The certificate was revoked: the holder may not enforce.",
        "该证件已被吊销，持证人不得执法。",
    ),
    "EXPIRED": (
        "The certificate has expired: the holder may not enforce.",
        "该证件已过有效期，持证人不得执法。",
    ),
    "ENDED": (
        "The certificate was cancelled, reported lost or found void: the holder may not enforce with it.",
        "该证件已被注销、报失或者确认无效，持证人不得据此执法。",
    ),
}
