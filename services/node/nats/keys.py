"""Keys of a city's NATS servers, and where their certificates lie: one folder per owner.

`ca/`, `hub/` and one folder per node: in production each owner makes its own and hands over public keys only.
A seed (`.nk`) is the private half of an Ed25519 nkey; nothing but its public half ever stands in a
configuration file, except in the one-line `leaf.conf` that a node's server includes.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nkeys

from services.kit.dial import Trust
from services.kit.private import write_private
from services.node.certificates import HOSTS, certificate_of, keep_certificates

NODE_ID = re.compile(r"[a-z0-9_-]{1,32}")
RESERVED = {"all", "ca", "hub"}


@dataclass(frozen=True, slots=True)
class Keys:
    """The key folder of one city, or the part of it that one machine holds."""

    folder: Path

    @property
    def ca(self) -> Path:
        return self.folder / "ca" / "ca.pem"

    def trust(self, owner: str) -> Trust:
        """By what the hub or a node is known, and whom it believes."""
        return Trust(self.ca, *certificate_of(self.folder / owner, owner))

    def leaf_conf(self, node: str) -> Path:
        """The file a node's server includes to prove to the hub who it is."""
        return self.folder / node / "leaf.conf"

    def cluster_conf(self, server: str) -> Path:
        """The file a server of a hub of several includes to find the others, and to prove to them that it is one."""
        return self.folder / "hub" / f"{server}-cluster.conf"

    def seed(self, owner: str, use: str) -> str:
        """The private seed of an owner's key: `("hub", "admin")`, `("hub", "watch")`, `(node, "leaf")` or `(node, "app")`."""
        return (self.folder / owner / f"{use}.nk").read_text().strip()

    def public(self, owner: str, use: str) -> str:
        """The public half, fit for a configuration file."""
        return public_key(self.seed(owner, use))


def public_key(seed: str) -> str:
    return str(nkeys.from_seed(bytearray(seed, "ascii")).public_key, "ascii")


def check_node_id(node: str) -> str:
    """Return the id, or raise ValueError: it becomes part of subjects, stream names and account names."""
    if not NODE_ID.fullmatch(node) or node in RESERVED:
        raise ValueError(
            f"node id {node!r} must match {NODE_ID.pattern} and not be one of {sorted(RESERVED)}"
        )
    return node


def make_keys(folder: Path, nodes: Iterable[str], *, hosts: Sequence[str] = HOSTS) -> Keys:
    """Make what is missing of the hub's and the nodes' keys; keep everything that is there.

    `hosts` are the names and addresses by which hub and nodes are reached. A certificate is made again when it does not name one
    of them or is about to end. Raises ValueError for a bad node id, Failure for certificates that only the operator can mend.
    """
    keys, nodes = Keys(folder), list(nodes)
    _keep_seed(folder / "hub" / "admin.nk")
    _keep_seed(folder / "hub" / "watch.nk")
    for node in nodes:
        check_node_id(node)
        _keep_seed(folder / node / "app.nk")
        seed = _keep_seed(folder / node / "leaf.nk")
        write_private(keys.leaf_conf(node), f'nkey: "{seed}"\n'.encode())
    keep_certificates(folder, ["hub", *nodes], hosts)
    return keys


def _keep_seed(path: Path) -> str:
    if not path.exists():
        write_private(path, nkeys.encode_seed(os.urandom(32), nkeys.PREFIX_BYTE_USER) + b"\n")
    return path.read_text().strip()


def keep_cluster(keys: Keys, confs: Mapping[str, Callable[[str], str]]) -> None:
    """Write the cluster file of each server of the hub, all with one secret that is made once."""
    file = keys.folder / "hub" / "cluster.secret"
    if not file.exists():
        write_private(file, os.urandom(24).hex().encode())
    secret = file.read_text().strip()
    for server, conf in confs.items():
        write_private(keys.cluster_conf(server), conf(secret).encode())
