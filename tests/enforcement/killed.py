"""A department whose enforcement runs as a process of its own, to be killed -9 in the middle of what its people do."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.message import Message
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc

from services.given.say import request
from services.kit.dial import Target, channel
from services.node.answering import serves
from tests.cable import free_port
from tests.database import asked
from tests.enforcement.department import Department
from tests.enforcement.samples import NODE, Dossier, Who
from tests.trust import trusted

Step = tuple[str, Who, Callable[["Life"], dict[str, Any]]]
"""An act, who does it, and what it says once the acts before it were answered."""


class Life:
    """Acts on one record, one after another. What was not answered is asked again in the same words, with the same request_id."""

    def __init__(self, dossier: Dossier, *steps: Step) -> None:
        self.dossier, self.steps = dossier, steps
        self.replies: list[Any] = []
        self.asked: list[Message] = []

    async def go(self, d: "Killed") -> None:
        for name, by, says in self.steps[len(self.replies) :]:
            if len(self.asked) == len(self.replies):
                self.asked.append(request("enforcement", name, **says(self)))
            self.replies.append(await d.send(name, by, self.asked[-1]))
            d.count_answer()


class Killed(Department):
    """What is given comes from a node in this process; from `apart` on the same database is served by a process of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.port = free_port()
        with (folder / "node.toml").open("a") as settings:
            settings.write(f'[grpc]\nlisten = "127.0.0.1:{self.port}"\n')
        self.file = folder / NODE / "enforcement.db"
        self.answered = self.dies_at = 0

    @property
    def target(self) -> Target:
        return trusted(self.folder, NODE, self.port)

    def count_answer(self) -> None:
        self.answered += 1
        if self.answered == self.dies_at:
            self.process.send_signal(signal.SIGKILL)

    async def apart(self) -> None:
        await self.stop()
        await self.rise()

    async def rise(self) -> None:
        await self.channel.close()
        command = [sys.executable, "-m", "services.enforcement", str(self.folder / "node.toml")]
        self.process = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, "PYTHONPATH": ".:proto/gen"}, stderr=asyncio.subprocess.DEVNULL
        )
        async with asyncio.timeout(60):
            while not await serves(self.target):
                await asyncio.sleep(0.02)
        self.channel = channel(self.target)
        self.stub = rpc.EnforcementServiceStub(self.channel)

    async def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def send(self, name: str, by: Who, asked: Message) -> Any:
        return await getattr(self.stub, name)(asked, metadata=self.metadata(by), timeout=30)

    async def cut(self, lives: Iterable[Life]) -> None:
        """Let all lives go on at once, kill the process when a third of their acts are answered, start it, let them end.

        What was answered last before the kill is asked once more, and is answered as it was.
        """
        lives = list(lives)
        acts = sum(len(life.steps) for life in lives)
        self.answered, self.dies_at = 0, acts // 3

        async def go(life: Life) -> None:
            with contextlib.suppress(grpc.aio.AioRpcError):
                await life.go(self)

        await asyncio.gather(*map(go, lives))
        assert self.dies_at <= self.answered < acts, "killed in the middle"
        await self.process.wait()
        cut = [len(life.replies) for life in lives]
        await self.rise()
        for life, count in zip(lives, cut, strict=True):
            if count:
                name, by, _ = life.steps[count - 1]
                assert await self.send(name, by, life.asked[count - 1]) == life.replies[count - 1]
        await asyncio.gather(*(life.go(self) for life in lives))

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        return asked(self.file, statement, *values)

    def traces(self) -> dict[str, int]:
        """How much people have caused, by the journal."""
        [(count,)] = self.rows("select count(*) from journal where actor not like 'system:%'")
        return {"journal": count}

    def told(self, subject: str) -> list[str]:
        """The events about a record, people's and the node's own, in order; the clocks' reminders are left out."""
        found = self.rows("select type from journal where subject = ? order by seq", subject)
        names = [name.rpartition(".")[2] for (name,) in found]
        return [name for name in names if not name.startswith("Deadline")]
