"""From a department's commit to the city's desk, over real servers and a leaf link."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from yifa.supervision.v1 import supervision_service_pb2_grpc, watch_pb2

from services.kit.bus import connect
from services.kit.dial import channel, context
from services.node.nats import Server
from services.node.plan import CONSOLE, DEPARTMENTS, OTLP, Plan, lay_out, plan
from tests.bench.client import Load
from tests.bench.processes import Process, Processes, spent, stolen_since
from tests.bench.seed import NODE, Seeded, backlog, evidence_request, tell_city
from tests.cable import free_base

RATE = 200
ROUNDS = 5
WARM_UP = 10
RECORD = "/yifa.enforcement.v1.EnforcementService/RecordEvidence"
DEADLINE = 60.0


@dataclass
class Journey:
    """How long each write took to be seen, in milliseconds and by rounds, and how fast a backlog went up."""

    rounds: list[list[float]] = field(default_factory=list)
    """Each in order of size."""
    stolen: list[float] = field(default_factory=list)
    """The share of the machine's processor time that its host gave to others, by rounds."""
    written: int = 0
    seen: int = 0
    drained: float = 0.0
    at_hub: int = 0
    expected_at_hub: int = 0


class City:
    """A hub, the city and one department, each with its own nats-server and process."""

    def __init__(self, folder: Path, seeded: Path, processes: Processes):
        self.plan: Plan = plan(folder / "city", free_base(), DEPARTMENTS[:1], share=0.1, checkpoint=0.0)
        self.processes = processes
        lay_out(self.plan)
        for site in self.plan.sites:  # the sink of spans speaks plain text
            file = self.plan.settings(site.id)
            file.write_text(file.read_text().replace('otlp = "https:', 'otlp = "http:'))
        own = self.plan.var / NODE
        own.mkdir(exist_ok=True)
        shutil.copy(seeded, own / "enforcement.db")
        sites = [(self.plan.nats_conf(s.id), s.nats, self.plan.log(f"nats-{s.id}")) for s in self.plan.sites]
        hub = (self.plan.nats_conf("hub"), self.plan.hub, self.plan.log("nats-hub"))
        self.servers = [Server(*where) for where in (hub, *sites)]

    async def start(self) -> None:
        await tell_city(self.plan.settings(self.plan.city.id))
        await asyncio.gather(*(server.start() for server in self.servers))
        port = self.plan.base + OTLP
        self.processes.start("city-sink", "tests.bench.server", "sink", str(port), port=port).wait()
        self.serve("hub", self.plan.base + CONSOLE)
        self.nodes = [self.serve(s.id, s.port) for s in self.plan.sites]
        for node in self.nodes:
            node.wait()

    def serve(self, node: str, port: int) -> Process:
        settings = str(self.plan.settings(node))
        return self.processes.start(f"node-{node}", "services.node", settings, port=port)

    async def stop(self) -> None:
        await asyncio.gather(*(server.stop() for server in self.servers))

    def as_(self, subject: str, node: str, role: str) -> tuple[tuple[str, str], ...]:
        return (("authorization", f"Bearer {self.plan.token(subject, node, role)}"),)


async def travel(
    folder: Path, seeded: Seeded, copy: Path, processes: Processes, writes: int, entries: int
) -> Journey:
    """Write at a steady rate and watch; then let a journal that nobody relayed drain."""
    city, journey = City(folder, copy, processes), Journey()
    try:
        await city.start()
        await delays(city, folder, seeded.cases[:2], writes, journey)
        for node in city.nodes:
            processes.end(node)
        await backlog(city.plan.settings(NODE), entries, seeded.cases[0][:BACKLOG_CASES])
        await drain(city, entries, journey)
    finally:
        await city.stop()
    return journey


BACKLOG_CASES = 500


async def delays(city: City, folder: Path, cases: list[list[str]], writes: int, journey: Journey) -> None:
    """From the acknowledgement of a write at the department to its entry in a watcher's hands at the city."""
    department, office = city.plan.departments[0], city.plan.city
    client = city.processes.start("journey", "tests.bench.client")
    seen: dict[str, float] = {}
    async with channel(city.plan.target(office.id)) as there:
        watching = supervision_service_pb2_grpc.SupervisionServiceStub(there).Watch(
            watch_pb2.WatchRequest(after_position=0, node=NODE),
            metadata=city.as_("oversight-1", office.id, "OVERSIGHT"),
        )

        async def watch() -> None:
            async for response in watching:
                if response.entry.type.endswith(".EvidenceRecorded"):
                    seen.setdefault(response.entry.subject_id, time.perf_counter())

        async def written(mine: list[list[str]], rate: int) -> dict[str, float]:
            """Write to the cases in turn and wait until all is seen; when each write was acknowledged."""
            first, calls = len(seen), sum(map(len, mine))
            order = {
                "port": department.port,
                "connections": len(mine),
                "streams": 0,
                "calls": calls,
                "rate": rate,
                "authority": str(city.plan.trust(NODE).authority),
            }
            load = requests(city, mine).save(folder / f"journey-{first}.json")
            tally = await asyncio.to_thread(client.order, load=str(load), first_id=first, **order)
            await until(lambda: done(len(seen) == first + tally.acknowledged))
            return {mine[n % len(mine)][n // len(mine)]: at for n, at in tally.moments}

        eyes = asyncio.create_task(watch())
        # of each officer's cases the later ones: the backlog is about the first
        warm_up = await written([of[-WARM_UP:] for of in cases], WARM_UP)
        journey.written = len(warm_up)
        each = writes // len(cases) // ROUNDS
        for end in range(-WARM_UP - ROUNDS * each, -WARM_UP, each):
            before = spent()
            acknowledged = await written([of[end : end + each] for of in cases], RATE)
            journey.written += len(acknowledged)
            journey.rounds.append(
                sorted(1000 * (seen[i] - at) for i, at in acknowledged.items() if i in seen)
            )
            journey.stolen.append(stolen_since(before))
        eyes.cancel()
    city.processes.end(client)
    journey.seen = len(seen)


def requests(city: City, cases: list[list[str]]) -> Load:
    """Evidence for the cases of each officer."""
    callers = [
        (
            city.plan.token(f"O-{n}", NODE, "HANDLING_OFFICER"),
            [evidence_request(case_id, n) for case_id in mine],
        )
        for n, mine in enumerate(cases)
    ]
    return Load(RECORD, callers)


async def drain(city: City, entries: int, journey: Journey) -> None:
    """How fast relay and forwarder carry a backlog into the hub's stream ALL."""
    seed = (city.plan.keys / "hub" / "admin.nk").read_text().strip()
    client = await connect(city.servers[0].url, nkey_seed=seed, tls=context(city.plan.trust("hub")))
    try:
        js = client.jetstream()

        async def stored() -> int:
            return int((await js.stream_info("ALL")).state.messages)

        before = await stored()
        department = city.serve(NODE, city.plan.departments[0].port)
        await until(lambda: more_than(stored, before), 0.005)
        first, began = await stored(), time.perf_counter()
        await until(lambda: more_than(stored, before + entries - 1), 0.02)
        last, took = await stored(), time.perf_counter() - began
        journey.at_hub, journey.expected_at_hub = last - before, entries
        journey.drained = (last - first) / took if took else 0.0
        city.processes.end(department)
    finally:
        await client.close()


async def done(yes: bool) -> bool:
    return yes


async def more_than(count: Callable[[], Awaitable[int]], least: int) -> bool:
    return await count() > least


async def until(holds: Callable[[], Awaitable[bool]], every: float = 0.02) -> None:
    """Return once it holds, or after a long while: what is missing is counted afterwards."""
    deadline = time.monotonic() + DEADLINE
    while not await holds() and time.monotonic() < deadline:
        await asyncio.sleep(every)
