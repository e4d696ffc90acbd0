"""A whole city in this process, in a folder of its own: a hub, NATS servers, every node, and a clock that leaps."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from services.given.people import OVERSIGHT
from services.given.say import Say, saying
from services.kit.node import Node
from services.kit.settings import Settings
from services.kit.time import set_clock
from services.node.callers import Callers
from services.node.nats import Server
from services.node.plan import Plan, lay_out
from services.node.serve import keep_the_hub, service
from services.simulate.waiting import BREATH, HEARD, PATIENCE, Watch

# An act waits no longer than this for word of a certificate; all that was said is read before the clock goes on.
SETTINGS = "\n[supervision]\ncertificate_grace_seconds = 0.5\n"


@dataclass
class Town:
    """The running city."""

    plan: Plan
    servers: dict[str, Server] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    callers: Callers = field(init=False)
    watch: Watch = field(default_factory=Watch)

    def __post_init__(self) -> None:
        targets = self.plan.targets
        self.callers = Callers(targets, lambda who, node, roles: self.plan.token(who, node, *roles))

    @property
    def say(self) -> Say:
        return saying(self.callers)

    def set_time(self, at: datetime) -> None:
        set_clock(self.plan.clock, at)

    async def start(self, at: datetime) -> None:
        """Start everything, at a moment."""
        # a year goes by in minutes: what comes by the wall would come elsewhere in it each time
        lay_out(replace(self.plan, checkpoint=0.0))
        self.set_time(at)
        with self.plan.settings(self.plan.city.id).open("a") as settings:
            settings.write(SETTINGS)
        self.servers["hub"] = Server(self.plan.nats_conf("hub"), self.plan.hub, self.plan.log("nats-hub"))
        for site in self.plan.sites:
            conf, log = self.plan.nats_conf(site.id), self.plan.log(f"nats-{site.id}")
            self.servers[site.id] = Server(conf, site.nats, log)
        await asyncio.gather(*(server.start() for server in self.servers.values()))
        self.tasks["hub"] = asyncio.create_task(keep_the_hub(Settings.load(self.plan.settings("hub"))))
        for site in self.plan.sites:
            await self.start_node(site.id)

    async def start_node(self, site_id: str) -> None:
        settings = Settings.load(self.plan.settings(site_id))
        node = self.nodes[site_id] = Node(settings, [service(name) for name in settings.services])
        task = self.tasks[site_id] = asyncio.create_task(node.serve(), name=f"node {site_id}")
        ready = asyncio.create_task(node.ready.wait())
        await asyncio.wait([task, ready], return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()

    async def stop_node(self, site_id: str) -> None:
        task = self.tasks.pop(site_id)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def stop(self) -> None:
        await self.callers.__aexit__(None, None, None)
        for site_id in list(self.tasks):
            await self.stop_node(site_id)
        await asyncio.gather(*(server.stop() for server in self.servers.values()))

    async def calm(self) -> None:
        """Wait until every node has read all that was said, and done all that was due."""
        await self.watch.calm(node for site, node in self.nodes.items() if site in self.tasks)

    async def calm_of(self, site_id: str) -> None:
        """Wait until all that a node said is at the hub and read at the city."""
        node = self.nodes[site_id]
        while not (node.progress.lag() == 0 and all(m.relayed == m.head()[0] for m in node.services)):
            await asyncio.sleep(BREATH)
        await self.heard(site_id, sum(m.head()[0] for m in node.services))

    async def heard(self, site_id: str, many: int) -> None:
        """Wait until the city has read so much of a node. Raises TimeoutError."""
        member = self.nodes[self.plan.city.id].running("supervision")
        async with asyncio.timeout(PATIENCE):
            while dict(member.rows(HEARD)).get(site_id, 0) < many:
                await asyncio.sleep(BREATH)

    def now(self) -> datetime:
        """The time in the city."""
        return self.nodes[self.plan.city.id].running("supervision").now()

    async def restart_city(self, silence: int) -> None:
        """Start the city's node anew, which calls silent who says nothing for so many seconds."""
        await self.stop_node(self.plan.city.id)
        path = self.plan.settings(self.plan.city.id)
        path.write_text(
            path.read_text("utf-8").replace(SETTINGS, f"{SETTINGS}silence = {silence}\n"), "utf-8"
        )
        await self.start_node(self.plan.city.id)

    async def warned_of(self, rule_id: str) -> set[str]:
        """The nodes of which there is a warning of a kind."""
        reply = await self.say(
            "city", "supervision", "ListWarnings", OVERSIGHT, rule_id=rule_id, page_size=500
        )
        return {warning.node for warning in reply.warnings}

    def known(self) -> int:
        """How many records the city has read."""
        return int(dict(self.nodes[self.plan.city.id].running("supervision").rows(HEARD))["*"])

    async def warned(self, rule_id: str) -> None:
        """Wait until there is a warning of a kind. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            while not (
                await self.say("city", "supervision", "ListWarnings", OVERSIGHT, rule_id=rule_id)
            ).warnings:
                await asyncio.sleep(BREATH)


@contextlib.asynccontextmanager
async def running(plan: Plan, at: datetime) -> AsyncIterator[Town]:
    """The city for as long as the block lasts."""
    town = Town(plan)
    try:
        await town.start(at)
        yield town
    finally:
        await town.stop()
