"""Whether the events of a journal continue what was received before.

Every entry of a journal has a number and seals the one before it. A node that was set back to an older copy, or that runs
twice, gives the same numbers to other events: those are real acts and are taken in, and the second history is a finding.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.kit.journal import EPOCH_BEGUN, GENESIS, Envelope

FAR = 1_000_000
"""So many entries a reader does not miss: a number beyond is made up."""
DIGEST = 32
MOST_HISTORIES = 64


class ChainFault(StrEnum):
    """What is wrong with events from a journal."""

    GAP = "GAP"
    """Events are missing."""
    FORK = "FORK"
    """A second history with numbers that were used before."""
    FORGED = "FORGED"
    """It does not match its hash or its subject, is not signed by its node, or its node may not send it. Not reacted to."""
    REWRITTEN = "REWRITTEN"
    """What its node signed of its journal is not what was received of it, or does not go on from what it signed before."""
    IMPOSSIBLE = "IMPOSSIBLE"
    """No event at all, or a number that cannot be. Not reacted to."""
    UNTAKEN = "UNTAKEN"
    """So many of a node's events failed or were refused here that what is parked of it is near its bound."""
    LATE = "LATE"
    """It was missing, and came after all."""


@dataclass(frozen=True)
class Broken:
    """The events of a journal do not continue what was received before. `last` is the highest number that came before."""

    fault: ChainFault
    node: str
    service: str
    expected_count: int
    found_count: int
    seq: int
    last: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """The last event received from one journal to one addressee."""

    seq: int = 0
    count: int = 0
    hash: bytes = GENESIS


@dataclass(frozen=True, slots=True)
class Numbered:
    """What is looked at of an event that is passed over."""

    node: str
    service: str
    to: str
    seq: int
    count: int
    hash: bytes
    signature: str = ""


NOTHING = Seen()


class Lines:
    """Where each journal stands at one reader.

    `highest` is by journal and addressee, `heads` by journal alone for a source that brings all of it. While events below
    the highest come again, or for the first time, `again` is the last of them and what was wrong with it.
    """

    def __init__(self, highest: Mapping[str, Seen]):
        self.highest = dict(highest)
        self.heads: dict[str, Seen] = {}
        for key, seen in highest.items():
            journal = key.rpartition("/")[0]
            if seen.seq > self.heads.get(journal, NOTHING).seq:
                self.heads[journal] = seen
        self.again: dict[str, tuple[Seen, ChainFault | None]] = {}

    def follow(
        self, e: Envelope | Numbered, whole: bool, all_of_it: bool, heard: Callable[[str], bytes]
    ) -> tuple[bool, Broken | None]:
        """Whether an event is new here, and what is wrong with its place. An impossible one moves nothing."""
        journal = f"{e.node}/{e.service}"
        key = f"{journal}/{e.to}"
        line = journal if all_of_it else key
        before = self.highest.get(key, NOTHING)
        last = self.heads.get(journal, NOTHING) if all_of_it else before
        if e.seq <= last.seq:
            return self._again(e, line, last, heard)
        broken = None
        at, _ = self.again.get(line, (last, None)) if self.again else (last, None)
        counts = e.count == before.count + 1
        if e.seq - last.seq > FAR and (all_of_it or not counts):
            return False, broken_by(ChainFault.IMPOSSIBLE, e, before, last)
        if whole and not counts and e.count != at.count + 1:
            broken = broken_by(ChainFault.GAP, e, before, last)
        elif continues_otherwise(e, last, at):
            broken = broken_by(ChainFault.FORK, e, before, last)
        self.again.pop(line, None)
        self.highest[key] = seen = Seen(e.seq, e.count, e.hash)
        if all_of_it:
            self.heads[journal] = seen
        return True, broken

    def known(self, e: Envelope | Numbered, all_of_it: bool, heard: Callable[[str], bytes]) -> bool:
        """Whether just this was heard before; of what nobody reacts to, whether something was in its place."""
        journal = f"{e.node}/{e.service}"
        last = (
            self.heads.get(journal, NOTHING) if all_of_it else self.highest.get(f"{journal}/{e.to}", NOTHING)
        )
        return e.seq <= last.seq and (isinstance(e, Numbered) or e.hash in digests(heard(place(e))))

    def _again(
        self, e: Envelope | Numbered, line: str, last: Seen, heard: Callable[[str], bytes]
    ) -> tuple[bool, Broken | None]:
        """An event with a number that is not new. What nobody reacts to is not told apart."""
        seen = Seen(e.seq, e.count, e.hash)
        if isinstance(e, Numbered):
            self.again[line] = seen, None
            return False, None
        known = heard(place(e))
        if e.hash in digests(known):
            self.again[line] = seen, None
            return False, None
        fault = ChainFault.FORK if known else ChainFault.LATE
        at, was = self.again.get(line, (last, None))
        self.again[line] = seen, fault
        goes_on = was == fault and at.seq < e.seq
        return True, None if goes_on else broken_by(fault, e, at, last)


def continues_otherwise(e: Envelope | Numbered, last: Seen, at: Seen) -> bool:
    """Whether an event takes the next number and seals another one than that which came. One that begins a new epoch does so, and
    says which are lost.
    """
    if not isinstance(e, Envelope) or e.seq != last.seq + 1 or e.type == EPOCH_BEGUN:
        return False
    return e.prev_hash not in (last.hash, at.hash)


def broken_by(fault: ChainFault, e: Envelope | Numbered, before: Seen, last: Seen, why: str = "") -> Broken:
    """A finding about one event."""
    return Broken(fault, e.node, e.service, before.count + 1, e.count, e.seq, last.seq, why)


def place(e: Envelope) -> str:
    """The place of an entry: its journal and its number there."""
    return f"{e.node}/{e.service}/{e.seq}"


def digests(known: bytes) -> Iterable[bytes]:
    """The hashes of the entries that were heard in one place: one, or more where a journal has several histories."""
    return [known[n : n + DIGEST] for n in range(0, len(known), DIGEST)]


def joined(known: bytes, digest: bytes) -> bytes:
    """The same with one more."""
    return (known + digest)[-MOST_HISTORIES * DIGEST :]
