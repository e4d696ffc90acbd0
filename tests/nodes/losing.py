"""Stores lost, set back and damaged, one after another and drawn by a seed, while two departments write; then everything is held
against everything.

python -m tests.nodes.losing SEED FAULTS: the long run, by hand. Its figures stand in docs/reliability.md.
"""

import asyncio
import contextlib
import gc
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
from yifa.supervision.v1 import warning_pb2

from services.given.case import register_clue
from services.kit.backup.copy import copy_nodes
from services.kit.backup.manifest import chosen, unpacked
from services.kit.backup.restore import restore
from services.kit.backup.store import Folder
from services.kit.desk import envelope
from services.kit.journal import verify
from services.kit.settings import Settings
from services.node.plan import plan
from services.node.serve import service
from tests.cable import free_base
from tests.city import City, rid, running
from tests.database import opened
from tests.nodes.nats_city import copy_store

NODES = ("huanbao", "chengguan")
AWAY = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.RESOURCE_EXHAUSTED)
DONE = "REQUEST_DONE_BEFORE_RESTORE"


@dataclass
class Losing:
    """A city in which stores are lost, by some of the kinds of faults or by all. `acknowledged`: what its departments were told
    is done, by request.
    """

    city: City
    folder: Path
    draw: random.Random
    acknowledged: dict[str, tuple[str, str]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    bodies: dict[str, str] = field(default_factory=dict)
    shots: int = 0
    kinds: tuple[str, ...] = ()
    turns: dict[str, asyncio.Lock] = field(default_factory=lambda: {node: asyncio.Lock() for node in NODES})
    """Held while a department's writer waits for an answer, and while its databases are put back."""
    known: set[str] = field(default_factory=set)
    """The warnings of before."""

    async def begin(self) -> None:
        for node in NODES:
            self.bodies[node] = (await self.city.body(node)).body_id
            clue = lambda n=node: register_clue(self.city.work(n), self.bodies[n])  # noqa: E731
            await self.city.eventually(clue)
        self.known = {w.warning_id for w in await self.warnings()}

    async def write(self, node: str) -> None:
        """Clues, each repeated under its request_id until it is answered."""
        while True:
            request = rid()
            while request not in self.acknowledged:
                try:
                    async with self.turns[node]:
                        work = self.city.work(node)
                        case = await register_clue(work, self.bodies[node], request_id=request)
                    self.acknowledged[request] = node, case.case_id
                except grpc.aio.AioRpcError as no:
                    if DONE in str(no.trailing_metadata()):
                        self.acknowledged[request] = node, ""
                    elif no.code() not in AWAY:
                        raise
                    await asyncio.sleep(0.1)
            await asyncio.sleep(0.02)

    # Faults ------------------------------------------------------------------------------------------

    def store(self, owner: str, stream: str = "") -> Path:
        below = Path("jetstream", "HUB" if owner == "hub" else "LAW", "streams", stream) if stream else Path()
        return self.city.plan.var / "nats" / owner / below

    async def without(self, *owners: str, do: Callable[[], None]) -> None:
        """Something happens to the stores of servers that are killed for it."""
        for owner in owners:
            await self.city.servers[owner].kill()
        do()
        await asyncio.gather(*(self.city.servers[owner].start() for owner in owners))

    async def lost(self, owner: str, stream: str = "") -> None:
        await self.without(owner, do=lambda: shutil.rmtree(self.store(owner, stream), ignore_errors=True))

    async def set_back(self, owner: str, stream: str = "") -> None:
        """To what it was a moment ago."""
        there, self.shots = self.store(owner, stream), self.shots + 1
        older = copy_store(there, self.folder / f"shot-{self.shots}")
        await asyncio.sleep(self.draw.uniform(0.5, 1.5))

        def back() -> None:
            shutil.rmtree(there)
            shutil.copytree(older, there)

        await self.without(owner, do=back)

    async def damaged(self, owner: str) -> None:
        """Some bytes of each block are zero, or its end is cut off."""
        cut, at = self.draw.random() < 0.5, self.draw.uniform(0.1, 0.9)

        def damage() -> None:
            for block in self.store(owner).rglob("*.blk"):
                data = bytearray(block.read_bytes())
                middle = int(len(data) * at)
                if cut:
                    del data[middle:]
                else:
                    data[middle : middle + 300] = bytes(len(data[middle : middle + 300]))
                block.write_bytes(data)

        await self.without(owner, do=damage)

    async def node_set_back(self, node: str) -> None:
        """The databases of a node are put back from a copy of a moment ago."""
        copies = Folder(self.folder / "copies")
        settings = Settings.load(self.city.plan.settings(node))
        await asyncio.to_thread(copy_nodes, [settings], copies, keep=1)
        await asyncio.sleep(self.draw.uniform(0.5, 1.5))
        # what was acknowledged and never left the machine has no other copy
        async with self.turns.get(node, contextlib.AsyncExitStack()):
            await self.forwarded(node)
            await self.city.stop_node(node)
            gc.collect()  # a process that ends lets go of everything, and this one goes on
            manifest = unpacked(copies.manifest(copies.names()[-1]), "")
            restore(copies, manifest, chosen(manifest, [node]), self.city.plan.var, service)
            await self.city.start_node(node)

    async def forwarded(self, node: str) -> None:
        """The hub has all that the node acknowledged so far."""
        heads = {s.service: s.head_seq for s in (await self.status(node)).services}

        async def out() -> bool:
            now = await self.city.status(node)
            return now.hub_lag == 0 and all(s.relayed_seq >= heads[s.service] for s in now.services)

        await self.city.eventually(out, deadline=60)

    def faults(self) -> dict[str, Callable[[], Awaitable[None]]]:
        node = self.draw.choice(NODES)
        both = self.draw.choice(NODES)

        async def copy_and_stream() -> None:
            gone = (self.store("hub", f"UP_{both}"), self.store(both))
            await self.without(
                "hub", both, do=lambda: [shutil.rmtree(each, ignore_errors=True) for each in gone] and None
            )

        return {
            "stream lost": lambda: self.lost(node),
            "stream set back": lambda: self.set_back(node),
            "stream damaged": lambda: self.damaged(node),
            "copy lost": lambda: self.lost("hub", f"UP_{node}"),
            "copy set back": lambda: self.set_back("hub", f"UP_{node}"),
            "copy and stream lost": copy_and_stream,
            "collection lost": lambda: self.lost("hub", "ALL"),
            "collection set back": lambda: self.set_back("hub", "ALL"),
            "hub lost": lambda: self.lost("hub"),
            "hub set back": lambda: self.set_back("hub"),
            "hub damaged": lambda: self.damaged("hub"),
            "department set back": lambda: self.node_set_back(node),
            "city set back": lambda: self.node_set_back("city"),
        }

    async def go_wrong(self, faults: int, report: Callable[[str], None]) -> None:
        """So many faults, all kinds of them in turn, each healed before the next."""
        order: list[str] = []
        writing = [asyncio.create_task(self.write(node)) for node in NODES]
        try:
            for number in range(faults):
                if not order:
                    order = sorted(self.kinds or self.faults())
                    self.draw.shuffle(order)
                kind, began = order.pop(), time.monotonic()
                await self.faults()[kind]()
                await self.settled()
                self.done[kind] += 1
                report(f"{number + 1}/{faults} {kind}: {time.monotonic() - began:.1f} s")
                for task in writing:
                    if task.done():
                        task.result()
        finally:
            for task in writing:
                task.cancel()
            await asyncio.gather(*writing, return_exceptions=True)
        await self.settled()

    # What holds --------------------------------------------------------------------------------------

    async def status(self, node: str) -> Any:
        """How a node stands; one that was just switched on is asked again."""
        return await self.city.eventually(lambda: self.city.status(node), deadline=60)

    async def settled(self) -> None:
        """All that was written up to now is at the city."""
        heads = {(node, s.service): s.head_seq for node in NODES for s in (await self.status(node)).services}

        async def behind() -> dict[tuple[str, str], int]:
            there = self.received()
            return {key: less for key, head in heads.items() if (less := head - there.get(key, 0)) > 0}

        await self.city.eventually(behind, lambda less: not less, deadline=120)

    def received(self) -> dict[tuple[str, str], int]:
        """How many different entries the city received of each journal."""
        with opened(self.city.plan.var / "city" / "supervision.db") as connection:
            asked = "SELECT node, service, count(DISTINCT journal_seq) FROM received GROUP BY node, service"
            return {(node, name): count for node, name, count in connection.execute(asked)}

    async def hold(self) -> dict[str, int]:
        """Everything against everything; what was found, as numbers that should be 0."""
        found: Counter[str] = Counter()
        known: dict[str, set[str]] = {}
        for node in NODES:
            for name in ("registry", "enforcement", "notifications"):
                entries = [envelope(e) for e in await self.city.journal(node, name)]
                found["faults of chains"] += len(verify(entries)[1])
                found["entries doubled"] += len(entries) - len({e.event_id for e in entries})
                if name == "enforcement":
                    told = Counter(e.request_id for e in entries if e.type.endswith("ClueRegistered"))
                    found["requests done twice"] += sum(n > 1 for n in told.values())
                    known[node] = set(told)
        for request, (node, _) in self.acknowledged.items():
            found["acknowledged and lost"] += request not in known[node]
        with opened(self.city.plan.var / "city" / "supervision.db") as connection:
            twice = (
                "SELECT count(*) FROM (SELECT 1 FROM received GROUP BY node, service, journal_seq "
                "HAVING count(DISTINCT hash) > 1)"
            )
            [(found["second histories at the city"],)] = connection.execute(twice).fetchall()
            held = {key for (key,) in connection.execute("SELECT case_id FROM caseview")}
        for _, case_id in self.acknowledged.values():
            found["cases not at the city"] += bool(case_id) and case_id not in held
        found["open warnings of chains"] += len(
            await self.city.eventually(self.warnings, lambda w: not w, deadline=30)
        )
        return dict(found)

    async def warnings(self) -> list[warning_pb2.Warning]:
        asked = warning_pb2.ListWarningsRequest(rule_id="CHAIN", page_size=100)
        overseer = self.city.as_("city", "overseer-1", "OVERSIGHT")
        found = await self.city.stub("city", "supervision").ListWarnings(asked, metadata=overseer)
        still = [w for w in found.warnings if w.state == warning_pb2.WARNING_STATE_OPEN]
        return [w for w in still if w.warning_id not in self.known]


async def main(seed: int, faults: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = City(plan(Path(folder) / "var", free_base(), share=0.0))
        async with contextlib.aclosing(running(made)) as cities:
            async for city in cities:
                losing = Losing(city, Path(folder), random.Random(seed))
                await losing.begin()
                await losing.go_wrong(faults, print)
                print(f"{len(losing.acknowledged)} acknowledged", dict(losing.done), await losing.hold())


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
