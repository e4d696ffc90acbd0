"""A city of which one department has fallen to somebody who has its key, and what that somebody works with."""

import asyncio
import contextlib
import secrets

from tests.nodes.actors import DEADLINE, until
from tests.nodes.nats_city import nats_city
from tests.nodes.raw_leaf import raw_leaf

CREATE = "HUB.API.CONSUMER.CREATE.ALL"
INBOX = "D.dn.a.R"


@contextlib.asynccontextmanager
async def fallen_city(folder):
    """All have written to each other; from now on nothing but hand-made links speaks for department a."""
    async with nats_city(folder, ["a", "b"]) as city:
        await city.linked()
        at_city, at_b = city.inbox("city", "law.>"), city.inboxes("b")[0]
        for node, to in (("b", "city"), ("city", "b"), ("city", "a"), ("city", "all"), ("a", "a")):
            city.journal(node, f"to-{to}").add(to, 5)
        await until(lambda: len(at_city.events) == 10 and len(at_b.events) == 5)
        city.forwarder["a"].cancel()
        yield city


@contextlib.asynccontextmanager
async def link(city, node="a"):
    """A leaf link with the node's key, that listens on all it may."""
    seed = city.keys.seed(node, "leaf")
    async with raw_leaf("127.0.0.1", city.hub_leaf.port, city.keys.trust("a"), seed) as leaf:
        leaf.subscribe("D.dn.a.>")
        yield leaf


def consumer(name, filter="law.a.>", **config):
    config = {
        "name": name,
        "deliver_subject": f"D.dn.a.{name}",
        "filter_subject": filter,
        "ack_policy": "none",
        "deliver_policy": "all",
        "max_deliver": 1,
        "mem_storage": True,
        "inactive_threshold": 30_000_000_000,
    } | config
    config = {key: value for key, value in config.items() if value is not None}
    return {"stream_name": "ALL", "config": config, "action": ""}


async def create(leaf, filter="law.a.>", **config):
    name = secrets.token_hex(6)
    leaf.subscribe(f"D.dn.a.{name}")
    return await leaf.request(f"{CREATE}.{name}.{filter}", consumer(name, filter, **config), inbox=INBOX)


async def picture(city):
    """All that an attack could have changed at the hub, once ALL has collected what there is to collect."""
    js = city.hub_admin.jetstream()
    async with asyncio.timeout(DEADLINE):
        while True:
            states = {s.config.name: s for s in await js.streams_info()}
            counts = [(await js.stream_info(f"UP_{n}", subjects_filter="in.*.evt.*.>")) for n in city.nodes]
            if states["ALL"].state.messages == sum(sum((c.state.subjects or {}).values()) for c in counts):
                break
            await asyncio.sleep(0.02)
    return {
        name: (info.state.first_seq, info.state.last_seq, info.state.messages, info.created)
        for name, info in states.items()
    }
