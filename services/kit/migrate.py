"""Alembic histories, run at start, forward only: one of the tables that every database has, and one a service.

python -m services.kit.migrate <service> "<what changes>"   writes the next revision of a service
python -m services.kit.migrate kit "<what changes>"         writes the next revision of the kit's own tables
"""

import importlib
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, inspect

from services.kit import store
from services.kit.bytewise import order_by_bytes
from services.kit.settings import BadSettings

HERE = Path(__file__).parent / "migrations"
KIT_VERSIONS, VERSIONS = "alembic_version_kit", "alembic_version"
INDEX = "words_of_"
"""So begin the names of an index of words, and in SQLite of the tables in which it keeps itself."""
OURS = frozenset(store.KitTables.__dataclass_fields__)


class UnknownHistory(BadSettings):
    """The settings name a database that no history of this software leads on from."""


@dataclass(frozen=True)
class History:
    """The revisions of some tables: of the kit's, or of what else is in the metadata of a service."""

    folder: Path
    metadata: MetaData
    versions: str

    def mine(self, name: str) -> bool:
        """Whether a table of a database is one of this history's."""
        return name not in (KIT_VERSIONS, VERSIONS) and (name in OURS) == (self.versions == KIT_VERSIONS)


@cache
def kit_history() -> History:
    """The history of the tables that every service's database has, made once for all the databases that a process opens."""
    metadata = MetaData()
    store.kit_tables(metadata)
    return History(HERE / "versions", metadata, KIT_VERSIONS)


def histories(metadata: MetaData, folder: Path) -> Iterator[History]:
    """What makes up a service's database, in order."""
    yield kit_history()
    yield History(folder, metadata, VERSIONS)


def upgrade(engine: Engine, metadata: MetaData, folder: Path) -> None:
    """Bring a database to the newest revisions, all or none. What is newest already costs a few selects.

    Raises UnknownHistory, and leaves the database as it was, if something else than these histories made it.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # a copy that is being written is waited for
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        for history in histories(metadata, folder):
            _lead_on(connection, history)
        order_by_bytes(connection)


def drift(engine: Engine, metadata: MetaData) -> list[Any]:
    """What differs between a migrated database and the models; nothing, if the histories are complete."""
    with engine.connect() as connection:
        options = {"include_name": lambda name, *_: name is None or modelled(name)}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def modelled(name: str) -> bool:
    """Whether models speak of a table or index by this name: not of what says the revision, nor of an index of words."""
    return name not in (KIT_VERSIONS, VERSIONS) and not name.startswith(INDEX)


def _lead_on(connection: Connection, history: History) -> None:
    """Run the revisions that a database lacks."""
    context = MigrationContext.configure(connection, opts={"version_table": history.versions})
    at, scripts = context.get_current_revision(), _scripts(history.folder)
    if at is not None and at == scripts.get_current_head():
        return
    _known(connection, history, at, scripts)
    missing = [*scripts.iterate_revisions("head", at or "base")]
    if missing:
        with Operations.context(context):
            for revision in reversed(missing):
                revision.module.upgrade()
        context.stamp(scripts, "head")


def _known(connection: Connection, history: History, at: str | None, scripts: ScriptDirectory) -> None:
    """Refuse a database whose tables or revision this history does not know."""
    where = connection.engine.url.render_as_string()
    if at is None:
        tables = set(inspect(connection).get_table_names()) & set(history.metadata.tables)
        if found := sorted(filter(history.mine, tables)):
            raise UnknownHistory(
                f"{where}: was made by another version of Yifa, which kept no {history.versions}: "
                f"it has {', '.join(found)}. There is no way on from it; move it away and start with an empty one."
            )
        return
    known = {r.revision for r in scripts.walk_revisions()}
    if at not in known:
        raise UnknownHistory(
            f"{where}: {history.versions} says {at}, and this version of Yifa knows {', '.join(sorted(known))}. "
            "The database was made by another version."
        )


def unknown_revisions(at: Mapping[str, str], metadata: MetaData, folder: Path) -> str:
    """Which of the revisions that a database is at none of its histories knows; empty when all are known."""
    unknown = []
    for history in histories(metadata, folder):
        known = {r.revision for r in _scripts(history.folder).walk_revisions()}
        if (said := at.get(history.versions, "")) not in known:
            unknown.append(f"{history.versions} {said}")
    return ", ".join(unknown)


@cache
def _scripts(folder: Path) -> ScriptDirectory:
    """The revisions of a history, read once for all the databases that a process opens."""
    return ScriptDirectory(str(HERE), version_locations=[str(folder)])


def _config(connection: Connection, history: History) -> Config:
    config = Config(attributes={"connection": connection, "history": history, "render_item": _plain})
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("version_locations", str(history.folder))
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
    """Write the next revision of a service, or of the kit, from what its models say."""
    name, message = sys.argv[1:]
    history = kit_history()
    if name != "kit":
        service = importlib.import_module(f"services.{name}.__main__").SERVICE
        history = History(service.migrations, service.metadata, VERSIONS)
    history.folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        engine = store.open_store(f"sqlite:///{folder}/scratch.db")
        number = f"{len(list(history.folder.glob('[0-9]*.py'))) + 1:04d}"
        with engine.begin() as connection:
            config = _config(connection, history)
            command.upgrade(config, "head")
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            command.revision(config, message, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main()
