"""What the parts under the service reach by themselves: SQLite and JetStream."""

import asyncio
import itertools
import os
import random
import sqlite3
import time
import timeit
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from nats.aio.client import Client

from services.kit.bus import connect, ensure_local_stream
from services.kit.publish import Outgoing, publish_batch
from services.node.nats import Listen, Server
from tests.cable import free_port

GROUP, BATCH = 32, 500
CASES = 2000
EVENT = os.urandom(360)
HEADERS = {"ce-type": "yifa.enforcement.v1.EvidenceRecorded", "yifa-hash": "0" * 64}
SCHEMA = """
create table cases (id text primary key, state text, version int, record blob);
create table evidence (id text primary key, case_id text, title text, location text, sha256 blob);
create index by_case on evidence (case_id);
create table journal (seq integer primary key, event_id text unique, subject text, data blob, hash blob);
create table reply (request_id text primary key, hash blob, data blob);
"""


def python_call() -> float:
    """Nanoseconds for one call of a small function: the interpreter alone, at its best of some tries."""

    def fib(n: int) -> int:
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    return min(timeit.repeat(lambda: fib(20), number=1, repeat=20)) / 21_891 * 1e9


def grouped_commits(file: Path, seconds: float) -> float:
    """Writes a second of the same shape by hand: 32 to a transaction, one statement a table, each commit durable."""
    new = not file.exists()
    db = sqlite3.connect(file, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    record = os.urandom(960)
    if new:
        db.executescript(SCHEMA)
        cases = [(f"C-{n}", "INVESTIGATING", 1, record) for n in range(CASES)]
        db.executemany("insert into cases values (?, ?, ?, ?)", cases)
    [[seq]] = db.execute("select coalesce(max(seq), 0) from journal")
    done, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < seconds:
        ids = [f"C-{random.randrange(CASES)}" for _ in range(GROUP)]
        seqs = range(seq + 1, seq + 1 + GROUP)
        pairs = list(zip(seqs, ids, strict=True))
        evidence = [(f"E-{n}", i, "title", "location", b"s" * 32) for n, i in pairs]
        entries = [(n, f"V-{n}", i, EVENT, b"h" * 32) for n, i in pairs]
        changed = [(record, i) for i in ids]
        db.execute("BEGIN IMMEDIATE")
        db.execute(f"select * from cases where id in ({','.join('?' * GROUP)})", ids).fetchall()
        db.executemany("update cases set version = version + 1, record = ? where id = ?", changed)
        db.executemany("insert into evidence values (?, ?, ?, ?, ?)", evidence)
        db.executemany("insert into journal values (?, ?, ?, ?, ?)", entries)
        db.executemany("insert into reply values (?, ?, ?)", [(f"R-{n}", b"h" * 32, record) for n in seqs])
        db.execute("COMMIT")
        seq, done = seq + GROUP, done + GROUP
    db.close()
    return done / took


@asynccontextmanager
async def nats(folder: Path) -> AsyncIterator[Client]:
    """A nats-server set up as a node's own."""
    listen = Listen("127.0.0.1", free_port())
    conf = folder / "limits.conf"
    conf.write_text(
        f'listen: "{listen}"\njetstream {{ store_dir: "{folder}/limits", sync_interval: "1s" }}\n'
    )
    server = Server(conf, listen, folder / "limits.log")
    await server.start()
    try:
        client = await connect(server.url)
        await ensure_local_stream(client.jetstream(), "limits")
        yield client
        await client.close()
    finally:
        await server.stop()


async def publishing(folder: Path, seconds: float) -> tuple[float, float]:
    """Messages a second into JetStream: each awaited, and in atomic batches of 500."""
    async with nats(folder) as client:
        js, ids = client.jetstream(), itertools.count()
        done, began = 0, time.perf_counter()
        while (took := time.perf_counter() - began) < seconds:
            await js.publish(
                "evt.city.bench.Event", EVENT, headers=HEADERS | {"Nats-Msg-Id": f"a{next(ids)}"}
            )
            done += 1
        each = done / took
        done, began = 0, time.perf_counter()
        while (took := time.perf_counter() - began) < seconds:
            batch = [
                Outgoing("evt.city.bench.Event", HEADERS | {"Nats-Msg-Id": f"b{next(ids)}"}, EVENT)
                for _ in range(BATCH)
            ]
            await publish_batch(client, batch)
            done += BATCH
        return each, done / took


def publish_rates(folder: Path, seconds: float) -> tuple[float, float]:
    return asyncio.run(publishing(folder, seconds))
