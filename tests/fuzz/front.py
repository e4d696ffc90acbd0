"""Events that are not as they should be, through the front door: published at a node's own server, signed with its key, and
carried by the hub to the others, while the city runs.

The node itself has stopped: whoever took it, and its keys, goes on with the journals of its services.
"""

import asyncio
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

from services.kit.forwarder import forward
from services.kit.journal import Envelope
from services.kit.reactions import ANY
from services.kit.settings import Settings
from services.node.plan import Site
from services.node.serve import RECORDS, service
from tests.fuzz.handlers import Heard
from tests.fuzz.mutants import Mutants, every_event
from tests.fuzz.told import hands_of, heard_by, told
from tests.fuzz.world import World
from tests.hand import at_its_server, publish, signer_of

PART = 60
PATIENCE = 300.0


async def knock(world: World, events: int, seed: int, heard: Heard) -> None:
    """Stop the last department, and publish so many in its name, in parts; after each a good one, which every reader has to
    take.
    """
    site = world.plan.departments[-1]
    await asyncio.to_thread(world.stop, site.id)
    async with at_its_server(world.plan, site.id) as nc:
        carrying = asyncio.create_task(forward(nc, site.id))
        try:
            await tell(world, site, events, seed, heard)
        finally:
            carrying.cancel()


async def tell(world: World, site: Site, events: int, seed: int, heard: Heard) -> None:
    rng, lawful = Random(seed), told(world.plan)
    mine, hands = [e for e in lawful if e.node == site.id], hands_of(world.plan, site.id, lawful)
    mutants = Mutants(rng, lawful, [site.id], every_event())
    while heard.events < events:
        wild = [replace(mutants.of(rng.choice(mine)), node=site.id) for _ in range(PART)]
        good = replace(
            rng.choice([e for e in mine if e.to == "all"] or mine), event_id=f"good-{heard.events}"
        )
        some = [
            hands.get(e.service, hands["enforcement"]).write(e, skip=rng.random() < 0.02)
            for e in [*(w for w in wild if w.type), good]
        ]
        await publish(world.plan, site.id, some, signer_of(world.plan, site.id))
        heard.events += len(some)
        await taken(world, some[-1], heard)


async def taken(world: World, good: Envelope, heard: Heard) -> None:
    """Wait until each service that reacts to it has the good event behind it."""
    place, city, until = (
        f"{good.node}/{good.service}/{good.seq}",
        world.plan.city.id,
        time.monotonic() + PATIENCE,
    )
    short = good.type.rpartition(".")[2]
    waits = {
        (site.id, name): Path(
            Settings.load(world.plan.settings(site.id)).database(name).removeprefix("sqlite:///")
        )
        for site in world.plan.sites
        if site.id in world.served
        for name in site.services
        if name in RECORDS and heard_by(good, site.id, city) and reacts(name, short)
    }
    while waits and time.monotonic() < until:
        waits = {key: file for key, file in waits.items() if not has(file, place)}
        await asyncio.sleep(0.05)
    for node, name in waits:
        heard.fault(f"{name}@{node} takes nothing more", f"{place} {good.type}")


def reacts(name: str, short: str) -> bool:
    kinds = service(name).reactions
    return ANY in kinds or short in {kind.DESCRIPTOR.name for kind in kinds}


def has(file: Path, place: str) -> bool:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        return db.execute("SELECT 1 FROM heard_place WHERE place = ?", (place,)).fetchone() is not None
