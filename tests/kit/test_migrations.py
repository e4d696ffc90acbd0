"""The histories of the tables: what they make is what the models say, and they refuse what they did not make."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, MetaData, create_engine, inspect, text

from services.kit.migrate import UnknownHistory, drift, kit_history, upgrade
from services.kit.store import open_store
from tests.postgres import binaries, server

NAMES = ("registry", "enforcement", "supervision", "notifications")
SERVICES = [importlib.import_module(f"services.{name}.__main__").SERVICE for name in NAMES]
no_postgres = pytest.mark.skipif(binaries() is None, reason="no PostgreSQL binaries: apt install postgresql")


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with server() as url:
        with psycopg.connect(f"{url}postgres", autocommit=True) as admin:
            for name in ("kit", *NAMES):
                admin.execute(f"CREATE DATABASE {name}")
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=no_postgres)])
def place(request: Any, tmp_path: Path) -> Any:
    """Where new databases are: a URL but for the name."""
    return f"sqlite:///{tmp_path}/" if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.mark.parametrize("owner", SERVICES, ids=NAMES)
def test_each_history_makes_what_the_models_say(owner: Any, place: str) -> None:
    engine = open_store(f"{place}{owner.name}")
    upgrade(engine, owner.metadata, owner.migrations)
    upgrade(engine, owner.metadata, owner.migrations)

    assert drift(engine, owner.metadata) == []
    assert partial(engine) == {
        index.name
        for table in owner.metadata.tables.values()
        for index in table.indexes
        if index.dialect_options[engine.dialect.name]["where"] is not None
    }
    engine.dispose()


def test_the_kits_tables_come_from_a_history_of_their_own(place: str, tmp_path: Path) -> None:
    engine = open_store(f"{place}kit")
    upgrade(engine, MetaData(), tmp_path)

    assert drift(engine, kit_history().metadata) == []
    for owner in SERVICES:
        [first] = owner.migrations.glob("0001*.py")
        assert not any(f'"{name}"' in first.read_text() for name in ("journal", "reply", "parked", "sender"))
    engine.dispose()


def test_what_another_version_made_is_refused_and_left_alone(tmp_path: Path) -> None:
    owner = SERVICES[-1]
    engine = open_store(f"sqlite:///{tmp_path}/older.db")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE journal (seq INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('0001')"))

    with pytest.raises(UnknownHistory, match="made by another version of Yifa"):
        upgrade(engine, owner.metadata, owner.migrations)

    assert inspect(engine).get_table_names() == ["alembic_version", "journal"]


@pytest.mark.parametrize("versions", ["alembic_version", "alembic_version_kit"])
def test_what_a_newer_version_made_is_refused(versions: str, tmp_path: Path) -> None:
    owner = SERVICES[-1]
    engine = open_store(f"sqlite:///{tmp_path}/newer.db")
    upgrade(engine, owner.metadata, owner.migrations)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {versions} SET version_num = '9999'"))

    with pytest.raises(UnknownHistory, match=f"newer.db: {versions} says 9999, .* knows 0001"):
        upgrade(engine, owner.metadata, owner.migrations)


def test_a_table_that_only_a_service_has_is_refused_too(tmp_path: Path) -> None:
    """The kit's tables as they should be, and somebody else's in place of the service's: neither is touched."""
    owner = SERVICES[-1]
    engine = create_engine(f"sqlite:///{tmp_path}/other.db")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE contact (recipient VARCHAR)"))

    with pytest.raises(UnknownHistory, match="it has contact"):
        upgrade(engine, owner.metadata, owner.migrations)


def partial(engine: Engine) -> set[str]:
    """The indexes of a database that have a condition."""
    everything = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    }
    with engine.connect() as connection:
        return {
            name
            for name, sql in connection.execute(text(everything[engine.dialect.name]))
            if " WHERE " in sql
        }
