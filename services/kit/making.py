"""A PostgreSQL database that is not there yet, and is made."""

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from services.kit.settings import BadSettings

MAINTENANCE = "postgres"
"""The database that every server has, to ask of the others."""
BYTEWISE = sql.SQL(" ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'")
"""Texts stand in the order of their bytes, as in SQLite. What a letter is, pg_trgm is told by the character type: by `C` no
Chinese sign is one, and its index would find no piece of it.
"""
PROVIDED_SINCE = 150_000
THERE = "SELECT 1 FROM pg_database WHERE datname = %s"
PASSED = (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation)


def ensure(url: str, template: str = "") -> None:
    """Make a database where there is none. Raises BadSettings when the user may not."""
    where = make_url(url)
    try:
        psycopg.connect(plain(where)).close()
    except psycopg.OperationalError:
        make(where, template)


def there(url: str) -> bool:
    """Whether the server has a database by this name. Raises OperationalError when it does not answer."""
    where = make_url(url)
    with psycopg.connect(plain(where.set(database=MAINTENANCE))) as server:
        return server.execute(THERE, (where.database,)).fetchone() is not None


def plain(url: URL) -> str:
    """The URL as PostgreSQL's own library reads it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def make(url: URL, template: str) -> None:
    """Make the database unless it is there. A server that does not answer is left to whoever opens the database."""
    name = str(url.database)
    try:
        server = psycopg.connect(plain(url.set(database=MAINTENANCE)), autocommit=True)
    except psycopg.OperationalError:
        return
    with server:
        if server.execute(THERE, (name,)).fetchone() is not None:
            return
        try:
            create(server, name, template)
        except PASSED:
            return
        except psycopg.Error as wrong:
            said = (wrong.diag.message_primary or str(wrong)).strip()
            raise BadSettings(
                f"数据库 {name} 不存在，且未能建立。There is no database {name}, and it could not be made: {said}. "
                f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
            ) from None


def create(server: psycopg.Connection, name: str, template: str) -> None:
    made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(template or "template0")
    )
    if template:
        server.execute(made)
        return
    provided = " LOCALE_PROVIDER 'libc'" if server.info.server_version >= PROVIDED_SINCE else ""
    server.execute(made + BYTEWISE + sql.SQL(provided))
