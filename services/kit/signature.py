"""The signature that an event carries: that its node wrote this entry of this journal, at this place.

A node signs many events at once: the root of a Merkle tree over them, and each event carries the way from itself to the root.
Whoever finds a second event under a root that was signed would have found a collision of SHA-256, so it is worth as much as a
signature of each, and costs a signature for all. What is signed of an event are its journal, addressee, numbers and chained hash.

The header: key id, index, number of events, signature and path, parted by dots; the last two in base64url without padding.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.kit.algorithm import unable, verifies
from services.kit.directory import Directory
from services.kit.signing import Signer
from services.kit.tree import levels, path_in, root_by, split

HEADER = "yifa-sign"
AT_ONCE = 64
"""So many events are signed at once: beyond, the way to the root grows longer than what is spared."""
LONGEST = 1000
MOST_KNOWN = 20_000


class Placed(Protocol):
    """An event, or what is looked at of one that is passed over."""

    @property
    def node(self) -> str: ...
    @property
    def service(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def seq(self) -> int: ...
    @property
    def count(self) -> int: ...
    @property
    def hash(self) -> bytes: ...


def leaf(e: Placed) -> bytes:
    """What is signed of an event."""
    return f"{e.node}/{e.service}/{e.to}/{e.seq}/{e.count}\n".encode() + e.hash


def said(size: int, root: bytes) -> bytes:
    """What is signed of all."""
    return b"yifa-events/v1\n%d\n" % size + root


def signed(entries: Sequence[Placed], signer: Signer) -> list[str]:
    """The headers of events in order."""
    headers: list[str] = []
    for n in range(0, len(entries), AT_ONCE):
        some = [leaf(e) for e in entries[n : n + AT_ONCE]]
        tree, size = levels(some), len(some)
        message = said(size, tree[-1][0])
        content = signer.key.sign(message)
        CHECKED.put((signer.public_key, message, content), True)
        encoded = encode(content)
        for index in range(size):
            path = encode(b"".join(path_in(tree, index)))
            headers.append(f"{signer.key_id}.{index}.{size}.{encoded}.{path}")
    return headers


class Checked:
    """Signatures that were checked: several services of a process read the same events, and many events have one signature."""

    def __init__(self) -> None:
        self.known: dict[tuple[bytes, bytes, bytes], bool] = {}

    def put(self, key: tuple[bytes, bytes, bytes], good: bool) -> bool:
        if len(self.known) >= MOST_KNOWN:
            self.known.clear()
        self.known[key] = good
        return good

    def good(self, public_key: bytes, message: bytes, content: bytes) -> bool:
        key = public_key, message, content
        if (known := self.known.get(key)) is not None:
            return known
        return self.put(key, verifies(public_key, content, message))


CHECKED = Checked()


@dataclass(frozen=True)
class Keys:
    """By which an event is known to be its node's. Without a directory nothing comes from the bus, and nothing is asked."""

    directory: Directory | None
    now: Callable[[], datetime]

    def fault(self, e: Placed, header: str, at: int) -> str:
        """Why an event dated `at` is not known to be its node's; empty where it is."""
        if self.directory is None:
            return ""
        if not header:
            return "it has no signature"
        try:
            key_id, index, size, content, path = parsed(header)
            root = root_by(leaf(e), index, size, path)
        except ValueError:
            return "its signature cannot be read"
        key = self.directory.find(e.node, key_id)
        if key is None:
            return "it is signed with a key that is not its node's"
        if why := key.fault(e.service, e.seq, at, self.now) or unable(key.public_key):
            return why
        return (
            ""
            if CHECKED.good(key.public_key, said(size, root), content)
            else "its signature is not its node's"
        )


def parsed(header: str) -> tuple[str, int, int, bytes, list[bytes]]:
    """What a header says. Raises ValueError."""
    if len(header) > LONGEST or not header.isascii():
        raise ValueError("too long")
    key_id, index, size, content, path = header.split(".")
    if not (index.isdigit() and size.isdigit() and len(size) < 6 and len(index) < 6):
        raise ValueError("no numbers")
    found = key_id, int(index), int(size), decode(content), split(decode(path))
    if (
        ".".join((key_id, str(found[1]), str(found[2]), encode(found[3]), encode(b"".join(found[4]))))
        != header
    ):
        raise ValueError("not written in its one form")
    return found


def encode(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except Error as wrong:
        raise ValueError(str(wrong)) from None
