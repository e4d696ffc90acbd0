"""The Merkle tree of RFC 6962, section 2.1, over a list of entries: small enough to be read whole by who checks it.

A leaf is SHA-256 over a zero byte and the entry; a node SHA-256 over a one byte and its two children. So no leaf can be taken for
a node, and who knows the root knows every entry and their order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

DIGEST = 32
EMPTY = sha256(b"").digest()
"""The root over no entries."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


@dataclass
class Growing:
    """A tree that entries are added to at the end: how many there are, and the roots of the complete trees that they make, the
    largest first. It needs no entry of before.
    """

    size: int = 0
    roots: list[bytes] = field(default_factory=list)

    def add(self, entry: bytes) -> None:
        digest, n = leaf_hash(entry), self.size
        while n & 1:
            digest, n = node_hash(self.roots.pop(), digest), n >> 1
        self.roots.append(digest)
        self.size += 1

    def extended(self, entries: Iterable[bytes]) -> "Growing":
        """The tree with these entries after its own."""
        tree = Growing(self.size, list(self.roots))
        for entry in entries:
            tree.add(entry)
        return tree

    def root(self) -> bytes:
        if not self.roots:
            return EMPTY
        digest = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            digest = node_hash(left, digest)
        return digest

    def pack(self) -> bytes:
        return b"".join(self.roots)

    @staticmethod
    def unpack(size: int, packed: bytes) -> "Growing":
        """Raises ValueError for roots that are not those of so many entries."""
        roots = split(packed)
        if len(roots) != size.bit_count():
            raise ValueError(f"{len(roots)} roots for {size} entries")
        return Growing(size, roots)


def split(packed: bytes) -> list[bytes]:
    """The hashes in a string of them. Raises ValueError."""
    if len(packed) % DIGEST:
        raise ValueError("no string of SHA-256 hashes")
    return [packed[n : n + DIGEST] for n in range(0, len(packed), DIGEST)]


def root_of(entries: Iterable[bytes]) -> bytes:
    return Growing().extended(entries).root()


def levels(entries: Sequence[bytes]) -> list[list[bytes]]:
    """The hashes of a tree, level by level from the leaves; one without a sibling goes up as it is."""
    level = [leaf_hash(entry) for entry in entries]
    tree = [level]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [node_hash(left, right) for left, right in pairs] + level[len(level) // 2 * 2 :]
        tree.append(level)
    return tree


def path_in(tree: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """The hashes that lead from a leaf to the root, the nearest first. Raises IndexError."""
    if not 0 <= index < len(tree[0]):
        raise IndexError(index)
    path = []
    for level in tree[:-1]:
        if (beside := index ^ 1) < len(level):
            path.append(level[beside])
        index >>= 1
    return path


def root_by(entry: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root to which a path leads from an entry (RFC 9162, section 2.1.3.2). Raises ValueError for no path of such a tree."""
    if not 0 <= index < size:
        raise ValueError(f"there is no entry {index} among {size}")
    digest, last = leaf_hash(entry), size - 1
    for beside in path:
        if last == 0:
            raise ValueError("the path is too long")
        if index & 1 or index == last:
            digest = node_hash(beside, digest)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            digest = node_hash(digest, beside)
        index, last = index >> 1, last >> 1
    if last:
        raise ValueError("the path is too short")
    return digest
