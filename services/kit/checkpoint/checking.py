"""Whether a journal is what it was: by its own chain, by what others received of it, and by what was signed of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from yifa.journal.v1.events_pb2 import EpochBegun

from services.kit.chain import DIGEST, digests
from services.kit.checkpoint.origin import begun_of, first_of, signatures_of
from services.kit.directory import NodeKey
from services.kit.journal import GENESIS, Envelope, Fault, begins_epoch, verify
from services.kit.note import BadNote, Note, parse
from services.kit.tree import Growing

MOST_NAMED = 10_000
Epochs = Mapping[int, EpochBegun]
"""By the entry that began it, what an epoch says of itself."""


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
    hashes, epochs = {e.seq: e.hash for e in entries}, epochs_in(entries)
    faults += against_heard(hashes, known.heard, epochs)
    judged.received = sum(1 for seq in known.heard if seq in hashes)
    against_notes(judged, hashes, epochs, known)
    return judged


def epochs_in(entries: Iterable[Envelope]) -> Epochs:
    """The epochs that a journal itself tells of, each by the entry that began it."""
    found, seq, prev = {}, 0, GENESIS
    for e in entries:
        if begins_epoch(e, seq, prev):
            found[e.seq] = EpochBegun.FromString(e.data)
        seq, prev = e.seq, e.hash
    return found


def against_heard(
    hashes: Mapping[int, bytes], heard: Mapping[int, bytes], epochs: Epochs | None = None
) -> list[Fault]:
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
            if epoch := epoch_without(seq, epochs or {}):
                cut = f"the epoch that entry {epoch} begins left it behind"
            faults.append(Fault(seq, f"was received by the city: {cut}"))
    first = min(heard)
    faults += [
        Fault(seq, "was never received by the city, though later ones were")
        for seq in sorted(hashes)
        if first < seq < last and seq not in heard
    ]
    return faults[:MOST_NAMED]


def epoch_without(seq: int, epochs: Epochs) -> int:
    """The entry that began the epoch which left a number behind; 0 for a number that was not left behind."""
    return next((begun for begun, e in epochs.items() if e.last_seq < seq <= e.lost_seq), 0)


def against_notes(judged: Judged, hashes: Mapping[int, bytes], epochs: Epochs, known: Known) -> None:
    """Compare the roots that were signed with those over the entries, epoch by epoch, from the smallest on."""
    notes = defaultdict[str, list[Note]](list)
    for text in known.notes:
        try:
            note = parse(text)
            notes[note.checkpoint.origin].append(note)
        except BadNote as wrong:
            judged.faults.append(Fault(0, f"a checkpoint {wrong}"))
    for origin in sorted(notes, key=first_of):
        if made_up := without_epoch(origin, epochs):
            judged.faults.append(Fault(first_of(origin), made_up))
            continue
        against_tree(judged, sorted(notes[origin], key=lambda n: n.checkpoint.size), hashes, epochs, known)


def without_epoch(origin: str, epochs: Epochs) -> str:
    """Why a journal cannot be signed by a name, as it tells of no such epoch; empty where it can."""
    begun, first = begun_of(origin), first_of(origin)
    epoch = epochs.get(begun)
    if not begun or (epoch is not None and first in (begun, epoch.signed_seq + 1)):
        return ""
    return f"was signed from here on as {origin}, and the journal begins no such epoch"


def against_tree(
    judged: Judged, notes: Sequence[Note], hashes: Mapping[int, bytes], epochs: Epochs, known: Known
) -> None:
    """Compare the roots under one name. What an epoch left behind is looked for where it was received: so the entries that are
    there are still held against what was signed, and those that are not are named.
    """
    tree, end = Growing(), max(hashes, default=0)
    for note in notes:
        size, first = note.checkpoint.size, first_of(note.checkpoint.origin)
        last = first + size - 1
        if known.keys is not None:
            found = signatures_of(note, known.keys)
            judged.faults += [Fault(last, f"checkpoint at {last}: {wrong}") for wrong in found.wrong]
            if not found.by_its_node:
                judged.faults.append(Fault(last, f"the checkpoint at {last} is not signed by its node"))
                continue
        if last > end:
            said = f"was signed: the journal ends at {end}, and was signed up to {last}"
            judged.faults.append(Fault(end + 1, said))
            continue
        span = range(first + tree.size, last + 1)
        gone = [seq for seq in span if seq not in hashes and epoch_without(seq, epochs)] if epochs else []
        judged.faults += [fault for fault in left_behind(gone, epochs) if fault not in judged.faults]
        filled = {**hashes, **{seq: known.heard.get(seq, b"") for seq in gone}}
        if any(len(filled[seq]) != DIGEST for seq in gone):
            continue
        grown = tree.extended(filled[seq] for seq in takewhile(filled.__contains__, span))
        if (grown.size, grown.root()) != (size, note.checkpoint.root):
            said = (
                f"is not as it was signed: it, or one up to entry {last}, was changed, taken away or put in"
            )
            judged.faults.append(Fault(span.start, said))
            return
        tree = grown
        judged.signed_up_to = max(judged.signed_up_to, last)
        if known.keys is not None:
            judged.witnesses = tuple(sorted(found.witnesses))


def left_behind(gone: Sequence[int], epochs: Epochs) -> list[Fault]:
    """Entries that were signed, and that an epoch left behind: lost or got rid of, which nobody can tell from here."""
    by_epoch = defaultdict[int, list[int]](list)
    for seq in gone:
        by_epoch[epoch_without(seq, epochs)].append(seq)
    return [
        Fault(begun, f"goes on without entries {seqs[0]} to {seqs[-1]}, which were signed")
        for begun, seqs in by_epoch.items()
    ]
