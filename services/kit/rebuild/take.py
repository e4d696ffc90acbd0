"""A rebuilt database in the place of the live one: at a start of the service, whole or not at all; the old one is kept."""

import logging
import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from services.kit.extensions import bring_extensions
from services.kit.rebuild import beside
from services.kit.rebuild.run import rebuild
from services.kit.service import Service
from services.kit.settings import BadSettings, Settings
from services.kit.store import open_store

log = logging.getLogger(__name__)


def ask(service: Service, settings: Settings, now: datetime) -> str:
    """Have the rebuilt rows taken at the next start. Returns under which name the old ones will be kept. Raises BadSettings
    when nothing was rebuilt to the end.
    """
    kept = f"before_{now:%Y%m%d_%H%M%S}"
    url = settings.database(service.name)
    if not exists(url):
        raise BadSettings(f"{service.name}: nothing was rebuilt yet")
    engine = open_store(beside.url_beside(url))
    with engine.begin() as connection:
        progress = beside.read(connection)
        if not progress.whole:
            raise BadSettings(f"{service.name}: the rebuild did not come to its end yet; start it again")
        progress.kept = kept
        beside.write(connection, progress)
    engine.dispose()
    return kept


def exists(url: str) -> bool:
    if beside.is_file(url):
        return beside.path_beside(url).exists()
    engine = open_store(url)
    try:
        return inspect(engine).has_table("rebuild", schema=beside.SCHEMA)
    finally:
        engine.dispose()


def take_over(service: Service, settings: Settings) -> None:
    """Put rebuilt rows in the place of the live ones, where somebody asked for it: before the service opens its database.

    What was written since is played first: nobody writes now. Where that fails the service starts with the rows that it has.
    """
    url = settings.database(service.name)
    if service.rebuilding is None:
        return
    tidy(url)
    if not exists(url) or not (kept := asked(url)):
        return
    try:
        rebuild(service, settings)
        (swap_files if beside.is_file(url) else swap_schemas)(url, kept)
    except (SQLAlchemyError, sqlite3.Error, OSError, ValueError) as problem:
        log.error("%s: the rebuilt rows are not taken: %r", service.name, problem)
        return
    log.warning("%s: rebuilt rows were taken; the old ones are kept as %s", service.name, kept)


def asked(url: str) -> str:
    """The name under which the old rows are to be kept; empty where nobody asked."""
    engine = open_store(beside.url_beside(url))
    try:
        with engine.connect() as connection:
            return beside.read(connection).kept
    except SQLAlchemyError:  # killed while it was made
        return ""
    finally:
        engine.dispose()


def swap_files(url: str, kept: str) -> None:
    """The old file gets a second name, and the new one takes its first: at each moment a whole database has that name."""
    live, new = beside.path_of(url), beside.path_beside(url)
    for path in (live, new):
        close_log(path)
    old = live.with_name(f"{live.stem}.{kept}{live.suffix}")
    if not old.exists():
        os.link(live, old)
    os.replace(new, live)
    folder = os.open(live.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    tidy(url)


def tidy(url: str) -> None:
    """In the place of the live one it says no more how far it was rebuilt."""
    if beside.is_file(url) and (path := beside.path_of(url)).exists():
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("DROP TABLE IF EXISTS rebuild")
            connection.commit()


def close_log(path: Path) -> None:
    """Bring what stands in a write-ahead log into its file: a log that stayed would be read into the other one.

    Raises OSError while anybody else has it open.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    if (left := path.with_name(f"{path.name}-wal")).exists() and left.stat().st_size:
        raise OSError(f"{path} is in use")


def swap_schemas(url: str, kept: str) -> None:
    """One transaction: the schema is renamed, and the rebuilt one gets its name."""
    engine = open_store(url)
    with engine.begin() as connection:
        name = connection.execute(text("SELECT current_schema()")).scalar_one()
        connection.execute(text(f'ALTER SCHEMA "{name}" RENAME TO "{kept}"'))
        connection.execute(text(f'ALTER SCHEMA "{beside.SCHEMA}" RENAME TO "{name}"'))
        connection.execute(text(f'DROP TABLE "{name}".rebuild'))
        bring_extensions(connection, kept, name)
    engine.dispose()
