"""The office of these tests: one running supervision service a test, on a database of its own."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.kit.migrate import upgrade
from services.kit.store import open_store
from services.supervision.__main__ import SERVICE
from tests.supervision.office import CITY, Office, running_office


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, migrated once: copying it is quicker than a history a test."""
    path: Path = tmp_path_factory.mktemp("migrated") / "supervision.db"
    engine = open_store(f"sqlite:///{path}")
    upgrade(engine, SERVICE.metadata, SERVICE.migrations)
    engine.dispose()
    return path


@pytest.fixture
async def office(tmp_path: Path, migrated: Path) -> AsyncIterator[Office]:
    (tmp_path / CITY).mkdir()
    shutil.copy(migrated, tmp_path / CITY)
    async with running_office(tmp_path, supervision={"certificate_grace_seconds": 0.2}) as office:
        yield office
