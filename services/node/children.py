"""What a city runs: its processes and servers, each with what is on file of it, and how they are ended."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from services.kit.supervised import Process
from services.node.nats import Server
from services.node.nats.unfit import Told

GRACE = 10.0


@dataclass
class Child:
    """One Python process of the city, and what is on file of it."""

    process: Process
    arguments: list[str]
    running: asyncio.subprocess.Process | None = None
    leaving: bool = False
    """It is to end, and not to be started again."""
    renewing: bool = False
    """It is to end and to be started again at once: it has something new to read."""

    @property
    def name(self) -> str:
        return self.process.name

    @property
    def ended(self) -> bool:
        return self.running is not None and self.running.returncode is not None


@dataclass
class Served:
    """One NATS server of the city, and what is on file of it."""

    process: Process
    server: Server
    leaving: bool = False
    told: Told | None = None
    """What its log was told since it was started."""

    @property
    def name(self) -> str:
        return self.process.name


async def end(processes: Iterable[asyncio.subprocess.Process]) -> None:
    """End processes; what does not end in time is killed."""
    living = [process for process in processes if process.returncode is None]
    for process in living:
        process.terminate()
    if not living:
        return
    _, late = await asyncio.wait([asyncio.create_task(p.wait()) for p in living], timeout=GRACE)
    for process in living:
        if late and process.returncode is None:
            process.kill()
            await process.wait()
