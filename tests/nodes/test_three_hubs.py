"""A hub of three servers: one of them is killed, and writes, reading and links go on; it comes back and has everything."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import api
from yifa.registry.v1 import body_pb2

from services.given.people import ROSTER
from services.kit.connection import connect
from services.kit.dial import context
from services.node.plan import plan
from tests.cable import free_base
from tests.city import City, running

ELECTED = 90.0
"""Seconds until other servers lead what the dead one led and the sources of that are found again: the hub's own pace."""


@pytest_asyncio.fixture(loop_scope="session")
async def three(tmp_path: Path) -> AsyncIterator[City]:
    one = (("huanbao", "市生态环境局", "Bureau of Ecology and Environment"),)
    async for city in running(City(plan(tmp_path, free_base(), one, share=0.0, hub_servers=3))):
        yield city


async def test_one_server_of_three_may_die(three: City) -> None:
    city = three
    body = await city.body()
    await city.officer(body)
    seed = (city.plan.keys / "hub" / "admin.nk").read_text().strip()
    tls = context(city.plan.trust("hub"))
    nc = await connect(city.plan.hub_urls, nkey_seed=seed, name="test", tls=tls)

    whole = await city.eventually(lambda: stream(nc), lambda s: s is not None and in_step(s, 3), ELECTED)
    assert whole is not None
    assert whole.config.num_replicas == 3
    leader = whole.cluster.leader
    await city.servers[leader].kill()

    # both ways: the city's word reaches the department, the department's reaches the city
    second = await city.body(patience=ELECTED)
    officer = await city.officer(second)
    await city.eventually(lambda: heard(city, second, officer.officer_id), deadline=ELECTED)
    went_on = await city.eventually(
        lambda: stream(nc), lambda s: s is not None and s.cluster.leader not in (None, leader), ELECTED
    )
    assert went_on is not None
    assert went_on.state.messages > whole.state.messages

    await city.servers[leader].start()
    back = await city.eventually(lambda: stream(nc), lambda s: s is not None and in_step(s, 3), ELECTED)
    assert back is not None
    assert back.state.messages >= went_on.state.messages
    await nc.close()


def in_step(info: api.StreamInfo, servers: int) -> bool:
    """Whether all servers of the stream have all of it."""
    found: Any = info.cluster
    others = found.replicas or []
    return (
        bool(found.leader) and len(others) == servers - 1 and all(r.current and not r.offline for r in others)
    )


async def stream(nc: Client) -> api.StreamInfo | None:
    try:
        return await nc.jetstream(timeout=1).stream_info("ALL")
    except (NatsError, TimeoutError):
        return None


async def heard(city: City, body: body_pb2.EnforcementBody, officer_id: str) -> bool:
    """Whether the city has the department's officer."""
    reply = await city.say("city", "registry", "ListOfficers", ROSTER, body_id=body.body_id, page_size=50)
    return any(o.officer_id == officer_id for o in reply.officers)
