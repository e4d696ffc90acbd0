"""A batch of calls in one transaction: they share rows, and see each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlmodel import Session

from services.kit.call import Call, Happened, Surroundings
from services.kit.ids import uuid7
from services.kit.journal import Envelope, begins_epoch, seal
from services.kit.refusal import Exists
from services.kit.sql import (
    Driver,
    by_column,
    by_key,
    column_set,
    columns_of,
    insert_into,
    key_column,
    key_of,
    name_of,
    prepared,
    statements,
    update_of,
    upsert,
)
from services.kit.store import Changes, KitTables, Row, blank, micros
from services.kit.time import wall

T = TypeVar("T", bound=Row)
Name = tuple[type[Row], str]
"""A row's kind and key."""
# SQLite takes no more values than this in one statement.
MOST_KEYS = 30_000
MOST_KEPT = 4096


@dataclass(frozen=True)
class Tail:
    """Where a journal ended at the last commit, how many entries each addressee had then, and how often kept rows changed."""

    seq: int
    hash: bytes
    counts: Mapping[str, int]
    rewrites: int = 0

    @property
    def head(self) -> tuple[int, bytes, int]:
        return self.seq, self.hash, self.rewrites


class Batch:
    """The transaction that several calls share. `known` and `kept` spare it a look at what the last ones left behind."""

    def __init__(
        self,
        connection: Connection,
        driver: Driver,
        kit: KitTables,
        around: Surroundings,
        calls: list[Call],
        known: Tail | None = None,
        kept: dict[Name, Row | None] | None = None,
    ):
        self.connection, self.kit, self.around = connection, kit, around
        self.driver, self.dialect = driver, connection.dialect
        self.again = False
        """Whether the calls may have been committed before: the answer to that was lost with the connection."""
        self.session: Session | None = None
        self.rows: dict[type[Row], dict[str, Row | None]] = defaultdict(dict)
        self.found: dict[type[Row], dict[str, dict[Any, dict[int, Row]]]] = defaultdict(dict)
        """By columns for which `among` asked: which rows are here, or were, for each value."""
        self.asked: dict[tuple[type[Row], str, Any], list[Row]] = {}
        """Of a kind, a column and a value: the rows that the database had, when it was asked, in its order."""
        self.changes = Changes()
        self.added: list[Row] = []
        self.journal: list[dict[str, Any]] = []
        self.replies: list[dict[str, Any]] = []
        self.puts: list[tuple[Table, Mapping[str, Any]]] = []
        self.behind: int | None = None
        """Behind which entry of the journal what happens now came at first; None when it is at its end."""
        [[_, self.seq, self.hash, self.rewrites]] = self.read(statements(kit).head)
        self.rewrote = False
        """Whether rows of a kind that is kept were changed: what another writer has kept of them is to be forgotten."""
        fits = known is not None and known.head == (self.seq, self.hash, self.rewrites)
        self.counts = dict(known.counts) if known is not None and fits else {}
        self.kept = kept if kept is not None and fits else {}
        self.memo: dict[Any, Any] = {}
        """What was looked up in this transaction and may be told again: by whoever knows what would change it."""
        self.done: dict[str, tuple[bytes, bytes]] = {}
        if ids := [call.request_id for call in calls if call.request_id]:
            found = self.read(statements(kit).replies, ids)
            self.done = {request_id: (body_hash, data) for request_id, body_hash, data in found}
        self.preload(calls)

    @property
    def tail(self) -> Tail:
        """Where the journal ends when this batch is committed."""
        return Tail(self.seq, self.hash, self.counts, self.rewrites)

    @property
    def entry(self) -> int:
        """The entry of the journal behind which this happens."""
        return self.seq if self.behind is None else self.behind

    def keepsakes(self) -> dict[Name, Row | None]:
        """What the next batch need not read again, once this one is committed: nothing after statements of another kind."""
        if self.session is not None:
            return {}
        for kind, rows in self.rows.items():
            if kind.kept:
                self.kept.update(((kind, key), row) for key, row in rows.items())
        return self.kept if len(self.kept) <= MOST_KEPT else {}

    @property
    def db(self) -> Session:
        """A session in this transaction, for what is not a row by its key."""
        if self.session is None:
            self.session = Session(self.connection, autoflush=False, expire_on_commit=False)
        return self.session

    def read(self, statement: Any, keys: Sequence[str] = ()) -> list[list[Any]]:
        return prepared(statement, self.dialect).read(self.driver, keys)

    def preload(self, calls: list[Call]) -> None:
        """Every row that the calls name, in one query a kind."""
        wanted: dict[type[Row], set[str]] = defaultdict(set)
        for call in calls:
            for kind, keys in call.loads:
                wanted[kind].update(keys)
        for kind, keys in wanted.items():
            self.load(kind, keys)

    def load(self, kind: type[Row], keys: Iterable[str]) -> None:
        """The rows with these keys that are not here yet, in as few queries as the database allows."""
        rows = self.rows[kind]
        missing = list({key: None for key in keys if key not in rows})
        if kind.kept:
            missing = [key for key in missing if not self.recall((kind, key))]
        for at in range(0, len(missing), MOST_KEYS):
            some = missing[at : at + MOST_KEYS]
            rows.update(dict.fromkeys(some))
            for values in self.read(by_key(kind), some):
                self.keep(stored(kind, values))

    def recall(self, name: Name) -> bool:
        """Take over a row, or the knowledge that there is none, from the batches before."""
        if name not in self.kept:
            return False
        kind, key = name
        row = self.kept[name]
        if row is None:
            self.rows[kind][key] = None
        else:
            self.hold(kind, key, row)
        return True

    def hold(self, kind: type[Row], key: str, row: Row) -> None:
        """Have a row here, and its changes noted."""
        row.__dict__["_changes"] = self.changes
        self.rows[kind][key] = row
        if kind in self.found:
            for column, by_value in self.found[kind].items():
                by_value[row.__dict__[column]][id(row)] = row

    def among(self, kind: type[T], column: str, values: Iterable[str]) -> list[T]:
        """The rows whose column holds one of these values, as they stand in the batch. For each value the database is asked once:
        what changes after that, changes here.
        """
        wanted, here = dict.fromkeys(values), self.by_value(kind, column)
        missing = [value for value in wanted if (kind, column, value) not in self.asked]
        self.asked.update(((kind, column, value), []) for value in missing)
        having = by_column(kind, column, self.dialect.name)
        for at in range(0, len(missing), MOST_KEYS):
            for columns in self.read(having, missing[at : at + MOST_KEYS]):
                row = stored(kind, columns)
                self.asked.setdefault((kind, column, row.__dict__[column]), []).append(self.keep(row))
        found: dict[int, Row] = {}
        for value in wanted:
            found.update((id(row), row) for row in self.asked[kind, column, value])
            found.update(here.get(value, ()))
        return [row for row in found.values() if row.__dict__[column] in wanted]  # type: ignore[misc]

    def by_value(self, kind: type[Row], column: str) -> dict[Any, dict[int, Row]]:
        """The rows that are here, by the value of a column; some may have another one by now."""
        known = self.found[kind].get(column)
        if known is None:
            known = self.found[kind][column] = defaultdict(dict)
            self.changes.watched.setdefault(column, [])
            changed: Iterable[Row | None] = self.rows[kind].values()
        else:
            changed = [row for row in self.changes.watched[column] if type(row) is kind]
            if changed:
                self.changes.watched[column] = [
                    r for r in self.changes.watched[column] if type(r) is not kind
                ]
        for row in changed:
            if row is not None:
                known[row.__dict__[column]][id(row)] = row
        return known

    @property
    def dirty(self) -> bool:
        return bool(self.added or self.changes.columns)

    def keep(self, row: T) -> T:
        """Track a loaded row; if the batch has that record already, the batch's own."""
        kind, key = name_of(row)
        known = self.rows[kind].get(key)
        if known is not None:
            return known  # type: ignore[return-value]
        self.hold(kind, key, row)
        return row

    def row(self, kind: type[T], key: str) -> T | None:
        rows = self.rows[kind]
        if key not in rows:
            self.load(kind, (key,))
        return rows[key]  # type: ignore[return-value]

    def replied(self, call: Call) -> bytes | None:
        """The reply that the same request got before. Raises Exists for another one under its request_id."""
        if not (done := self.done.get(call.request_id)):
            return None
        if not done[0]:
            raise done_before(call.request_id)
        if done[0] != call.body_hash:
            raise reused(call.request_id)
        return done[1]

    def accept(
        self, rows: Iterable[Row], puts: Iterable[tuple[Table, Mapping[str, Any]]], events: Iterable[Happened]
    ) -> None:
        """Take over what a piece of work leaves behind."""
        for row in rows:
            self.added.append(row)
            self.hold(*name_of(row), row)
        self.puts += puts
        for event in events:
            self.append(event)

    def reply(self, call: Call, reply: bytes) -> None:
        self.done[call.request_id] = call.body_hash, reply
        self.replies.append(
            {"request_id": call.request_id, "body_hash": call.body_hash, "data": reply, "at": micros(wall())}
        )

    def append(self, e: Happened) -> None:
        count = self.count(e.addressee)
        event_id, prev, self.seq = uuid7(), self.hash, self.seq + 1
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

    def regain(self, e: Envelope) -> None:
        """Put an entry behind the head again, as it was sealed: the next, or one that began an epoch behind lost numbers.

        Raises ValueError for one that does not follow from it.
        """
        follows = (e.seq, e.prev_hash) == (self.seq + 1, self.hash)
        if not (follows or begins_epoch(e, self.seq, self.hash)):
            raise ValueError(f"entry {e.seq} does not follow from entry {self.seq}")
        self.count(e.to)
        self.counts[e.to] = e.count
        self.seq, self.hash = e.seq, e.hash
        self.journal.append(
            {
                "seq": e.seq,
                "event_id": e.event_id,
                "type": e.type,
                "addressee": e.to,
                "number": e.count,
                "subject": e.subject,
                "at": e.at,
                "actor": e.actor,
                "request_id": e.request_id,
                "trace": e.trace,
                "data": e.data,
                "prev_hash": e.prev_hash,
                "hash": e.hash,
            }
        )

    def count(self, addressee: str) -> int:
        if not self.counts:
            self.counts = dict(self.read(statements(self.kit).counters))
        self.counts[addressee] = self.counts.get(addressee, 0) + 1
        return self.counts[addressee]

    def write_rows(self, more: list[Row] | None = None) -> None:
        """New rows, then changed columns: one statement a shape, many rows a statement."""
        shapes: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
        fresh = set()
        for row in (*self.added, *(more or ())):
            kind: type[Row] = type(row)
            self.rewrote |= kind.kept
            values = row.__dict__
            fresh.add(id(row))
            shapes[insert_into(kind)].append(values)
            self.hold(kind, values[key_of(kind)], row)
        for row, names in self.changes.columns.values():
            if id(row) not in fresh and (columns := names & column_set(type(row))):
                self.rewrote |= row.kept
                shapes[update_of(type(row), tuple(sorted(columns)))].append(row.__dict__)
        self.changes.columns.clear()
        self.added.clear()
        if more:
            more.clear()
        for statement, rows in shapes.items():
            self.run(statement, rows)

    def insert(self, kind: type[Row], rows: Sequence[Mapping[str, Any]], shared: Mapping[str, Any]) -> None:
        """Write new rows that nobody in the batch holds, with what they share and the defaults of their kind."""
        key = key_of(kind)
        self.rewrote |= kind.kept
        if held := self.rows[kind]:
            for row in rows:
                held.pop(row[key], None)
        self.asked = {asked: rows for asked, rows in self.asked.items() if asked[0] is not kind}
        if kind.kept and any(held is kind for held, _ in self.kept):
            for row in rows:
                self.kept.pop((kind, row[key]), None)
        statement = prepared(insert_into(kind), self.dialect)
        statement.write_alike(self.driver, rows, {**blank(kind), **shared})

    def run(self, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write many rows with one statement."""
        prepared(statement, self.dialect).write(self.driver, rows)

    @property
    def wrote(self) -> bool:
        """Whether it left anything behind, so that its commit shows that the database takes writes."""
        return bool(self.journal or self.replies or self.puts or self.rewrote or self.session is not None)

    def close(self) -> None:
        """All that the batch leaves behind, in as few statements as there are tables."""
        self.write_rows()
        if self.session is not None and (self.session.new or self.session.dirty):
            self.session.flush()
        if self.journal:
            said = statements(self.kit)
            self.run(said.add_entries, self.journal)
            self.puts += ((self.kit.counter, e) for e in {e["addressee"]: e for e in self.journal}.values())
        if self.journal or self.rewrote:
            self.rewrites += self.rewrote
            head = {"seq": self.seq, "hash": self.hash, "changes": self.rewrites}
            self.run(statements(self.kit).move_head, [head])
        if self.replies:
            self.run(statements(self.kit).add_replies, self.replies)
        latest: dict[Table, dict[Any, Mapping[str, Any]]] = defaultdict(dict)
        for table, values in self.puts:
            latest[table][values[key_column(table)]] = values
        for table, rows in latest.items():
            self.run(upsert(table, self.dialect.name), list(rows.values()))
        # each row knows the changes, and they some rows: what is done with is to go now, not when the collector comes
        self.changes.watched.clear()


def stored(kind: type[T], values: Iterable[Any]) -> T:
    """A row from its columns, without a session: the batch itself keeps track of it."""
    row = object.__new__(kind)
    row.__dict__.update(zip(columns_of(kind), values, strict=True))
    return row


def done_before(request_id: str) -> Exists:
    """What the act came to stands in its record: the database was set back since, and the answer was not kept elsewhere."""
    return Exists(
        "REQUEST_DONE_BEFORE_RESTORE",
        f"request_id {request_id} was carried out before the node was restored; see the record",
        f"请求编号{request_id}在节点恢复备份之前已经办理，请查看相应记录",
        request_id=request_id,
    )


def reused(request_id: str) -> Exists:
    return Exists(
        "REQUEST_ID_REUSED",
        f"request_id {request_id} was used for another request",
        f"请求编号{request_id}已用于内容不同的另一请求",
        request_id=request_id,
    )
