"""The running city that most tests share."""

import gc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

try:
    import yifa.enforcement.v1.case_pb2  # noqa: F401
except ImportError:
    pytest.exit("proto/gen is missing: run `make gen` first", 4)

from services.node.plan import plan
from tests.cable import free_base
from tests.city import City, running

# A busy machine is no finding, and what passes today passes tomorrow: --hypothesis-profile=default takes other ways each time.
settings.register_profile(
    "same ways", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same ways")


def pytest_sessionstart() -> None:
    """Tens of thousands of tests are collected, and none is garbage: the collector would walk them again and again."""
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
