"""A batch of requests in one transaction: they share rows, and see each other."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from google.protobuf.message import Message
from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import Select
from sqlmodel import Session

from services.kit.access import Caller
from services.kit.ids import new_id, uuid7
from services.kit.journal import seal
from services.kit.refusal import Exists, Missing
from services.kit.store import Changes, KitTables, Row, micros
from services.law.calendar import Calendar
from services.law.parameters import Layers

T = TypeVar("T", bound=Row)
Loads = tuple[type[Row], Iterable[str]]


@dataclass
class Surroundings:
    """What a transaction knows of the node it runs at."""

    node: str
    kind: str
    city: str
    now: Callable[[], datetime]
    parameters: Layers
    calendar: Calendar


@dataclass(slots=True, eq=False)
class Call:
    """One piece of work for the writer: a request, a reaction, or a task of the service itself."""

    run: Callable[[Tx], Any]
    caller: Caller
    trace: str
    request_id: str = ""
    body_hash: bytes = b""
    loads: tuple[Loads, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    settled: asyncio.Future[Any] | None = None


@dataclass(slots=True)
class Happened:
    """An event on its way into the journal."""

    type: str
    addressee: str
    subject: str
    at: int
    actor: str
    cause: str
    trace: str
    data: bytes


class Tx:
    """What one piece of work may touch: rows, the node's clock and the journal."""

    __slots__ = (
        "added",
        "batch",
        "call",
        "caller",
        "cause",
        "events",
        "fresh",
        "now",
        "puts",
        "start",
        "trace",
        "wide",
    )

    def __init__(self, batch: Batch, call: Call):
        self.batch, self.call, self.caller = batch, call, call.caller
        self.now = batch.around.now()
        self.trace, self.cause = call.trace, call.request_id
        self.added: list[Row] = []
        self.fresh: dict[tuple[type[Row], str], Row] = {}
        self.events: list[Happened] = []
        self.puts: list[tuple[Table, dict[str, Any]]] = []
        self.start, self.wide = batch.changes.count, False

    @property
    def node(self) -> str:
        return self.batch.around.node

    @property
    def kind(self) -> str:
        return self.batch.around.kind

    @property
    def city(self) -> str:
        return self.batch.around.city

    @property
    def parameters(self) -> Layers:
        return self.batch.around.parameters

    @property
    def calendar(self) -> Calendar:
        return self.batch.around.calendar

    @property
    def db(self) -> Session:
        """The session itself, for anything that is not a row by its key. Costs a flush."""
        self.wide = True
        self.batch.write_rows(self.added)
        return self.batch.db

    def get(self, kind: type[T], key: str) -> T:
        """The row with this key. Raises Missing."""
        if (row := self.find(kind, key)) is None:
            raise Missing(kind.__name__, key)
        return row

    def find(self, kind: type[T], key: str) -> T | None:
        """The row with this key, or None."""
        added = self.fresh.get((kind, key))
        return added if added is not None else self.batch.row(kind, key)  # type: ignore[return-value]

    def load(self, kind: type[Row], keys: Iterable[str]) -> None:
        """Fetch several rows at once, so that `find` and `get` have them at hand."""
        self.batch.load(kind, keys)

    def query(self, statement: Select[Any], **params: Any) -> list[T]:
        """The rows that an ORM select of one entity finds, tracked like those of `get`. Costs a flush of what waits."""
        if self.added or self.batch.dirty:
            self.wide = True
            self.batch.write_rows(self.added)
        return [self.batch.keep(row) for row in self.batch.db.scalars(statement, params)]

    def add(self, row: T) -> T:
        """Put a new row into the batch."""
        self.added.append(row)
        self.fresh[name_of(row)] = row
        return row

    @staticmethod
    def new_id(prefix: str) -> str:
        return new_id(prefix)

    def emit(
        self, event: Message, *, subject: str, to: str | None = None, at: datetime | None = None
    ) -> None:
        """Announce what happened to the record `subject`. `to` is a node id, "city" (the default) or "all"."""
        moment = micros(at if at is not None else self.now)
        self.events.append(
            Happened(
                event.DESCRIPTOR.full_name,
                to or "city",
                subject,
                moment,
                self.caller.subject,
                self.cause,
                self.trace,
                event.SerializeToString(deterministic=True),
            )
        )

    def tag(self, name: str, value: str) -> None:
        """Put an attribute on the span of this work, so that its trace is found by it."""
        self.call.tags[name] = value

    def put(self, table: Table, values: dict[str, Any]) -> None:
        """Insert or replace one row of a kit table when the batch closes."""
        self.puts.append((table, values))

    @property
    def changed(self) -> bool:
        """Whether anything would be left behind if the work stopped here."""
        return bool(
            self.wide or self.added or self.events or self.puts or self.batch.changes.count != self.start
        )


class Spoiled(Exception):
    """A piece of work failed after it had changed something: the batch must not be committed."""


class Batch:
    """The transaction that several calls share."""

    def __init__(self, db: Session, kit: KitTables, around: Surroundings, calls: list[Call]):
        self.db, self.kit, self.around = db, kit, around
        self.execute = db.connection().execute
        self.rows: dict[tuple[type[Row], str], Row | None] = {}
        self.changes = Changes()
        self.added: list[Row] = []
        self.journal: list[dict[str, Any]] = []
        self.replies: list[dict[str, Any]] = []
        self.puts: list[tuple[Table, dict[str, Any]]] = []
        _, self.seq, self.hash = self.execute(statements(kit).head).one()
        self.counts: dict[str, int] = {}
        self.done: dict[str, tuple[bytes, bytes]] = {}
        if ids := [call.request_id for call in calls if call.request_id]:
            found = self.execute(statements(kit).replies, {"ids": ids})
            self.done = {r.request_id: (bytes(r.body_hash), bytes(r.data)) for r in found}
        self.preload(calls)

    def preload(self, calls: list[Call]) -> None:
        """Every row that the calls name, in one query a kind."""
        wanted: dict[type[Row], set[str]] = defaultdict(set)
        for call in calls:
            for kind, keys in call.loads:
                wanted[kind].update(keys)
        for kind, keys in wanted.items():
            self.load(kind, keys)

    def load(self, kind: type[Row], keys: Iterable[str]) -> None:
        """The rows with these keys that are not here yet, in one query."""
        missing = [key for key in keys if (kind, key) not in self.rows]
        if not missing:
            return
        for key in missing:
            self.rows[kind, key] = None
        for row in self.db.scalars(by_key(kind), {"keys": missing}):
            self.keep(row)

    @property
    def dirty(self) -> bool:
        return bool(self.added or self.changes.columns)

    def keep(self, row: T) -> T:
        """Track a loaded row; if the batch has that record already, the batch's own."""
        name = name_of(row)
        known = self.rows.get(name)
        if known is not None:
            return known  # type: ignore[return-value]
        row.__dict__["_changes"] = self.changes
        self.rows[name] = row
        return row

    def row(self, kind: type[T], key: str) -> T | None:
        if (kind, key) in self.rows:
            return self.rows[kind, key]  # type: ignore[return-value]
        row = self.db.get(kind, key)
        if row is None:
            self.rows[kind, key] = None
            return None
        return self.keep(row)

    def answer(self, call: Call) -> Any:
        """What the call comes to: for a request the reply's bytes, the same again for the same request_id.

        Raises what the work raised when it left nothing behind, Spoiled from it when it did.
        """
        if done := self.done.get(call.request_id):
            if done[0] != call.body_hash:
                raise reused(call.request_id)
            return done[1]
        tx = Tx(self, call)
        try:
            outcome = call.run(tx)
        except Exception as wrong:
            if tx.changed:
                raise Spoiled from wrong
            raise
        self.accept(tx, call)
        if not call.request_id:
            return outcome
        reply = outcome.SerializeToString()
        self.done[call.request_id] = call.body_hash, reply
        self.replies.append({"request_id": call.request_id, "body_hash": call.body_hash, "data": reply})
        return reply

    def accept(self, tx: Tx, call: Call) -> None:
        for row in tx.added:
            self.added.append(row)
            row.__dict__["_changes"] = self.changes
            self.rows[name_of(row)] = row
        self.puts += tx.puts
        for event in tx.events:
            self.append(event)

    def append(self, e: Happened) -> None:
        count = self.count(e.addressee)
        event_id, prev, self.seq = str(uuid7()), self.hash, self.seq + 1
        self.hash = seal(
            prev,
            self.seq,
            event_id,
            e.type,
            e.addressee,
            count,
            e.subject,
            e.at,
            e.actor,
            e.cause,
            e.trace,
            e.data,
        )
        self.journal.append(
            {
                "seq": self.seq,
                "event_id": event_id,
                "type": e.type,
                "addressee": e.addressee,
                "number": count,
                "subject": e.subject,
                "at": e.at,
                "actor": e.actor,
                "request_id": e.cause,
                "trace": e.trace,
                "data": e.data,
                "prev_hash": prev,
                "hash": self.hash,
            }
        )

    def count(self, addressee: str) -> int:
        if not self.counts:
            self.counts = {r.addressee: r.number for r in self.execute(select(self.kit.counter))}
        self.counts[addressee] = self.counts.get(addressee, 0) + 1
        return self.counts[addressee]

    def write_rows(self, more: list[Row] | None = None) -> None:
        """New rows, then changed columns: one statement a shape, many rows a statement."""
        shapes: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        fresh = set()
        for row in (*self.added, *(more or ())):
            kind: type[Row] = type(row)
            values = row.__dict__
            fresh.add(id(row))
            shapes[insert_into(kind)].append({name: values[name] for name in columns_of(kind)})
            row.__dict__["_changes"] = self.changes
            self.rows[kind, values[key_of(kind)]] = row
        for row, names in self.changes.columns.values():
            if id(row) not in fresh and (columns := names & column_set(type(row))):
                kind, values = type(row), row.__dict__
                ordered = tuple(sorted(columns))
                changed = {f"_{name}": values[name] for name in ordered}
                shapes[update_of(kind, ordered)].append(changed | {"_key": values[key_of(kind)]})
        self.changes.columns.clear()
        self.added.clear()
        if more:
            more.clear()
        for statement, rows in shapes.items():
            self.execute(statement, rows)

    def close(self) -> None:
        """All that the batch leaves behind, in as few statements as there are tables."""
        self.write_rows()
        if self.db.new or self.db.dirty:
            self.db.flush()
        if self.journal:
            said = statements(self.kit)
            self.execute(said.add_entries, self.journal)
            self.execute(said.move_head, {"new_seq": self.seq, "new_hash": self.hash})
            for e in {e["addressee"]: e for e in self.journal}.values():
                self.puts.append((self.kit.counter, {"addressee": e["addressee"], "number": e["number"]}))
        if self.replies:
            self.execute(statements(self.kit).add_replies, self.replies)
        latest = {(table.name, values[key_column(table)]): (table, values) for table, values in self.puts}
        for table, values in latest.values():
            self.execute(upsert(table, self.db.get_bind().dialect.name), values)


def reused(request_id: str) -> Exists:
    return Exists(
        "REQUEST_ID_REUSED",
        f"request_id {request_id} was used for another request",
        f"请求编号{request_id}已用于内容不同的另一请求",
        request_id=request_id,
    )


@dataclass(frozen=True)
class Statements:
    """The statements of every batch, built once a service."""

    head: Any
    move_head: Any
    replies: Any
    add_replies: Any
    add_entries: Any


@lru_cache
def statements(kit: KitTables) -> Statements:
    return Statements(
        select(kit.head).with_for_update(),
        update(kit.head).values(seq=bindparam("new_seq"), hash=bindparam("new_hash")),
        select(kit.reply).where(kit.reply.c.request_id.in_(bindparam("ids", expanding=True))),
        insert(kit.reply),
        insert(kit.journal),
    )


def table_of(kind: type[Row]) -> Table:
    return kind.__table__  # type: ignore[attr-defined, no-any-return]


@lru_cache
def columns_of(kind: type[Row]) -> tuple[str, ...]:
    return tuple(table_of(kind).columns.keys())


@lru_cache
def column_set(kind: type[Row]) -> frozenset[str]:
    return frozenset(columns_of(kind))


@lru_cache
def key_of(kind: type[Row]) -> str:
    return key_column(table_of(kind))


def name_of(row: Row) -> tuple[type[Row], str]:
    """A row's kind and key, without the instrumented attribute: a mapper may not be configured yet."""
    kind = type(row)
    return kind, row.__dict__[key_of(kind)]


def key_column(table: Table) -> str:
    [key] = table.primary_key.columns.keys()
    return str(key)


@lru_cache
def by_key(kind: type[T]) -> Select[Any]:
    return select(kind).where(table_of(kind).c[key_of(kind)].in_(bindparam("keys", expanding=True)))


@lru_cache
def insert_into(kind: type[Row]) -> Any:
    return insert(table_of(kind))


@lru_cache
def update_of(kind: type[Row], names: tuple[str, ...]) -> Any:
    table = table_of(kind)
    values = {name: bindparam(f"_{name}", type_=table.c[name].type) for name in names}
    return update(table).where(table.c[key_of(kind)] == bindparam("_key")).values(values)


@lru_cache
def upsert(table: Table, dialect: str) -> Any:
    put = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    key = key_column(table)
    values = {c.name: put.excluded[c.name] for c in table.columns if c.name != key}
    return put.on_conflict_do_update(index_elements=[key], set_=values)
