"""NATS: with no key, with a department's key, with the hub's."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from nats.aio.client import Client

from services.kit.dial import Trust, context
from tests.attack.attack import HARMLESS, Attack, Scene
from tests.nodes.raw_leaf import RawLeaf, raw_leaf

FALLEN = "chengguan"
"""The department whose key somebody has."""
REFUSED, IGNORED = "refused", "ignored"


def seed(scene: Scene, node: str, name: str) -> str:
    return (scene.city.plan.keys / node / f"{name}.nk").read_text().strip()


async def connected(url: str, trust: Trust, nkey: str | None) -> str:
    """Whether a server lets a client in."""
    client = Client()
    with contextlib.suppress(Exception):
        async with asyncio.timeout(10):
            options: dict[str, Any] = {"nkeys_seed_str": nkey} if nkey else {}
            await client.connect(
                url,
                tls=context(trust),
                allow_reconnect=False,
                max_reconnect_attempts=0,
                connect_timeout=5,
                **options,
            )
        if client.is_connected:
            await client.close()
            return "let in"
    return REFUSED


Dial = Callable[[Scene], tuple[str, Trust, str | None]]
DOORS: tuple[tuple[str, str, Dial], ...] = (
    (
        "the hub, without a key",
        "connect",
        lambda s: (f"tls://{s.city.plan.hub}", s.city.plan.trust(FALLEN), None),
    ),
    (
        "the hub, with a department's key of clients",
        "connect",
        lambda s: (f"tls://{s.city.plan.hub}", s.city.plan.trust(FALLEN), seed(s, FALLEN, "app")),
    ),
    (
        "the hub, with a department's key of links",
        "connect",
        lambda s: (f"tls://{s.city.plan.hub}", s.city.plan.trust(FALLEN), seed(s, FALLEN, "leaf")),
    ),
    (
        "another's server, without a key",
        "connect",
        lambda s: (s.city.servers["huanbao"].url, s.city.plan.trust(FALLEN), None),
    ),
    (
        "another's server, with a key of one's own",
        "connect",
        lambda s: (s.city.servers["huanbao"].url, s.city.plan.trust(FALLEN), seed(s, FALLEN, "app")),
    ),
    (
        "the city's server, with a department's key",
        "connect",
        lambda s: (s.city.servers["city"].url, s.city.plan.trust(FALLEN), seed(s, FALLEN, "app")),
    ),
    (
        "the city's server, with the hub's watcher",
        "connect",
        lambda s: (s.city.servers["city"].url, s.city.plan.trust("hub"), seed(s, "hub", "watch")),
    ),
    (
        "one's own server, without a certificate",
        "connect",
        lambda s: (
            s.city.servers[FALLEN].url.replace("tls://", "nats://"),
            Trust(s.city.plan.trust(FALLEN).authority),
            None,
        ),
    ),
)


async def knocked(dial: Dial, scene: Scene) -> str:
    return await connected(*dial(scene))


async def linked_without(scene: Scene) -> str:
    """A link with a good key and no certificate, and one with a client's key."""
    own = scene.city.plan.trust(FALLEN)
    for trust, name in ((Trust(own.authority), "leaf"), (own, "app")):
        try:
            async with raw_leaf("127.0.0.1", scene.city.plan.hub_leaf.port, trust, seed(scene, FALLEN, name)):
                return "let in"
        except (ConnectionError, OSError):
            continue
    return REFUSED


@asynccontextmanager
async def link(scene: Scene) -> AsyncIterator[RawLeaf]:
    """A link with the department's key, written by hand."""
    port = scene.city.plan.hub_leaf.port
    async with raw_leaf(
        "127.0.0.1", port, scene.city.plan.trust(FALLEN), seed(scene, FALLEN, "leaf")
    ) as leaf:
        leaf.subscribe(f"D.dn.{FALLEN}.>")
        yield leaf


async def heads(scene: Scene) -> dict[str, tuple[int, int]]:
    """The streams of the hub: whether each is there, and from where it begins."""
    trust, client = scene.city.plan.trust("hub"), Client()
    url = f"tls://{scene.city.plan.hub}"
    await client.connect(url, tls=context(trust), nkeys_seed_str=seed(scene, "hub", "admin"))
    try:
        streams = await client.jetstream().streams_info()
        return {
            s.config.name: (s.state.first_seq, s.state.consumer_count >= 0) for s in streams if s.config.name
        }  # type: ignore[misc]
    finally:
        await client.close()


async def published(subject: str, scene: Scene) -> str:
    """A subject that is another's, or the server's own."""
    before = await heads(scene)
    async with link(scene) as leaf:
        leaf.publish(subject, b"400", "")
        await leaf.settle()
        refused = any("Permissions Violation" in each for each in leaf.errors)
    if await heads(scene) != before:
        return "changed"
    return REFUSED if refused else IGNORED


def of_acks(subject: str) -> tuple[str, ...]:
    """An acknowledgement may be said; it acknowledges nothing of another's."""
    return (REFUSED, IGNORED) if subject.startswith("$JS.ACK") else (REFUSED,)


async def subscribed(subject: str, scene: Scene) -> str:
    """Nothing of another's comes over a link."""
    async with link(scene) as leaf:
        leaf.subscribe(subject)
        await leaf.settle()
        said = scene.city.as_("city", "registrar-1", "REGISTRAR")
        await scene.call("city", "/yifa.registry.v1.RegistryService/ListBodies", b"", said)
        await leaf.settle()
        foreign = [
            m for m in leaf.received if b"yifa" in m.headers and not m.subject.startswith(f"D.dn.{FALLEN}.")
        ]
    return HARMLESS if not foreign else repr(foreign[:1])


SUBJECTS = (
    "in.huanbao.evt.city.registry.Told",
    "in.city.evt.all.registry.Told",
    "law.city.huanbao.registry.Told",
    "law.all.city.registry.Told",
    "evt.city.registry.Told",
    "D.dn.huanbao.forged",
    "D.dn.city.R.forged",
    "ctl.huanbao.first",
    "_INBOX.forged",
    "$JS.API.STREAM.DELETE.ALL",
    "$JS.API.STREAM.PURGE.UP_city",
    "$JS.API.STREAM.CREATE.MINE",
    "$JS.API.STREAM.UPDATE.ALL",
    "$JS.API.CONSUMER.DELETE.ALL.proj",
    "$JS.API.STREAM.MSG.DELETE.ALL",
    "$JS.API.STREAM.RESTORE.ALL",
    "$JS.API.ACCOUNT.PURGE.CITY",
    "$JS.ACK.ALL.proj.1.1.1.1.0",
    "$SYS.REQ.SERVER.PING",
    "$SYS.REQ.ACCOUNT.PING.CONNZ",
    "$SYS.REQ.SERVER.X.RELOAD",
    "$SYS.REQ.CLAIMS.UPDATE",
)
OTHERS = ("law.>", "in.>", "D.dn.city.>", "$SYS.>", ">")


async def steered(scene: Scene) -> str:
    """A consumer that is told to deliver into another's subjects."""
    before = await heads(scene)
    async with link(scene) as leaf:
        config = {
            "name": "x",
            "deliver_subject": "in.huanbao.evt.city.registry.Told",
            "filter_subject": f"law.{FALLEN}.>",
            "ack_policy": "none",
            "deliver_policy": "all",
        }
        request = {"stream_name": "ALL", "config": config, "action": ""}
        leaf.publish(
            f"HUB.API.CONSUMER.CREATE.ALL.x.law.{FALLEN}.>",
            json.dumps(request).encode(),
            f"D.dn.{FALLEN}.R.x",
        )
        await leaf.settle()
    return HARMLESS if await heads(scene) == before else "steered"


BUS = (
    *(Attack(name, "nats", tries, (REFUSED,), partial(knocked, dial)) for name, tries, dial in DOORS),
    Attack(
        "a link without a certificate, or with a client's key", "nats", "connect", (REFUSED,), linked_without
    ),
    *(
        Attack(f"speaking on {each}", "nats", "publish", of_acks(each), partial(published, each), None, True)
        for each in SUBJECTS
    ),
    *(
        Attack(
            f"listening on {each}", "nats", "subscribe", (HARMLESS,), partial(subscribed, each), None, True
        )
        for each in OTHERS
    ),
    Attack("a consumer aimed at others", "nats", "deliver_subject", (HARMLESS,), steered, None, True),
)
