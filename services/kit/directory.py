"""The city's directory of nodes' public keys: one TOML file, handed to every node, read again when it changes.

A node may have several keys at once. `until`: what is dated later is not taken from it. `from`: before that it is not taken at
all. `revoked`: nothing more is taken from it but what stands at or below the last good entry of each journal (`through`).
"""

import base64
import binascii
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.kit.algorithm import ALGORITHMS, ED25519, Algorithm, algorithm_of, unable
from services.kit.settings import BadSettings, Settings
from services.kit.signing import key_id_of
from services.kit.store import micros
from services.law.written import toml_of

LOOK = 1.0
"""So many seconds a change may go unseen; who meets a key that he does not know looks at once."""


@dataclass(frozen=True)
class NodeKey:
    """A public key of a node."""

    node: str
    key_id: str
    public_key: bytes
    from_: datetime | None = None
    until: datetime | None = None
    revoked: datetime | None = None
    through: Mapping[str, int] = field(default_factory=dict)

    @property
    def algorithm(self) -> Algorithm:
        """By which its signatures are checked, whatever a message says."""
        return algorithm_of(self.public_key)

    def fault(self, service: str, seq: int, at: int, now: Callable[[], datetime]) -> str:
        """Why the key does not vouch for an entry of a journal, dated `at`; empty where it does."""
        if self.revoked is not None:
            return "" if seq <= self.through.get(service, 0) else "its key was revoked"
        if self.from_ is not None and now() < self.from_:
            return "its key does not hold yet"
        return "its key no longer held" if self.until is not None and at > micros(self.until) else ""


class Directory:
    """The keys of all nodes, as the file says at the moment."""

    def __init__(self, path: Path):
        self.path = path
        self.looked, self.stamp = 0.0, (0, 0, 0)
        self.keys: dict[str, dict[str, NodeKey]] = {}
        self.take(read(path))

    def take(self, keys: Iterable[NodeKey]) -> None:
        found: dict[str, dict[str, NodeKey]] = {}
        for key in keys:
            found.setdefault(key.node, {})[key.key_id] = key
        self.keys, self.stamp = found, stamp(self.path)

    def look(self, *, at_once: bool = False) -> None:
        """Read the file again where it changed. One that cannot be read leaves things as they were."""
        now = time.monotonic()
        if not at_once and now - self.looked < LOOK:
            return
        self.looked = now
        try:
            if stamp(self.path) != self.stamp:
                self.take(read(self.path))
        except (OSError, BadSettings):
            return

    def find(self, node: str, key_id: str) -> NodeKey | None:
        self.look()
        found = self.keys.get(node, {}).get(key_id)
        if found is None:
            self.look(at_once=True)
            found = self.keys.get(node, {}).get(key_id)
        return found

    def of(self, node: str) -> list[NodeKey]:
        """All keys that a node has, or had."""
        self.look()
        return list(self.keys.get(node, {}).values())

    @property
    def all(self) -> list[NodeKey]:
        self.look()
        return [key for keys in self.keys.values() for key in keys.values()]


def directory_of(settings: Settings) -> Directory | None:
    """The directory that `[sign] directory` names; None where nothing is said. Raises BadSettings."""
    if "directory" not in settings.section("sign"):
        return None
    try:
        found = Directory(settings.file("sign", "directory"))
    except OSError as wrong:
        raise BadSettings(f"{settings.path}: [sign] directory: {wrong}") from None
    for key in found.all:
        if why := unable(key.public_key):
            raise BadSettings(f"{found.path}: {key.node} {key.key_id} ({key.algorithm.name}): {why}")
    return found


def stamp(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_ino, found.st_size


def read(path: Path) -> list[NodeKey]:
    """The keys in a file. Raises OSError, BadSettings."""
    try:
        said = toml_of(path).get("key", [])
        return [key_of(each) for each in said]
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        binascii.Error,
    ) as wrong:
        raise BadSettings(f"{path}: {wrong!r}") from None


def key_of(said: Mapping[str, Any]) -> NodeKey:
    """A key as a file says it; without a word of its algorithm one of Ed25519. Raises ValueError, LookupError, TypeError."""
    public = base64.b64decode(said["public_key"], validate=True)
    algorithm = ALGORITHMS[said.get("algorithm", ED25519.name)]
    its_own = algorithm_of(public) is algorithm and said["id"] == key_id_of(public)
    if not its_own or not isinstance(said["node"], str):
        raise ValueError(f"{said['id']} is no {algorithm.name} key that goes by this id")
    through = {str(name): int(seq) for name, seq in said.get("through", {}).items()}
    from_, until, revoked = (moment(said.get(name)) for name in ("from", "until", "revoked"))
    return NodeKey(said["node"], said["id"], public, from_, until, revoked, through)


def moment(said: Any) -> datetime | None:
    if said is not None and (not isinstance(said, datetime) or said.tzinfo is None):
        raise ValueError(f"{said!r} is no moment with its offset")
    return said


def write(path: Path, keys: Iterable[NodeKey]) -> None:
    """Write the file, whole or not at all."""
    parts = ["# The public keys of the city's nodes, by which their events and checkpoints are known.\n"]
    for key in sorted(keys, key=lambda k: (k.node, k.from_ or datetime.min.replace(tzinfo=UTC), k.key_id)):
        lines = [f'node = "{key.node}"', f'id = "{key.key_id}"', f'algorithm = "{key.algorithm.name}"']
        lines.append(f'public_key = "{base64.b64encode(key.public_key).decode()}"')
        for name, at in (("from", key.from_), ("until", key.until), ("revoked", key.revoked)):
            if at is not None:
                lines.append(f"{name} = {at.astimezone(UTC).isoformat()}")
        if key.through:
            said = ", ".join(f"{service} = {seq}" for service, seq in sorted(key.through.items()))
            lines.append(f"through = {{ {said} }}")
        parts.append("[[key]]\n" + "\n".join(lines) + "\n")
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write("\n".join(parts))
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)


def with_key(
    path: Path, node: str, public_key: bytes, now: datetime | None = None, until: datetime | None = None
) -> NodeKey:
    """Put a key into the file, if it is not there. Where the node has others, it holds from `now`, and they end `until` then."""
    keys = read(path) if path.exists() else []
    key = NodeKey(node, key_id_of(public_key), public_key)
    if any((k.node, k.key_id) == (node, key.key_id) for k in keys):
        return key
    if any(k.node == node for k in keys):
        key = replace(key, from_=now)
    ended = [replace(k, until=k.until or until) if k.node == node else k for k in keys]
    write(path, [*ended, key])
    return key


def revoke(path: Path, node: str, key_id: str, now: datetime, through: Mapping[str, int]) -> None:
    """Say in the file that a key is to be trusted no more but for what is known. Raises KeyError."""
    keys = read(path)
    if not any((k.node, k.key_id) == (node, key_id) for k in keys):
        raise KeyError(key_id)
    write(
        path,
        [
            replace(k, revoked=k.revoked or now, through=dict(through))
            if (k.node, k.key_id) == (node, key_id)
            else k
            for k in keys
        ],
    )
