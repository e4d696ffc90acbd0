"""The running city that most tests share, and the database that all are run on."""

import gc
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

try:
    import yifa.enforcement.v1.case_pb2  # noqa: F401
except ImportError:
    pytest.exit("proto/gen is missing: run `make gen` first", 4)

from services.node.plan import plan
from tests import database, memory
from tests.cable import free_base
from tests.city import City, running
from tests.postgres import binaries

# A busy machine is no finding, and what passes today passes tomorrow: --hypothesis-profile=default takes other ways each time.
settings.register_profile(
    "same ways", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same ways")


DATABASES = ("sqlite", "postgres")
OVER = ExitStack()
KEPT, PASSED = pytest.StashKey[Path | None](), pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    said = os.environ.get("YIFA_TEST_DB", "sqlite")
    parser.addoption("--db", choices=DATABASES, default=said, help="where services keep their records")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "of_sqlite(why): is about the file itself that SQLite keeps records in"
    )
    if not hasattr(config, "workerinput"):
        config.stash[KEPT] = memory.move_in()
    if config.getoption("--db") != "postgres":
        return
    if hasattr(config, "workerinput"):
        database.go_on()
    elif binaries() is None:
        pytest.exit("no PostgreSQL binaries: apt install postgresql", 4)
    else:
        database.start(OVER)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    session.config.stash[PASSED] = exitstatus == pytest.ExitCode.OK


def pytest_unconfigure(config: pytest.Config) -> None:
    OVER.close()
    if (folder := config.stash.get(KEPT, None)) is not None:
        memory.move_out(folder, passed=config.stash.get(PASSED, False))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not database.on_postgres():
        return
    for item in items:
        if mark := item.get_closest_marker("of_sqlite"):
            item.add_marker(pytest.mark.skip(reason=f"of SQLite's file: {mark.args[0]}"))


@pytest.fixture
def on_disk() -> Iterator[Path]:
    """A folder on a disk, whatever else a run keeps in memory."""
    with TemporaryDirectory(dir=memory.disk()) as folder:
        yield Path(folder)


@pytest.fixture(scope="module", autouse=True)
def few_databases() -> Iterator[None]:
    """Those of tests that are over are not kept to the end of the run."""
    yield
    if database.on_postgres():
        database.drop_idle()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Tens of thousands of tests are collected, and none is garbage: the collector would walk them again and again. Who only
    hands tests out to workers collects none.
    """
    if not session.config.pluginmanager.has_plugin("dsession"):
        gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    """One city for the whole session: hub, city, huanbao, chengguan. Tests bring their own bodies, officers and cases."""
    var: Path = tmp_path_factory.mktemp("city")
    made = City(plan(var, free_base(), share=0.0), cables=True)
    made.extra = {site.id: SECTORS for site in made.plan.sites}
    async for city in running(made):
        yield city


# Fields that no pack names, and the pack that bodies of theirs go by.
SECTORS = """
[law.sectors]
"海关" = "market"
"""
