"""A whole city in one command: NATS servers and node processes, started, started again whenever they end, ended cleanly."""

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from services.kit.settings import BadSettings
from services.kit.supervised import Process, write
from services.node.answering import answers, serves
from services.node.children import Child, Served, end
from services.node.failure import Failure
from services.node.mistakes import check_process, check_server, plain
from services.node.nats import Listen, Server, ServerFailed
from services.node.nats.unfit import Told
from services.node.plan import Plan, again, lay_out
from services.node.renewal import keep_certificates_fresh
from services.node.supervisor import WINDOW, pause, rotate, state_file

Report = Callable[[str], None]
SLOW = 120.0
"""Who is not ready after so many seconds is told of, and waited for all the same."""
ROOT = Path(__file__).resolve().parents[2]
PATH = f"{ROOT}:{ROOT / 'proto' / 'gen'}"
PATIENCE = 20.0
"""So long a NATS server may take at first until it serves."""
LOOK = 0.2
LOGS = 15.0
log = logging.getLogger(__name__)


@dataclass
class City:
    """The running city."""

    plan: Plan
    servers: list[Served] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    up: bool = False
    """All served once. Until then a mistake in what a process is told ends the city; later it waits until that is mended."""
    stopping: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set where departments came or went."""

    def lay(self) -> None:
        """Name all that is to run; `watch` starts it."""
        plan = self.plan
        for log in plan.log("").parent.glob("*.log"):
            log.replace(log.with_suffix(".log.1"))
        self.servers = [self.served(hub.name, plan.city.id, hub.client) for hub in plan.hubs]
        self.servers += [self.served(s.id, s.id, s.nats) for s in plan.sites]
        self.children = [self.child(s.id, s.id, s.id) for s in plan.sites]
        self.children.append(self.child("hub", plan.city.id, "hub"))
        self.children.append(self.child("console", plan.city.id, plan.city.id, "console"))

    async def ready(self, at: Report, report: Report) -> None:
        """Return once everything serves. `at` hears who is waited for, `report` who takes long."""
        waited = [(served.process, served.server.greets) for served in self.servers]
        named = {process.name: process for process in self.processes}
        for site in self.plan.sites:
            waited.append((named[site.id], partial(serves, self.plan.target(site.id))))
        waited.append((named["console"], partial(answers, self.plan.base)))
        for process, serving in waited:
            await self.wait_for(process, serving, at, report)
        self.up = True

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
        """Put on file how the processes are; where there is no room for it, they go on all the same."""
        try:
            write(state_file(self.plan), self.processes)
        except OSError as wrong:
            log.error("%s: %s", state_file(self.plan), wrong)

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
        # one that has much to read is given longer each time
        within = PATIENCE * (1 + len(served.process.lately(time.time(), WINDOW)))
        starting = asyncio.ensure_future(served.server.start(within))
        await asyncio.sleep(0)
        if served.server.process is not None:
            served.process.began(served.server.process.pid)
            self.note()
        await starting

    async def wait_for(
        self, process: Process, ready: Callable[[], Awaitable[bool]], at: Report, report: Report
    ) -> None:
        at(process.name)
        slow = time.monotonic() + SLOW
        while process in self.processes and not await ready():
            if time.monotonic() > slow:
                slow += SLOW
                report(
                    f"{process.name} {SLOW:g} 秒后仍未就绪，继续等待 · is not ready after {SLOW:g} s, it is waited for on"
                    f" (log: {process.log})"
                )
            await asyncio.sleep(0.1)

    async def watch(self, report: Report) -> None:
        """Start everything, start again whatever dies, renew certificates, and keep the logs in bounds, until cancelled.
        Raises BadSettings for what to start again does not mend, as long as the city is not up.
        """
        try:
            async with asyncio.TaskGroup() as tasks:
                # a node waits for its server, and most of what it does at first is to read its own code
                for child in self.children:
                    tasks.create_task(self.keep(child, report))
                for served in self.servers:
                    tasks.create_task(self.keep_server(served, report))
                tasks.create_task(self.keep_logs())
                tasks.create_task(
                    keep_certificates_fresh(lambda: self.plan, lambda: [s.server for s in self.servers])
                )
                await self.keep_departments(tasks, report)
        except ExceptionGroup as group:
            raise plain(group) from None

    async def keep_departments(self, tasks: asyncio.TaskGroup, report: Report) -> None:
        while await self.changed.wait():
            self.changed.clear()
            try:
                await self.regroup(tasks, report)
            except (Failure, BadSettings, OSError, ValueError) as problem:
                report(f"部门变更未完成 departments were not changed: {problem}")

    async def keep(self, child: Child, report: Report) -> None:
        while not child.leaving and not self.stopping:
            code = await self.run(child)
            if self.stopping or child.leaving:
                return
            if child.renewing:
                child.renewing = False
                continue
            if not self.up:
                check_process(child.process, code)
            await self.wait_before(child.process, code, report)

    async def run(self, child: Child) -> int:
        """Start a process, and wait for its end: its code."""
        try:
            await self.spawn(child)
        except OSError as wrong:
            log.error("%s: %s", child.name, wrong)
            return -1
        assert child.running is not None
        return await child.running.wait()

    async def keep_server(self, served: Served, report: Report) -> None:
        server = served.server
        while not served.leaving and not self.stopping:
            try:
                await self.serve(served)
            except (ServerFailed, OSError) as problem:
                log.error("%s", problem)
            await self.ended(served, report)
            if self.stopping or served.leaving:
                return
            if not self.up:
                await asyncio.to_thread(check_server, served.name, served.server, self.plan)
            code = server.process.returncode if server.process is not None else -1
            await self.wait_before(served.process, code, report)

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
                try:
                    rotate(Path(process.log))
                except OSError as wrong:
                    log.error("%s: %s", process.log, wrong)

    async def stop(self) -> None:
        """End the nodes, then the servers; what does not end in time is killed."""
        self.stopping = True
        await end([c.running for c in self.children if c.running is not None])
        await asyncio.gather(*(served.server.stop() for served in reversed(self.servers)))
        state_file(self.plan).unlink(missing_ok=True)


def nth(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")


def note(plan: Plan, **facts: object) -> None:
    """Leave word of the running city for the other commands."""
    known = {"pid": os.getpid(), "base": plan.base, "hub_servers": plan.hub_servers}
    (plan.var / "up.json").write_text(json.dumps({**known, **facts}))
