"""What a node may sign with: Ed25519, or SM2 with SM3 where a city's rules ask for it.

By which of them a signature is checked says the key that the city's directory has, never the message: a public key has the form
of one of them alone, so nobody talks a reader into the other one.
"""

import logging
from binascii import Error, a2b_base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from services.kit import sm2

log = logging.getLogger(__name__)


class PrivateKey(Protocol):
    """The private half of a node's key."""

    def sign(self, data: bytes, /) -> bytes: ...


@dataclass(frozen=True)
class Algorithm:
    """One way to sign: its name in settings and in the directory, and the form of its public keys. All signatures have 64 bytes.

    `signs` and `cosigns` are what C2SP calls the type of a signature under a checkpoint: of who keeps the journal, and of a
    witness. `jose` is what a shown code calls it.
    """

    name: str
    size: int
    begins: bytes
    signs: bytes
    cosigns: bytes
    jose: str
    make: Callable[[], tuple[bytes, bytes]]
    private_in: Callable[[bytes], tuple[PrivateKey, bytes]]
    public_in: Callable[[bytes], bytes]
    verifies: Callable[[bytes, bytes, bytes], bool]
    installed: Callable[[], bool]


def make_ed25519() -> tuple[bytes, bytes]:
    """A new key: its private half and its public half, in PEM."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def ed25519_private_in(pem: bytes) -> tuple[PrivateKey, bytes]:
    key = load_pem_private_key(pem, None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("it is no key of Ed25519 or SM2")
    return key, key.public_key().public_bytes_raw()


def ed25519_public_in(pem: bytes) -> bytes:
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("it is no public key of Ed25519 or SM2")
    return key.public_bytes_raw()


def ed25519_verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


ED25519 = Algorithm(
    "ed25519", 32, b"", b"\x01", b"\x04", "EdDSA",
    make_ed25519, ed25519_private_in, ed25519_public_in, ed25519_verifies, lambda: True,
)  # fmt: skip
# C2SP has no type of its own for SM2: 0xff, and a name that is nobody else's
SM2 = Algorithm(
    "sm2", sm2.PUBLIC, b"\x04", b"\xffyifa/sm2-sm3/v1\n", b"\xffyifa/sm2-sm3-cosignature/v1\n", "SM2SM3",
    sm2.make, sm2.private_in, sm2.public_in, sm2.verifies, sm2.installed,
)  # fmt: skip
ALGORITHMS = {each.name: each for each in (ED25519, SM2)}


def algorithm_of(public_key: bytes) -> Algorithm:
    """Of which algorithm a public key is, by its form. Raises ValueError for one of none."""
    for each in ALGORITHMS.values():
        if len(public_key) == each.size and public_key.startswith(each.begins):
            return each
    raise ValueError("it is no public key of Ed25519 or SM2")


def algorithm_in(pem: bytes) -> Algorithm:
    """Of which algorithm the key in a file is, as the file says itself; one of neither is refused where it is read."""
    try:
        body = b"".join(line for line in pem.splitlines() if not line.startswith(b"-"))
        return SM2 if sm2.OID in a2b_base64(body) else ED25519
    except Error:
        return ED25519


def private_in(pem: bytes) -> tuple[PrivateKey, bytes]:
    """The private key in a file, and its public half. Raises ValueError for none, and where SM2 is not installed."""
    return algorithm_in(pem).private_in(pem)


def public_in(pem: bytes) -> bytes:
    """The public key in a file. Raises ValueError for none, and where SM2 is not installed."""
    return algorithm_in(pem).public_in(pem)


def unable(public_key: bytes) -> str:
    """Why nothing that a key signed can be checked here; empty where it can."""
    return "" if algorithm_of(public_key).installed() else sm2.MISSING


def verifies(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature was made with the private half of a key: what cannot be checked was not."""
    try:
        return algorithm_of(public_key).verifies(public_key, signature, message)
    except sm2.NoLibrary as missing:
        log.critical("%s", missing)
    except ValueError:
        pass
    return False
