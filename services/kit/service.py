"""A service: what it is, and what it is while it runs at a node."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from google.protobuf.message import Message
from sqlalchemy import Connection, MetaData, func, insert, select
from sqlalchemy.orm import configure_mappers

from services.kit import journal
from services.kit.access import Caller, Gate, Role
from services.kit.binding import binding
from services.kit.call import Call, Surroundings
from services.kit.claims import ITSELF
from services.kit.clocks.recount import ClockKeeping
from services.kit.dial import trust_of
from services.kit.directory import directory_of
from services.kit.door import Door
from services.kit.editions import begin_edition
from services.kit.files import files_of
from services.kit.found import found
from services.kit.migrate import upgrade
from services.kit.rebuilding import Rebuilding
from services.kit.roster import Roster
from services.kit.sealing import KeyStore, drop_leaving, sweep
from services.kit.settings import Settings
from services.kit.signing import own_key
from services.kit.sql import key_of
from services.kit.store import Row, kit_tables, micros, open_store
from services.kit.telemetry import Telemetry
from services.kit.time import from_file, wall
from services.kit.tx import Tx
from services.kit.view import View
from services.kit.words import Nouns
from services.kit.writer import Writer
from services.law.calendar import china
from services.law.event import events

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Service:
    """What a service is made of.

    contract: the descriptor of its gRPC service. row: the base class of its rows, whose metadata holds its tables.
    reactions: event class -> function. background: tasks that run as long as the service does; one that fails begins
    anew. on_broken: told when a journal's events do not continue what was received. prepare: shown the events of
    a batch before they are reacted to, so that their rows are loaded with few queries. clocks: its statutory clocks.
    touched: how to find what a row of the law data evaluated or judged here, by the kind of it (touched.py). nouns: what its
    records are called. rebuilding: how its rows follow from events. note: keeps when work of its own accord was done.
    witness: at which kind of node it countersigns the journals of others.
    fold: puts into its rows what an event of its own tells, after a restore to an older copy; says whether that is all of it.
    roster: who works at the node and as what, where the service keeps that.
    kept: at the city, finds an entry of another node's journal, for that node to have it back (given_back.py).
    """

    name: str
    contract: Any
    servicer: Any
    row: type[Row]
    migrations: Path
    reactions: Mapping[type[Message], Callable[[Any, Tx, journal.Envelope], None]] = field(
        default_factory=dict
    )
    background: "tuple[Callable[[Running], Coroutine[Any, Any, None]], ...]" = ()
    on_broken: Callable[[Tx, Any], None] | None = None
    prepare: Callable[[Tx, Sequence[journal.Envelope]], None] | None = None
    clocks: ClockKeeping | None = None
    touched: Mapping[int, Callable[..., Any]] = field(default_factory=dict)
    nouns: Nouns = field(default_factory=dict)
    rebuilding: Rebuilding | None = None
    note: Callable[[Tx, str, int, tuple[str, ...]], None] | None = None
    witness: str = ""
    fold: Callable[[Tx, journal.Envelope, Any], Any] | None = None
    roster: Roster | None = None
    kept: "Callable[[Running, str, str, int, int], journal.Envelope | None] | None" = None

    @property
    def metadata(self) -> MetaData:
        kit_tables(self.row.metadata)
        return self.row.metadata

    @property
    def keys(self) -> frozenset[str]:
        """The names of the keys of its records: what makes a trace searchable, where a request names them."""
        return frozenset(key_of(kind) for kind in self.row.__subclasses__() if hasattr(kind, "__table__"))


def surroundings(settings: Settings, service: str = "") -> Surroundings:
    """What the transactions of a node know of it. Raises BadSettings, ValueError for a bad layer file."""
    clock = settings.section("clock").get("file")
    layers, sectors = binding(settings)
    now = from_file(settings.path.parent / clock) if clock else wall
    return Surroundings(
        settings.node,
        settings.kind,
        settings.city,
        now,
        layers,
        china(),
        files_of(settings),
        KeyStore.of(settings, service),
        sectors,
        own_key(settings),
        settings,
        directory_of(settings),
    )


class Running:
    """A service at a node: its database, its writer, its connections. Raises ValueError for an event whose contract does not say
    all that is asked of it.
    """

    def __init__(
        self,
        service: Service,
        settings: Settings,
        gate: Gate,
        telemetry: Telemetry | None = None,
        door: Door | None = None,
    ):
        self.service, self.settings, self.name = service, settings, service.name
        self.gate, self.door = gate, door or Door(settings)
        self.title = f"{service.name}@{settings.node}"
        events()
        options = settings.section("telemetry")
        self.telemetry = telemetry or Telemetry(
            settings.node,
            service.name,
            otlp=options.get("otlp", ""),
            share=options.get("share", 0.1),
            trust=trust_of(settings),
        )
        self.around = surroundings(settings, service.name)
        self.kit = kit_tables(service.metadata)
        # A new row's attributes do not answer before this, and the first write may well be an insert.
        configure_mappers()
        self.engine = open_store(found(settings, service.name))
        upgrade(self.engine, service.metadata, service.migrations)
        self.begin_journal()
        with self.engine.begin() as connection:
            begin_edition(connection, self.kit, self.around.edition, micros(self.around.now()))
            sweep(connection, self.around.keys)
        self.reads_inline = self.engine.dialect.name == "sqlite"
        self.connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self.lock = threading.Lock()
        self.system = Caller(
            f"{ITSELF}{service.name}", self.title, settings.node, frozenset({Role.ROLE_SYSTEM})
        )
        self.writer = Writer(self.engine, self.kit, self.around, asyncio.get_running_loop())
        self.relayed = 0
        self.wanted = False
        """Whether a reader elsewhere lacks events of this node."""
        self.relay_problem = ""

    def begin_journal(self) -> None:
        """Give a new journal its head."""
        with self.engine.begin() as connection:
            if connection.execute(select(self.kit.head)).first() is None:
                connection.execute(insert(self.kit.head), {"id": 1, "seq": 0, "hash": journal.GENESIS})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reads, on the loop where a select is a matter of microseconds."""
        if self.reads_inline:
            yield self.connection
            return
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection

    def rows(self, statement: Any) -> Any:
        """A short select of the kit's own."""
        with self.lock, self.reading() as connection:
            return connection.execute(statement).all()

    def view(self) -> View:
        """A read by the service itself. Use it at once and let it go. A connection that broke is made anew."""
        if self.connection.invalidated:
            self.connection.rollback()
        return View(self.connection, self.around, self.system)

    def now(self) -> datetime:
        return self.around.now()

    async def do(self, work: Callable[[Tx], T], *, trace: str = "") -> T:
        """Run work of the service's own in the next transaction. Raises what it raises, Busy, Full."""
        context = trace or self.telemetry.trace_of({})
        outcome: T = await self.writer.write(Call(work, self.system, context))
        return outcome

    async def of_itself(self, name: str, work: Callable[[Tx], T], keys: tuple[str, ...] = ()) -> T:
        """Do work of the service's own accord, under its name. Where it changes anything, a service that keeps notes has one of
        when it was done, after which entry of the journal, and what it was about.
        """

        def done(tx: Tx) -> T:
            tx.cause = name
            entry, outcome = tx.batch.seq, work(tx)
            if self.service.note is not None and tx.changed:
                self.service.note(tx, name, entry, keys)
            return outcome

        return await self.do(done)

    async def changed(self, timeout: float, seen: int | None = None) -> bool:
        """Wait for a commit (one since `seen`, a value of `mark`). False after `timeout` seconds."""
        return await self.writer.committed.wait(timeout, seen)

    @property
    def mark(self) -> int:
        return self.writer.committed.count

    def entries(self, after: int, limit: int) -> list[journal.Envelope]:
        """Entries of the journal after a sequence."""
        with self.lock, self.reading() as connection:
            return journal.read(connection, self.kit.journal, self.settings.node, self.name, after, limit)

    def news(self, after: int, limit: int) -> list[journal.Envelope]:
        """The same for who keeps up: from memory as far as that reaches, and else from the journal."""
        recent, tail = self.writer.recent, self.writer.tail
        if tail is not None and tail.seq <= after:
            return []
        if not recent or not recent[0]["seq"] <= after + 1 <= recent[-1]["seq"]:
            return self.entries(after, limit)
        node, name = self.settings.node, self.name
        return [journal.from_values(e, node, name) for e in recent if e["seq"] > after][:limit]

    def let_keys_go(self) -> None:
        """Take away the files of keys that were changed or whose people were dismissed, once that is committed."""
        if self.around.keys.leaving:
            with self.lock, self.reading() as connection:
                drop_leaving(connection, self.around.keys)

    def has(self, e: journal.Envelope) -> bool:
        """Whether the journal has just this entry."""
        return [own.hash for own in self.entries(e.seq - 1, 1)] == [e.hash]

    def head(self) -> tuple[int, bytes]:
        [row] = self.rows(select(self.kit.head))
        return row.seq, bytes(row.hash)

    def parked(self) -> int:
        [[count]] = self.rows(select(func.count()).select_from(self.kit.parked))
        return int(count)

    async def finish(self) -> None:
        """Finish what was accepted; nothing is written any more."""
        await self.writer.stop()

    async def close(self) -> None:
        """Finish what was accepted, then let go of everything."""
        await self.finish()
        # a thread may still be at a read whose answer nobody waits for any more; SQLite does not survive to lose it meanwhile
        with self.lock:
            self.connection.close()
            self.engine.dispose()
        self.telemetry.close()
