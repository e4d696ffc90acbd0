"""A node's own key (Ed25519): what it signs is known by the key's public half, with no network."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from services.kit.settings import BadSettings, Settings


@dataclass(frozen=True)
class Signer:
    """A private key and the name that its public half goes by."""

    key: Ed25519PrivateKey
    key_id: str
    public_key: bytes


def key_id_of(public_key: bytes) -> str:
    """The name of a public key: the first eight bytes of its SHA-256, in base64url."""
    return urlsafe_b64encode(sha256(public_key).digest()[:8]).decode().rstrip("=")


def signer_of(settings: Settings) -> Signer | None:
    """The node's key, named by `[sign] key`; None when there is no such section. Raises BadSettings for another file."""
    if "key" not in settings.section("sign"):
        return None
    file = settings.file("sign", "key")
    try:
        key = load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError) as wrong:
        raise BadSettings(f"{settings.path}: [sign] key {file}: {wrong}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadSettings(f"{settings.path}: [sign] key {file} is no Ed25519 key")
    public = key.public_key().public_bytes_raw()
    return Signer(key, key_id_of(public), public)


def public_of(pem: bytes) -> Ed25519PublicKey:
    """The public key in a PEM file. Raises ValueError for anything else."""
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("it is no Ed25519 public key")
    return key
