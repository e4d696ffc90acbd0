"""Rows, the tables every service keeps, and the engine under them."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    event,
)
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapper
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator
from sqlalchemy.util import LRUCache
from sqlmodel import Field, SQLModel, create_engine
from sqlmodel.main import SQLModelConfig

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BEGIN = "BEGIN IMMEDIATE"
PATIENCE = 5000
"""So many milliseconds a write waits for who else writes to the database: in service nobody does, but for a hand from outside."""
MICROSECOND = timedelta(microseconds=1)
BEFORE = EPOCH
"""Since when a record stands in its state of which that is not known."""


def micros(at: datetime) -> int:
    """Microseconds since 1970, the form in which the store keeps a moment."""
    return (at - EPOCH) // MICROSECOND


def moment(at: int) -> datetime:
    """The aware UTC datetime of `micros`."""
    return EPOCH + timedelta(microseconds=at)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds: the same order, the same precision on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else micros(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else moment(value)


def since() -> Any:
    """A column that says when a record came into its state; `BEFORE` for one that has not moved since this is kept."""
    return Field(default=BEFORE, sa_type=Instant, sa_column_kwargs={"server_default": "0"})


class JsonList(TypeDecorator[tuple[Any, ...]]):
    """A JSON array. It comes back as a tuple, so that nobody changes it in place where no one would see."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> list[Any] | None:
        return None if value is None else [dict(v) if isinstance(v, Mapping) else v for v in value]

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[Any, ...] | None:
        if value is None:
            return None
        return tuple(MappingProxyType(v) if isinstance(v, dict) else v for v in value)


class Changes:
    """Which columns of which loaded rows a batch has changed."""

    def __init__(self) -> None:
        self.count = 0
        self.columns: dict[int, tuple[Row, set[str]]] = {}
        self.watched: dict[str, list[Row]] = {}
        """Of some columns, by their names, the rows in which they changed since somebody looked."""

    def mark(self, row: "Row", name: str) -> None:
        self.count += 1
        if name in self.watched:
            self.watched[name].append(row)
        known = self.columns.get(id(row))
        if known is None:
            self.columns[id(row)] = (row, {name})
        else:
            known[1].add(name)


class Row(SQLModel):
    """A row that SQLAlchemy loads and the batch writes: no pydantic and no change events in between."""

    __abstract__: ClassVar[bool] = True
    # Nothing is validated here, so that pydantic need not build what would: that is much of a service's start.
    model_config = SQLModelConfig(defer_build=True)
    kept: ClassVar[bool] = False
    """Whether the writer holds on to rows of this kind between transactions: for what is read often and is one of few.

    Such a row is the writer's own: nobody may hold on to one beyond the work that was given it.
    """

    @classmethod
    def new(cls, **values: Any) -> Self:
        """A row not stored yet. Its values were validated with the request."""
        row = object.__new__(cls)
        row.__dict__.update(blank(cls))
        row.__dict__.update(values)
        return row

    def put(self, values: Mapping[str, Any]) -> None:
        """Set several columns at once."""
        fields = self.__dict__
        for name, value in values.items():
            if fields.get(name, fields) != value:
                setattr(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        fields = self.__dict__
        if fields.get(name, fields) == value:
            return
        fields[name] = value
        changes = fields.get("_changes")
        if changes is not None:
            changes.mark(self, name)


class Held:
    """A column as an attribute of rows. Where a row holds it, Python finds it there, as this says nothing of how it is set; what
    SQLAlchemy puts in its place is a function in Python that is called at each look. Of the class it is SQLAlchemy's own.
    """

    __slots__ = ("mapped",)

    def __init__(self, mapped: Any) -> None:
        self.mapped = mapped

    def __get__(self, row: Row | None, kind: type[Row]) -> Any:
        return self.mapped.__get__(row, kind)


@event.listens_for(Mapper, "after_mapper_constructed")
def hold_columns(mapper: Mapper[Any], kind: type[Any]) -> None:
    """Let the rows of a kind hold their columns."""
    for name in mapper.columns.keys() if issubclass(kind, Row) else ():
        type.__setattr__(kind, name, Held(kind.__dict__[name]))


@lru_cache
def blank(kind: type[Row]) -> dict[str, Any]:
    """What a new row holds where nothing is said."""
    return {
        name: f.get_default(call_default_factory=True)
        for name, f in kind.model_fields.items()
        if not f.is_required()
    }


@dataclass(frozen=True)
class KitTables:
    """The tables that every service's database has."""

    journal: Table
    head: Table
    counter: Table
    reply: Table
    position: Table
    sender: Table
    heard_place: Table
    parked: Table
    left_behind: Table
    calendar_year: Table
    edition: Table
    checkpoint: Table
    tree: Table
    regained: Table
    sealed: Table
    sealed_key: Table
    unsealer: Table


def kit_tables(metadata: MetaData) -> KitTables:
    """Add the kit's tables to a service's metadata, or find them there."""
    if "journal" in metadata.tables:
        return KitTables(**{name: metadata.tables[name] for name in KitTables.__dataclass_fields__})
    big, text = BigInteger, String
    # SQLite gives an id out again once the newest row is gone unless AUTOINCREMENT is said, and only an INTEGER may say it.
    serial = BigInteger().with_variant(Integer, "sqlite")
    journal = Table(
        "journal",
        metadata,
        Column("seq", serial, primary_key=True, autoincrement=False),
        Column("event_id", text, nullable=False, unique=True),
        Column("type", text, nullable=False),
        Column("addressee", text, nullable=False),
        Column("number", big, nullable=False),
        Column("subject", text, nullable=False, index=True),
        Column("at", big, nullable=False),
        Column("actor", text, nullable=False),
        Column("request_id", text, nullable=False),
        Column("trace", text, nullable=False),
        Column("data", LargeBinary, nullable=False),
        Column("prev_hash", LargeBinary, nullable=False),
        Column("hash", LargeBinary, nullable=False),
        # of few kinds of events the newest are asked for: who looked at what is sensitive
        Index("ix_journal_type_at_seq", "type", "at", "seq"),
    )
    head = Table(
        "head",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("seq", big, nullable=False),
        Column("hash", LargeBinary, nullable=False),
        Column("changes", big, nullable=False, server_default="0"),
    )
    counter = Table(
        "counter",
        metadata,
        Column("addressee", text, primary_key=True),
        Column("number", big, nullable=False),
    )
    reply = Table(
        "reply",
        metadata,
        Column("request_id", text, primary_key=True),
        Column("body_hash", LargeBinary, nullable=False),
        Column("data", LargeBinary, nullable=False),
        Column("at", big, nullable=False, server_default="0", index=True),
    )
    position = Table(
        "position",
        metadata,
        Column("source", text, primary_key=True),
        Column("position", big, nullable=False),
        Column("event_id", text, nullable=False),
        Column("updated", big, nullable=False),
    )
    sender = Table(
        "sender",
        metadata,
        Column("key", text, primary_key=True),
        Column("seq", big, nullable=False),
        Column("number", big, nullable=False),
        Column("hash", LargeBinary, nullable=False),
    )
    heard_place = Table(
        "heard_place",
        metadata,
        Column("place", text, primary_key=True),
        Column("hashes", LargeBinary, nullable=False),
    )
    parked = Table(
        "parked",
        metadata,
        Column("event_id", text, primary_key=True),
        Column("node", text, nullable=False, index=True),
        Column("envelope", LargeBinary, nullable=False),
        Column("error", text, nullable=False),
        Column("at", big, nullable=False),
        Column("tries", Integer, nullable=False),
    )
    left_behind = Table(
        "left_behind",
        metadata,
        Column("key", text, primary_key=True),
        Column("source", text, nullable=False),
        Column("node", text, nullable=False),
        Column("position", big, nullable=False),
        Column("event_id", text, nullable=False),
        Column("count", big, nullable=False),
        Column("at", big, nullable=False),
    )
    calendar_year = Table(
        "calendar_year",
        metadata,
        Column("year", Integer, primary_key=True, autoincrement=False),
        Column("version", big, nullable=False),
        Column("record", LargeBinary, nullable=False),
        Column("done", Boolean, nullable=False),
        Column("cursor", text, nullable=False),
        Column("seen", big, nullable=False),
        Column("moved", big, nullable=False),
        Column("updated", big, nullable=False),
    )
    edition = Table(
        "edition",
        metadata,
        Column("mark", text, primary_key=True),
        Column("number", Integer, nullable=False, unique=True),
        Column("since", big, nullable=False),
        Column("record", LargeBinary, nullable=False),
        Column("done", Boolean, nullable=False),
        Column("cursor", text, nullable=False),
        Column("seen", big, nullable=False),
        Column("moved", big, nullable=False),
        Column("updated", big, nullable=False),
    )
    checkpoint = Table(
        "checkpoint",
        metadata,
        Column("key", text, primary_key=True),
        Column("origin", text, nullable=False, index=True),
        Column("size", big, nullable=False),
        Column("root", LargeBinary, nullable=False),
        Column("note", text, nullable=False),
        Column("from_size", big, nullable=False),
        Column("leaves", LargeBinary, nullable=False),
        Column("state", text, nullable=False, index=True),
        Column("why", text, nullable=False),
        Column("cosigned", big, nullable=False),
        Column("at", big, nullable=False),
    )
    tree = Table(
        "tree",
        metadata,
        Column("origin", text, primary_key=True),
        Column("size", big, nullable=False),
        Column("roots", LargeBinary, nullable=False),
        Column("hash", LargeBinary, nullable=False),
        Column("through", big),
        Column("after", big, nullable=False),
    )
    regained = Table(
        "regained",
        metadata,
        Column("seq", big, primary_key=True, autoincrement=False),
        Column("cause", text, nullable=False, index=True),
        Column("waits", Boolean, nullable=False),
        Column("itself", Boolean, nullable=False),
    )
    sealed = Table(
        "sealed",
        metadata,
        Column("seal_id", text, primary_key=True),
        Column("kind", text, nullable=False),
        Column("box", LargeBinary, nullable=False),
        Column("at", big, nullable=False),
    )
    sealed_key = Table(
        "sealed_key",
        metadata,
        Column("key", text, primary_key=True),
        Column("seal_id", text, nullable=False, index=True),
        Column("person", text, nullable=False, index=True),
        Column("wrapped", LargeBinary, nullable=False),
    )
    unsealer = Table(
        "unsealer",
        metadata,
        Column("person", text, primary_key=True),
        Column("key_id", text, nullable=False),
        Column("named_by", text, nullable=False),
        Column("at", big, nullable=False),
    )
    return KitTables(
        journal, head, counter, reply, position, sender, heard_place, parked, left_behind, calendar_year, edition,
        checkpoint, tree, regained, sealed, sealed_key, unsealer,
    )  # fmt: skip


class Alike(SQLiteDialect_pysqlite):
    """SQLite, whichever file: what was compiled for one database of a process serves all others of it."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is Alike

    def __hash__(self) -> int:
        return hash(Alike)


registry.register("sqlite.alike", __name__, "Alike")
COMPILED: LRUCache[Any, Any] = LRUCache(4096)


def open_store(url: str) -> Engine:
    """An engine whose commits are durable. SQLite: one file, write-ahead log, full synchronisation."""
    if not url.startswith("sqlite"):
        engine = create_engine(driven(url), pool_pre_ping=True, pool_size=4, max_overflow=4)
        event.listen(engine, "connect", _postgresql)
        return engine
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url.replace("sqlite:", "sqlite+alike:", 1),
        connect_args={"check_same_thread": False},
        poolclass=QueuePool,
        pool_size=4,
        execution_options={"compiled_cache": COMPILED},
    )
    event.listen(engine, "connect", _sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def driven(url: str) -> str:
    """The URL with the driver that is installed, where it names none."""
    return (
        url.replace("postgresql://", "postgresql+psycopg://", 1)
        if urlsplit(url).scheme == "postgresql"
        else url
    )


def _postgresql(connection: Any, _record: Any) -> None:
    """Whoever left a transaction open holds nobody up for ever: as with SQLite, a write is refused after so long."""
    connection.execute(f"SET lock_timeout = {PATIENCE}")
    connection.commit()


def _sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={PATIENCE}",
        "cache_size=-65536",
        "wal_autocheckpoint=4000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A read connection runs in autocommit and never begins; whoever begins is going to write.
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    try:
        connection.connection.cursor().execute(BEGIN)
    except sqlite3.Error as wrong:
        raise DBAPIError.instance(BEGIN, None, wrong, sqlite3.Error, dialect=connection.dialect) from wrong
