"""A node's own key: what it signs is known by the key's public half, with no network."""

import time
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from services.kit.algorithm import ALGORITHMS, ED25519, Algorithm, PrivateKey, algorithm_of, private_in
from services.kit.settings import BadSettings, Settings

LOOK = 1.0
"""So many seconds a change of the key's file may go unseen."""


@dataclass(frozen=True)
class Signer:
    """A private key and the name that its public half goes by."""

    key: PrivateKey
    key_id: str
    public_key: bytes

    @property
    def algorithm(self) -> Algorithm:
        return algorithm_of(self.public_key)


def key_id_of(public_key: bytes) -> str:
    """The name of a public key: the first eight bytes of its SHA-256, in base64url."""
    return urlsafe_b64encode(sha256(public_key).digest()[:8]).decode().rstrip("=")


def names(key_id: str, public_key: bytes) -> bool:
    """Whether a name is that of a public key, and the key one that a node may have."""
    try:
        algorithm_of(public_key)
    except ValueError:
        return False
    return key_id == key_id_of(public_key)


def signer_in(pem: bytes) -> Signer:
    """Who signs with the private key in a file. Raises ValueError for none, TypeError for one under a password."""
    key, public = private_in(pem)
    return Signer(key, key_id_of(public), public)


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
            return signer_in(self.path.read_bytes())
        except (OSError, ValueError, TypeError) as wrong:
            raise BadSettings(f"{self.settings.path}: [sign] key {self.path}: {wrong}") from None


def own_key(settings: Settings) -> OwnKey | None:
    """The node's key, named by `[sign] key`; None when there is no such section. Raises BadSettings for another file, and for a
    key of another algorithm than the settings ask for.
    """
    if "key" not in settings.section("sign"):
        return None
    asked, own = algorithm_asked(settings), OwnKey(settings)
    if (found := own.held.algorithm) is not asked:
        raise BadSettings(
            f"{settings.path}: [sign] algorithm 为 {asked.name}，密钥文件 {own.path} 为 {found.name} · the settings ask for "
            f"{asked.name}, and the key is of {found.name}: `yifa keys rotate {settings.node} --algorithm {asked.name}` makes one"
        )
    return own


def algorithm_asked(settings: Settings) -> Algorithm:
    """What the node is to sign with: Ed25519, unless `[sign] algorithm` says otherwise. Raises BadSettings for an unknown one."""
    name = settings.section("sign").get("algorithm", ED25519.name)
    if not isinstance(name, str) or name not in ALGORITHMS:
        known = ", ".join(ALGORITHMS)
        raise BadSettings(
            f"{settings.path}: [sign] algorithm = {name!r}: 须为其一 · it must be one of {known}"
        )
    return ALGORITHMS[name]
