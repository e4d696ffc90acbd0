"""The key store of a service: one file (0600) for each key, in a folder (0700) that is no part of any database."""

import os
from pathlib import Path
from secrets import token_hex

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.kit.settings import Settings

BITS = 256
OWN = "requests"
"""The key under which requests with sealed content are known again."""


class KeyStore:
    """Keys by their ids. What is made is on the disk before its id is known to anybody."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.leaving: list[str] = []
        """Keys that are given up by an act whose commit is awaited."""

    @staticmethod
    def of(settings: Settings, service: str) -> "KeyStore":
        """`[seal] folder` of the node, and in it the service's own; where none is named, "seal" beside the settings."""
        named = settings.section("seal").get("folder", f"seal/{settings.node}")
        return KeyStore(settings.path.parent / named / service)

    def make(self) -> str:
        """A new key; returns its id."""
        key_id = token_hex(16)
        self._write(key_id)
        return key_id

    def find(self, key_id: str) -> bytes | None:
        """The key, None where its file is gone, cannot be read or holds no key."""
        try:
            key = (self.folder / f"{key_id}.key").read_bytes()
        except OSError:
            return None
        return key if len(key) * 8 == BITS else None

    def own(self) -> bytes:
        """The service's own key, made when it is first asked for."""
        if (key := self.find(OWN)) is None:
            self._write(OWN)
            key = self.find(OWN)
        return key or b""

    def drop(self, key_id: str) -> None:
        (self.folder / f"{key_id}.key").unlink(missing_ok=True)

    def others(self, known: frozenset[str]) -> list[str]:
        """The ids of keys that are nobody's."""
        return [file.stem for file in self.folder.glob("*.key") if file.stem not in known | {OWN}]

    def _write(self, name: str) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path, waiting = self.folder / f"{name}.key", self.folder / f"{name}.new"
        waiting.unlink(missing_ok=True)
        with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(AESGCM.generate_key(BITS))
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
