"""Over the real bus: what somebody with a department's key sends silences nobody; a node that was set back has back what it wrote
and one that runs twice is heard whole."""

import shutil
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.registry.v1 import events_pb2 as registry_events
from yifa.supervision.v1 import case_view_pb2 as views
from yifa.supervision.v1 import warning_pb2

from services.kit.desk import envelope
from services.kit.journal import GENESIS, Envelope, headers, seal, verify
from services.kit.signature import signed
from services.kit.tx import Tx
from services.node.nats import Keys, Server
from services.node.plan import Plan, plan
from tests.cable import free_base
from tests.city import City, rid
from tests.nodes.raw_leaf import raw_leaf

NODE, OTHER = "huanbao", "chengguan"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    city = City(plan(tmp_path / "var", free_base(), share=0.0))
    await city.start()
    yield city
    await city.stop()


async def tell(city: City, node: str = NODE) -> str:
    """A node acknowledges a case of its own, in which nothing is wrong; its id."""
    evidence = [cases.FirstEvidence(title="核查记录", source="现场核查")]
    case = cases.Case(case_id=f"C-{rid()}", node=node, version=1, clue=cases.Clue(evidence=evidence))
    case.violation.law = "示例法第一条"
    case.violation.occur_time.GetCurrentTime()
    enforcement = city.nodes[node].running("enforcement")
    await enforcement.do(lambda tx: tx.emit(events.CaseFiled(case=case), subject=case.case_id))
    return case.case_id


async def heard(city: City, *case_ids: str, deadline: float = 60.0) -> None:
    """The city knows the cases."""
    overseer = city.as_("city", "overseer-1", "OVERSIGHT")
    for case_id in case_ids:
        asked = views.GetCaseRequest(case_id=case_id)
        await city.eventually(
            lambda a=asked: city.stub("city", "supervision").GetCase(a, metadata=overseer), deadline=deadline
        )


async def warned(city: City) -> list[warning_pb2.Warning]:
    """What the city found about chains of records."""
    request = warning_pb2.ListWarningsRequest(rule_id="CHAIN", page_size=100)
    overseer = city.as_("city", "overseer-1", "OVERSIGHT")
    return list((await city.stub("city", "supervision").ListWarnings(request, metadata=overseer)).warnings)


def lines(said: dict[str, str]) -> bytes:
    return ("NATS/1.0\r\n" + "".join(f"{k}: {v}\r\n" for k, v in said.items()) + "\r\n").encode()


def crafted(to: str, seq: int, count: int, prev: bytes = GENESIS, node: str = NODE) -> Envelope:
    """An entry that somebody who has the department's key made up, sealed rightly."""
    data = events.CaseFiled(case=cases.Case(case_id=f"C-{rid()}", node=node, version=1)).SerializeToString()
    kind = events.CaseFiled.DESCRIPTOR.full_name
    fields = (seq, f"E-{rid()}", kind, to, count, "C-1", 1_795_000_000_000_000, "O-1", "", TRACE, data)
    return Envelope(NODE, "enforcement", *fields, prev, seal(prev, *fields))


ATTACKS = {
    "traceparent": (crafted("all", 1, 1), {"traceparent": "1"}),
    "number": (crafted("all", 1, 1), {"yifa-seq": "1" + "0" * 30, "ce-type": "yifa.none.v1.Unknown"}),
    "jump": (crafted("city", 2**63 - 1, 2), {}),
    "hash": (crafted("city", 1, 1), {"ce-subject": "C-2"}),
}


@pytest.mark.parametrize("attack", ATTACKS)
async def test_one_event_with_a_departments_key_silences_nobody(city: City, attack: str) -> None:
    """All nodes go on, hear later genuine events of the same department and of others, and the city is warned."""
    await heard(city, await tell(city), await tell(city, OTHER))
    forged, said = ATTACKS[attack]
    seed = Keys(city.plan.keys).seed(NODE, "leaf")
    await city.servers[NODE].stop()
    async with raw_leaf("127.0.0.1", city.plan.hub_leaf.port, city.plan.trust(NODE), seed) as leaf:
        kind = said.get("ce-type", forged.type).rpartition(".")[2]
        signer = city.nodes[NODE].running("enforcement").around.signer
        head = lines(headers(forged, TRACE, signed([forged], signer)[0]) | said)
        leaf.publish(f"in.{NODE}.evt.{forged.to}.enforcement.{kind}", forged.data, headers=head)
        await leaf.settle()
    await city.servers[NODE].start()

    [warning] = await city.eventually(lambda: warned(city), deadline=60)
    assert warning.node == NODE

    await heard(city, await tell(city, OTHER))
    await heard(city, await tell(city), await tell(city))
    assert {name for name, task in city.tasks.items() if task.done()} == set()
    await city.body(OTHER)


async def test_a_flood_of_forgeries_delays_no_genuine_case(city: City) -> None:
    """A department speaks for the city and of another's case, some hundred times, to all."""
    [stolen] = [await tell(city, OTHER)]
    await heard(city, stolen)
    enforcement, registry = (city.nodes[NODE].running(name) for name in ("enforcement", "registry"))
    case = cases.Case(case_id=stolen, node=OTHER, version=9)
    revoked = registry_events.CertificateRevoked()

    def flood(event: Message) -> Callable[[Tx], None]:
        return lambda tx: [tx.emit(event, subject="X-1", to="all") for _ in range(200)] and None

    await enforcement.do(flood(events.CaseClosed(case=case)))
    await registry.do(flood(revoked))
    began = time.monotonic()
    await heard(city, await tell(city), await tell(city, OTHER))
    await city.body(OTHER)

    assert time.monotonic() - began < 30
    assert (await warned(city)) == [] or {w.node for w in await warned(city)} == {NODE}
    status = await city.eventually(
        lambda: city.status("city"), lambda s: sum(x.parked for x in s.services) >= 200, deadline=60
    )
    assert all(x.serving for x in status.services)


COPIED = "a machine is copied with its files; where the records are elsewhere, test_restored sets them back"


async def set_aside(city: City, to: Path) -> None:
    """A copy of all that a department's machine keeps, taken while it is off."""
    await city.stop_node(NODE)
    await city.servers[NODE].stop()
    shutil.copytree(city.plan.var / NODE, to / NODE)
    shutil.copytree(city.plan.var / "nats" / NODE, to / "nats" / NODE)


async def switched_on(city: City) -> None:
    await city.servers[NODE].start()
    await city.start_node(NODE)


@pytest.mark.of_sqlite(COPIED)
async def test_a_machine_that_was_set_back_has_back_what_it_wrote(city: City, tmp_path: Path) -> None:
    """Its databases and its bus are six cases old: before it serves it has them from the hub, and no number is used twice."""
    common = [await tell(city) for _ in range(3)]
    await heard(city, *common)
    await set_aside(city, tmp_path / "old")
    await switched_on(city)
    lost = [await tell(city) for _ in range(6)]
    await heard(city, *lost)

    await set_aside(city, tmp_path / "newer")
    for part in (NODE, f"nats/{NODE}"):
        shutil.rmtree(city.plan.var / part)
        shutil.copytree(tmp_path / "old" / part, city.plan.var / part)
    await switched_on(city)
    entries = [envelope(e) for e in await city.journal(NODE, "enforcement")]
    assert {e.subject for e in entries} >= {*common, *lost} and verify(entries)[1] == []
    second = [await tell(city) for _ in range(8)]
    await heard(city, *second)

    assert await warned(city) == []


@pytest.mark.of_sqlite(COPIED)
async def test_a_machine_that_runs_twice_loses_nothing_unheard(city: City, tmp_path: Path) -> None:
    """A copy of the department's folder is started beside the original, and both write."""
    common = [await tell(city) for _ in range(3)]
    await heard(city, *common)
    await set_aside(city, tmp_path / "copy")
    twin = await beside(city, tmp_path / "copy")
    await switched_on(city)
    await twin.servers[NODE].start()
    await twin.start_node(NODE)
    try:
        told = []
        for _ in range(5):
            told += [await tell(city), await tell(twin)]
        await heard(city, *told, deadline=120)
    finally:
        await twin.stop()

    [warning] = await warned(city)
    assert warning.node == NODE


async def beside(city: City, var: Path) -> City:
    """The same department once more, on other ports, from a copy of its files."""
    there: Plan = replace(city.plan, var=var, base=(base := free_base()))
    moved = {site.id: replace(site, port=base + 20 + 10 * n) for n, site in enumerate(there.departments)}
    there = replace(there, departments=tuple(moved.values()))
    for part in ("keys", "staff"):
        shutil.copytree(city.plan.var / part, var / part)
    here = next(s for s in city.plan.sites if s.id == NODE)
    for path, target in (
        (city.plan.nats_conf(NODE), there.nats_conf(NODE)),
        (city.plan.settings(NODE), there.settings(NODE)),
    ):
        words = path.read_text().replace(str(city.plan.var), str(var))
        for old, new in (
            (here.nats, moved[NODE].nats),
            (here.grpc, moved[NODE].grpc),
            (here.machines, moved[NODE].machines),
            (here.metrics, moved[NODE].metrics),
        ):
            words = words.replace(f"{old}", f"{new}")
        target.write_text(words.replace(str(here.nats.port), str(moved[NODE].nats.port)))
    (there.var / "log").mkdir()
    if city.plan.clock.exists():
        shutil.copy(city.plan.clock, there.clock)
    twin = City(there)
    twin.servers[NODE] = Server(there.nats_conf(NODE), moved[NODE].nats, there.log("nats"))
    return twin
