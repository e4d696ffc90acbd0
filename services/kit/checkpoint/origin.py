"""By which names journals and witnesses go in checkpoints, and whose signatures are under one."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.kit.directory import NodeKey
from services.kit.note import Note, genuine, key_hash

WAITS, GOOD, REFUSED = "WAITS", "GOOD", "REFUSED"


def origin_of(city: str, node: str, service: str, begun: int = 0, first: int = 0) -> str:
    """The name of a journal, as far as it was signed without a break.

    After a loss it goes on in a new epoch, and by another name: behind a slash the number of the entry that begun it, from which
    is counted. Entries before it that no head was known of have a name of their own: behind one more slash their first.
    """
    parts = [city, node, service, *(str(n) for n in (begun, first) if n)]
    return "/".join(("yifa", *parts))


def witness_of(city: str, node: str) -> str:
    """The name by which a node countersigns."""
    return f"yifa/{city}/{node}"


def journal_of(origin: str) -> tuple[str, str]:
    """Node and service in the name of a journal; empty where it is none."""
    parts = origin.split("/")
    known = 4 <= len(parts) <= 6 and parts[0] == "yifa" and all(map(numbers, parts[4:]))
    return (parts[2], parts[3]) if known else ("", "")


def numbers(text: str) -> bool:
    """Whether a text is the number of an entry, in its one form."""
    return text.isascii() and text.isdigit() and len(text) < 20 and text[0] != "0"


def whole_of(origin: str) -> str:
    """The name of the journal itself, of whatever epoch a name is."""
    return "/".join(origin.split("/")[:4])


def first_of(origin: str) -> int:
    """The entry from which is counted under a name: the first leaf of its tree."""
    parts = origin.split("/")
    return int(parts[-1]) if len(parts) > 4 and numbers(parts[-1]) else 1


def begun_of(origin: str) -> int:
    """The entry that begun the epoch of which a name is; 0 for the journal as it was before any loss."""
    parts = origin.split("/")
    return int(parts[4]) if len(parts) > 4 and numbers(parts[4]) else 0


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
        cosigns = signature.cosigns
        node = node_of(signature.name) if cosigns else own
        if not cosigns and signature.name != checkpoint.origin:
            wrong.append(f"{signature.name} signed in the place of {checkpoint.origin}")
            continue
        named = (
            k
            for k in known
            if k.node == node and key_hash(signature.name, k.public_key, cosigns) == signature.key_hash
        )
        key = next(named, None)
        if key is None or not genuine(checkpoint, signature, key.public_key):
            wrong.append(f"the signature of {signature.name} is not that of a key of its node")
        elif not cosigns:
            last = first_of(checkpoint.origin) + checkpoint.size - 1
            by_its_node |= key.revoked is None or last <= key.through.get(service, 0)
        elif key.revoked is None:
            witnesses[node] = signature.time
    return Signed(by_its_node, witnesses, tuple(wrong))
