"""The databases of nodes as of one moment, while their services write on.

For some milliseconds no transaction is open in any of them: then each gets a reader that sees just this, and all write again.
So what one service had heard of another is never ahead of what that other one has.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, text

from services.kit.backup.postgres import dump
from services.kit.rebuild.beside import is_file, path_of
from services.kit.store import open_store

K = TypeVar("K")
PATIENCE = 60.0
QUIET = "LOCK TABLE head, position, reply, parked IN EXCLUSIVE MODE"


@dataclass(frozen=True)
class Held:
    """A database as of that moment."""

    url: str
    file: sqlite3.Connection | None = None
    connection: Connection | None = None
    snapshot: str = ""

    @property
    def form(self) -> str:
        return "sqlite" if self.file is not None else "postgresql"

    def save(self, to: Path) -> None:
        """Write it out as one file."""
        if self.file is None:
            return dump(self.url, self.snapshot, to)
        with closing(sqlite3.connect(to)) as target:
            self.file.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")

    @contextmanager
    def read(self, saved: Path) -> Iterator[Connection]:
        """A connection to what was saved, or to what it was saved from, as of then."""
        if self.connection is not None:
            yield self.connection
            return
        engine: Engine = create_engine(f"sqlite:///{saved}")
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()


@contextmanager
def at_one_moment(urls: Mapping[K, str]) -> Iterator[dict[K, Held]]:
    """Every database as of one moment. Those that do not exist yet are left out."""
    there = {key: url for key, url in urls.items() if not is_file(url) or path_of(url).exists()}
    with ExitStack() as held:
        with ExitStack() as still:
            for url in there.values():
                still.enter_context(quiet(url))
            found = {key: held.enter_context(seen(url)) for key, url in there.items()}
        yield found


@contextmanager
def quiet(url: str) -> Iterator[None]:
    """Nobody writes into it meanwhile: who wants to waits."""
    if is_file(url):
        with closing(opened(url)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")
        return
    engine = open_store(url)
    try:
        with engine.connect() as writing, writing.begin() as transaction:
            writing.execute(text(QUIET))
            yield
            transaction.rollback()
    finally:
        engine.dispose()


@contextmanager
def seen(url: str) -> Iterator[Held]:
    """It as it is now, however much is written from here on."""
    if is_file(url):
        with closing(opened(url)) as connection:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield Held(url, file=connection)
        return
    engine = open_store(url)
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as reading:
            snapshot = str(reading.execute(text("SELECT pg_export_snapshot()")).scalar_one())
            yield Held(url, connection=reading, snapshot=snapshot)
            reading.rollback()
    finally:
        engine.dispose()


def opened(url: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path_of(url)}?mode=rw", uri=True, isolation_level=None, timeout=PATIENCE)
