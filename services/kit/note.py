"""Checkpoints as signed notes, in the formats of C2SP: signed-note, tlog-checkpoint, tlog-cosignature (cosignature/v1).

A checkpoint is three lines: whose journal, how many entries, the root of the tree over them in base64. A blank line and the
signatures follow, one a line. Whoever knows the format elsewhere can check them with what he has. For SM2, to which C2SP gives no
type, 0xff and a name take the place of the byte, as it recommends.
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from services.kit.algorithm import ALGORITHMS, algorithm_of, verifies
from services.kit.signing import Signer

DASH = "— "
MOST_SIGNATURES = 1000


class BadNote(Exception):
    """The text is no checkpoint, or not as its signatures say."""


@dataclass(frozen=True)
class Checkpoint:
    """How a journal stands: whose it is, how many entries it has, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class Signature:
    """One line under a note."""

    name: str
    key_hash: bytes
    content: bytes

    @property
    def line(self) -> str:
        return f"{DASH}{self.name} {base64.b64encode(self.key_hash + self.content).decode()}\n"

    @property
    def cosigns(self) -> bool:
        """Whether it has the form of a witness's: with the moment at which it was made."""
        return len(self.content) == 72

    @property
    def time(self) -> int:
        """When a witness signed, in seconds since 1970."""
        return int.from_bytes(self.content[:8], "big") if self.cosigns else 0


@dataclass(frozen=True)
class Note:
    """A checkpoint with its signatures."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...] = ()

    @property
    def text(self) -> str:
        return f"{self.checkpoint.body}\n{''.join(s.line for s in self.signatures)}"

    def with_(self, more: Iterable[Signature]) -> "Note":
        """The same with more signatures; of one witness the newest only."""
        by_name = {(s.name, s.key_hash): s for s in self.signatures}
        for s in more:
            known = by_name.get((s.name, s.key_hash))
            if known is None or known.time < s.time:
                by_name[s.name, s.key_hash] = s
        return Note(self.checkpoint, tuple(by_name.values()))


def key_hash(name: str, public_key: bytes, cosigns: bool) -> bytes:
    """By what a signature's line names its key: four bytes over name, type and public half."""
    return sha256(name.encode() + b"\n" + typed(public_key, cosigns)).digest()[:4]


def typed(public_key: bytes, cosigns: bool) -> bytes:
    """A public key behind the type of the signatures that it makes: of who keeps the journal, or of a witness."""
    algorithm = algorithm_of(public_key)
    return (algorithm.cosigns if cosigns else algorithm.signs) + public_key


def verifier_key(name: str, public_key: bytes, cosigns: bool) -> str:
    """A public key as C2SP writes it: NAME+HASH+KEY."""
    encoded = base64.b64encode(typed(public_key, cosigns)).decode()
    return f"{name}+{key_hash(name, public_key, cosigns).hex()}+{encoded}"


def parse_verifier_key(text: str) -> tuple[str, bytes, bool]:
    """Name, public half, and whether it countersigns. Raises BadNote."""
    name, _, rest = text.partition("+")
    said, _, encoded = rest.partition("+")
    content = decoded(encoded)
    for algorithm in ALGORITHMS.values():
        for cosigns in (False, True):
            public = content[-algorithm.size :]
            own = len(public) == algorithm.size and public.startswith(algorithm.begins)
            if own and content == typed(public, cosigns) and key_hash(name, public, cosigns).hex() == said:
                return name, public, cosigns
    raise BadNote(f"no verifier key: {text[:200]}")


def decoded(text: str) -> bytes:
    """The bytes of base64 in its one right form. Raises BadNote."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not content or base64.b64encode(content).decode() != text:
        raise BadNote("is no base64")
    return content


def sign(checkpoint: Checkpoint, signer: Signer) -> Note:
    """The note of who keeps the journal: the key goes by the name of the journal."""
    digest = key_hash(checkpoint.origin, signer.public_key, cosigns=False)
    return Note(
        checkpoint, (Signature(checkpoint.origin, digest, signer.key.sign(checkpoint.body.encode())),)
    )


def cosign(checkpoint: Checkpoint, name: str, signer: Signer, time: int) -> Signature:
    """The signature of a witness, which also says when it was made."""
    content = time.to_bytes(8, "big") + signer.key.sign(cosigned(checkpoint, time))
    return Signature(name, key_hash(name, signer.public_key, cosigns=True), content)


def cosigned(checkpoint: Checkpoint, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{checkpoint.body}".encode()


def genuine(checkpoint: Checkpoint, signature: Signature, public_key: bytes) -> bool:
    """Whether a signature was made over the checkpoint with the private half of a key, in the way of that key."""
    if signature.key_hash != key_hash(signature.name, public_key, signature.cosigns):
        return False
    if signature.cosigns:
        said, content = cosigned(checkpoint, signature.time), signature.content[8:]
    else:
        said, content = checkpoint.body.encode(), signature.content
    return verifies(public_key, content, said)


def parse_checkpoint(body: str) -> Checkpoint:
    """The checkpoint in the text that is signed. Raises BadNote."""
    lines = body.split("\n")
    if len(lines) != 4 or lines[3] or not named(lines[0]):
        raise BadNote("is no checkpoint: three lines were expected")
    if (
        not (lines[1].isascii() and lines[1].isdigit() and len(lines[1]) < 20)
        or str(int(lines[1])) != lines[1]
    ):
        raise BadNote("is no checkpoint: the second line is no number of entries")
    if len(root := decoded(lines[2])) != 32:
        raise BadNote("is no checkpoint: the third line is no root")
    return Checkpoint(lines[0], int(lines[1]), root)


def parse_signature(line: str) -> Signature:
    """One line without its end. Raises BadNote."""
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not named(name):
        raise BadNote("is no line of a signature")
    content = decoded(encoded)
    if len(content) not in (68, 76):
        raise BadNote(f"the signature of {name} has no length of a signature")
    return Signature(name, content[:4], content[4:])


def parse(text: str) -> Note:
    """A note as it is written, to the byte. Raises BadNote."""
    body, found, under = text.partition("\n\n")
    if not found or (under and not under.endswith("\n")):
        raise BadNote("is no signed note: there is no blank line, or the last line has no end")
    lines = under.split("\n")[:-1]
    if len(lines) > MOST_SIGNATURES:
        raise BadNote("has too many signatures")
    note = Note(parse_checkpoint(f"{body}\n"), tuple(parse_signature(line) for line in lines))
    if note.text != text:
        raise BadNote("is not written as its parts are")
    return note


def named(name: str) -> bool:
    """Whether a text can name a key or a journal."""
    return 0 < len(name) <= 200 and name.isascii() and name.isprintable() and not set(name) & {" ", "+"}
