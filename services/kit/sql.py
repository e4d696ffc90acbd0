"""The statements of the write path, each built once."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, LargeBinary, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Select

from services.kit.store import Instant, JsonList, KitTables, Row, micros, moment


class Prepared:
    """A statement compiled once and handed to the driver itself.

    SQLAlchemy's own way of executing costs several times what the database needs for a row. A statement that writes
    takes the values of many rows: every bind is named after the field that it takes, with an underscore before it. One
    that reads takes a list of keys, or nothing.
    """

    def __init__(self, statement: Any, dialect: Dialect):
        compiled = statement.compile(dialect=dialect)
        names: Sequence[str] = compiled.positiontup or list(compiled.params)
        self.text: str = compiled.string
        self.positional = bool(compiled.positional)
        self.mark = "?" if self.positional else "%s"
        self.binds = tuple((n, n[1:], binder(compiled.binds[n].type, dialect)) for n in names)
        plain = self.positional and len(names) > 1 and not any(p for _, _, p in self.binds)
        self.plain = itemgetter(*(field for _, field, _ in self.binds)) if plain else None
        types = [c.type for c in statement.selected_columns] if isinstance(statement, Select) else []
        self.results = tuple(reader(t, dialect) for t in types)

    def write(self, driver: "Driver", rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute it for every row."""
        driver.many(self.text, self.values(rows))

    def values(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """What the driver is given for each row."""
        if self.plain is not None:
            return list(map(self.plain, rows))
        return self.lines([column(rows, field, convert) for _, field, convert in self.binds])

    def lines(self, columns: Sequence[Iterable[Any]]) -> list[Any]:
        """The values of columns, row by row as the driver wants them."""
        rows = zip(*columns, strict=True)
        if self.positional:
            return list(rows)
        names = [name for name, _, _ in self.binds]
        return [dict(zip(names, row, strict=True)) for row in rows]

    def write_alike(
        self, driver: "Driver", rows: Sequence[Mapping[str, Any]], shared: Mapping[str, Any]
    ) -> None:
        """Execute it for many rows that share what they do not say themselves: that is made ready once, not a row."""
        if not rows:
            return
        columns: list[Iterable[Any]] = []
        for _, field, convert in self.binds:
            if field in rows[0]:
                columns.append(column(rows, field, convert))
            else:
                columns.append(repeat(convert(shared[field]) if convert else shared[field], len(rows)))
        driver.many(self.text, self.lines(columns))

    def read(self, driver: "Driver", keys: Sequence[str] = ()) -> list[Any]:
        """The values of the rows that it finds, for the keys that its one list of keys is given."""
        few = len(keys) <= MOST_SHORT
        text = (asking if few else asking.__wrapped__)(self.text, self.mark, len(keys)) if keys else self.text
        found = driver.rows(text, keys)
        if not any(self.results):
            return found
        return [[p(v) if p else v for p, v in zip(self.results, row, strict=True)] for row in found]


Convert = Callable[[Any], Any]


def column(rows: Sequence[Mapping[str, Any]], field: str, convert: Convert | None) -> Iterable[Any]:
    """The values of one field, made ready for the driver."""
    said = map(itemgetter(field), rows)
    return map(convert, said) if convert else said


def binder(type_: Any, dialect: Dialect) -> Convert | None:
    """How a value is made ready for the driver. Both drivers take bytes and whole numbers as they are."""
    if isinstance(type_, Instant):
        return kept_moment
    made = None if isinstance(type_, LargeBinary) else type_.dialect_impl(dialect).bind_processor(dialect)
    if made is None or not isinstance(type_, JsonList):
        return made
    empty = made(())
    return lambda value: made(value) if value else empty if value == () else made(value)


def reader(type_: Any, dialect: Dialect) -> Convert | None:
    """How the driver's value becomes the column's."""
    if isinstance(type_, Instant):
        return told_moment
    return (
        None
        if isinstance(type_, LargeBinary)
        else type_.dialect_impl(dialect).result_processor(dialect, None)
    )


def kept_moment(at: datetime | None) -> int | None:
    """As `Instant` keeps it, without the ways of SQLAlchemy around that."""
    return None if at is None else micros(at)


def told_moment(at: int | None) -> datetime | None:
    return None if at is None else moment(at)


MOST_SHORT = 256
# Where SQLAlchemy leaves room for a list of values.
KEYS = re.compile(r"__\[POSTCOMPILE_\w+\]")


@lru_cache(256)
def asking(text: str, mark: str, keys: int) -> str:
    """The text of a select with room for so many keys."""
    return KEYS.sub(", ".join([mark] * keys), text)


class Driver:
    """The database driver's own cursor in a transaction that SQLAlchemy began and will end.

    It is to be closed with the transaction. A cursor that the collector finds later, on another thread, sets back the statement
    that both share with the next transaction while that runs, and SQLite refuses what comes after.
    """

    def __init__(self, connection: Connection):
        self.connection, self.dialect = connection, connection.dialect
        self.cursor: Any = connection.connection.cursor()

    def rows(self, text: str, values: Sequence[Any]) -> list[Any]:
        """What a select finds. Raises DBAPIError."""
        try:
            self.cursor.execute(text, values)
            return list(self.cursor.fetchall())
        except self.dialect.loaded_dbapi.Error as wrong:
            raise self.explained(text, wrong) from wrong

    def many(self, text: str, rows: Sequence[Any]) -> None:
        """Execute a statement for every row. Raises DBAPIError."""
        try:
            self.cursor.executemany(text, rows)
        except self.dialect.loaded_dbapi.Error as wrong:
            raise self.explained(text, wrong) from wrong

    def close(self) -> None:
        """Let go of the statement that was executed last."""
        self.cursor.close()

    def explained(self, text: str, wrong: Exception) -> Exception:
        """The driver's error as SQLAlchemy raises it; a connection that broke is not used again."""
        dbapi, raw = self.dialect.loaded_dbapi, self.connection.connection.dbapi_connection
        gone = self.dialect.is_disconnect(wrong, raw, self.cursor)  # type: ignore[arg-type]
        if gone:
            self.connection.invalidate(wrong)
        error: Exception = DBAPIError.instance(
            text, None, wrong, dbapi.Error, connection_invalidated=gone, dialect=self.dialect
        )
        return error


@lru_cache(1024)
def prepared(statement: Any, dialect: Dialect) -> Prepared:
    return Prepared(statement, dialect)


@dataclass(frozen=True)
class Statements:
    """The statements of every batch, built once a service."""

    head: Any
    move_head: Any
    counters: Any
    replies: Any
    add_replies: Any
    add_entries: Any


@lru_cache
def statements(kit: KitTables) -> Statements:
    return Statements(
        select(kit.head).with_for_update(),
        update(kit.head).values(_binds(kit.head, ("seq", "hash", "changes"))),
        select(kit.counter),
        select(kit.reply.c.request_id, kit.reply.c.body_hash, kit.reply.c.data).where(
            kit.reply.c.request_id.in_(bindparam("keys", expanding=True))
        ),
        insert_all(kit.reply),
        insert_all(kit.journal),
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
def by_key(kind: type[Row]) -> Select[Any]:
    """Rows of a kind by a list of keys, all columns in the order of `columns_of`."""
    key = table_of(kind).c[key_of(kind)]
    return select(*table_of(kind).columns).where(key.in_(bindparam("keys", expanding=True)))


@lru_cache
def by_column(kind: type[Row], column: str, dialect: str) -> Select[Any]:
    """Rows of a kind by a list of values of one column, all columns in the order of `columns_of`. Where the only index of the
    column is one of some rows, its condition is said too, as that database has it: else none uses it.
    """
    table = table_of(kind)
    wanted = select(*table.columns).where(table.c[column].in_(bindparam("keys", expanding=True)))
    indexes = [index for index in table.indexes if next(iter(index.columns)) is table.c[column]]
    some = [index.dialect_options[dialect]["where"] for index in indexes]
    return wanted.where(some[0]) if some and None not in some else wanted


def _binds(table: Table, names: Sequence[str]) -> dict[str, Any]:
    return {name: bindparam(f"_{name}", type_=table.c[name].type) for name in names}


def insert_all(table: Table) -> Any:
    """An insert of every column."""
    return insert(table).values(_binds(table, table.columns.keys()))


@lru_cache
def insert_into(kind: type[Row]) -> Any:
    return insert_all(table_of(kind))


@lru_cache
def update_of(kind: type[Row], names: tuple[str, ...]) -> Any:
    table, key = table_of(kind), key_of(kind)
    return update(table).where(table.c[key] == bindparam(f"_{key}")).values(_binds(table, names))


@lru_cache
def upsert(table: Table, dialect: str) -> Any:
    put = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    key, names = key_column(table), table.columns.keys()
    values = {name: put.excluded[name] for name in names if name != key}
    return put.values(_binds(table, names)).on_conflict_do_update(index_elements=[key], set_=values)
