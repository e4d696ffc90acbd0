"""A whole city in one command: NATS servers and node processes, started in order, watched, ended cleanly."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.kit.dial import Target, channel
from services.node.failure import Failure
from services.node.nats import Server
from services.node.plan import Plan
from services.node.renewal import keep_certificates_fresh

Report = Callable[[str], None]
READY = 120.0
GRACE = 10.0
ROOT = Path(__file__).resolve().parents[2]
PATH = f"{ROOT}:{ROOT / 'proto' / 'gen'}"
PAUSES = (0.5, 1, 2, 5, 10)


class NotReady(Failure):
    """Something did not come up in time; the message names it and its log."""


@dataclass
class Child:
    """One Python process of the city."""

    name: str
    arguments: list[str]
    process: asyncio.subprocess.Process | None = None
    deaths: int = 0


@dataclass
class City:
    """The running city."""

    plan: Plan
    servers: list[Server] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    async def start(self, report: Report) -> None:
        """Start everything and wait until every node serves. Raises NotReady, ServerFailed."""
        plan = self.plan
        for log in plan.log("").parent.glob("*.log"):
            log.replace(log.with_suffix(".log.1"))
        report("NATS")
        hub = Server(plan.nats_conf("hub"), plan.hub, plan.log("nats-hub"))
        leaves = [Server(plan.nats_conf(s.id), s.nats, plan.log(f"nats-{s.id}")) for s in plan.sites]
        self.servers = [hub, *leaves]
        self.children = [Child(s.id, [str(plan.settings(s.id))]) for s in plan.sites]
        self.children.append(Child("hub", [str(plan.settings("hub"))]))
        self.children.append(Child("console", [str(plan.settings(plan.city.id)), "console"]))
        # a node waits for its server, and most of what it does at first is to read its own code
        for child in self.children:
            await self.spawn(child)
        await asyncio.gather(*(server.start() for server in self.servers))
        for site in plan.sites:
            report(site.id)
            await self.wait_for(site.id, lambda s=site: serves(plan.target(s.id)))  # type: ignore[misc]
        report("console")
        await self.wait_for("console", lambda: answers(plan.base))

    async def spawn(self, child: Child) -> None:
        with self.plan.log(child.name).open("ab") as log:
            child.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "services.node",
                *child.arguments,
                stdout=log,
                stderr=log,
                stdin=asyncio.subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": PATH, "YIFA_PARENT": str(os.getpid())},
            )

    async def wait_for(self, name: str, ready: Callable[[], Awaitable[bool]]) -> None:
        child = next(c for c in self.children if c.name == name)
        deadline = time.monotonic() + READY
        while not await ready():
            ended = child.process is not None and child.process.returncode is not None
            if ended or time.monotonic() > deadline:
                log = self.plan.log(name)
                why = "ended" if ended else f"is not ready after {READY:.0f} s"
                raise NotReady(f"{name} {why}; {log} says:\n{tail(log.read_text(errors='replace'))}")
            await asyncio.sleep(0.1)

    async def watch(self, report: Report) -> None:
        """Start again whatever dies, and renew certificates, until cancelled."""
        await asyncio.gather(
            keep_certificates_fresh(self.plan, self.servers),
            *(self.keep(child, report) for child in self.children),
        )

    async def keep(self, child: Child, report: Report) -> None:
        while True:
            assert child.process is not None
            code = await child.process.wait()
            if self.stopping:
                return
            report(f"{child.name} ended with {code}; starting it again (log: {self.plan.log(child.name)})")
            await asyncio.sleep(PAUSES[min(child.deaths, len(PAUSES) - 1)])
            child.deaths += 1
            await self.spawn(child)

    async def stop(self) -> None:
        """End the nodes, then the servers; what does not end in time is killed."""
        self.stopping = True
        living = [c.process for c in self.children if c.process is not None and c.process.returncode is None]
        for process in living:
            process.send_signal(signal.SIGTERM)
        if living:
            _, late = await asyncio.wait([asyncio.create_task(p.wait()) for p in living], timeout=GRACE)
            for process in living:
                if late and process.returncode is None:
                    process.kill()
                    await process.wait()
        await asyncio.gather(*(server.stop() for server in reversed(self.servers)))


def tail(text: str, lines: int = 15) -> str:
    return "\n".join(text.splitlines()[-lines:])


async def serves(target: Target) -> bool:
    """Whether a node's gRPC server says that it serves."""
    async with channel(target) as there:
        try:
            request = health_pb2.HealthCheckRequest()
            answer = await health_pb2_grpc.HealthStub(there).Check(request, timeout=1)
        except grpc.aio.AioRpcError:
            return False
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


async def answers(port: int) -> bool:
    """Whether the console answers /healthz with 200."""
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            line = await reader.readline()
            writer.close()
            await writer.wait_closed()
    except (OSError, TimeoutError):
        return False
    return b" 200 " in line


def note(plan: Plan, **facts: object) -> None:
    """Leave word of the running city for the other commands."""
    (plan.var / "up.json").write_text(json.dumps({"pid": os.getpid(), "base": plan.base, **facts}))
