"""Alembic histories: one a service, run at start, forward only.

python -m services.kit.migrate <service> "<what changes>"   writes the next revision of a service
"""

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData

from services.kit import store

HERE = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, metadata: MetaData, folder: Path) -> None:
    """Bring a database to the newest revision. What is newest already costs one select."""
    with engine.begin() as connection:
        command.upgrade(_config(connection, metadata, folder), "head")


def drift(engine: Engine, metadata: MetaData) -> list[Any]:
    """What differs between a migrated database and the models; nothing, if the history is complete."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def _config(connection: Any, metadata: MetaData, folder: Path) -> Config:
    config = Config(attributes={"connection": connection, "metadata": metadata, "render_item": _plain})
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("version_locations", str(folder))
    config.set_main_option("path_separator", "os")
    return config


def _plain(kind: str, thing: Any, _context: Any) -> str | bool:
    """Migrations name SQL's own types, so that they go on working when our type classes change."""
    if kind != "type":
        return False
    if isinstance(thing, store.Instant):
        return "sa.BigInteger()"
    if isinstance(thing, store.JsonList):
        return "sa.JSON()"
    if type(thing).__name__ == "AutoString":
        return "sa.String()"
    return False


def main() -> None:
    """Write the next revision of a service from what its models say."""
    name, message = sys.argv[1:]
    service = importlib.import_module(f"services.{name}.__main__").SERVICE
    service.migrations.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        engine = store.open_store(f"sqlite:///{folder}/scratch.db")
        upgrade(engine, service.metadata, service.migrations)
        number = f"{len(list(service.migrations.glob('[0-9]*.py'))) + 1:04d}"
        with engine.begin() as connection:
            config = _config(connection, service.metadata, service.migrations)
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            command.revision(config, message, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main()
