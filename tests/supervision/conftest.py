"""The office of these tests: one running supervision service a test, on a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.supervision.office import Office, running_office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with running_office(tmp_path, supervision={"certificate_grace_seconds": 0.2}) as office:
        yield office
