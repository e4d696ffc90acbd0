"""Every event handler of a service, with whatever a node may tell: the reader goes on, and what is refused leaves nothing behind.

Each round begins with an empty database. A service is told all that a lawful city told, and among it what is not as it should be,
of the true nodes, signed with their keys. Then another one is told the same without what the first has parked: both must keep the
same, entry by entry and row by row.
"""

import shutil
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Table, select
from yifa.journal.v1.events_pb2 import JournalWanted
from yifa.law.v1 import options_pb2
from yifa.supervision.v1.events_pb2 import ChainBroken, WarningEnded, WarningRaised

from services.kit.access import Gate
from services.kit.found import found
from services.kit.issuers import Issuers
from services.kit.journal import Envelope
from services.kit.member import Member
from services.kit.migrate import upgrade
from services.kit.reactions import ANY
from services.kit.reader import Batch, Delivery
from services.kit.settings import Settings
from services.kit.store import moment, open_store
from services.node.plan import DEPARTMENTS, Plan, plan
from services.node.records import note, records, unlike
from services.node.serve import RECORDS, service
from tests.database import on_postgres
from tests.fuzz.mutants import Mutants, every_event
from tests.fuzz.told import AT, Hand, deliveries, heard_by, made_up, signer_of, source_of, told
from tests.fuzz.values import Known, Values

AT_ONCE = (1, 1, 2, 5, 20, 60)
ROUND = 400
"""About so many events a round."""
PROPER = (
    "Unfit",
    "Missing",
    "Exists",
    "Foreign",
    "NotItsHome",
    "NotTheCity",
    "NoCheckpoint",
    "ForgedOrigin",
    "Untrue",
    "DecodeError",
    "forged:",
    "impossible:",
)
"""How begins what is said of an event that was refused for what it says."""
OF_ITSELF = {"CHAIN"}
TOLD_OF_CHAINS = {ChainBroken.DESCRIPTOR.full_name, JournalWanted.DESCRIPTOR.full_name}


@dataclass
class Heard:
    """What came of all events."""

    events: int = 0
    seconds: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def fault(self, what: str, about: str) -> None:
        told = self.faults[what[:400]]
        if len(told) < 2:
            told.append(about[:6000])


Part = tuple[str, list[Envelope], list[Delivery]]
"""A batch: by which reader it comes, what it is, and as what the bus brings it."""


@asynccontextmanager
async def listening(made: Plan, node: str, name: str) -> AsyncIterator[Member]:
    """A service of a node that hears nothing but what it is given."""
    settings = Settings.load(made.settings(node))
    member = Member(service(name), settings, Gate(Issuers.of(settings), node, settings.city))
    try:
        yield member
    finally:
        await member.close()


def receivers(made: Plan) -> list[tuple[str, str]]:
    """Each service at the city, and at one department: who reacts to anything."""
    sites = (made.city, made.departments[0])
    return [(s.id, name) for s in sites for name in s.services if name in RECORDS and service(name).reactions]


class Handlers:
    """Tells the services of a city that has stopped; its databases are read, and others written."""

    def __init__(self, folder: Path, seed: int, departments: int = 2, heard: Heard | None = None) -> None:
        self.folder, self.rng = folder, Random(seed)
        self.plan = again(folder, departments)
        self.lawful = told(self.plan) or self.made_up()
        """A city that has never run is told what is made up from the contracts."""
        self.nodes = [s.id for s in self.plan.sites]
        self.signers = {node: signer_of(self.plan, node) for node in self.nodes}
        self.heard = heard or Heard()
        self.receivers = receivers(self.plan)
        self.empty: dict[tuple[str, str], bytes] = {}
        """Of each service an empty database, made once."""

    async def run(self, events: int) -> Heard:
        """Tell so many events, a round for each receiver in turn."""
        began, at, until = time.monotonic(), 0, self.heard.events + events
        while self.heard.events < until:
            node, name = self.receivers[at % len(self.receivers)]
            await self.round(node, name, min(ROUND, -(-events // len(self.receivers))))
            at += 1
        self.heard.seconds += time.monotonic() - began
        return self.heard

    def made_up(self) -> list[Envelope]:
        values = Values(self.rng, Known(), lambda: AT // 1_000_000)
        return made_up(
            values, {options_pb2.HOME_CITY: self.plan.city.id}, every_event(), self.plan.departments[0].id
        )

    def stood(self, node: str, name: str) -> "Stood":
        return Stood(self.folder, self.empty, node, name)

    async def round(self, node: str, name: str, most: int) -> None:
        parts = self.parts(node, name, most)
        with self.stood(node, name) as one, self.stood(node, name) as other:
            async with listening(one, node, name) as member:
                parked = await self.tell(member, parts)
                await self.goes_on(member, node)
                async with listening(other, node, name) as clean:
                    await self.tell(clean, [without(part, parked) for part in parts], again=True)
                    await self.goes_on(clean, node)
                    for wrong in differing(member, clean):
                        self.heard.fault(
                            f"{name}@{node} keeps what is not told: {wrong.partition(':')[0]}", wrong
                        )
                for wrong in unlike_its_journal(member):
                    self.heard.fault(f"{name}@{node}: {wrong}", "")

    def parts(self, node: str, name: str, most: int) -> list[Part]:
        """A lawful city's events and others among them, in batches by their readers."""
        rng, city = self.rng, self.plan.city.id
        lawful = [e for e in self.lawful if heard_by(e, node, city)]
        lawful = sorted(rng.sample(lawful, min(len(lawful), most // 3)), key=self.lawful.index)
        reacts = service(name).reactions
        kinds = [kind for kind in every_event() if kind in reacts or (ANY in reacts and rng.random() < 0.3)]
        mutants = Mutants(rng, lawful, self.nodes, kinds or every_event())
        share = max(1, most // max(1, len(lawful)))
        stream: list[Envelope] = []
        for e in lawful:
            stream += (mutants.of(self.near(e, lawful)) for _ in range(rng.randrange(share + 1)))
            stream.insert(len(stream) - (rng.random() < 0.1), e)
            if len(stream) >= most:
                break
        hands = {(e.node, e.service): Hand(e.node, e.service, self.signers[e.node]) for e in stream}
        stream = [e for e in stream if heard_by(e, node, city)]
        return list(
            self.batches([hands[e.node, e.service].write(e, skip=rng.random() < 0.02) for e in stream], node)
        )

    def near(self, e: Envelope, lawful: Sequence[Envelope]) -> Envelope:
        """The event, or one that was told before."""
        return e if self.rng.random() < 0.6 else self.rng.choice(lawful)

    def batches(self, stream: list[Envelope], node: str) -> Iterator[Part]:
        city, rng = self.plan.city.id, self.rng
        waiting: list[Envelope] = []
        for e in [*stream, None]:
            source = source_of(waiting[0], node, city) if waiting else ""
            if waiting and (
                e is None or source_of(e, node, city) != source or rng.random() < 1 / rng.choice(AT_ONCE)
            ):
                brought = [
                    each for key in dict.fromkeys((w.node, w.service) for w in waiting)
                    for each in deliveries([w for w in waiting if (w.node, w.service) == key], self.signers[key[0]])
                ]  # fmt: skip
                if rng.random() < 0.1:
                    brought += rng.choices(brought, k=2)  # what comes again
                if rng.random() < 0.05:
                    rng.shuffle(brought)
                yield source, waiting, brought
                waiting = []
            if e is not None:
                waiting.append(e)

    async def tell(self, member: Member, parts: Sequence[Part], *, again: bool = False) -> set[str]:
        """Tell it all; the ids of the events that were parked."""
        with_traces = tracing(member)
        for source, entries, brought in parts:
            if not brought:
                continue
            at = moment(max(e.at for e in self.lawful))
            member.around.now = lambda at=at: at  # type: ignore[misc]
            await member.reactor.take(source, Batch(brought), whole=False)
            if not again:
                self.heard.events += len(brought)
                self.heard.types.update(e.type for e in entries)
        parked = member.rows(select(member.kit.parked))
        if again:
            for row in parked:
                self.heard.fault(f"{member.title} parks what was taken before: {row.error}", "")
            return set()
        for row in parked:
            how = next((p for p in PROPER if row.error.startswith(p)), "")
            self.heard.codes[f"parked as {how.strip(':')}" if how else "failed"] += 1
            if not how:
                text = with_traces.get(row.event_id.partition("~")[0], "")
                envelope = bytes(row.envelope).decode()[:2000]
                self.heard.fault(f"{member.title}: {row.error[:200]}", f"{text}\n{envelope}")
        self.heard.codes["taken"] += sum(len(entries) for _, entries, _ in parts) - len(parked)
        return {row.event_id.partition("~")[0] for row in parked}

    async def goes_on(self, member: Member, node: str) -> None:
        """A good event after all is applied: its journal's place is kept."""
        city = self.plan.city.id
        good = next(
            e for e in reversed(self.lawful) if heard_by(e, node, city) and member.reactor.wants(e.type)
        )
        hand = Hand(good.node, "later", self.signers[good.node])
        [last] = deliveries([hand.write(good)], hand.signer)
        await member.reactor.take(source_of(good, node, city), Batch([last]), whole=False)
        heard = member.kit.heard_place
        if not member.rows(select(heard.c.place).where(heard.c.place == f"{good.node}/later/1")):
            self.heard.fault(f"{member.title} takes nothing more", str(last))


def without(part: Part, parked: set[str]) -> Part:
    source, entries, brought = part
    return source, entries, [d for d in brought if d.headers["ce-id"] not in parked]


def tracing(member: Member) -> dict[str, str]:
    """Where each event failed that is parked for it, by its id."""
    found: dict[str, str] = {}
    alone = member.reactor.alone

    async def noting(pair: Any, sifted: Any, tries: int) -> Any:
        if (failed := await alone(pair, sifted, tries)) is not None:
            found[pair[0].event_id] = "".join(traceback.format_exception(member.reactor.failure))
        return failed

    member.reactor.alone = noting  # type: ignore[method-assign]
    return found


def again(folder: Path, departments: int) -> Plan:
    """The plan of a city that has stopped."""
    return plan(folder, 9000, DEPARTMENTS[:departments])


class Stood:
    """The settings and keys of a city in a folder of their own, and an empty database of one service."""

    def __init__(self, was: Path, empty: dict[tuple[str, str], bytes], node: str, name: str) -> None:
        self.was, self.empty, self.key = was, empty, (node, name)

    def __enter__(self) -> Plan:
        self.folder = Path(tempfile.mkdtemp(prefix="heard-"))
        for each in self.was.glob("*.toml"):
            shutil.copy(each, self.folder)
        for name in ("keys", "staff"):
            shutil.copytree(self.was / name, self.folder / name)
        node, name = self.key
        url = found(Settings.load(self.folder / f"{node}.toml"), name)
        if on_postgres():
            pass  # made as a copy of one that was migrated once
        elif self.key not in self.empty:
            engine = open_store(url)
            upgrade(engine, service(name).metadata, service(name).migrations)
            engine.dispose()
            self.empty[self.key] = Path(url.removeprefix("sqlite:///")).read_bytes()
        else:
            path = Path(url.removeprefix("sqlite:///"))
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(self.empty[self.key])
        return again(self.folder, len([*self.folder.glob("*.toml")]) - 2)

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


# What is kept ----------------------------------------------------------------------------------------


def differing(one: Member, other: Member) -> Iterator[str]:
    """What two services keep otherwise."""
    kits = {t.name for t in vars(one.kit).values()}
    with one.reading() as a, other.reading() as b:
        for table in one.service.metadata.sorted_tables:
            if table.name in kits:
                continue
            first, second = rows(a, table), rows(b, table)
            for key in sorted(first.keys() | second.keys()):
                x, y = first.get(key), second.get(key)
                if x != y:
                    what = (
                        "only there"
                        if y is None
                        else "only without"
                        if x is None
                        else str([c for c in x if x[c] != y[c]])
                    )
                    yield f"{table.name} {what}: {key} {x} {y}"
        first, second = emitted(a, one), emitted(b, other)
        for each in (first - second) + (second - first):
            yield f"announced {each[0]}: {each}"


LEFT_OUT = {"prev_hash", "hash", "entry", "position"}
"""What tells of the place in the own journal, where what was found about the refused stands besides, and of the order in
which the events of several senders were taken: those of one at which a batch failed come after the others."""


def rows(db: Any, table: Table) -> dict[str, dict[str, Any]]:
    found = {}
    for row in db.execute(select(table)).all():
        plain = {k: v for k, v in row._mapping.items() if k not in LEFT_OUT}
        if plain.get("rule_id") in OF_ITSELF:
            continue
        found[str([row._mapping[c.name] for c in table.primary_key.columns])] = plain
    return found


def emitted(db: Any, member: Member) -> Counter[Any]:
    j = member.kit.journal
    chosen = db.execute(select(j.c.type, j.c.addressee, j.c.subject, j.c.data)).all()
    return Counter((r.type, r.addressee, r.subject, bytes(r.data)) for r in chosen if not of_chains(r))


def of_chains(row: Any) -> bool:
    """Whether an entry tells that a journal does not continue: of what was refused."""
    for kind in (WarningRaised, WarningEnded):
        if row.type == kind.DESCRIPTOR.full_name:
            return kind.FromString(row.data).warning.rule_id in OF_ITSELF
    return bool(row.type in TOLD_OF_CHAINS)


def unlike_its_journal(member: Member) -> Iterator[str]:
    """What of its own records is not as its last event says."""
    kinds, last = records(member.name), {}
    for e in member.entries(0, 1_000_000):
        note(e, kinds, last)
    with member.reading() as db:
        for u in unlike(db, kinds, last):
            yield f"{u.kind} {u.what}"
