import pytest_asyncio

from tests.registry.town import Town


@pytest_asyncio.fixture(scope="session")
async def town(tmp_path_factory):
    town = Town(tmp_path_factory.mktemp("town"))
    try:
        await town.start()
        yield town
    finally:
        await town.stop()
