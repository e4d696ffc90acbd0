"""The statements of the write path, each built once."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import Select

from services.kit.store import KitTables, Row

T = TypeVar("T", bound=Row)


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
