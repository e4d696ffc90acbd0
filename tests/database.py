"""The database of every service that a test starts: SQLite, or with `--db postgres` one server for the whole run.

Services are told of it by the environment, as an operator would tell them: so those in processes of their own go by it too.
Each has a database by its folder and node, copied from one that was migrated once; the least recently used are dropped.
"""

import atexit
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Self

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from services.cli.verifying import verify_file
from services.kit.backup.postgres import run, tool
from services.kit.found import found
from services.kit.making import create, plain
from services.kit.migrate import upgrade
from services.kit.settings import Settings
from services.kit.store import driven, open_store
from services.node.serve import service
from services.node.verifying import Checked
from tests.postgres import server

SERVICES = ("registry", "enforcement", "supervision", "notifications")
URL, TEMPLATE = "YIFA_DATABASE_URL", "YIFA_DATABASE_TEMPLATE"
OF_A_RUN = "{home}_{node}_{service}"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
MOST = 60
IDLE = """
SELECT datname FROM pg_database d WHERE starts_with(datname, %s)
AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid) ORDER BY oid
"""


def on_postgres() -> bool:
    """Whether this run keeps its records in PostgreSQL."""
    return os.environ.get(URL, "").endswith(OF_A_RUN)


def start(over: ExitStack) -> None:
    """Start the server of the run, with a migrated database of each service to be copied."""
    url = over.enter_context(server())
    with psycopg.connect(f"{url}postgres", autocommit=True) as admin:
        for name in SERVICES:
            create(admin, f"ready_{name}", "")
            migrate(f"{url}ready_{name}", name)
    os.environ[URL], os.environ[TEMPLATE] = f"{url}{WORKER}_{OF_A_RUN}", "ready_{service}"


def go_on() -> None:
    """Name those of a worker of the run apart: it drops none of another's."""
    os.environ[URL] = os.environ[URL].replace("/main_", f"/{WORKER}_")


def migrate(url: str, name: str) -> None:
    its = service(name)
    engine = open_store(url)
    upgrade(engine, its.metadata, its.migrations)
    engine.dispose()


def make_ready(settings: Settings) -> None:
    """Give the services of a new node databases that were migrated once: copying them is quicker than a history a test."""
    if on_postgres():
        return
    for name in settings.services:
        kind, _, file = settings.database(name).partition(":///")
        if kind == "sqlite" and not Path(file).exists():
            Path(file).parent.mkdir(exist_ok=True)
            shutil.copyfile(_migrated(name), file)


@cache
def _migrated(name: str) -> Path:
    """An empty database of a service, for as long as this process runs."""
    folder = tempfile.mkdtemp(prefix="yifa-migrated-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    migrate(f"sqlite:///{folder}/{name}.db", name)
    return Path(folder) / f"{name}.db"


def drop_idle() -> None:
    """Drop this worker's oldest databases that nobody is connected to, beyond as many as a few tests need."""
    url = make_url(driven(os.environ[URL])).set(database="postgres")
    with psycopg.connect(plain(url), autocommit=True) as admin:
        idle = [name for (name,) in admin.execute(IDLE, (f"{WORKER}_",))]
        for name in idle[:-MOST]:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def lose_databases(of: Path) -> None:
    """A node's folder is gone: so are its databases where they are not in it."""
    if not on_postgres():
        return
    urls = [make_url(url_of(of / f"{name}.db")) for name in SERVICES]
    with psycopg.connect(plain(urls[0].set(database="postgres")), autocommit=True) as admin:
        for url in urls:
            admin.execute(sql.SQL("DROP DATABASE {} (FORCE)").format(sql.Identifier(str(url.database))))


class Opened:
    """A database of PostgreSQL, asked as one of SQLite is."""

    def __init__(self, url: str):
        self.connection = psycopg.connect(url)

    def execute(self, statement: str, values: Any = ()) -> Any:
        return self.connection.execute(re.sub(r"\?", "%s", statement.replace("%", "%%")), values)

    def commit(self) -> None:
        self.connection.commit()

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: Any, *_: object) -> None:
        if kind is None:
            self.commit()
        else:
            self.connection.rollback()


def url_of(file: Path) -> str:
    """The database of the service that would keep its records in this file, migrated if it is new."""
    if not on_postgres():
        return f"sqlite:///{file}"
    told = Settings(file.parent.parent / "x.toml", file.parent.name, "", "", "", "", (), {})
    return found(told, file.stem)


@contextmanager
def opened(file: Path) -> Iterator[Any]:
    """The same, opened: committed and closed at the end."""
    connection = Opened(url_of(file)) if on_postgres() else sqlite3.connect(file)
    with closing(connection), connection:
        yield connection


def asked(file: Path, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows that a select finds there."""
    with opened(file) as database:
        return [tuple(row) for row in database.execute(statement, values).fetchall()]


def verified(file: Path, *against: Path) -> Checked:
    """What `yifa verify --database` says of it, held against what others received."""
    its, *others = [url_of(each) if on_postgres() else each for each in (file, *against)]
    return verify_file(its, file.parent.name, file.stem, others)


def copied(source: Path, to: Path) -> None:
    """Copy a database that may be in use, as of one moment."""
    if on_postgres():
        with tempfile.NamedTemporaryFile() as dump:
            run(tool("pg_dump"), "--format=custom", f"--file={dump.name}", f"--dbname={url_of(source)}")
            run(tool("pg_restore"), "--clean", "--if-exists", f"--dbname={url_of(to)}", dump.name)
        return
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(to)) as copy:
        live.backup(copy)


def sound(file: Path) -> bool:
    """Whether SQLite finds its file whole; PostgreSQL sees to that itself."""
    return on_postgres() or asked(file, "pragma integrity_check") == [("ok",)]
