"""What one piece of work may touch: rows, the node's clock and the journal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from google.protobuf.message import Message
from sqlalchemy import Connection, Table
from sqlalchemy.sql import Select
from sqlmodel import Session

from services.kit.batch import Batch
from services.kit.call import Call, Happened
from services.kit.ids import id_by, new_id
from services.kit.refusal import Malformed, Missing
from services.kit.sealing import Box, KeyStore, keep
from services.kit.sql import name_of
from services.kit.store import Row, micros
from services.law.calendar import Calendar
from services.law.edition import Edition
from services.law.parameters import Layers

T = TypeVar("T", bound=Row)
# The bus takes a megabyte, its headers included.
LARGEST_EVENT = 900_000


class Tx:
    """What one piece of work may touch: rows, the node's clock and the journal."""

    __slots__ = (
        "added",
        "batch",
        "call",
        "caller",
        "cause",
        "event_id",
        "events",
        "fresh",
        "made",
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
        self.event_id, self.made = "", 0
        self.added: list[Row] = []
        self.fresh: dict[type[Row], dict[str, Row]] = defaultdict(dict)
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
    def edition(self) -> Edition:
        return self.batch.around.edition

    def sector_of(self, field: str) -> str:
        return self.batch.around.sector_of(field)

    @property
    def db(self) -> Session:
        """The session itself, for anything that is not a row by its key. Costs a flush."""
        self.wide = True
        self.batch.write_rows(self.added)
        self.batch.asked.clear()
        return self.batch.db

    @property
    def box(self) -> Box | None:
        """What was sealed of the request: the record keeps its id."""
        return self.call.box

    @property
    def keys(self) -> KeyStore:
        """The service's key store."""
        return self.batch.around.keys

    @property
    def reader(self) -> Connection:
        """The connection, to look at the kit's own tables."""
        return self.batch.connection

    @property
    def raw(self) -> Connection:
        """The connection itself, for statements on the kit's own tables. They are written at once."""
        self.wide = True
        self.batch.asked.clear()
        return self.batch.connection

    def get(self, kind: type[T], key: str) -> T:
        """The row with this key. Raises Missing."""
        if (row := self.find(kind, key)) is None:
            raise Missing(kind.__name__, key)
        return row

    def find(self, kind: type[T], key: str) -> T | None:
        """The row with this key, or None."""
        added = self.fresh[kind].get(key)
        return added if added is not None else self.batch.row(kind, key)  # type: ignore[return-value]

    def load(self, kind: type[Row], keys: Iterable[str]) -> None:
        """Fetch several rows at once, so that `find` and `get` have them at hand."""
        self.batch.load(kind, keys)

    def query(self, statement: Select[Any], **params: Any) -> list[T]:
        """The rows that an ORM select of one entity finds, tracked like those of `get`. Costs a flush of what waits."""
        self.flush()
        return [self.batch.keep(row) for row in self.batch.db.scalars(statement, params)]

    def among(self, kind: type[T], column: str, values: Iterable[str]) -> list[T]:
        """The rows whose column holds one of these values, tracked like those of `get`; the database is asked once for a value.
        Where the only index of the column is one of some rows, they are those of it.
        """
        wanted = dict.fromkeys(values)
        found = self.batch.among(kind, column, wanted)
        if fresh := self.fresh[kind]:
            here = {id(row) for row in found}
            found += [r for r in fresh.values() if r.__dict__[column] in wanted and id(r) not in here]  # type: ignore[misc]
        return found

    def flush(self) -> None:
        if self.added or self.batch.dirty:
            self.wide = True
            self.batch.write_rows(self.added)

    def add(self, row: T) -> T:
        """Put a new row into the batch."""
        self.added.append(row)
        kind, key = name_of(row)
        self.fresh[kind][key] = row
        return row

    def insert(self, kind: type[Row], rows: Sequence[Mapping[str, Any]], **shared: Any) -> None:
        """Write many new rows of a list at once, each with the shared values; unlike those of `add`, nobody tracks them.

        Raises DBAPIError at once when a constraint does not hold.
        """
        self.wide = True
        self.batch.insert(kind, rows, shared)

    def new_id(self, prefix: str) -> str:
        """An id for something new. What an event brings about has its id from that event: who reacts to it anew gets it too."""
        if not self.event_id:
            return new_id(prefix)
        self.made += 1
        return id_by(self.event_id, prefix, self.made)

    def emit(
        self,
        event: Message,
        carries: bytes = b"",
        *,
        subject: str,
        to: str | None = None,
        at: datetime | None = None,
    ) -> None:
        """Announce what happened to the record `subject`. `to` is a node id, "city" (the default) or "all". `carries` are
        fields of the event that are encoded already.

        Raises Malformed for an event that the bus would not take: in the journal it would hold up all that come after.
        """
        data = carries + event.SerializeToString(deterministic=True)
        if len(data) > LARGEST_EVENT:
            said = f"would hold more than {LARGEST_EVENT} bytes", f"超过{LARGEST_EVENT}字节"
            raise Malformed({event.DESCRIPTOR.name: said})
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
                data,
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


def answer(batch: Batch, call: Call) -> Any:
    """What the call comes to: for a request the reply's bytes, the same again for the same request_id.

    Raises what the work raised when it left nothing behind, Spoiled from it when it did.
    """
    if (replied := batch.replied(call)) is not None:
        return replied
    tx = Tx(batch, call)
    try:
        outcome = call.run(tx)
        if call.box is not None:
            keep(tx.raw, tx.keys, call.box, micros(tx.now))
    except Exception as wrong:
        if tx.changed:
            raise Spoiled from wrong
        raise
    batch.accept(tx.added, tx.puts, tx.events)
    if not call.request_id:
        return outcome
    reply: bytes = outcome if isinstance(outcome, bytes) else outcome.SerializeToString()
    batch.reply(call, reply)
    return reply
