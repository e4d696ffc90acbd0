"""Spans in SQLite: written on a thread of their own, the oldest deleted past a limit, found by what they carry."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VERSION = 1
# Attributes that a trace is searched by.
SEARCHED = ("yifa.case_number", "yifa.case_id")
PAGE = 50
SPANS_SHOWN = 2000
"""Where the file has become too large, such a part of its spans goes: the oldest."""

_SCHEMA = """
CREATE TABLE span (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    trace_id TEXT NOT NULL, span_id TEXT NOT NULL, parent_id TEXT NOT NULL,
    service TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    start_ns INTEGER NOT NULL, end_ns INTEGER NOT NULL, failed INTEGER NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (trace_id, span_id)
);
CREATE INDEX span_start ON span (start_ns, trace_id);
CREATE INDEX span_service ON span (service, start_ns);
CREATE TABLE tag (
    number INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, trace_id TEXT NOT NULL,
    PRIMARY KEY (number, key)
) WITHOUT ROWID;
CREATE INDEX tag_value ON tag (key, value, trace_id);
"""
# What came first stands: who knows the ids of a span cannot put another in its place.
_INSERT = """
INSERT INTO span (trace_id, span_id, parent_id, service, name, kind, start_ns, end_ns, failed, record)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (trace_id, span_id) DO NOTHING
RETURNING number
"""
MOST_BYTES = 256 * 1024 * 1024
"""Of what is kept of all spans; the oldest go."""
A_FEW = 1000


@dataclass(frozen=True)
class Event:
    """Something that happened within a span."""

    name: str
    time_ns: int
    attributes: dict[str, Any]


@dataclass(frozen=True)
class Link:
    """Another span that this one has to do with."""

    trace_id: str
    span_id: str
    attributes: dict[str, Any]


@dataclass(frozen=True)
class Span:
    """One operation. Ids are hex; `parent_id` is empty at a root."""

    trace_id: str
    span_id: str
    parent_id: str
    service: str
    name: str
    kind: str
    start_ns: int
    end_ns: int
    failed: bool
    message: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    resource: dict[str, Any] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def duration_ns(self) -> int:
        return max(0, self.end_ns - self.start_ns)


@dataclass(frozen=True)
class Query:
    """What a search asks for. Service, operation, duration and failure have to meet in one span of the trace."""

    case: str = ""
    service: str = ""
    operation: str = ""
    min_ms: float = 0
    failed: bool = False
    before_ns: int = 0


@dataclass(frozen=True)
class Found:
    """A trace in a list; `key_ns` is its place in the order, for the next page."""

    trace_id: str
    key_ns: int
    service: str
    name: str
    start_ns: int
    duration_ns: int
    spans: int
    failed: int
    services: tuple[str, ...]


class TraceStore:
    """Spans on disk, so many and so many bytes of them. Open it before use; a file of another version is begun anew, since traces
    are no records.
    """

    def __init__(self, path: Path, limit: int, most_bytes: int = MOST_BYTES):
        self.path, self.limit, self.most_bytes, self.size = path, limit, most_bytes, 0
        self._writer = ThreadPoolExecutor(1, "spans")
        self._connection: sqlite3.Connection | None = None

    async def open(self) -> None:
        await self._write(self._open)

    async def close(self) -> None:
        """Everything added before is on disk afterwards."""
        await self._write(self._close)
        self._writer.shutdown()

    async def add(self, spans: Sequence[Span]) -> None:
        """Store spans; returns when they are committed. The same span again changes nothing."""
        if spans:
            await self._write(self._add, spans)

    async def search(self, query: Query) -> list[Found]:
        """Up to PAGE traces, newest first."""
        return await asyncio.to_thread(self._search, query)

    async def trace(self, trace_id: str) -> list[Span]:
        """The spans of a trace by start, at most SPANS_SHOWN; empty if there is none."""
        return await asyncio.to_thread(self._trace, trace_id)

    async def services(self) -> list[str]:
        return await asyncio.to_thread(self._services)

    async def count(self) -> int:
        return await asyncio.to_thread(self._count)

    async def _write(self, work: Callable[..., None], *arguments: Any) -> None:
        return await asyncio.get_running_loop().run_in_executor(self._writer, work, *arguments)

    def _open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = db = sqlite3.connect(self.path, isolation_level=None)
        if db.execute("PRAGMA user_version").fetchone()[0] not in (0, VERSION):
            db.close()
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            self._connection = db = sqlite3.connect(self.path, isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        if db.execute("PRAGMA user_version").fetchone()[0] == 0:
            db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")

    def _close(self) -> None:
        if self._connection:
            self._connection.close()

    def _add(self, spans: Sequence[Span]) -> None:
        db = self._connection
        assert db, "the store is not open"
        db.execute("BEGIN IMMEDIATE")
        try:
            put = [number for span in spans if (number := _put(db, span))]
            if put:
                self._let_go(db, "number <= ?", max(put) - self.limit)
            self.size = self._bytes(db)
            while self.size > self.most_bytes:
                oldest = db.execute("SELECT min(number) FROM span").fetchone()[0]
                if oldest is None:
                    break
                self._let_go(db, "number < ?", oldest + A_FEW)
                self.size = self._bytes(db)
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise

    @staticmethod
    def _let_go(db: sqlite3.Connection, which: str, number: int) -> None:
        db.execute(f"DELETE FROM span WHERE {which}", (number,))  # noqa: S608 - one of two conditions that stand here
        db.execute(f"DELETE FROM tag WHERE {which}", (number,))  # noqa: S608

    @staticmethod
    def _bytes(db: sqlite3.Connection) -> int:
        """What is in the file: its pages but for those that are free."""
        pages, free, size = (
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)

    def _read(self, sql: str, values: Iterable[Any] = ()) -> list[sqlite3.Row]:
        db = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        try:
            db.row_factory = sqlite3.Row
            return db.execute(sql, tuple(values)).fetchall()
        finally:
            db.close()

    def _search(self, query: Query) -> list[Found]:
        where, values = _where(query)
        # the conditions are written in `_where`, what was asked for is bound
        hits = self._read(
            f"SELECT trace_id, max(start_ns) AS key_ns FROM span WHERE {where} GROUP BY trace_id"  # noqa: S608
            f" HAVING ? = 0 OR key_ns < ? ORDER BY key_ns DESC, trace_id LIMIT {PAGE}",
            (*values, query.before_ns, query.before_ns),
        )
        # The bare columns come from the row of min(): the first span names the trace.
        # question marks are put in, as many as are bound
        rows = self._read(
            "SELECT trace_id, service, name, min(start_ns) AS start_ns, max(end_ns) AS end_ns, count(*) AS spans,"  # noqa: S608
            " sum(failed) AS failed, json_group_array(DISTINCT service) AS services"
            f" FROM span WHERE trace_id IN ({', '.join('?' * len(hits))}) GROUP BY trace_id",
            [hit["trace_id"] for hit in hits],
        )
        traces = {row["trace_id"]: row for row in rows}
        return [_found(traces[hit["trace_id"]], hit["key_ns"]) for hit in hits if hit["trace_id"] in traces]

    def _trace(self, trace_id: str) -> list[Span]:
        # the number is a constant
        rows = self._read(
            f"SELECT record FROM span WHERE trace_id = ? ORDER BY start_ns, number LIMIT {SPANS_SHOWN}",  # noqa: S608
            (trace_id,),
        )
        return [_from_record(row["record"]) for row in rows]

    def _services(self) -> list[str]:
        return [row["service"] for row in self._read("SELECT DISTINCT service FROM span ORDER BY service")]

    def _count(self) -> int:
        return self._read("SELECT count(*) AS n FROM span")[0]["n"]


def _put(db: sqlite3.Connection, span: Span) -> int:
    """Its number; 0 for one that is there."""
    ids = (span.trace_id, span.span_id, span.parent_id, span.service, span.name, span.kind)
    row = (*ids, span.start_ns, span.end_ns, span.failed, _record(span))
    put = db.execute(_INSERT, row).fetchone()
    if put is None:
        return 0
    number: int = put[0]
    tags = [(number, k, str(span.attributes[k]), span.trace_id) for k in SEARCHED if k in span.attributes]
    db.executemany("INSERT INTO tag VALUES (?, ?, ?, ?)", tags)
    return number


def _where(query: Query) -> tuple[str, list[Any]]:
    parts: list[str] = ["1"]
    values: list[Any] = []
    for given, condition, value in (
        (query.service, "service = ?", query.service),
        (query.operation, "instr(lower(name), lower(?)) > 0", query.operation),
        (query.min_ms, "end_ns - start_ns >= ?", int(query.min_ms * 1e6)),
        (query.failed, "failed = ?", 1),
        (query.case, "trace_id IN (SELECT trace_id FROM tag WHERE instr(value, ?) > 0)", query.case),
    ):
        if given:
            parts.append(condition)
            values.append(value)
    return " AND ".join(parts), values


def _found(row: sqlite3.Row, key_ns: int) -> Found:
    duration = max(0, row["end_ns"] - row["start_ns"])
    services = tuple(sorted(json.loads(row["services"])))
    first = (row["trace_id"], key_ns, row["service"], row["name"], row["start_ns"])
    return Found(*first, duration, row["spans"], row["failed"], services)


def _record(span: Span) -> str:
    return json.dumps(span, default=vars, ensure_ascii=False, separators=(",", ":"))


def _from_record(record: str) -> Span:
    values = json.loads(record)
    values["events"] = tuple(Event(**event) for event in values["events"])
    values["links"] = tuple(Link(**link) for link in values["links"])
    return Span(**values)
