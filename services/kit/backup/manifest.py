"""What a copy of nodes says of itself: every file with its hash, every database with the end of its journal."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from services.kit.settings import BadSettings
from services.law.written import json_in

FORMAT = 1
DIGEST = re.compile(r"[0-9a-f]{64}")
NAME = re.compile(r"[0-9]{8}T[0-9]{6}Z(-[0-9]+)?")


class BadCopy(BadSettings):
    """A copy that is not what it says, or not for this place. The message says why in both languages."""


@dataclass(frozen=True)
class Kept:
    """A file of a copy: where it belongs, from the folder of the settings on, what it is, and its bytes by their hash."""

    path: str
    what: str
    sha256: str
    size: int
    mode: int = 0o600


@dataclass(frozen=True)
class Database:
    """A database of a copy: its service, how it was written out, the revisions that it is at, where its journal ends, what is
    wrong with that, and up to where the service had read each source.
    """

    service: str
    form: str
    sha256: str
    size: int
    revisions: dict[str, str]
    seq: int
    head: str
    faults: list[str]
    positions: dict[str, list[Any]]


@dataclass(frozen=True)
class NodeCopy:
    """A node of a copy. `apart`: what belongs to it and is not in the copy. `damaged`: files that are not what their name is."""

    node: str
    kind: str
    settings: str
    files: list[Kept] = field(default_factory=list)
    databases: list[Database] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    @property
    def parts(self) -> list[Kept | Database]:
        """Everything that it needs."""
        return [*self.files, *self.databases]

    @property
    def objects(self) -> dict[str, int]:
        """The size of everything that it needs, by its hash."""
        return {each.sha256: each.size for each in self.parts}


@dataclass(frozen=True)
class Manifest:
    """A copy: its name, the moment as of which it is, and its nodes."""

    name: str
    made: str
    nodes: list[NodeCopy]

    def packed(self) -> bytes:
        """As it is written: with the hash over all else that it says."""
        said = {"format": FORMAT, **asdict(self)}
        return _lines({**said, "sha256": _digest(said)})


def unpacked(data: bytes, where: str) -> Manifest:
    """A manifest as it was written. Raises BadCopy for one that was altered, or that another version wrote."""
    try:
        said = json_in(data)
        digest = said.pop("sha256")
    except (ValueError, KeyError, AttributeError, TypeError):
        raise BadCopy(f"{where}：不是备份清单，is no manifest of a copy") from None
    if digest != _digest(said):
        raise BadCopy(f"{where}：清单已被改动，the manifest was altered: its hash is not that of its content")
    if said.get("format") != FORMAT:
        raise BadCopy(
            f"{where}：由其他版本制作，was made by another version: format {said.get('format')}, known is {FORMAT}"
        )
    try:
        return Manifest(said["name"], said["made"], [_node(each) for each in said["nodes"]])
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadCopy(f"{where}：清单不完整，the manifest is not whole: {wrong!r}") from None


def _node(said: dict[str, Any]) -> NodeCopy:
    files = [Kept(**each) for each in said.pop("files")]
    databases = [Database(**each) for each in said.pop("databases")]
    node = NodeCopy(**said, files=files, databases=databases)
    for each in node.parts:
        if DIGEST.fullmatch(each.sha256) is None:
            raise ValueError(f"{each.sha256} is no SHA-256")
    return node


def _digest(said: dict[str, Any]) -> str:
    return sha256(_lines(said)).hexdigest()


def _lines(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode()


def chosen(manifest: Manifest, nodes: Sequence[str]) -> list[NodeCopy]:
    """The nodes that are wanted, all where none is named. Raises BadCopy for one that the copy has not."""
    known = {each.node: each for each in manifest.nodes}
    if unknown := [node for node in nodes if node not in known]:
        has = ", ".join(known)
        raise BadCopy(f"备份中没有节点 the copy has no node {unknown[0]}；只有 it has {has}")
    return [known[node] for node in nodes or known]
