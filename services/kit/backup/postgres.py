"""PostgreSQL's own tools: a database written out as of an exported snapshot, and put back."""

import glob
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from services.kit.backup.manifest import BadCopy
from services.kit.extensions import bring_extensions
from services.kit.making import ensure, there
from services.kit.rebuild.beside import SCHEMA
from services.kit.store import open_store

BEFORE = "before_"


def tool(name: str) -> str:
    """A program of PostgreSQL: the one on the path, or the newest that Debian has installed. Raises BadCopy."""
    debian = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda p: int(p.split("/")[4]))
    found = debian[-1] if debian else shutil.which(name)
    if not found:
        raise BadCopy(f"缺少程序 {name} is missing：请安装 install postgresql-client")
    return found


def run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BadCopy(f"{Path(words[0]).name}：{done.stderr.strip()[-500:]}")


def dump(url: str, snapshot: str, to: Path) -> None:
    """Write a database out, in PostgreSQL's own compressed form."""
    run(
        tool("pg_dump"),
        "--format=custom",
        "--no-owner",
        f"--exclude-schema={BEFORE}*",
        f"--exclude-schema={SCHEMA}",
        f"--snapshot={snapshot}",
        f"--file={to}",
        f"--dbname={url}",
    )


def in_use(url: str) -> bool:
    """Whether anybody else is connected to a database; to one that is not there yet, nobody is."""
    if not there(url):
        return False
    engine = open_store(url)
    asked = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    try:
        with engine.connect() as connection:
            return bool(connection.execute(text(asked)).scalar_one())
    finally:
        engine.dispose()


def put_back(url: str, file: Path, now: datetime) -> str:
    """Put a database back; one that is not there is made. The tables that are there are kept in a schema of another name, which
    is returned; empty for none.
    """
    ensure(url)
    kept = f"{BEFORE}{now:%Y%m%d_%H%M%S}"
    engine = open_store(url)
    try:
        with engine.begin() as connection:
            name = connection.execute(text("SELECT current_schema()")).scalar_one()
            tables = text("SELECT count(*) FROM pg_tables WHERE schemaname = :name")
            there = connection.execute(tables, {"name": name}).scalar_one()
            if there:
                connection.execute(text(f'ALTER SCHEMA "{name}" RENAME TO "{kept}"'))
                connection.execute(text(f'CREATE SCHEMA "{name}"'))
                bring_extensions(connection, kept, name)
    finally:
        engine.dispose()
    run(
        tool("pg_restore"),
        "--no-owner",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={url}",
        str(file),
    )
    return kept if there else ""
