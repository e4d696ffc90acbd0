"""Journals checked where no node runs: in a database, with what other databases know of it, and on the bus, event by event."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from google.protobuf.message import DecodeError
from sqlalchemy import Connection, MetaData, select
from sqlalchemy.exc import DBAPIError
from yifa.journal.v1.events_pb2 import CheckpointMade, EpochBegun

from services.kit.checkpoint.checking import Judged, Known, against_notes, epoch_without, epochs_in, judge
from services.kit.checkpoint.origin import GOOD, journal_of
from services.kit.checkpoint.row import reach
from services.kit.directory import NodeKey
from services.kit.journal import EPOCH_BEGUN, GENESIS, Envelope, Fault, begins_epoch, from_row
from services.kit.signature import Keys
from services.kit.store import KitTables, kit_tables
from services.node.records import Last, note, records, unlike
from services.node.serve import RECORDS
from services.node.watching import Heads, Told

KIT: KitTables = kit_tables(MetaData())
MADE = CheckpointMade.DESCRIPTOR.full_name


@dataclass
class Checked:
    """One journal after it was checked."""

    journal: str
    entries: int
    head: str
    faults: list[Fault] = field(default_factory=list)
    received: int = 0
    """How many of its entries were compared with what the city received."""
    signed_up_to: int = 0
    witnesses: tuple[str, ...] = ()
    moved: tuple[tuple[int, int], ...] = ()
    """Runs of entries, first and last, that stand later at the hub than in the journal. So does what a node sent again after the
    hub had lost it; whoever reads takes each in its place.
    """


def checked(name: str, entries: Sequence[Envelope], judged: Judged) -> Checked:
    head = entries[-1].hash if entries else GENESIS
    return Checked(
        name,
        judged.entries,
        head.hex(),
        judged.faults,
        judged.received,
        judged.signed_up_to,
        judged.witnesses,
    )


def verify_database(
    db: Connection,
    name: str,
    node: str,
    service: str,
    against: Sequence[Connection] = (),
    keys: Sequence[NodeKey] | None = None,
) -> Checked:
    """Check the journal in a database of a service: its chain, its head, what was signed, and the records it tells of; and hold
    it against what other databases received of it.
    """
    entries, faults = read_all(db, node, service)
    known = Known({}, [], keys)
    heard: dict[int, bytes] = {}
    notes: list[str] = []
    for other in (db, *against):
        its_heard, its_notes = known_in(other, node, service, faults)
        if other is not db:
            for seq, hashes in its_heard.items():
                heard[seq] = heard.get(seq, b"") + hashes
        notes += its_notes
    known = Known(heard, list(dict.fromkeys(notes)), keys)
    judged = judge(entries, known)
    judged.faults[:0] = faults
    judged.faults += ends(db, entries, node, service)
    judged.faults += unlike_records(db, service, entries)
    return checked(name, entries, judged)


def read_all(db: Connection, node: str, service: str) -> tuple[list[Envelope], list[Fault]]:
    """The entries of a journal; one that cannot be read is a fault."""
    table = KIT.journal
    wanted = select(table).order_by(table.c.seq)
    try:
        return [from_row(row, node, service) for row in db.execute(wanted)], []
    except (DBAPIError, TypeError, ValueError, AttributeError):
        entries, faults = [], []
        for (seq,) in db.execute(select(table.c.seq).order_by(table.c.seq)).all():
            try:
                entries.append(
                    from_row(db.execute(select(table).where(table.c.seq == seq)).one(), node, service)
                )
            except (DBAPIError, TypeError, ValueError, AttributeError) as wrong:
                faults.append(Fault(seq, f"cannot be read: {wrong!r}"[:200]))
        return entries, faults


def known_in(
    db: Connection, node: str, service: str, faults: list[Fault]
) -> tuple[dict[int, bytes], list[str]]:
    """What a database received of a journal, and the signed heads of it that it keeps."""
    heard, prefix = KIT.heard_place, f"{node}/{service}/"
    found = {}
    rows = db.execute(select(heard).where(heard.c.place.startswith(prefix, autoescape=True)))
    for row in rows:
        number = row.place.removeprefix(prefix)
        if number.isdigit():
            found[int(number)] = bytes(row.hashes)
    table = KIT.checkpoint
    try:
        kept = db.execute(select(table.c.origin, table.c.note).where(table.c.state == GOOD)).all()
    except DBAPIError as wrong:
        faults.append(Fault(0, f"its checkpoints cannot be read: {wrong.orig}"[:200]))
        kept = []
    return found, [note for origin, note in kept if journal_of(origin) == (node, service)]


def ends(db: Connection, entries: Sequence[Envelope], node: str, service: str) -> Iterator[Fault]:
    """Where the rows that say how far the journal goes say otherwise than its entries."""
    last = entries[-1] if entries else None
    seq, digest = (last.seq, last.hash) if last else (0, GENESIS)
    rows = db.execute(select(KIT.head)).all()
    if len(rows) != 1 and entries:
        yield Fault(seq, "the head of the journal is missing")
    for row in rows:
        if row.seq != seq:
            yield Fault(
                min(row.seq, seq) + 1, f"the head of the journal is entry {row.seq}, the last one is {seq}"
            )
        elif bytes(row.hash) != digest:
            yield Fault(seq, "the head of the journal has another hash")
    counted = Counter(e.to for e in entries)
    numbers = {row.addressee: row.number for row in db.execute(select(KIT.counter))}
    newest = {e.to: e for e in entries}
    begun = max(epochs_in(entries), default=0)
    for to in sorted({*counted, *numbers}, key=str):
        at, number = newest.get(to), numbers.get(to, 0)
        if begun and number >= counted[to] and (at is None or at.seq < begun or at.count == number):
            continue  # what was lost had its numbers too
        if counted[to] != number:
            yield Fault(seq, f"{counted[to]} entries to {to}, and {number} were counted")
    hashes = {e.seq: e.hash for e in entries}
    for row in db.execute(select(KIT.tree)):
        end = reach(row)
        if journal_of(row.origin) == (node, service) and row.size and hashes.get(end) != bytes(row.hash):
            yield Fault(end, f"the journal was signed up to entry {end}, and that is another one or none")


def unlike_records(db: Connection, service: str, entries: Iterable[Envelope]) -> Iterator[Fault]:
    """The records that are not as their last events say."""
    if service not in RECORDS:
        return
    rows, last = records(service), Last()
    for e in entries:
        note(e, rows, last)
    for each in unlike(db, rows, last):
        yield Fault(each.seq, f"{each.kind.rpartition('.')[2]} {each.key} {each.what}")


@dataclass
class OnBus:
    """What was told on the bus of one journal: by number the hash before and the own one."""

    links: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    epochs: dict[int, EpochBegun] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    moved: tuple[tuple[int, int], ...] = ()
    last: int = 0

    def take(self, e: Envelope, wrong: str) -> None:
        """One event. The same once more, as from a stream that was begun anew, is nothing new."""
        link = (e.prev_hash, e.hash)
        if self.links.get(e.seq) == link and (not wrong or e.seq <= self.last):
            return
        if e.seq in self.links:
            wrong = wrong or "stands there twice, and each time otherwise"
        elif self.begins_epoch(e):
            self.epochs[e.seq] = EpochBegun.FromString(e.data)
        elif e.seq != self.last + 1:
            wrong = wrong or f"comes after {self.last}, out of its place"
        if wrong:
            self.faults.append(Fault(e.seq, wrong))
        self.links.setdefault(e.seq, link)
        self.last = e.seq
        if e.type == MADE:
            try:
                self.notes.append(CheckpointMade.FromString(e.data).note)
            except DecodeError:
                self.faults.append(Fault(e.seq, "is a checkpoint that cannot be read"))

    def begins_epoch(self, e: Envelope) -> bool:
        """Whether an entry goes on from one that is on the bus, behind numbers that were lost."""
        if e.type != EPOCH_BEGUN:
            return False
        before = (seq for seq, (_, own) in self.links.items() if own == e.prev_hash)
        return begins_epoch(e, next(before, 0), e.prev_hash)


def verify_stream(
    stream: Iterable[Told],
    keys: Keys,
    known: Sequence[NodeKey],
    notes: Sequence[str] = (),
    sent: Mapping[str, int] | None = None,
) -> list[Checked]:
    """Check what the hub has, journal by journal: signatures, chains, what lacks, and the signed heads that are among it. The
    order is that of the journal, as for whoever reads; what stands out of it at the hub is said.

    `notes` are signed heads that are known from elsewhere, `sent` up to which number each journal was sent.
    """
    heads, journals = Heads(keys), {name: OnBus() for name in sent or ()}
    events = defaultdict[str, list[tuple[Envelope, str]]](list)
    for told in stream:
        if told.event is None:
            on_bus = journals.setdefault(f"{told.sender or '?'}/?", OnBus())
            on_bus.faults.append(Fault(told.position, f"is no event: {told.wrong}"))
        else:
            events[f"{told.event.node}/{told.event.service}"].append((told.event, told.wrong))
    for name, its in events.items():
        on_bus = journals.setdefault(name, OnBus())
        on_bus.moved = out_of_place([e.seq for e, _ in its])
        for e, wrong in sorted(its, key=lambda each: each[0].seq):
            on_bus.take(e, wrong or heads.fault(e))
    for name, on_bus in journals.items():
        on_bus.notes += [note for note in notes if "/".join(journal_of(note.partition("\n")[0])) == name]
    return [of_bus(name, journals[name], known, (sent or {}).get(name, 0)) for name in sorted(journals)]


def out_of_place(seqs: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """The runs of numbers that come for the first time after a higher one."""
    highest, seen, runs = 0, set[int](), list[tuple[int, int]]()
    for seq in seqs:
        if seq < highest and seq not in seen:
            goes_on = bool(runs) and runs[-1][1] == seq - 1
            runs[-1:] = [(runs[-1][0], seq)] if goes_on else [*runs[-1:], (seq, seq)]
        highest = max(highest, seq)
        seen.add(seq)
    return tuple(runs)


def of_bus(name: str, on_bus: OnBus, known: Sequence[NodeKey], sent: int) -> Checked:
    prev, last = GENESIS, max([sent, *on_bus.links])
    for seq in range(1, last + 1):
        if seq not in on_bus.links:
            if not epoch_without(seq, on_bus.epochs):
                on_bus.faults.append(Fault(seq, "is missing"))
            prev = b""
            continue
        before, own = on_bus.links[seq]
        if (epoch := on_bus.epochs.get(seq)) is not None:
            said = f"a new epoch begins: entries {epoch.last_seq + 1} to {epoch.lost_seq} were lost"
            on_bus.faults.append(Fault(seq, said))
        elif prev and before != prev:
            on_bus.faults.append(Fault(seq, "does not continue the entry before it"))
        prev = own
    judged = Judged(last, on_bus.faults)
    hashes = {seq: own for seq, (_, own) in on_bus.links.items()}
    against_notes(judged, hashes, on_bus.epochs, Known({}, list(dict.fromkeys(on_bus.notes)), known))
    head = hashes[last].hex() if last in hashes else ""
    signed = judged.signed_up_to, judged.witnesses
    return Checked(name, judged.entries, head, judged.faults, 0, *signed, on_bus.moved)
