"""A department comes or goes while the city runs: what is looked at before, and the canary that shows that it is there."""

import asyncio
import os
import signal
import time
from dataclasses import dataclass

import grpc
from yifa.journal.v1 import journal_service_pb2_grpc
from yifa.journal.v1 import node_pb2 as nodes
from yifa.supervision.v1 import supervision_service_pb2_grpc, watch_pb2

from services.kit.dial import channel
from services.kit.supervised import birth_of
from services.node import roster
from services.node.failure import Failure
from services.node.nats import check_node_id
from services.node.plan import Plan, Site, again, department, ports_of, taken_among

WITHIN = 90.0
SETTLE = 20.0


@dataclass(frozen=True)
class Canary:
    """How many seconds it took until an event of the department was at the city, and one of the hub at the department."""

    up: float
    down: float


def add(city: Plan, id: str, title_zh: str, title_en: str) -> Plan:
    """Write down one department more; the plan with it. Raises Failure for what cannot be, with what mends it."""
    entries = entries_of(city)
    try:
        check_node_id(id)
    except ValueError as wrong:
        raise Failure(f"{wrong}. Take small letters, digits, - and _, at most 32") from None
    if id == city.city.id or any(e.id == id and not e.gone for e in entries):
        raise Failure(f"{id}: 已有该节点 there is such a node already; take another id")
    if any(e.id == id for e in entries):
        raise Failure(
            f"{id}: 该节点已移除，记录仍归此编号 was removed, and its records stay under this id; take another id"
        )
    if not title_zh.strip() or not title_en.strip():
        raise Failure("a department has a name in Chinese and in English: --zh 名称 --en NAME")
    more = roster.joined(entries, id, title_zh.strip(), title_en.strip())
    site = department(city.base, more[-1])
    if taken := taken_among(ports_of(site)):
        ports = "; ".join(f"{port} ({what})" for port, what in taken)
        raise Failure(f"port taken: {ports}. Stop what listens there, and add {id} again")
    roster.write(city.var, more)
    return again(city)


def entries_of(city: Plan) -> list[roster.Entry]:
    """All departments that there ever were."""
    return roster.of(city.var, [(s.id, s.title_zh, s.title_en) for s in city.departments])


async def remove(city: Plan, id: str, force: bool) -> Plan:
    """Write down that a department is gone; the plan without it. Raises Failure where the hub has not got all that it wrote."""
    site = next((s for s in city.departments if s.id == id), None)
    if site is None:
        known = ", ".join(s.id for s in city.departments)
        raise Failure(f"{id}: 没有该部门节点 there is no such department; there are: {known or 'none'}")
    if not force and (waiting := await unsent(city, site)):
        raise Failure(
            f"{id}: {waiting}. What the city has not got would stay at the department alone: wait until it has, or say --force"
        )
    entries = entries_of(city)
    roster.write(city.var, roster.left(entries, id))
    return again(city)


async def unsent(city: Plan, site: Site) -> str:
    """What the hub has not got of a department after a while; empty for nothing."""
    deadline, said = time.monotonic() + SETTLE, ""
    while time.monotonic() < deadline:
        if (status := await ask(city, site)) is None:
            return "it does not answer"
        lag = status.hub_lag + sum(max(0, s.head_seq - s.relayed_seq) for s in status.services)
        if status.hub_connected and not lag:
            return ""
        said = (
            f"{lag} events wait" if status.hub_connected else f"it is cut off from the hub, {lag} events wait"
        )
        await asyncio.sleep(0.2)
    return said


async def ask(city: Plan, site: Site) -> nodes.GetNodeStatusResponse | None:
    """How a node is; None where it does not answer."""
    try:
        # a department that was just written down has no certificate yet
        async with channel(city.target(site.id)) as there:
            stub = journal_service_pb2_grpc.JournalServiceStub(there)
            return await stub.GetNodeStatus(nodes.GetNodeStatusRequest(), metadata=me(city), timeout=3)
    except (grpc.aio.AioRpcError, OSError):
        return None


def me(city: Plan) -> tuple[tuple[str, str]]:
    return (("authorization", f"Bearer {city.token('operator', city.city.id, 'SYSTEM', 'OVERSIGHT')}"),)


async def canary(city: Plan, site: Site, within: float = WITHIN) -> Canary:
    """Wait for an event each way. A node announces the key that it signs with, to all: the city's at the department, and the
    department's at the city. Raises Failure when one of them does not arrive.
    """
    began = time.monotonic()
    ways = {"up": arrived(city, site), "down": heard(city, site)}
    took: dict[str, float] = {}

    async def timed(way: str) -> None:
        await ways[way]
        took[way] = time.monotonic() - began

    try:
        async with asyncio.timeout(within):
            await asyncio.gather(*(timed(way) for way in ways))
    except TimeoutError:
        missing = ", ".join(sorted(ways.keys() - took.keys()))
        raise Failure(
            f"{site.id}: no event arrived within {within:.0f} s ({missing}); see {city.log(site.id)} and `yifa status`. It "
            f"is tried again as long as it is in the city; `yifa node remove {site.id} --force` takes it out"
        ) from None
    return Canary(took["up"], took["down"])


async def arrived(city: Plan, site: Site) -> None:
    """Return when the city has an event of the department."""
    while True:
        async with channel(city.target(city.city.id)) as there:
            stub = supervision_service_pb2_grpc.SupervisionServiceStub(there)
            try:
                request = watch_pb2.WatchRequest(node=site.id, after_position=0)
                async for reply in stub.Watch(request, metadata=me(city)):
                    if reply.HasField("entry"):
                        return
            except grpc.aio.AioRpcError:
                pass
        await asyncio.sleep(0.2)


async def heard(city: Plan, site: Site) -> None:
    """Return when the department has read an event that the hub has for all."""
    while True:
        status = await ask(city, site)
        readings = [r for s in status.services for r in s.readings] if status is not None else []
        if any(r.source == "law.all.>" and r.position > 0 for r in readings):
            return
        await asyncio.sleep(0.1)


def tell_supervisor(city: Plan) -> bool:
    """Let the supervisor look at the departments anew. False where none runs: it will when it starts."""
    try:
        pid = int((city.var / "up.lock").read_text().strip() or 0)
    except (OSError, ValueError):
        return False
    if not pid or not birth_of(pid) or not (city.var / "up.json").exists():
        return False
    os.kill(pid, signal.SIGHUP)
    return True
