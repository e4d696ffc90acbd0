"""A whole city under its supervisor, as `yifa up` starts it, each link in a cable; taken hold of from outside, by its processes,
its files and its calls alone.
"""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from services.kit.settings import Settings
from services.kit.supervised import Process, read
from services.kit.time import set_clock
from services.node import roster
from services.node.answering import answers, serves
from services.node.callers import Callers
from services.node.plan import DEPARTMENTS, plan
from services.node.up import ROOT
from tests.cable import Cable

CITY = "city"
THREE = (*DEPARTMENTS, ("shichang", "市市场监督管理局", "Market Regulation"))
PATIENCE = 600.0


class Gate:
    """Through which the writers of a node ask it: while it is shut nobody waits for an answer, and nobody asks."""

    def __init__(self) -> None:
        self.open, self.inside = asyncio.Event(), 0
        self.open.set()

    @contextlib.asynccontextmanager
    async def through(self) -> AsyncIterator[None]:
        await self.open.wait()
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1

    @contextlib.asynccontextmanager
    async def shut(self) -> AsyncIterator[None]:
        self.open.clear()
        try:
            while self.inside:
                await asyncio.sleep(0.02)
            yield
        finally:
            self.open.set()


class Town:
    """The city under a folder. `up` are the words that start its supervisor; it is started again whenever it ends, as by a
    machine's own manager of services.
    """

    def __init__(self, var: Path, base: int, up: Sequence[str] = ("tests.chaos.up", "up", "--no-demo")):
        self.var, self.base, self.up = var, base, up
        self.cables: dict[str, Cable] = {}
        self.disks: list[Path] = []
        self.supervisor: asyncio.subprocess.Process | None = None
        self.ends = 0
        """How often the supervisor ended, killed or of its own accord."""
        self.keeping: asyncio.Task[None] | None = None
        self.gates: dict[str, Gate] = {}
        """Who asks a node goes through its gate."""

    def gate(self, node: str) -> "Gate":
        return self.gates.setdefault(node, Gate())

    @classmethod
    def founded(cls, var: Path, base: int) -> "Town":
        """A new one, of three departments."""
        var.mkdir(parents=True, mode=0o700)
        roster.write(var, [roster.Entry(*names, place) for place, names in enumerate(THREE)])
        return cls(var, base)

    @property
    def plan(self) -> Any:
        return plan(self.var, self.base)

    @property
    def nodes(self) -> list[str]:
        return [site.id for site in self.plan.sites]

    @property
    def departments(self) -> list[str]:
        return [site.id for site in self.plan.departments]

    def callers(self) -> Callers:
        made = self.plan
        return Callers(made.targets, lambda subject, node, roles: made.token(subject, node, *roles))

    def database(self, node: str, service: str) -> Path:
        return self.var / node / f"{service}.db"

    # Up and down -------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start it, and keep it up until `stop`."""
        for node in self.nodes:
            self.cables[node] = Cable(self.plan.hub_leaf.port)
            await self.cables[node].mend()
        self.keeping = asyncio.create_task(self.keep_up())
        await self.until(lambda: answers(self.base), "the city is up", 300.0)

    async def keep_up(self) -> None:
        """Start the supervisor, and again whenever it ended."""
        while True:
            await self.spawn()
            assert self.supervisor is not None
            await self.supervisor.wait()
            self.ends += 1
            await asyncio.sleep(0.5)

    @property
    def stands(self) -> bool:
        """Whether the supervisor of now has said that all is up, and is there."""
        found, up = self.supervisor, self.var / "up.json"
        if found is None or found.returncode is not None:
            return False
        with contextlib.suppress(OSError, ValueError):
            return bool(json.loads(up.read_text())["pid"] == found.pid)
        return False

    async def standing(self) -> None:
        """Wait until it has."""

        async def stands() -> bool:
            return self.stands

        await self.until(stands, "the supervisor has started the city")

    async def spawn(self) -> None:
        path = f"{ROOT}:{ROOT / 'proto' / 'gen'}"
        told = {"PYTHONPATH": path, "YIFA_VAR": str(self.var), "YIFA_PORT_BASE": str(self.base)}
        told["YIFA_CABLES"] = json.dumps({node: cable.port for node, cable in self.cables.items()})
        with (self.var.parent / "up.out").open("ab") as out:
            self.supervisor = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *self.up, env={**os.environ, **told}, stdout=out, stderr=out
            )

    async def stop(self) -> None:
        if self.keeping is not None:
            self.keeping.cancel()
            await asyncio.gather(self.keeping, return_exceptions=True)
        if self.supervisor is not None and self.supervisor.returncode is None:
            self.supervisor.send_signal(signal.SIGCONT)
            self.supervisor.send_signal(signal.SIGINT)
            await self.supervisor.wait()
        for cable in self.cables.values():
            await cable.cut()
        for disk in self.disks:
            unmount(disk)

    # Its processes -----------------------------------------------------------------------------------

    def processes(self) -> dict[str, Process]:
        return {p.name: p for p in read(self.var / "supervisor.json")}

    def alive(self, name: str) -> bool:
        found = self.processes().get(name)
        return found is not None and found.alive

    def send(self, name: str, number: int) -> bool:
        """Send a signal to a process of the city, or to its supervisor; says whether it was there."""
        if name == "supervisor":
            there = self.supervisor is not None and self.supervisor.returncode is None
            if there and self.supervisor is not None:
                self.supervisor.send_signal(number)
            return there
        found = self.processes().get(name)
        if found is None or not found.alive:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(found.pid, number)
            return True
        return False

    @contextlib.contextmanager
    def stopped(self, name: str) -> Iterator[bool]:
        """A process hears nothing meanwhile; whether there was one."""
        found = self.processes().get(name)
        there = self.send(name, signal.SIGSTOP)
        try:
            yield there
        finally:
            if name == "supervisor":
                self.send(name, signal.SIGCONT)
            elif there and found is not None and found.alive:
                os.kill(found.pid, signal.SIGCONT)

    async def serving(self, node: str) -> None:
        await self.until(lambda: serves(self.plan.target(node)), f"{node} serves")

    async def until(
        self, holds: Callable[[], Awaitable[Any]], what: str, within: float = PATIENCE, pause: float = 0.2
    ) -> None:
        """Wait until something holds. Raises TimeoutError naming it."""
        deadline = time.monotonic() + within
        while not await holds():
            if time.monotonic() > deadline:
                raise TimeoutError(f"not within {within:.0f} s: {what}")
            await asyncio.sleep(pause)

    # Its disks and clocks ----------------------------------------------------------------------------

    def put_on_disks(self, *below: str) -> None:
        """Give folders a disk each, where this process may mount one: before the city is started."""
        for name in below:
            folder = self.var / name
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            command = ["mount", "-t", "tmpfs", "-o", "size=4g,mode=700", "tmpfs", str(folder)]
            if subprocess.run(command, capture_output=True, check=False).returncode == 0:
                self.disks.append(folder)

    @contextlib.contextmanager
    def full(self, disk: Path) -> Iterator[None]:
        """No room is left on a disk meanwhile."""
        stat = os.statvfs(disk)
        used = (stat.f_blocks - stat.f_bfree) * stat.f_frsize
        resized(disk, str(used + 4096))
        try:
            yield
        finally:
            resized(disk, "4g")

    def set_clock(self, node: str, at: datetime | None) -> None:
        """Let a node's clock show a time; None is the wall's again."""
        set_clock(self.var / Settings.load(self.plan.settings(node)).section("clock")["file"], at)


def unmount(disk: Path) -> None:
    subprocess.run(["umount", "-l", str(disk)], check=False)


def resized(disk: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=False, capture_output=True)
