"""Keeping the hub's streams as they should be: UP_<node> for what each node pushes, ALL for everyone to read.

Runs with the hub's admin key, anywhere that reaches the hub. A hub whose store was lost needs nothing but
this: the streams are made again, and the nodes fill them from their own.
"""

import asyncio
import json
import logging
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from nats.aio.client import Client
from nats.js import JetStreamContext, api

from services.kit.bus import BusError, asked, last_of
from services.node.copies import Copies
from services.node.copies import info_of as _info

log = logging.getLogger(__name__)

PERIOD = 2.0
DRAIN = 3.0
LARGEST_SEQUENCE = 2**52
SERVICE_REPLY = "_R_."
MOST_CONSUMERS = 256
"""Of one node on ALL: its services' readers many times over, as reconnections leave old ones for 30 seconds."""


async def keep_hub(
    nc: Client,
    nodes: Callable[[], Iterable[str]],
    *,
    replicas: int = 1,
    measured: Callable[[int], None] = lambda _: None,
) -> None:
    """Keep UP_<node> and ALL for all `nodes()`, asked anew at every round, until cancelled. `measured` is told how many bytes
    they have.

    Also begins a node's copy at the sequence the node asks for, when the node's stream does not begin at 1.
    """
    js = nc.jetstream(timeout=2)
    changes, copies = asyncio.Lock(), Copies()

    async def begin_copy(message: Any) -> None:
        async with changes:
            await _answer(message, await _begin_copy(nc, message, set(nodes()), replicas))

    subscription = await asked(lambda: nc.subscribe("ctl.*.first", cb=begin_copy))
    try:
        while True:
            try:
                async with changes:
                    await mend_copies(nc, copies, sorted(nodes()), replicas)
                    await ensure_hub(js, nodes(), replicas=replicas)
                    await end_surplus_consumers(js)
                    measured((await asked(js.account_info)).storage)
            except BusError as error:
                log.warning("hub: %s", error)
            await asyncio.sleep(PERIOD)
    finally:
        with suppress(BusError):
            await asked(subscription.unsubscribe)


async def ensure_hub(js: JetStreamContext, nodes: Iterable[str], *, replicas: int = 1) -> None:
    """Make what is missing, and let ALL collect from exactly these nodes. Raises BusError."""
    nodes = sorted(nodes)
    for node in nodes:
        await _ensure_copy(js, node, replicas)
    await _ensure_all(js, nodes, replicas)


async def mend_copies(nc: Client, copies: Copies, nodes: list[str], replicas: int) -> None:
    """Begin anew the copies that are not those from which ALL collected. Raises BusError."""
    for node in nodes:
        if above := await copies.replaced(nc, node):
            log.warning("hub: UP_%s is not what ALL collected from; it is begun anew above %d", node, above)
            await _begin_anew(nc, node, set(nodes), replicas, above + 1)
    copies.seen(await _info(nc.jetstream(timeout=2), "ALL"))


async def _begin_anew(nc: Client, node: str, nodes: set[str], replicas: int, first: int) -> None:
    """ALL would only notice after some 20 seconds that a source was made anew, so it is let go of first."""
    js = nc.jetstream(timeout=2)
    await _ensure_all(js, sorted(nodes - {node}), replicas)
    if await _info(js, f"UP_{node}") is not None:
        await asked(lambda: js.delete_stream(f"UP_{node}"))
    await _ensure_copy(js, node, replicas, first)
    await _ensure_all(js, sorted(nodes), replicas)


async def end_surplus_consumers(js: JetStreamContext) -> None:
    """End the oldest consumers of a node that keeps too many. Raises BusError."""
    info = await _info(js, "ALL")
    if info is None or info.state.consumer_count <= MOST_CONSUMERS:
        return
    by_node: dict[str, list[api.ConsumerInfo]] = {}
    for offset in range(0, info.state.consumer_count, 256):
        for consumer in await asked(lambda start=offset: js.consumers_info("ALL", start)):  # type: ignore[misc]
            node = (consumer.config.deliver_subject or "").removeprefix("D.dn.").partition(".")[0]
            by_node.setdefault(node, []).append(consumer)
    for node, consumers in by_node.items():
        surplus = sorted(consumers, key=lambda each: each.created)[:-MOST_CONSUMERS]
        if surplus:
            log.warning("hub: %s keeps %d consumers, ending the oldest", node, len(consumers))
        for consumer in surplus:
            await asked(lambda name=consumer.name: js.delete_consumer("ALL", name))  # type: ignore[misc]


async def _ensure_copy(js: JetStreamContext, node: str, replicas: int, first_seq: int | None = None) -> None:
    config = api.StreamConfig(
        name=f"UP_{node}",
        subjects=[f"in.{node}.evt.>", f"in.{node}.probe"],
        storage="file",
        num_replicas=replicas,
        duplicate_window=0.1,
        deny_delete=True,
        deny_purge=True,
        allow_atomic=True,
        first_seq=first_seq,
    )
    info = await _info(js, f"UP_{node}")
    if info is None:
        await asked(lambda: js.add_stream(config))
        log.info("hub: made UP_%s", node)
    elif (info.config.num_replicas or 1) != replicas:
        info.config.num_replicas = replicas
        await asked(lambda: js.update_stream(info.config))
        log.info("hub: UP_%s has %d replicas now", node, replicas)


async def _ensure_all(js: JetStreamContext, nodes: list[str], replicas: int) -> None:
    config = api.StreamConfig(
        name="ALL",
        storage="file",
        num_replicas=replicas,
        deny_delete=True,
        deny_purge=True,
        allow_direct=True,
        sources=[_source(node) for node in nodes],
    )
    info = await _info(js, "ALL")
    if info is None:
        await asked(lambda: js.add_stream(config))
        log.info("hub: made ALL of %s", ", ".join(nodes))
    elif {source.name for source in info.config.sources or []} != {f"UP_{node}" for node in nodes} or (
        not info.config.allow_direct  # made by an older version
        or (info.config.num_replicas or 1) != replicas
    ):
        await asked(lambda: js.update_stream(config))
        log.info("hub: ALL now collects %s", ", ".join(nodes))


def _source(node: str) -> api.StreamSource:
    """The hub writes the sender into the subject: `law.<to>.<from>.…`; a node cannot choose it."""
    stamp = api.SubjectTransform(src=f"in.{node}.evt.*.>", dest=f"law.{{{{wildcard(1)}}}}.{node}.>")
    return api.StreamSource(name=f"UP_{node}", subject_transforms=[stamp])


async def _begin_copy(nc: Client, message: Any, nodes: set[str], replicas: int) -> str | None:
    """Let the node's copy begin at the sequence it names; returns why not.

    Only where the present copy ends below it, and only after ALL has collected that copy: nothing is lost by
    it.
    """
    node = message.subject.split(".")[1]
    if problem := _malformed(message, node in nodes):
        return problem
    first = int(message.data)
    js = nc.jetstream(timeout=2)
    try:
        info = await _info(js, f"UP_{node}")
        if info and info.state.last_seq >= first:
            return f"the copy ends at {info.state.last_seq}"
        if info and not await _drained(nc, node):
            return "ALL has not collected the copy yet"
        await _begin_anew(nc, node, nodes, replicas, first)
    except BusError as error:
        return str(error)
    log.warning("hub: UP_%s begins at %d", node, first)
    return None


def _malformed(message: Any, known: bool) -> str | None:
    if not message.reply.startswith(SERVICE_REPLY):
        # Any node can aim a consumer's deliveries at this subject; only a request that came through the
        # node's own account carries such a reply.
        return "not a request"
    if not known:
        return "unknown node"
    if not re.fullmatch(rb"[0-9]{1,16}", message.data) or not 1 < int(message.data) < LARGEST_SEQUENCE:
        return "not a sequence"
    return None


async def _drained(nc: Client, node: str) -> bool:
    """Whether ALL has the last event of the copy, waiting a moment for it."""
    last = await last_of(nc, f"UP_{node}", f"in.{node}.evt.>")
    deadline = asyncio.get_running_loop().time() + DRAIN
    while last and asyncio.get_running_loop().time() < deadline:
        collected = await last_of(nc, "ALL", f"law.*.{node}.>")
        # The header names where a collected message came from: stream, sequence, …
        origin = collected.headers.get("Nats-Stream-Source", "").split(" ") if collected else []
        if len(origin) > 1 and int(origin[1]) >= last.sequence:
            return True
        await asyncio.sleep(0.1)
    return last is None


async def _answer(message: Any, problem: str | None) -> None:
    if message.reply.startswith(SERVICE_REPLY):
        await message.respond(json.dumps({"error": problem} if problem else {}).encode())
