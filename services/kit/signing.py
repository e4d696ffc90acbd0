"""A node's own key (Ed25519): what it signs is known by the key's public half, with no network."""

import time
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from services.kit.settings import BadSettings, Settings

LOOK = 1.0
"""So many seconds a change of the key's file may go unseen."""


@dataclass(frozen=True)
class Signer:
    """A private key and the name that its public half goes by."""

    key: Ed25519PrivateKey
    key_id: str
    public_key: bytes


def key_id_of(public_key: bytes) -> str:
    """The name of a public key: the first eight bytes of its SHA-256, in base64url."""
    return urlsafe_b64encode(sha256(public_key).digest()[:8]).decode().rstrip("=")


class OwnKey:
    """The key that the node signs with, as its file holds it at the moment: another one takes its place while the node runs."""

    def __init__(self, settings: Settings):
        self.settings, self.path = settings, settings.file("sign", "key")
        self.looked, self.stamp = time.monotonic(), self.stamped()
        self.held = self.read()

    @property
    def signer(self) -> Signer:
        if time.monotonic() - self.looked > LOOK:
            self.looked = time.monotonic()
            # while the file cannot be read, the key that was
            with suppress(OSError, BadSettings):
                if (stamp := self.stamped()) != self.stamp:
                    self.held, self.stamp = self.read(), stamp
        return self.held

    def stamped(self) -> tuple[int, int]:
        with suppress(FileNotFoundError):
            found = self.path.stat()
            return found.st_mtime_ns, found.st_ino
        return 0, 0

    def read(self) -> Signer:
        try:
            key = load_pem_private_key(self.path.read_bytes(), None)
        except (OSError, ValueError) as wrong:
            raise BadSettings(f"{self.settings.path}: [sign] key {self.path}: {wrong}") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise BadSettings(f"{self.settings.path}: [sign] key {self.path} is no Ed25519 key")
        public = key.public_key().public_bytes_raw()
        return Signer(key, key_id_of(public), public)


def own_key(settings: Settings) -> OwnKey | None:
    """The node's key, named by `[sign] key`; None when there is no such section. Raises BadSettings for another file."""
    return OwnKey(settings) if "key" in settings.section("sign") else None


def public_of(pem: bytes) -> Ed25519PublicKey:
    """The public key in a PEM file. Raises ValueError for anything else."""
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("it is no Ed25519 public key")
    return key
