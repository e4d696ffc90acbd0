"""Faults of what is kept: the stores of the NATS servers lost, set back or damaged, the databases of a node put back from an
older copy, or set back to a snapshot of their disk.

Whose store is exchanged is stopped, the folder is renamed, and then it is killed: it has no moment in between to write.
"""

import asyncio
import contextlib
import shutil
import signal
from itertools import count
from pathlib import Path
from random import Random

import grpc

from services.kit.backup.copy import copy_nodes
from services.kit.backup.manifest import chosen, unpacked
from services.kit.backup.restore import restore
from services.kit.backup.store import Folder
from services.kit.settings import Settings
from services.node.city import status
from services.node.serve import service
from tests.chaos.absent import Absent
from tests.chaos.processes import there
from tests.chaos.town import Town
from tests.nodes.nats_city import copy_store

NUMBER = count(1)
OWNED = {"hub": "HUB"}


def folder(town: Town, owner: str, stream: str = "") -> Path:
    """What a server keeps, or one of its streams."""
    kept = town.var / "nats" / owner / "jetstream"
    return kept / OWNED.get(owner, "LAW") / "streams" / stream if stream else kept


def aside(town: Town, owner: str) -> Path:
    """A place for another store, on the same disk."""
    place = town.var / "nats" / owner / f"other-{next(NUMBER)}"
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


async def exchange(town: Town, changes: dict[tuple[str, str], Path | None]) -> None:
    """Other stores in the place of those that are there, or none; their servers die of it."""
    owners = {owner for owner, _ in changes}
    for owner in owners:
        await there(town, f"nats-{owner}")
    old = []
    with contextlib.ExitStack() as still:
        for owner in owners:
            if not still.enter_context(town.stopped(f"nats-{owner}")):
                raise Absent(owner)
        for (owner, stream), other in changes.items():
            place, away = folder(town, owner, stream), aside(town, owner)
            if place.exists():
                place.rename(away)
                old.append(away)
            if other is not None:
                other.rename(place)
        for owner in owners:
            town.send(f"nats-{owner}", signal.SIGKILL)
    for away in old:
        await asyncio.to_thread(shutil.rmtree, away, ignore_errors=True)


async def older(town: Town, owner: str, draw: Random, stream: str = "") -> Path:
    """A copy of a store as it was a moment ago."""
    place, copy = folder(town, owner, stream), aside(town, owner)
    if not place.exists():
        raise Absent(owner)
    try:
        await asyncio.to_thread(copy_store, place, copy)
    except (OSError, shutil.Error):  # it changes while it is read, or there is no room
        await asyncio.to_thread(shutil.rmtree, copy, ignore_errors=True)
        raise Absent(owner) from None
    await asyncio.sleep(draw.uniform(0.3, 2))
    return copy


async def lost(town: Town, owner: str, _draw: Random) -> None:
    await exchange(town, {(owner, ""): None})


async def set_back(town: Town, owner: str, draw: Random) -> None:
    await exchange(town, {(owner, ""): await older(town, owner, draw)})


async def damaged(town: Town, owner: str, draw: Random) -> None:
    """Some bytes of each block are zero, or its end is cut off."""
    copy, cut, at = await older(town, owner, draw), draw.random() < 0.5, draw.uniform(0.1, 0.9)
    for block in copy.rglob("*.blk"):
        data = bytearray(block.read_bytes())
        middle = int(len(data) * at)
        if cut:
            del data[middle:]
        else:
            data[middle : middle + 300] = bytes(len(data[middle : middle + 300]))
        block.write_bytes(data)
    await exchange(town, {(owner, ""): copy})


async def copy_lost(town: Town, node: str, _draw: Random) -> None:
    await exchange(town, {("hub", f"UP_{node}"): None})


async def copy_set_back(town: Town, node: str, draw: Random) -> None:
    await exchange(town, {("hub", f"UP_{node}"): await older(town, "hub", draw, f"UP_{node}")})


async def copy_and_stream_lost(town: Town, node: str, _draw: Random) -> None:
    await exchange(town, {("hub", f"UP_{node}"): None, (node, ""): None})


async def collection_lost(town: Town, _hub: str, _draw: Random) -> None:
    await exchange(town, {("hub", "ALL"): None})


async def collection_set_back(town: Town, _hub: str, draw: Random) -> None:
    await exchange(town, {("hub", "ALL"): await older(town, "hub", draw, "ALL")})


# Databases -------------------------------------------------------------------------------------------


async def published(town: Town, node: str) -> bool:
    """Whether the node's own stream has all of its journals now: what it was told since its last look."""
    async with town.callers() as callers:
        try:
            now = await status(callers, node)
        except grpc.aio.AioRpcError:
            return False
    return all(s.relayed_seq >= s.head_seq for s in now.services)


async def whole(town: Town, node: str) -> None:
    """Wait until the stream was seen to have it all, longer than it takes until it is looked at again. Raises Absent."""
    try:
        await town.until(lambda: published(town, node), f"{node} published", 40.0)
        await asyncio.sleep(2.5)
        await town.until(lambda: published(town, node), f"{node} published", 20.0)
    except TimeoutError:
        raise Absent(f"the stream of {node} is not whole") from None


async def copied(town: Town, node: str, draw: Random) -> Folder:
    """A copy by `yifa backup`, a moment old."""
    copies = Folder(town.var.parent / "copies")
    settings = Settings.load(town.plan.settings(node))
    await asyncio.to_thread(copy_nodes, [settings], copies, keep=1)
    await asyncio.sleep(draw.uniform(0.3, 2))
    return copies


async def restored(town: Town, node: str, draw: Random) -> None:
    """The node is ended in order, as one does before a restore; nobody waits for anything else. Its databases are put back from
    an older copy, and it is started.
    """
    await whole(town, node)
    copies = await copied(town, node, draw)
    with town.stopped("supervisor") as there_is:
        if not there_is or not town.send(node, signal.SIGTERM):
            raise Absent(node)

        async def ended() -> bool:
            return not town.alive(node)

        await town.until(ended, f"{node} ended in order", 30.0, 0.05)
        manifest = unpacked(copies.manifest(copies.names()[-1]), "")
        await asyncio.to_thread(restore, copies, manifest, chosen(manifest, [node]), town.var, service)
    await town.serving(node)


async def database_set_back(town: Town, node: str, draw: Random) -> None:
    """A snapshot of the disk: nobody tells the node that it was set back, and it was killed. What had not left its databases yet
    would be lost with them, so the writers are let wait until it has.
    """
    await whole(town, node)
    names = Settings.load(town.plan.settings(node)).services
    copies = await copied(town, node, draw)
    manifest = unpacked(copies.manifest(copies.names()[-1]), "")
    [its] = chosen(manifest, [node])
    async with town.gate(node).shut():
        await town.until(lambda: published(town, node), f"{node} published", 30.0, 0.05)
        with town.stopped(node) as there_is:
            if not there_is:
                raise Absent(node)
            for name in names:
                base = town.database(node, name)
                digest = next(d.sha256 for d in its.databases if d.service == name)
                for more in ("", "-wal", "-shm"):
                    base.with_name(base.name + more).unlink(missing_ok=True)
                with copies.open(digest) as source, base.open("wb") as target:
                    shutil.copyfileobj(source, target)
                base.chmod(0o600)
            town.send(node, signal.SIGKILL)
    await town.serving(node)
