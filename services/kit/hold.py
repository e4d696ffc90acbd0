"""One process a database: who serves it holds it, and the hold goes with the process, however that ends.

Two processes of one service would each keep rows and the journal's end in memory, and publish one journal twice. On SQLite the
hold is a lock on a file beside the database, on PostgreSQL an advisory lock of the schema: both belong to the process and not to
what it wrote, so a killed one leaves nothing to be cleaned up.
"""

import fcntl
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from services.kit.settings import BadSettings
from services.kit.store import driven

PATIENCE = 2.0
"""So long is waited for who is about to end: a drained process, or a connection whose end the database has not seen yet."""
PAUSE = 0.1
YIFA = 0x79696661
SQLITE = "sqlite:///"


class Taken(BadSettings):
    """Another process serves this database; the message says which."""


class FileHold:
    """The lock beside a SQLite database."""

    def __init__(self, url: str, title: str):
        self.path = Path(f"{url.removeprefix(SQLITE)}.lock")
        self.title = title
        self.descriptor = -1

    def take(self) -> str:
        """Take it; who has it, where somebody has."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            whose = os.pread(descriptor, 200, 0).decode(errors="replace").strip()
            os.close(descriptor)
            return whose or "another process"
        except OSError:
            os.close(descriptor)
            raise
        self.descriptor = descriptor
        with suppress(OSError):  # held also where no room is left to say by whom
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"process {os.getpid()} ({self.title})\n".encode(), 0)
        return ""

    def keep(self) -> None:
        """A file's lock is never lost while the process lives."""

    def release(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


class SchemaHold:
    """The advisory lock of a PostgreSQL schema, on a connection of its own."""

    def __init__(self, url: str, title: str):
        self.name = f"yifa {title} {os.getpid()}"[:63]
        options = {"application_name": self.name}
        self.engine = create_engine(driven(url), connect_args=options, poolclass=NullPool)
        self.title = title
        self.connection: Connection | None = None

    def take(self) -> str:
        """Take it; who has it, where somebody has."""
        connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            schema = connection.scalar(text("SELECT current_schema()"))
            keys = {"yifa": YIFA, "schema": crc32(str(schema).encode()) & 0x7FFFFFFF}
            if connection.scalar(text("SELECT pg_try_advisory_lock(:yifa, :schema)"), keys):
                # a machine that is cut off does not hold it for hours
                connection.execute(text("SET tcp_keepalives_idle = 10"))
                connection.execute(text("SET tcp_keepalives_interval = 5"))
                connection.execute(text("SET tcp_keepalives_count = 3"))
                self.connection = connection
                return ""
            whose = connection.scalar(text(WHOSE), keys)
        except BaseException:
            connection.close()
            raise
        connection.close()
        return whose or "another process"

    def keep(self) -> None:
        """Look whether it is still there; a connection that broke is made anew. Raises Taken when somebody else came first.

        The database may not have seen the end of a connection yet: who lets go is waited for, and as long as it is this process's
        own that was lost, nobody else can have it.
        """
        try:
            if self.connection is not None:
                self.connection.execute(text("SELECT 1"))
                return
        except DBAPIError:
            self.release()
        try:
            whose = patiently(self.take, PATIENCE)
        except DBAPIError:
            return  # the database does not answer: nobody can have taken it
        if whose and not whose.startswith(f"{self.name},"):
            raise Taken(refusal(self.title, whose))

    def release(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()


WHOSE = """
SELECT a.application_name || ', database process ' || a.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted AND l.classid::bigint = :yifa AND l.objid::bigint = :schema
AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
Hold = FileHold | SchemaHold


def hold(url: str, title: str, within: float = PATIENCE) -> Hold:
    """Hold a database for this process. Raises Taken when another one does not let go of it in time, BadSettings for a folder
    that cannot be written to.
    """
    taking = FileHold(url, title) if url.startswith(SQLITE) else SchemaHold(url, title)
    try:
        whose = patiently(taking.take, within)
    except OSError as wrong:
        raise BadSettings(
            f"{title}: {wrong.filename}: {wrong.strerror}; the database cannot be written"
        ) from None
    if whose:
        raise Taken(refusal(title, whose))
    return taking


def patiently(take: Callable[[], str], within: float) -> str:
    """Try for so long; who has it then, where somebody has."""
    deadline = time.monotonic() + within
    while (whose := take()) and time.monotonic() <= deadline:
        time.sleep(PAUSE)
    return whose


def refusal(title: str, whose: str) -> str:
    return (
        f"{title}: 本服务的数据库正由 {whose} 使用，未启动。The database of this service is served by {whose}: not started. "
        "End that process first, or name another database in [database] url"
    )
