from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from services.node.plan import plan
from tests.cable import free_base
from tests.city import running
from tests.notifications.office import Office


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """A city of registry and notifications whose mail and web hooks arrive."""
    var: Path = tmp_path_factory.mktemp("office")
    async for office in running(Office(plan(var, free_base(), share=1.0))):
        yield office
