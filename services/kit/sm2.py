"""Signatures of SM2 with SM3 (GB/T 32918.2, GB/T 32905) by the library of the Tongsuo project, which is installed where they are
asked for.

The signer's id is the one that GM/T 0009 gives where nobody agreed on another: 1234567812345678; it is the library's own. A
signature is r and s, 32 bytes each; a public key is the point as it is written at full length, 65 bytes.
"""

from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

PUBLIC, SIGNATURE = 65, 64
OID = bytes.fromhex("06082a811ccf5501822d")
"""1.2.156.10197.1.301 as a file of a key has it: the curve of SM2."""
MISSING = (
    "SM2 密钥需要铜锁密码库：在依法的目录中执行 make sm · a key of SM2 needs the Tongsuo library: run `make sm` where "
    "Yifa is installed"
)


class NoLibrary(ValueError):
    """What SM2 needs is not installed; the message says how it is."""

    def __init__(self) -> None:
        super().__init__(MISSING)


def installed() -> bool:
    try:
        part("asymciphers.ec")
    except NoLibrary:
        return False
    return True


def part(name: str) -> Any:
    """A module of the library. Raises NoLibrary."""
    try:
        found: ModuleType = import_module(f"tongsuopy.crypto.{name}")
    except ImportError:
        raise NoLibrary from None
    return found


class PrivateKey:
    """The private half of a key."""

    def __init__(self, key: Any) -> None:
        self.key, self.public = key, point(key.public_key())

    def sign(self, data: bytes, /) -> bytes:
        r, s = decode_dss_signature(self.key.sign(data, scheme()))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def scheme() -> Any:
    return part("asymciphers.ec").ECDSA(part("hashes").SM3())


def point(key: Any) -> bytes:
    forms = part("serialization")
    return bytes(key.public_bytes(forms.Encoding.X962, forms.PublicFormat.UncompressedPoint))


def make() -> tuple[bytes, bytes]:
    """A new key: its private half and its public half, in PEM. Raises NoLibrary."""
    ec, forms = part("asymciphers.ec"), part("serialization")
    key, pem = ec.generate_private_key(ec.SM2()), forms.Encoding.PEM
    private = key.private_bytes(pem, forms.PrivateFormat.PKCS8, forms.NoEncryption())
    return private, key.public_key().public_bytes(pem, forms.PublicFormat.SubjectPublicKeyInfo)


def private_in(pem: bytes) -> tuple[PrivateKey, bytes]:
    """The key in a file, and its public half. Raises NoLibrary, ValueError."""
    key = PrivateKey(part("serialization").load_pem_private_key(pem, None))
    return key, key.public


def public_in(pem: bytes) -> bytes:
    """The public key in a file. Raises NoLibrary, ValueError."""
    return point(part("serialization").load_pem_public_key(pem))


@lru_cache(maxsize=256)
def public_key(public: bytes) -> Any:
    ec = part("asymciphers.ec")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SM2(), public)


def verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature is of a key. Raises NoLibrary."""
    if len(signature) != SIGNATURE:
        return False
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    wrong = part("exceptions").InvalidSignature
    try:
        public_key(public).verify(encode_dss_signature(r, s), message, scheme())
    except (wrong, ValueError):
        return False
    return True
