"""The database that the migrations make is the one that the models mean."""

from pathlib import Path

from services.kit.migrate import drift, upgrade
from services.kit.store import open_store
from services.supervision.__main__ import SERVICE


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path}/supervision.db")

    upgrade(engine, SERVICE.metadata, SERVICE.migrations)

    assert drift(engine, SERVICE.metadata) == []
