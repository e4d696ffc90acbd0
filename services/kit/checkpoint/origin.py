"""By which names journals and witnesses go in checkpoints, and whose signatures are under one."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.kit.directory import NodeKey
from services.kit.note import COSIGNATURE, ED25519, Note, genuine, key_hash

WAITS, GOOD, REFUSED = "WAITS", "GOOD", "REFUSED"


def origin_of(city: str, node: str, service: str) -> str:
    """The name of a journal. One that begins anew, as after a restore, needs another: what tells it apart goes behind a slash."""
    return f"yifa/{city}/{node}/{service}"


def witness_of(city: str, node: str) -> str:
    """The name by which a node countersigns."""
    return f"yifa/{city}/{node}"


def journal_of(origin: str) -> tuple[str, str]:
    """Node and service in the name of a journal; empty where it is none."""
    parts = origin.split("/")
    return (parts[2], parts[3]) if len(parts) >= 4 and parts[0] == "yifa" else ("", "")


def node_of(witness: str) -> str:
    """The node in the name of a witness; empty where it is none."""
    parts = witness.split("/")
    return parts[2] if len(parts) == 3 and parts[0] == "yifa" else ""


@dataclass(frozen=True)
class Signed:
    """Whose signatures under a checkpoint are genuine: of the node whose journal it is, and of witnesses, each with its moment;
    and what is wrong with the others.
    """

    by_its_node: bool
    witnesses: dict[str, int]
    wrong: tuple[str, ...]


def signatures_of(note: Note, keys: Iterable[NodeKey]) -> Signed:
    """Look at every signature. A key counts under a checkpoint also after its time. One that was revoked counts for the node
    whose journal it is up to the last good entry, and no more for a witness.
    """
    known, checkpoint = list(keys), note.checkpoint
    own, service = journal_of(checkpoint.origin)
    by_its_node, witnesses, wrong = False, dict[str, int](), []
    for signature in note.signatures:
        kind = COSIGNATURE if signature.cosigns else ED25519
        node = node_of(signature.name) if signature.cosigns else own
        if kind == ED25519 and signature.name != checkpoint.origin:
            wrong.append(f"{signature.name} signed in the place of {checkpoint.origin}")
            continue
        named = (
            k
            for k in known
            if k.node == node and key_hash(signature.name, kind, k.public_key) == signature.key_hash
        )
        key = next(named, None)
        if key is None or not genuine(checkpoint, signature, kind, key.public_key):
            wrong.append(f"the signature of {signature.name} is not that of a key of its node")
        elif kind == ED25519:
            by_its_node |= key.revoked is None or checkpoint.size <= key.through.get(service, 0)
        elif key.revoked is None:
            witnesses[node] = signature.time
    return Signed(by_its_node, witnesses, tuple(wrong))
