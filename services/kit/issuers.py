"""Whose signature under a token counts, and what of it was taken back: one file that all nodes of an installation read.

Each key signs for one node and no other: nothing signs for all. The file is a JWK set (RFC 7517) whose keys name their node,
beside what was revoked. A node reads it anew when it changed, so that what is taken back counts while services run.
"""

import fcntl
import json
import logging
import math
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.utils import base64url_decode, base64url_encode

from services.kit.settings import BadSettings, Settings
from services.kit.signing import key_id_of
from services.kit.time import wall
from services.law.written import json_of

log = logging.getLogger(__name__)
FOREVER = math.inf
NOTHING: dict[str, Any] = {"keys": [], "revoked": {"keys": [], "tokens": {}, "people": {}}}


@dataclass(frozen=True)
class Issuer:
    """A key that tokens of one node are signed with, known by its kid, until a moment."""

    kid: str
    node: str
    key: Ed25519PublicKey
    until: float = FOREVER


@dataclass(frozen=True)
class Trust:
    """What the file said when it was read: the keys by their kid, revoked tokens by their id, and people by the moment up to
    which all their tokens are.
    """

    issuers: Mapping[str, Issuer] = field(default_factory=dict)
    tokens: frozenset[str] = frozenset()
    people: Mapping[str, float] = field(default_factory=dict)


class Issuers:
    """The file, read. Raises BadSettings for one that is not there or says something else at the beginning; later it goes by
    what it knows until the file is whole again.
    """

    def __init__(self, file: Path):
        self.file = file
        self.mark = mark_of(file)
        try:
            self.trust = read(file)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise BadSettings(f"{file}: whose tokens count is not told: {wrong!r}") from None

    @staticmethod
    def of(settings: Settings) -> "Issuers":
        """Those that a node's settings name."""
        return Issuers(settings.file("token", "issuers"))

    def changed(self) -> bool:
        """Read the file anew if it is another one; whether it was."""
        mark = mark_of(self.file)
        if mark == self.mark:
            return False
        try:
            self.trust = read(self.file)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
            log.error("%s: not read, what was known goes on: %r", self.file, wrong)
            return False
        self.mark = mark
        return True

    def revoked(self, kid: str, token_id: str, person: str, issued: float) -> bool:
        """Whether a token was taken back: its key, the token itself, or all that its bearer had then."""
        trust = self.trust
        return (
            kid not in trust.issuers
            or token_id in trust.tokens
            or issued <= trust.people.get(person, -FOREVER)
        )


def person_of(node: str, subject: str) -> str:
    """How the file calls a person of a node."""
    return f"{node}/{subject}"


def mark_of(file: Path) -> tuple[int, int, int]:
    """What tells one state of the file from another."""
    try:
        found = file.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_ino, found.st_mtime_ns, found.st_size)


def read(file: Path) -> Trust:
    """Raises OSError, ValueError, KeyError or TypeError for a file that is not as it should be."""
    content = json_of(file)
    issuers = [issuer_of(each) for each in content["keys"]]
    revoked = content.get("revoked", {})
    people = {str(person): float(at) for person, at in revoked.get("people", {}).items()}
    return Trust({each.kid: each for each in issuers}, frozenset(revoked.get("tokens", {})), people)


def issuer_of(jwk: Mapping[str, Any]) -> Issuer:
    key = Ed25519PublicKey.from_public_bytes(base64url_decode(jwk["x"]))
    if jwk["kid"] != kid_of(jwk["node"], key):
        raise ValueError(f"the key {jwk['kid']} is another one")
    return Issuer(jwk["kid"], jwk["node"], key, float(jwk.get("until", FOREVER)))


def kid_of(node: str, key: Ed25519PublicKey) -> str:
    """The name of a node's key: nobody can pass it off as another node's."""
    return f"{node}.{key_id_of(key.public_bytes_raw())}"


def public_of(private_key: bytes) -> Ed25519PublicKey:
    """The public half of a key in PEM. Raises ValueError for no Ed25519 key."""
    key = load_pem_private_key(private_key, None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("it is no Ed25519 key")
    return key.public_key()


def enrol(file: Path, node: str, key: Ed25519PublicKey, keep: float = FOREVER) -> str:
    """Let a key sign for a node; its kid. Other keys of the node count for `keep` seconds more. Raises ValueError for a key that
    was revoked.
    """
    kid, x = kid_of(node, key), base64url_encode(key.public_bytes_raw()).decode()
    jwk = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid, "node": node, "x": x}
    with edited(file) as content:
        if kid in content["revoked"]["keys"]:
            raise ValueError(f"the key {kid} was revoked")
        until = wall().timestamp() + keep
        for other in content["keys"]:
            if other["node"] == node and other["kid"] != kid and keep < FOREVER:
                other["until"] = min(until, other.get("until", FOREVER))
        if all(other["kid"] != kid for other in content["keys"]):
            content["keys"].append(jwk)
    return kid


def revoke_key(file: Path, kid: str) -> bool:
    """Let a key sign for nobody from now on; whether it did."""
    with edited(file) as content:
        left = [each for each in content["keys"] if each["kid"] != kid]
        found = len(left) < len(content["keys"])
        content["keys"] = left
        if found:
            content["revoked"]["keys"].append(kid)
    return found


def revoke_token(file: Path, token_id: str, expires: float) -> None:
    """Take one token back."""
    with edited(file) as content:
        content["revoked"]["tokens"][token_id] = expires


def revoke_person(file: Path, node: str, subject: str, before: float) -> None:
    """Take back all tokens that a person of a node was given until a moment."""
    with edited(file) as content:
        people, who = content["revoked"]["people"], person_of(node, subject)
        people[who] = max(before, people.get(who, 0.0))


@contextmanager
def edited(file: Path) -> Iterator[dict[str, Any]]:
    """The content of the file, to be changed by one at a time; what has ended by itself is forgotten, and all is kept at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with locked(file.with_suffix(".lock")):
        try:
            content = json_of(file)
        except FileNotFoundError:
            content = json.loads(json.dumps(NOTHING))
        yield content
        now = wall().timestamp()
        content["keys"] = [each for each in content["keys"] if each.get("until", FOREVER) > now]
        tokens = content["revoked"]["tokens"]
        content["revoked"]["tokens"] = {each: until for each, until in tokens.items() if until > now}
        written = file.with_suffix(".new")
        with open(written, "w", opener=private) as new:
            json.dump(content, new, indent=1)
            new.flush()
            os.fsync(new.fileno())
        written.replace(file)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    with open(file, "w", opener=private) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
