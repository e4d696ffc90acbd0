"""The database beside the live one, in which rows are built anew: a file beside the file, or a schema beside the schema."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from services.kit.journal import GENESIS
from services.kit.migrate import upgrade
from services.kit.service import Service
from services.kit.settings import Settings
from services.kit.store import kit_tables, open_store

SCHEMA = "rebuilt"
FILE = "sqlite:///"
MADE = (
    "CREATE TABLE IF NOT EXISTS rebuild (id INTEGER PRIMARY KEY, position BIGINT NOT NULL, entry BIGINT NOT NULL, "
    "work TEXT NOT NULL, unlike TEXT NOT NULL, whole INTEGER NOT NULL, kept TEXT NOT NULL)"
)


@dataclass
class Progress:
    """How far a rebuild has got: up to which event told, which entry of the own journal, which work; what was announced
    otherwise than live; whether all was carried over and compared; under which name the old one is kept once this is taken.
    """

    position: int = 0
    entry: int = 0
    work: str = ""
    unlike: list[str] = field(default_factory=list)
    whole: bool = False
    kept: str = ""


def url_beside(url: str) -> str:
    """Where the rows of the database at `url` are built anew."""
    if url.startswith(FILE):
        return f"{FILE}{path_beside(url)}"
    sign = "&" if "?" in url else "?"
    return f"{url}{sign}options=-csearch_path%3D{SCHEMA}"


def path_of(url: str) -> Path:
    return Path(url.removeprefix(FILE))


def path_beside(url: str) -> Path:
    live = path_of(url)
    return live.with_name(f"{live.stem}.rebuilt{live.suffix}")


def is_file(url: str) -> bool:
    return url.startswith(FILE)


def open_beside(service: Service, settings: Settings) -> Engine:
    """The database beside, made where there is none, at the newest revisions."""
    url = settings.database(service.name)
    if not is_file(url):
        live = open_store(url)
        with live.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        live.dispose()
    engine = open_store(url_beside(url))
    upgrade(engine, service.metadata, service.migrations)
    kit = kit_tables(service.metadata)
    with engine.begin() as connection:
        connection.execute(text(MADE))
        if connection.execute(text("SELECT id FROM rebuild")).first() is None:
            write(connection, Progress(), fresh=True)
            connection.execute(kit.head.insert(), {"id": 1, "seq": 0, "hash": GENESIS})
    return engine


def forget(service: Service, settings: Settings) -> None:
    """Drop what was built beside."""
    url = settings.database(service.name)
    if is_file(url):
        for more in ("", "-wal", "-shm"):
            path_beside(url).with_name(path_beside(url).name + more).unlink(missing_ok=True)
        return
    live = open_store(url)
    with live.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
    live.dispose()


def read(connection: Connection) -> Progress:
    row = connection.execute(
        text("SELECT position, entry, work, unlike, whole, kept FROM rebuild WHERE id = 1")
    ).one()
    return Progress(row.position, row.entry, row.work, json.loads(row.unlike), bool(row.whole), row.kept)


def write(connection: Connection, progress: Progress, *, fresh: bool = False) -> None:
    """Say how far it has got, in the transaction of what got it there."""
    said: dict[str, Any] = {
        "position": progress.position,
        "entry": progress.entry,
        "work": progress.work,
        "unlike": json.dumps(progress.unlike, ensure_ascii=False),
        "whole": int(progress.whole),
        "kept": progress.kept,
    }
    names = ", ".join(said)
    if fresh:
        marks = ", ".join(f":{name}" for name in said)
        # names of a class of ours, values bound
        connection.execute(text(f"INSERT INTO rebuild (id, {names}) VALUES (1, {marks})"), said)  # noqa: S608
        return
    # names of a class of ours, values bound
    marks = ", ".join(f"{name} = :{name}" for name in said)
    connection.execute(text(f"UPDATE rebuild SET {marks} WHERE id = 1"), said)  # noqa: S608
