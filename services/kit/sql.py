"""The statements of the write path, each built once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import Select

from services.kit.store import KitTables, Row

T = TypeVar("T", bound=Row)


class Prepared:
    """A statement that writes, compiled once and handed to the driver with the values of many rows.

    SQLAlchemy's own way of doing so costs several times what the database needs for a row. Every bind is named after
    the field that it takes, with an underscore before it.
    """

    def __init__(self, statement: Any, dialect: Dialect):
        compiled = statement.compile(dialect=dialect)
        names: Sequence[str] = compiled.positiontup or list(compiled.params)
        self.text: str = compiled.string
        self.positional = bool(compiled.positional)
        self.binds: tuple[tuple[str, str, Callable[[Any], Any] | None], ...] = tuple(
            (name, name[1:], compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in names
        )

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute it for every row."""
        if self.positional:
            connection.exec_driver_sql(
                self.text, [tuple([p(row[f]) if p else row[f] for _, f, p in self.binds]) for row in rows]
            )
        else:
            connection.exec_driver_sql(
                self.text, [{name: p(row[f]) if p else row[f] for name, f, p in self.binds} for row in rows]
            )


@lru_cache(1024)
def prepared(statement: Any, dialect: Dialect) -> Prepared:
    return Prepared(statement, dialect)


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
        update(kit.head).values(_binds(kit.head, ("seq", "hash"))),
        select(kit.reply).where(kit.reply.c.request_id.in_(bindparam("ids", expanding=True))),
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
def by_key(kind: type[T]) -> Select[Any]:
    return select(kind).where(table_of(kind).c[key_of(kind)].in_(bindparam("keys", expanding=True)))


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
