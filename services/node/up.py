"""A whole city in one command: NATS servers and node processes, started in order, watched, ended cleanly."""

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.kit.dial import Target, channel
from services.kit.settings import BadSettings
from services.kit.supervised import Process, write
from services.node.failure import Failure
from services.node.nats import Listen, Server, ServerFailed
from services.node.nats.unfit import Told
from services.node.plan import Plan, again, lay_out
from services.node.renewal import keep_certificates_fresh
from services.node.supervisor import pause, rotate, state_file

Report = Callable[[str], None]
READY = 120.0
GRACE = 10.0
ROOT = Path(__file__).resolve().parents[2]
PATH = f"{ROOT}:{ROOT / 'proto' / 'gen'}"
LOOK = 0.2
LOGS = 15.0
log = logging.getLogger(__name__)


class NotReady(Failure):
    """Something did not come up in time; the message names it and its log."""


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


@dataclass
class City:
    """The running city."""

    plan: Plan
    servers: list[Served] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    stopping: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set where departments came or went."""

    async def start(self, report: Report) -> None:
        """Start everything and wait until every node serves. Raises NotReady, ServerFailed."""
        plan = self.plan
        for log in plan.log("").parent.glob("*.log"):
            log.replace(log.with_suffix(".log.1"))
        report("NATS")
        self.servers = [self.served(hub.name, plan.city.id, hub.client) for hub in plan.hubs]
        self.servers += [self.served(s.id, s.id, s.nats) for s in plan.sites]
        self.children = [self.child(s.id, s.id, s.id) for s in plan.sites]
        self.children.append(self.child("hub", plan.city.id, "hub"))
        self.children.append(self.child("console", plan.city.id, plan.city.id, "console"))
        # a node waits for its server, and most of what it does at first is to read its own code
        for child in self.children:
            await self.spawn(child)
        await asyncio.gather(*(self.serve(served) for served in self.servers))
        for site in plan.sites:
            report(site.id)
            await self.wait_for(site.id, lambda s=site: serves(plan.target(s.id)))  # type: ignore[misc]
        report("console")
        await self.wait_for("console", lambda: answers(plan.base))

    @property
    def processes(self) -> list[Process]:
        return [served.process for served in self.servers] + [child.process for child in self.children]

    def child(self, name: str, node: str, settings: str, *only: str) -> Child:
        process = Process(name, node, str(self.plan.log(name)))
        return Child(process, [str(self.plan.settings(settings)), *only])

    def served(self, name: str, node: str, listen: Listen) -> Served:
        log = self.plan.log(f"nats-{name}")
        return Served(Process(f"nats-{name}", node, str(log)), Server(self.plan.nats_conf(name), listen, log))

    def note(self) -> None:
        """Put on file how the processes are."""
        write(state_file(self.plan), self.processes)

    async def spawn(self, child: Child) -> None:
        with self.plan.log(child.name).open("ab") as log:
            child.running = await asyncio.create_subprocess_exec(
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
        child.process.began(child.running.pid)
        self.note()

    async def serve(self, served: Served) -> None:
        """Start a server, on file from its first moment on. Raises ServerFailed."""
        served.told = Told(Path(served.process.log))
        starting = asyncio.ensure_future(served.server.start())
        await asyncio.sleep(0)
        if served.server.process is not None:
            served.process.began(served.server.process.pid)
            self.note()
        await starting

    async def wait_for(self, name: str, ready: Callable[[], Awaitable[bool]]) -> None:
        child = next(c for c in self.children if c.name == name)
        deadline = time.monotonic() + READY
        while not await ready():
            if child.ended or time.monotonic() > deadline:
                log = self.plan.log(name)
                why = "ended" if child.ended else f"is not ready after {READY:.0f} s"
                raise NotReady(f"{name} {why}; {log} says:\n{tail(log.read_text(errors='replace'))}")
            await asyncio.sleep(0.1)

    async def watch(self, report: Report) -> None:
        """Start again whatever dies, renew certificates, and keep the logs in bounds, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for child in self.children:
                tasks.create_task(self.keep(child, report))
            for served in self.servers:
                tasks.create_task(self.keep_server(served, report))
            tasks.create_task(self.keep_logs())
            tasks.create_task(
                keep_certificates_fresh(lambda: self.plan, lambda: [served.server for served in self.servers])
            )
            while await self.changed.wait():
                self.changed.clear()
                try:
                    await self.regroup(tasks, report)
                except (Failure, BadSettings, OSError, ValueError) as problem:
                    report(f"部门变更未完成 departments were not changed: {problem}")

    async def keep(self, child: Child, report: Report) -> None:
        while True:
            assert child.running is not None
            code = await child.running.wait()
            if self.stopping or child.leaving:
                return
            if child.renewing:
                child.renewing = False
            else:
                await self.wait_before(child.process, code, report)
            await self.spawn(child)

    async def keep_server(self, served: Served, report: Report) -> None:
        server = served.server
        while True:
            await self.ended(served, report)
            if self.stopping or served.leaving:
                return
            code = server.process.returncode if server.process is not None else -1
            await self.wait_before(served.process, code, report)
            try:
                await self.serve(served)
            except ServerFailed as problem:
                log.error("%s", problem)

    async def ended(self, served: Served, report: Report) -> None:
        """Return when a server has ended. One that stores no more is ended: its disk was full, and it goes on only when it is
        started anew.
        """
        while served.server.is_running:
            await asyncio.sleep(LOOK)
            if served.told is not None and served.told.unfit() and not self.stopping:
                why = "磁盘曾写满，不再保存事件 · stores no more, its disk was full"
                report(f"{served.name} {why}; it is ended to be started anew")
                await served.server.stop()

    async def wait_before(self, process: Process, code: int, report: Report) -> None:
        """Tell of an end, and wait as long as is fit before the next start."""
        now = time.time()
        process.ended(now, code)
        self.note()
        seconds = pause(process, now)
        report(
            f"{process.name} 意外结束（{code}），{seconds:g} 秒后重新启动 · ended with {code}, the {nth(process.total)} time; "
            f"starting it again in {seconds:g} s (log: {process.log})"
        )
        await asyncio.sleep(seconds)

    async def regroup(self, tasks: asyncio.TaskGroup, report: Report) -> None:
        """Take in departments that came, let those go that are gone; the hub reads its file again, and no link drops."""
        was, now = self.plan, again(self.plan)
        self.plan = now
        lay_out(now)
        for site in [s for s in was.departments if s not in now.departments]:
            report(f"{site.title_zh} {site.id} 移除 leaves")
            await self.part(site.id)
        hubs = {f"nats-{hub.name}" for hub in now.hubs}
        await asyncio.gather(*(s.server.reload_accounts() for s in self.servers if s.name in hubs))
        for site in [s for s in now.departments if s not in was.departments]:
            report(f"{site.title_zh} {site.id} 加入 comes")
            served, child = self.served(site.id, site.id, site.nats), self.child(site.id, site.id, site.id)
            self.servers.append(served)
            self.children.append(child)
            await self.spawn(child)
            await self.serve(served)
            tasks.create_task(self.keep(child, report))
            tasks.create_task(self.keep_server(served, report))
        await self.renew("console")

    async def part(self, node: str) -> None:
        """End a node and its server, for good."""
        for child in [c for c in self.children if c.name == node]:
            child.leaving = True
            self.children.remove(child)
            await end([child.running] if child.running is not None else [])
        for served in [s for s in self.servers if s.name == f"nats-{node}"]:
            served.leaving = True
            self.servers.remove(served)
            await served.server.stop()
        self.note()

    async def renew(self, name: str) -> None:
        """Let a process read its settings anew."""
        child = next(c for c in self.children if c.name == name)
        if child.running is not None and not child.ended:
            child.renewing = True
            child.running.terminate()

    async def keep_logs(self) -> None:
        while True:
            await asyncio.sleep(LOGS)
            for process in self.processes:
                rotate(Path(process.log))

    async def stop(self) -> None:
        """End the nodes, then the servers; what does not end in time is killed."""
        self.stopping = True
        await end([c.running for c in self.children if c.running is not None])
        await asyncio.gather(*(served.server.stop() for served in reversed(self.servers)))
        state_file(self.plan).unlink(missing_ok=True)


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


def nth(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")


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
    known = {"pid": os.getpid(), "base": plan.base, "hub_servers": plan.hub_servers}
    (plan.var / "up.json").write_text(json.dumps({**known, **facts}))
