"""Faults of processes, links, disks and clocks."""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from random import Random

from services.kit.time import wall
from services.node.up import ROOT
from tests.chaos.absent import Absent
from tests.chaos.town import Town

LEAPS = (
    timedelta(seconds=-90), timedelta(seconds=90), timedelta(hours=-1), timedelta(hours=1), timedelta(days=-1),
    timedelta(days=1), timedelta(days=17), timedelta(days=60),
)  # fmt: skip


async def killed(town: Town, name: str, draw: Random) -> None:
    """kill -9. It is started again by the supervisor."""
    await there(town, name)
    if not town.send(name, signal.SIGKILL):
        raise Absent(name)
    await asyncio.sleep(draw.uniform(0, 0.5))


async def there(town: Town, name: str, within: float = 20.0) -> None:
    """Wait until a process is alive. Raises Absent."""

    async def alive() -> bool:
        return town.alive(name)

    try:
        await town.until(alive, f"{name} is alive", within, 0.05)
    except TimeoutError:
        raise Absent(name) from None


async def supervisor_killed(town: Town, _name: str, draw: Random) -> None:
    """Everything ends with it; the next one ends what did not, and starts all of it."""
    if not town.send("supervisor", signal.SIGKILL):
        raise Absent
    was, ends = town.supervisor, town.ends

    async def anew() -> bool:
        return town.supervisor is not was and town.ends > ends and town.stands

    await town.until(anew, "the city is up again after its supervisor was killed")
    await asyncio.sleep(draw.uniform(0, 0.5))


async def stopped(town: Town, name: str, draw: Random) -> None:
    """SIGSTOP: it is there and does nothing."""
    if name != "supervisor":
        await there(town, name)
    with town.stopped(name) as found:
        if not found:
            raise Absent(name)
        await asyncio.sleep(draw.uniform(0.3, 6))


async def second(town: Town, node: str, draw: Random) -> None:
    """A second process of the same node: it is refused and says who serves."""
    await town.serving(node)
    code, said = await ran(town, "services.node", str(town.plan.settings(node)))
    assert code != 0 and "is served by" in said, f"a second process of {node}: {code} {said[-300:]}"
    await asyncio.sleep(draw.uniform(0, 0.2))


async def second_supervisor(town: Town, _name: str, draw: Random) -> None:
    if not town.stands:
        raise Absent
    was = town.supervisor
    code, said = await ran(town, "services.cli", "up", "--no-demo")
    if town.supervisor is not was or not town.stands:
        raise Absent
    assert code == 2 and "a city runs here already" in " ".join(said.split()), f"{code} {said[-300:]}"
    await asyncio.sleep(draw.uniform(0, 0.2))


async def ran(town: Town, *words: str) -> tuple[int, str]:
    """What a process that is to end by itself ends with, and says."""
    path = f"{ROOT}:{ROOT / 'proto' / 'gen'}"
    told = {"PYTHONPATH": path, "YIFA_VAR": str(town.var), "YIFA_PORT_BASE": str(town.base)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *words, env={**os.environ, **told},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        async with asyncio.timeout(60):
            said, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        said, _ = await process.communicate()
        return 0, "it went on: " + said.decode(errors="replace")
    return process.returncode or 0, said.decode(errors="replace")


async def link_cut(town: Town, node: str, draw: Random) -> None:
    await town.cables[node].cut()
    await asyncio.sleep(draw.uniform(0.2, 8))
    await town.cables[node].mend()


async def black_hole(town: Town, node: str, draw: Random) -> None:
    """The link stands and takes everything, and nothing arrives; then all at once, or it breaks."""
    cable = town.cables[node]
    cable.through.clear()
    await asyncio.sleep(draw.uniform(0.5, 10))
    if draw.random() < 0.5:
        await cable.cut()
        await cable.mend()
    cable.through.set()


async def disk_full(town: Town, below: str, draw: Random) -> None:
    with town.full(town.var / below):
        await asyncio.sleep(draw.uniform(0.5, 4))


async def clock_leaps(town: Town, node: str, draw: Random) -> None:
    """The node's clock shows another time, stands there, and goes right again."""
    town.set_clock(node, wall() + draw.choice(LEAPS))
    await asyncio.sleep(draw.uniform(0.5, 5))
    town.set_clock(node, None)
