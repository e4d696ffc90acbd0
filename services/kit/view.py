"""Reads: column selects on connections of their own, paged by key."""

import base64
import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Row, and_, bindparam, or_, select
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import ColumnElement, UnaryExpression
from sqlalchemy.types import TypeDecorator, TypeEngine

from services.kit.access import Caller
from services.kit.call import Surroundings
from services.kit.files import Files
from services.kit.refusal import Malformed, Missing
from services.kit.sealing.keys import KeyStore
from services.kit.sql import by_column
from services.kit.store import Instant, micros, moment
from services.kit.writer import Signal
from services.law.calendar import Calendar
from services.law.parameters import Layers

Rows = Sequence[Row[Any]]


@dataclass
class View:
    """What a read may touch. Selects columns, never entities; sees what is committed."""

    connection: Connection
    around: Surroundings
    caller: Caller

    @property
    def keys(self) -> KeyStore:
        """The service's key store."""
        return self.around.keys

    @property
    def reader(self) -> Connection:
        """The connection, to look at the kit's own tables."""
        return self.connection

    @property
    def node(self) -> str:
        return self.around.node

    @property
    def kind(self) -> str:
        return self.around.kind

    @property
    def city(self) -> str:
        return self.around.city

    @property
    def now(self) -> datetime:
        return self.around.now()

    @property
    def calendar(self) -> Calendar:
        return self.around.calendar

    @property
    def parameters(self) -> Layers:
        return self.around.parameters

    def rows(self, statement: Any, **params: Any) -> Rows:
        return self.connection.execute(statement, params).all()

    def one(self, statement: Any, **params: Any) -> Row[Any] | None:
        return self.connection.execute(statement, params).first()

    def find(self, kind: Any, key: str) -> Any:
        """The row with this key as its columns, or None: the look-up of a transaction, for facts that both tell."""
        return self.one(_by_key(kind), wanted_key=key)

    def query(self, statement: Any) -> Rows:
        """The rows of a select of one entity, as their columns."""
        return self.rows(statement)

    def among(self, kind: Any, column: str, values: Iterable[Any]) -> Rows:
        """The rows whose column holds one of these values, as their columns: as a transaction has them."""
        return self.rows(
            by_column(kind, column, self.connection.dialect.name), keys=list(dict.fromkeys(values))
        )

    def sector_of(self, field: str) -> str:
        return self.around.sector_of(field)

    @property
    def files(self) -> Files:
        return self.around.files

    def get(self, statement: Any, kind: str, key: str, **params: Any) -> Row[Any]:
        """The one row. Raises Missing(kind, key)."""
        if (row := self.one(statement, **params)) is None:
            raise Missing(kind, key)
        return row

    def page(
        self, statement: Any, keys: Sequence[Any], size: int, token: str, default: int = 50, **params: Any
    ) -> tuple[Rows, str]:
        """One page in the order of `keys` (unique together, never null, among the selected columns), and the next token.

        A statement and keys that are kept, not made for each call, cost a third. Raises Malformed for a token that
        this method did not make.
        """
        size = size or default
        if token:
            params |= {f"after_{n}": value for n, value in enumerate(_read_token(token, keys))}
        rows = self.rows(_paged(statement, tuple(keys), bool(token)), **params, page_rows=size + 1)
        if len(rows) <= size:
            return rows, ""
        rows = rows[:size]
        last = rows[-1]._mapping
        return rows, token_of([last[str(_column(key).key)] for key in keys])


@dataclass
class Feed(View):
    """A view for a stream: it can also wait for the next commit, and write. It borrows a connection for each select only."""

    committed: Signal
    reading: Callable[[], AbstractContextManager[Connection]]
    do: Callable[[Callable[[Any], Any]], Awaitable[Any]]
    """Work in the next transaction, as the caller."""

    def rows(self, statement: Any, **params: Any) -> Rows:
        with self.reading() as connection:
            return connection.execute(statement, params).all()

    def one(self, statement: Any, **params: Any) -> Row[Any] | None:
        with self.reading() as connection:
            return connection.execute(statement, params).first()

    async def changed(self, timeout: float, seen: int | None = None) -> bool:
        """Wait for a commit; at once if there was one since `seen` (a value of `mark`). False after `timeout` seconds."""
        return await self.committed.wait(timeout, seen)

    @property
    def mark(self) -> int:
        """How many commits there were; take it before a select, hand it to `changed` after."""
        return self.committed.count


@cache
def _by_key(kind: Any) -> Any:
    table = kind.__table__
    [column] = table.primary_key.columns
    return select(*table.columns).where(column == bindparam("wanted_key"))


def _column(key: Any) -> ColumnElement[Any]:
    return key.element if isinstance(key, UnaryExpression) else key


@lru_cache(256)
def _paged(statement: Any, keys: tuple[Any, ...], further: bool) -> Any:
    """The select of one page: the first, or one `further` on."""
    if further:
        statement = statement.where(_after(keys))
    return statement.order_by(*keys).limit(bindparam("page_rows", type_=Integer))


def _after(keys: Sequence[Any]) -> ColumnElement[bool]:
    """Beyond the values `after_0`, … in the order of `keys`: the first key decides, among equals the next."""
    values = [bindparam(f"after_{n}", type_=_column(key).type) for n, key in enumerate(keys)]
    beyond = []
    for n, key in enumerate(keys):
        column = _column(key)
        descending = isinstance(key, UnaryExpression) and key.modifier is operators.desc_op
        further = column < values[n] if descending else column > values[n]
        beyond.append(and_(*(_column(k) == v for k, v in zip(keys[:n], values, strict=False)), further))
        if n == 0:
            # Said once more by itself, so that an index leads straight to the page, however far on it is.
            from_here = column <= values[n] if descending else column >= values[n]
    return and_(from_here, or_(*beyond))


def packed(number: int, records: Iterable[bytes]) -> bytes:
    """Stored messages as the field `number` of a reply, without parsing them.

    A message is the concatenation of its fields, so the rest of the reply may simply follow.
    """
    tag = _varint(number << 3 | 2)
    return b"".join([part for record in records for part in (tag, _varint(len(record)), record)])


def _varint(n: int) -> bytes:
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return bytes(out)


def token_of(values: list[Any]) -> str:
    """The token of what comes behind a row with these values."""
    plain = [{"t": micros(v)} if isinstance(v, datetime) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def _read_token(token: str, keys: Sequence[Any]) -> list[Any]:
    try:
        found = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        values = [moment(v["t"]) if isinstance(v, dict) else v for v in found]
        if all(_fits(v, _column(key).type) for v, key in zip(values, keys, strict=True)):
            return values
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        pass
    raise Malformed(
        {"page_token": ("is not a token of this list", "不是本列表的翻页标记")}, reason="BAD_PAGE_TOKEN"
    )


def _fits(value: Any, column: TypeEngine[Any]) -> bool:
    """Whether the database can compare a column of this type with a value. Raises ValueError for text that is none."""
    if isinstance(column, Instant):
        return isinstance(value, datetime)
    kind = column.impl_instance if isinstance(column, TypeDecorator) else column
    if isinstance(kind, Integer):
        return type(value) is int and -(2**31) <= value >> (32 * isinstance(kind, BigInteger)) < 2**31
    return isinstance(value, kind.python_type) and b"\0" not in str(value).encode()
