"""A city whose environment department runs as a process of its own, to be killed -9."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from services.node.answering import serves
from services.node.plan import plan
from tests.cable import free_base
from tests.city import City, running

NODE = "huanbao"


class Process:
    """A node as a process of its own."""

    def __init__(self, city: City, node: str = NODE):
        self.city, self.node = city, node

    async def start(self) -> None:
        settings = self.city.plan.settings(self.node)
        with self.city.plan.log(self.node).open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "services.node",
                str(settings),
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": ".:proto/gen", "YIFA_PARENT": str(os.getpid())},
            )
        target = self.city.plan.target(self.node)
        await self.city.eventually(lambda: serves(target), deadline=40)
        # a channel that was refused does not dial anew at once
        async with asyncio.timeout(40):
            await self.city.channel(self.node).channel_ready()

    async def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def apart(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[City, Process]]:
    """A city whose environment department runs as a process of its own."""
    var: Path = tmp_path_factory.mktemp("apart")
    async for city in running(City(plan(var, free_base(), share=0.0))):
        await city.stop_node(NODE)
        process = Process(city)
        await process.start()
        yield city, process
        if process.process.returncode is None:
            await process.kill()
