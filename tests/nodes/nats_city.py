"""A city's NATS on free ports: a hub, the city's node and departments, each with its link in a hand."""

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from nats.aio.client import Client

from services.kit.bus import Unavailable, connect, ensure_local_stream
from services.kit.dial import context
from services.kit.forwarder import Link, Progress, forward
from services.kit.reader import filters, inbox_prefix
from services.node.hub import keep_hub
from services.node.nats import Server, hub_conf, make_keys, node_conf
from tests.cable import Cable
from tests.nodes.actors import DEADLINE, Inbox, Journal, local, until


class NatsCity:
    """A running federation. `node["a"]` is a department's connection, `cable["a"]` its link to the hub."""

    def __init__(self, folder: Path, departments: list[str], city: str = "city") -> None:
        self.folder, self.city_id, self.departments = folder, city, departments
        self.hub_client, self.hub_leaf = local(), local()
        self.keys = make_keys(folder / "keys", self.nodes)
        self.cable: dict[str, Cable] = {}
        self.server: dict[str, Server] = {}
        self.node: dict[str, Client] = {}
        self.progress: dict[str, Progress] = {}
        self.states: dict[str, list[Link]] = {}
        self.forwarder: dict[str, asyncio.Task[None]] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.hub = Server(folder / "hub.conf", self.hub_client, folder / "hub.log")
        self.hub_admin: Client | None = None

    @property
    def nodes(self) -> list[str]:
        return [self.city_id, *self.departments]

    def write_hub_conf(self) -> None:
        conf = hub_conf(
            city=self.city_id,
            leaf_keys={node: self.keys.public(node, "leaf") for node in self.nodes},
            admin_key=self.keys.public("hub", "admin"),
            watch_key=self.keys.public("hub", "watch"),
            store_dir=self.folder / "hub",
            client=self.hub_client,
            leaf=self.hub_leaf,
            trust=self.keys.trust("hub"),
        )
        self.hub.conf.write_text(conf)

    async def start(self, forwarding: bool = True) -> None:
        self.write_hub_conf()
        await self.hub.start()
        self.hub_admin = await connect(
            self.hub.url,
            nkey_seed=self.keys.seed("hub", "admin"),
            name="hub admin",
            tls=context(self.keys.trust("hub")),
        )
        self.spawn(keep_hub(self.hub_admin, lambda: self.nodes))
        for node in self.nodes:
            await self.start_node(node, forwarding)

    async def start_node(self, node: str, forwarding: bool = True) -> None:
        self.cable[node] = Cable(self.hub_leaf.port)
        await self.cable[node].mend()
        client = local()
        conf = self.keys.leaf_conf(node).with_name("node.conf")
        conf.write_text(
            node_conf(
                node=node,
                app_key=self.keys.public(node, "app"),
                store_dir=self.folder / node,
                client=client,
                hub_urls=[f"tls://127.0.0.1:{self.cable[node].port}"],
                trust=self.keys.trust(node),
            )
        )
        self.server[node] = Server(conf, client, self.folder / f"{node}.log")
        await self.server[node].start()
        self.node[node] = await self.app(node)
        await self.make_stream(node)
        if forwarding:
            self.start_forwarder(node)

    async def make_stream(self, node: str) -> None:
        """As a node does at its start."""
        async with asyncio.timeout(DEADLINE):
            while True:
                try:
                    return await ensure_local_stream(self.node[node].jetstream(), node)
                except Unavailable:
                    await asyncio.sleep(0.05)

    async def app(self, node: str) -> Client:
        return await connect(
            self.server[node].url,
            nkey_seed=self.keys.seed(node, "app"),
            name=node,
            tls=context(self.keys.trust(node)),
            inbox_prefix=inbox_prefix(node),
        )

    def start_forwarder(self, node: str) -> None:
        self.progress[node] = Progress()
        self.states[node] = []
        on_state = lambda progress: self.states[node].append(progress.link)  # noqa: E731
        work = forward(self.node[node], node, self.progress[node], on_state=on_state)
        self.forwarder[node] = self.spawn(work)

    def journal(self, node: str, service: str = "enforcement", relaying: bool = True) -> Journal:
        journal = Journal(self.node[node], node, service)
        if relaying:
            self.spawn(journal.keep_relaying())
        return journal

    def inbox(
        self, node: str, filter: str | None = None, inbox: Inbox | None = None, types: tuple[str, ...] = ()
    ) -> Inbox:
        inbox = inbox or Inbox()
        self.spawn(inbox.keep_reading(self.node[node], node, filter, types))
        return inbox

    def inboxes(self, node: str) -> list[Inbox]:
        return [self.inbox(node, filter) for filter in filters(node, self.city_id)]

    @contextlib.asynccontextmanager
    async def scene(self) -> AsyncIterator["NatsCity"]:
        """What is begun within ends with it: a city can serve many tests."""
        before = set(self.tasks)
        try:
            yield self
        finally:
            begun = self.tasks - before
            for task in begun:
                task.cancel()
            await asyncio.gather(*begun, return_exceptions=True)
            self.tasks -= begun

    def spawn(self, work) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        return task

    async def linked(self) -> None:
        """Wait until every forwarder speaks with the hub."""
        await until(
            lambda: all(p.link is Link.FORWARDING for p in self.progress.values()),
            f"all links up: {self.progress}",
        )

    async def join(self, node: str) -> None:
        """A new department joins a running federation."""
        self.departments.append(node)
        make_keys(self.keys.folder, [node])
        self.write_hub_conf()
        await self.hub.reload_accounts()
        await self.start_node(node)

    async def restart_hub(self, store: Path | None = None, wipe: bool = False) -> None:
        """kill -9, then start again, with an older copy of its store or with none."""
        await self.hub.kill()
        if store or wipe:
            shutil.rmtree(self.folder / "hub")
        if store:
            shutil.copytree(store, self.folder / "hub")
        await self.hub.start()

    async def restore_node(self, node: str, store: Path) -> None:
        await self.server[node].kill()
        shutil.rmtree(self.folder / node)
        shutil.copytree(store, self.folder / node)
        await self.server[node].start()

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        results = await asyncio.gather(*self.tasks, return_exceptions=True)
        for nc in [*self.node.values(), self.hub_admin]:
            if nc:
                await nc.close()
        for server in [*self.server.values(), self.hub]:
            await server.kill()
        for cable in self.cable.values():
            await cable.cut()
        failed = [
            r for r in results if isinstance(r, Exception) and not isinstance(r, asyncio.CancelledError)
        ]
        assert not failed, failed


@contextlib.asynccontextmanager
async def nats_city(folder: Path, departments: list[str], **how: bool) -> AsyncIterator[NatsCity]:
    city = NatsCity(folder, departments)
    try:
        await city.start(**how)
        yield city
    finally:
        await city.stop()


def copy_store(source: Path, target: Path) -> Path:
    """A backup of a store while its server writes, as an operator's snapshot would be."""
    shutil.copytree(source, target, copy_function=_copy_if_there)
    return target


def _copy_if_there(source: str, target: str) -> str:
    with contextlib.suppress(FileNotFoundError):
        shutil.copy2(source, target)
    return os.fspath(target)
