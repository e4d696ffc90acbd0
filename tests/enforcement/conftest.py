"""The department that the enforcement tests share; each test brings its own body, officers and cases."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.enforcement.department import Department
from tests.enforcement.handing_in import SIZE
from tests.enforcement.outside_world import build
from tests.enforcement.samples import START


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def node(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Department]:
    department = Department(tmp_path_factory.mktemp("department"))
    await department.start()
    await department.benchmark()
    yield department
    await department.stop()


@pytest.fixture
def department(node: Department) -> Iterator[Department]:
    """The department on the morning of Monday, 2 March 2026."""
    node.now = START
    yield node
    assert not node.task.done(), "the node must outlive every test"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Bytes of their own for each test."""
    file = tmp_path / "现场.jpg"
    file.write_bytes(os.urandom(SIZE))
    return file


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Department]:
    """A department that knows all that the records of tests/law/records.py name."""
    d = await build(tmp_path_factory.mktemp("world"))
    yield d
    await d.stop()
