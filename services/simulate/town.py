"""A whole city in this process, in a folder of its own: a hub, NATS servers, every node, and a clock that leaps."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from services.enforcement.deadline.model import Clock as OfCases
from services.given.say import Say, saying
from services.kit.node import Node
from services.kit.settings import Settings
from services.kit.time import set_clock
from services.node.callers import Callers
from services.node.city import settled
from services.node.nats import Server
from services.node.plan import Plan, lay_out
from services.node.serve import keep_the_hub, service
from services.registry.deadline.model import Clock as OfRegistry
from services.supervision.certificate.model import FieldAct
from services.supervision.deadline.model import Clock as OfTheCity
from services.supervision.warning.monthly import JUDGING, written
from services.supervision.warning.seen import month_of

CLOCKS = {
    "registry": OfRegistry.__table__,
    "enforcement": OfCases.__table__,
    "supervision": OfTheCity.__table__,
}
PENDING = select(FieldAct.__table__.c.key).where(FieldAct.__table__.c.pending).limit(1)
# An act waits no longer than this for word of a certificate; all that was said is read before the clock goes on.
SETTINGS = "\n[supervision]\ncertificate_grace_seconds = 0.5\n"
BREATH = 0.02


@dataclass
class Town:
    """The running city."""

    plan: Plan
    servers: dict[str, Server] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    callers: Callers = field(init=False)

    def __post_init__(self) -> None:
        targets = {s.id: s.grpc for s in self.plan.sites}
        self.callers = Callers(targets, lambda who, node, roles: self.plan.token(who, node, *roles))

    @property
    def say(self) -> Say:
        return saying(self.callers)

    def set_time(self, at: datetime) -> None:
        set_clock(self.plan.clock, at)

    async def start(self, at: datetime) -> None:
        """Start everything, at a moment."""
        lay_out(self.plan)
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
        while True:
            await settled(self.callers)
            if not self.is_due():
                return
            await asyncio.sleep(BREATH)

    async def fired(self) -> None:
        """Wait until what fell due is done."""
        while self.is_due():
            await asyncio.sleep(BREATH)

    def is_due(self) -> bool:
        """Whether a clock has to fire, a month to be judged, or an act waits for word of a certificate."""
        return any(self._waits(node, site) for site, node in self.nodes.items() if site in self.tasks)

    def _waits(self, node: Node, site: str) -> bool:
        for member in node.services:
            table = CLOCKS.get(member.name)
            if table is not None:
                due = select(table.c.key).where(table.c.next_time <= member.now()).limit(1)
                if member.view().one(due) is not None:
                    return True
        return site == self.plan.city.id and _city_waits(node.running("supervision"))


def _city_waits(running: Any) -> bool:
    view, now = running.view(), running.now()
    if view.one(PENDING) is not None:
        return True
    row = view.one(select(*JUDGING.c))
    if row is None:
        return False
    again = bool(row.again) and row.again_time <= now
    return not row.ready or again or not row.next_month == row.bound == written(month_of(now))


@contextlib.asynccontextmanager
async def running(plan: Plan, at: datetime) -> AsyncIterator[Town]:
    """The city for as long as the block lasts."""
    town = Town(plan)
    try:
        await town.start(at)
        yield town
    finally:
        await town.stop()
