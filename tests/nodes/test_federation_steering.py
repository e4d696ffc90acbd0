"""What a message can make the hub, its keeper and the readers of others do: nothing."""

import asyncio
import itertools
import json
import secrets

import pytest
import pytest_asyncio

from services.node.hub import MOST_CONSUMERS
from tests.nodes.actors import DEADLINE, until
from tests.nodes.intruder import CREATE, INBOX, consumer, fallen_city, link, picture

service = map("service{}".format, itertools.count())


@pytest_asyncio.fixture(scope="module")
async def shared(tmp_path_factory):
    async with fallen_city(tmp_path_factory.mktemp("city")) as city:
        yield city


@pytest_asyncio.fixture
async def city(shared):
    async with shared.scene():
        yield shared


@pytest.mark.parametrize(
    ("headers", "reply"),
    [
        ("NATS/1.0 100 FlowControl Request\r\n\r\n", "$JS.API.STREAM.DELETE.ALL"),
        ("NATS/1.0 100 Idle Heartbeat\r\nNats-Consumer-Stalled: $JS.API.STREAM.DELETE.ALL\r\n\r\n", ""),
        ("NATS/1.0\r\nNats-Rollup: all\r\n\r\n", ""),
        ("NATS/1.0\r\nNats-TTL: 1s\r\n\r\n", ""),
        ("NATS/1.0\r\nNats-Stream-Source: UP_b 9 in.b.evt.*.> > in.b.evt.city.x.Told\r\n\r\n", ""),
        ("NATS/1.0 100 \xff\xfe\r\n\r\n", ""),
        ("NATS/1.0 1\xff0\r\n\r\n", ""),
        ("NATS/1.0\r\n\xff\xfe: \xff\r\n\r\n", ""),
    ],
)
async def test_a_header_steers_neither_the_hub_nor_its_readers(city, headers, reply):
    name = next(service)
    inbox = city.inbox("city", "law.>")
    await until(lambda: inbox.caught_up)
    before = await picture(city)

    async with link(city) as leaf:
        leaf.publish(f"in.a.evt.city.{name}.Told", b"", reply, headers.encode("latin-1"))
        leaf.publish(b"in.a.evt.city.\xff\xfe.Told", b"", "", headers.encode("latin-1"))
        await leaf.settle()
    city.journal("b", name).add("city", 3)

    await until(lambda: inbox.of("b", name) == [1, 2, 3], "the reader lives on")
    after = await picture(city)
    assert after.keys() == before.keys()
    assert all(after[stream][0] == before[stream][0] for stream in before)
    assert all(after[stream][3] == before[stream][3] for stream in before)


async def test_another_nodes_event_id_suppresses_nothing(city):
    name = next(service)
    inbox = city.inbox("city", "law.>")
    journal = city.journal("b", name, relaying=False)
    journal.add("city")
    stolen = journal.events[0].headers["Nats-Msg-Id"]

    async with link(city) as leaf:
        header = f"NATS/1.0\r\nNats-Msg-Id: {stolen}\r\nyifa-seq: 1\r\n\r\n".encode()
        leaf.publish(f"in.a.evt.city.{name}.Told", b"{}", "", header)
        await leaf.settle()
    await journal.relay()

    await until(lambda: inbox.of("b", name) == [1])


@pytest.mark.parametrize("asked", ["", "0", "1", "-5", "x", "9" * 17, "3"])
async def test_a_copy_is_not_begun_at_a_bad_sequence(city, asked):
    before = await picture(city)

    async with link(city) as leaf:
        leaf.publish("ctl.a.first", asked.encode(), f"{INBOX}.answer")
        await until(lambda: [m for m in leaf.received if m.subject == f"{INBOX}.answer"])

    assert leaf.received[-1].json["error"]
    assert await picture(city) == before


async def test_a_department_that_floods_the_hub_with_consumers_only_loses_its_own(city):
    js = city.hub_admin.jetstream()
    at_b = city.inboxes("b")[0]
    await until(lambda: at_b.caught_up)

    async with link(city) as leaf:
        for _ in range(MOST_CONSUMERS + 20):
            name = secrets.token_hex(6)
            leaf.publish(f"{CREATE}.{name}.law.a.>", json.dumps(consumer(name)).encode(), f"{INBOX}.{name}")
        await leaf.settle()
        async with asyncio.timeout(DEADLINE):
            while await consumers_of(js, "a") != MOST_CONSUMERS:
                await asyncio.sleep(0.1)

    name = next(service)
    city.journal("city", name).add("b", 2)
    await until(lambda: at_b.of("city", name) == [1, 2])


async def consumers_of(js, node):
    count = (await js.stream_info("ALL")).state.consumer_count
    found = [c for start in range(0, count, 256) for c in await js.consumers_info("ALL", start)]
    return sum(c.config.deliver_subject.startswith(f"D.dn.{node}.") for c in found)


async def test_only_a_request_through_its_own_account_moves_a_nodes_copy(city):
    """A consumer's delivery, which any node can aim, arrives with its own kind of reply."""
    before = await picture(city)

    for reply in ("$JS.ACK.ALL.x.1.1.1.1.0", ""):
        await city.hub_admin.publish("ctl.b.first", b"400", reply=reply)

    async with link(city) as leaf:
        leaf.publish("ctl.a.first", b"1", f"{INBOX}.after")
        await until(lambda: [m for m in leaf.received if m.subject == f"{INBOX}.after"])
    assert await picture(city) == before


async def test_a_reader_takes_nothing_but_its_consumers_messages(city):
    """Whoever learns a reader's subject can put messages there, but neither events nor orders."""
    name = next(service)
    at_b = city.inboxes("b")[0]
    await until(lambda: at_b.caught_up)
    consumers = await city.hub_admin.jetstream().consumers_info("ALL")
    subjects = {c.config.deliver_subject for c in consumers if c.config.filter_subject == "law.b.>"}
    order = "$JS.API.STREAM.DELETE.EV_b"

    for subject in subjects:
        await city.hub_admin.publish(subject, b"forged", headers={"yifa-seq": name})
        await city.hub_admin.publish(subject, b"", reply=order)
        await city.hub_admin.publish(subject, b"", headers={"Nats-Consumer-Stalled": order})
        await city.hub_admin.publish(subject, b"", reply=f"$JS.ACK.ALL.{'0' * 24}.1.1.1.1.0")
    city.journal("city", name).add("b", 3)

    await until(lambda: at_b.of("city", name) == [1, 2, 3])
    assert subjects
    assert not [e for e in at_b.events if e.data == b"forged"]
    assert (await city.node["b"].jetstream().stream_info("EV_b")).state.messages
