"""The extensions of a PostgreSQL database, which has each once: they go with the tables that are in use."""

from sqlalchemy import Connection, text

OF_SCHEMA = text(
    "SELECT extname FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE nspname = :name"
)


def bring_extensions(connection: Connection, kept: str, name: str) -> None:
    """Have the extensions of a schema that is kept in the one that takes its place."""
    for (extension,) in list(connection.execute(OF_SCHEMA, {"name": kept})):
        connection.execute(text(f'ALTER EXTENSION "{extension}" SET SCHEMA "{name}"'))
