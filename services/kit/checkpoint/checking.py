"""Whether a journal is what it was: by its own chain, by what others received of it, and by what was signed of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.kit.chain import digests
from services.kit.checkpoint.origin import signatures_of
from services.kit.directory import NodeKey
from services.kit.journal import Envelope, Fault, verify
from services.kit.note import BadNote, Note, parse
from services.kit.tree import Growing

MOST_NAMED = 10_000


@dataclass
class Known:
    """What is known of a journal beside itself: what was received in each place, and the notes of its signed heads."""

    heard: Mapping[int, bytes] = field(default_factory=dict)
    notes: Sequence[str] = ()
    keys: Sequence[NodeKey] | None = None
    """The keys by which signatures are looked at; none where nobody knows any."""


@dataclass
class Judged:
    """What came of it: the faults, how many entries were received elsewhere just so, and up to where it is signed by whom."""

    entries: int
    faults: list[Fault]
    received: int = 0
    signed_up_to: int = 0
    witnesses: tuple[str, ...] = ()


def judge(entries: Sequence[Envelope], known: Known) -> Judged:
    """Hold a journal against itself and against all that is known of it. An entry is named once for each thing."""
    read, faults = verify(entries)
    judged = Judged(read, faults)
    hashes = {e.seq: e.hash for e in entries}
    faults += against_heard(hashes, known.heard)
    judged.received = sum(1 for seq in known.heard if seq in hashes)
    against_notes(judged, [e.hash for e in entries], known)
    return judged


def against_heard(hashes: Mapping[int, bytes], heard: Mapping[int, bytes]) -> list[Fault]:
    """The entries that differ from what was received, lack, or were never received though later ones were."""
    if not heard:
        return []
    faults = []
    end, last = max(hashes, default=0), max(heard)
    for seq in sorted(heard):
        if seq in hashes and hashes[seq] not in digests(heard[seq]):
            faults.append(Fault(seq, "is not the entry that the city received"))
        elif seq not in hashes:
            cut = "the journal was cut before it" if seq > end else "it is not in the journal"
            faults.append(Fault(seq, f"was received by the city: {cut}"))
    first = min(heard)
    faults += [
        Fault(seq, "was never received by the city, though later ones were")
        for seq in sorted(hashes)
        if first < seq < last and seq not in heard
    ]
    return faults[:MOST_NAMED]


def against_notes(judged: Judged, hashes: Sequence[bytes], known: Known) -> None:
    """Compare the roots that were signed with those over the entries, from the smallest on."""
    notes: list[Note] = []
    for text in known.notes:
        try:
            notes.append(parse(text))
        except BadNote as wrong:
            judged.faults.append(Fault(0, f"a checkpoint {wrong}"))
    tree = Growing()
    for note in sorted(notes, key=lambda n: n.checkpoint.size):
        size = note.checkpoint.size
        if known.keys is not None:
            found = signatures_of(note, known.keys)
            judged.faults += [Fault(size, f"checkpoint at {size}: {wrong}") for wrong in found.wrong]
            if not found.by_its_node:
                judged.faults.append(Fault(size, f"the checkpoint at {size} is not signed by its node"))
                continue
        if size > len(hashes):
            said = f"was signed: the journal ends at {len(hashes)}, and was signed up to {size}"
            judged.faults.append(Fault(len(hashes) + 1, said))
            continue
        before = tree.size
        tree = tree.extended(hashes[before:size])
        if tree.root() != note.checkpoint.root:
            said = (
                f"is not as it was signed: it, or one up to entry {size}, was changed, taken away or put in"
            )
            judged.faults.append(Fault(before + 1, said))
            return
        judged.signed_up_to = size
        if known.keys is not None:
            judged.witnesses = tuple(sorted(found.witnesses))


def notes_of(origin: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    """The notes among (origin, note) that are of one journal."""
    return [note for its, note in rows if its == origin]
