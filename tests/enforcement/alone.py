"""An enforcement service in a process of its own, without a bus, that knows one body: to be killed, or measured."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from services.enforcement.__main__ import SERVICE
from services.enforcement.body.model import Body
from services.kit.access import Gate, make_key, mint
from services.kit.dial import Target
from services.kit.issuers import Issuers
from services.kit.service import Running
from services.kit.settings import WRONG, Settings
from services.kit.tx import Tx
from services.node.answering import serves
from tests.cable import free_port
from tests.database import asked
from tests.issuing import issuing
from tests.layers import TOML

NODE, BODY = "huanbao", "B-1"


class Alone:
    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        issuing(folder)
        make_key(folder, "sign")
        self.port = free_port()
        self.target = Target(f"127.0.0.1:{self.port}")
        self.settings = folder / "node.toml"
        self.settings.write_text(
            f'[node]\nid = "{NODE}"\nkind = "department"\ncity = "city"\nservices = ["enforcement"]\n'
            f'[token]\nissuers = "issuers.json"\n[grpc]\nlisten = "{self.target}"\n[sign]\nkey = "sign.key"\n{TOML}'
        )
        self.file = folder / NODE / "enforcement.db"
        self.token = mint((folder / "token.key").read_bytes(), "cases-system", NODE, ("SYSTEM",))
        self.metadata = (("authorization", f"Bearer {self.token}"),)

    async def do(self, work: Callable[[Tx], Any]) -> None:
        """Work of the service's own, before its process starts."""
        settings = Settings.load(self.settings)
        gate = Gate(Issuers.of(settings), NODE, "city")
        running = Running(SERVICE, settings, gate)
        await running.do(work)
        await running.close()

    async def know(self) -> None:
        """A body that may enforce, as the city would have announced it."""

        def body(tx: Tx) -> None:
            tx.add(
                Body.new(
                    body_id=BODY, name="示例执法机关", node=NODE, document_prefix="示罚", field="水务", confirmed=True,
                    version=1, kind=1,
                )
            )  # fmt: skip

        await self.do(body)

    async def start(self) -> None:
        command = [sys.executable, "-m", "services.enforcement", str(self.settings)]
        self.process = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, "PYTHONPATH": ".:proto/gen"}, stderr=asyncio.subprocess.DEVNULL
        )
        async with asyncio.timeout(60):
            while not await serves(self.target):
                await asyncio.sleep(0.05)

    async def beside(self) -> str:
        """Start a second process of the service on the same database; what it says when it ends."""
        command = [sys.executable, "-m", "services.enforcement", str(self.settings)]
        second = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, "PYTHONPATH": ".:proto/gen"}, stderr=asyncio.subprocess.PIPE
        )
        async with asyncio.timeout(60):
            _, said = await second.communicate()
        assert second.returncode == WRONG
        return said.decode()

    async def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        return asked(self.file, statement)
