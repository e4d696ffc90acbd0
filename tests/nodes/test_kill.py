"""A department's process is killed -9 in the middle of its work."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import pytest
import pytest_asyncio
from nats.aio.client import Client
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import clue_pb2 as pb
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.cli.show import verify_file
from services.given.inspection import act
from services.kit.bus import connect
from services.kit.desk import envelope
from services.kit.journal import verify
from services.node.plan import plan
from services.node.up import serves
from tests.cable import free_base
from tests.city import City, rid, running
from tests.nodes.test_inspections import Town

NODE = "huanbao"


class Process:
    """A node as a process of its own."""

    def __init__(self, city: City):
        self.city = city

    async def start(self) -> None:
        settings = self.city.plan.settings(NODE)
        with self.city.plan.log(NODE).open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "services.node",
                str(settings),
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": ".:proto/gen", "YIFA_PARENT": "1"},
            )
        target = next(s.grpc for s in self.city.plan.sites if s.id == NODE)
        await self.city.eventually(lambda: serves(target), deadline=40)

    async def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def apart(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[City, Process]]:
    """A city whose environment department runs as a process of its own."""
    var: Path = tmp_path_factory.mktemp("apart")
    async for city in running(City(plan(var, free_base(), share=0.0))):
        await city.stop_node(NODE)
        process = Process(city)
        await process.start()
        yield city, process
        if process.process.returncode is None:
            await process.kill()


async def hub_sequences(city: City) -> list[int]:
    """The journal sequences of the department's enforcement that the hub's stream ALL has, in its order."""
    seed = (city.plan.keys / "hub" / "admin.nk").read_text().strip()
    nc: Client = await connect(f"nats://{city.plan.hub}", nkey_seed=seed, name="test")
    subscription = await nc.jetstream().subscribe(
        f"law.*.{NODE}.enforcement.>", stream="ALL", ordered_consumer=True
    )
    found: list[int] = []
    try:
        while True:
            message = await subscription.next_msg(timeout=0.5)
            found.append(int(message.headers["yifa-seq"]))
    except TimeoutError:
        return found
    finally:
        await nc.close()


async def test_killed_in_the_middle_of_200_writes(apart: tuple[City, Process]) -> None:
    """Every acknowledged write is there, every event is at the hub once and in order, the chain verifies."""
    city, process = apart
    body = await city.body(NODE)
    stub, unit = city.stub(NODE, "enforcement"), city.as_(NODE, "unit-1", "UNIT_HEAD")
    requests = [clue(body.body_id, n) for n in range(200)]
    await city.eventually(lambda: stub.RegisterClue(requests[0], metadata=unit))
    acknowledged: dict[str, str] = {}

    async def write(request: pb.RegisterClueRequest) -> None:
        try:
            reply = await stub.RegisterClue(request, metadata=unit, timeout=10)
            acknowledged[request.request_id] = reply.case.case_id
        except grpc.aio.AioRpcError:
            return

    writing = [asyncio.create_task(write(request)) for request in requests[1:]]
    while len(acknowledged) < 40:
        await asyncio.sleep(0.001)
    await process.kill()
    await asyncio.gather(*writing)
    killed_with = dict(acknowledged)
    await process.start()
    again = await asyncio.gather(*(stub.RegisterClue(r, metadata=unit, timeout=10) for r in requests))

    assert 40 <= len(killed_with) < 200
    by_request = {r.request_id: reply.case.case_id for r, reply in zip(requests, again, strict=True)}
    assert killed_with.items() <= by_request.items(), (
        "an acknowledged write is the same write after the restart"
    )
    assert len(set(by_request.values())) == 200
    entries = [envelope(e) for e in await city.journal(NODE, "enforcement")]
    assert sorted(e.request_id for e in entries if e.type.endswith("ClueRegistered")) == sorted(by_request)
    read, faults = verify(entries)
    assert read == len(entries) and not faults
    wanted = [e.seq for e in entries]
    await city.eventually(lambda: hub_sequences(city), lambda found: found == wanted)


async def test_verify_names_a_changed_entry(apart: tuple[City, Process], tmp_path: Path) -> None:
    """The chain is checked offline, on a copy of the database in which one entry was changed."""
    import sqlite3

    city, _ = apart
    await city.body(NODE)
    source = city.plan.var / "city" / "registry.db"
    copy = tmp_path / "registry.db"
    with sqlite3.connect(source) as a, sqlite3.connect(copy) as b:
        a.backup(b)
    assert not verify_file(copy).faults
    with sqlite3.connect(copy) as b:
        b.execute("UPDATE journal SET actor = 'nobody' WHERE seq = 1")

    faults = verify_file(copy).faults

    assert [f.seq for f in faults] == [1]


def clue(body_id: str, n: int) -> pb.RegisterClueRequest:
    return pb.RegisterClueRequest(
        request_id=rid(),
        body_id=body_id,
        source=cases.CLUE_SOURCE_MONITORING,
        summary=f"线索{n}",
        party=parties.Party(kind=parties.PARTY_KIND_CITIZEN, name="示例当事人"),
        violation=penalties.Violation(title="示例违法行为"),
    )


async def test_a_code_comes_once_though_the_department_dies_while_it_waits(
    apart: tuple[City, Process],
) -> None:
    """Killed when it had asked, and again when it had its code: one code, and the inspection goes on with it."""
    city, process = apart
    town = Town(city)
    visit = await town.visit(NODE)
    await town.approved(visit)
    await act(town.do(visit), "RequestInspectionCode", visit)
    await process.kill()
    await process.start()
    first = await town.answered(visit)
    await process.kill()
    await process.start()

    for rpc in ("NoticeInspection", "CheckIn", "RecordInspection"):
        await act(town.do(visit), rpc, visit)

    again = await town.answered(visit)
    assert first.code.code and again.code == first.code
    issued = [e for e in await city.journal("city", "supervision") if e.subject_id == visit.inspection_id]
    assert [e.type.rpartition(".")[2] for e in issued] == ["InspectionCodeIssued"]
