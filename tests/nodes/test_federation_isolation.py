"""What a department with a valid key can do at the hub: what it may, and nothing else."""

import asyncio
import contextlib
import itertools
import json
import secrets

import nats.errors
import pytest
import pytest_asyncio
from nats.js import api

from services.kit.bus import connect
from services.node.hub import MOST_CONSUMERS
from tests.nodes.nats_city import DEADLINE, NatsCity, nats_city, until
from tests.nodes.raw_leaf import raw_leaf

service = map("service{}".format, itertools.count())
CREATE = "HUB.API.CONSUMER.CREATE.ALL"
INBOX = "D.dn.a.R"


@pytest_asyncio.fixture(scope="module")
async def shared(tmp_path_factory):
    """A city in which all have written; department a has fallen to somebody who has its key."""
    async with nats_city(tmp_path_factory.mktemp("isolation"), ["a", "b"]) as city:
        await city.linked()
        at_city, at_b = city.inbox("city", "law.>"), city.inboxes("b")[0]
        for node, to in (("b", "city"), ("city", "b"), ("city", "a"), ("city", "all"), ("a", "a")):
            city.journal(node, f"to-{to}").add(to, 5)
        await until(lambda: len(at_city.events) == 10 and len(at_b.events) == 5)
        city.forwarder["a"].cancel()
        yield city


@pytest_asyncio.fixture
async def city(shared):
    async with shared.scene():
        yield shared


@contextlib.asynccontextmanager
async def link(city, node="a"):
    """A leaf link with the node's key, that listens on all it may."""
    seed = city.keys.seed(node, "leaf")
    async with raw_leaf("127.0.0.1", city.hub_leaf.port, str(city.keys.ca), seed) as leaf:
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


# --- what a may do: without this the refusals below would prove nothing


@pytest.mark.parametrize("filter", ["law.a.>", "law.all.>"])
async def test_a_department_may_read_what_is_addressed_to_it(city, filter):
    async with link(city) as leaf:
        answer = await create(leaf, filter)
        await until(lambda: len([m for m in leaf.received if m.reply.startswith("$JS.ACK.ALL.")]) >= 5)

    assert "error" not in answer.json
    assert {m.data.split()[0] for m in leaf.received if m.reply.startswith("$JS.ACK")} <= {b"city", b"a"}


async def test_a_department_may_push_its_own_events_and_read_them_back(city):
    before = await picture(city)

    async with link(city) as leaf:
        answer = await leaf.request("in.a.evt.city.raw.Told", {}, inbox=INBOX)
        back = await leaf.request(
            "HUB.API.STREAM.MSG.GET.UP_a", {"last_by_subj": "in.a.evt.city.raw.>"}, inbox=INBOX
        )

    assert answer.json["stream"] == "UP_a"
    assert back.json["message"]["subject"] == "in.a.evt.city.raw.Told"
    assert (await picture(city))["UP_a"][1] == before["UP_a"][1] + 1


# --- reading


@pytest.mark.parametrize(
    "subject",
    [
        f"{CREATE}.x.law.b.>",
        f"{CREATE}.x.law.>",
        f"{CREATE}.x.>",
        f"{CREATE}.x.law.*.>",
        f"{CREATE}.x.law.city.>",
        f"{CREATE}.x",
        CREATE,
        "HUB.API.CONSUMER.DURABLE.CREATE.ALL.x",
        "$JS.API.CONSUMER.CREATE.ALL.x.law.b.>",
        "$JS.hub.API.CONSUMER.CREATE.ALL.x.law.b.>",
    ],
)
async def test_no_reader_of_what_is_addressed_to_others(city, subject):
    async with link(city) as leaf:
        answer = await leaf.request(
            subject, consumer("x", subject.partition(".x.")[2] or "law.>"), inbox=INBOX
        )

    assert answer is None
    assert any("Permissions Violation" in e for e in leaf.errors)
    assert "x" not in [c.name for c in await city.hub_admin.jetstream().consumers_info("ALL")]


@pytest.mark.parametrize(
    ("code", "config"),
    [
        (10131, {"filter_subject": "law.b.>"}),
        (10131, {"filter_subject": "law.>"}),
        (10131, {"filter_subject": None}),
        (10137, {"filter_subject": None, "filter_subjects": ["law.a.>", "law.b.>"]}),
        (10017, {"durable_name": "proj"}),
    ],
)
async def test_the_filter_in_the_subject_is_the_one_that_counts(city, code, config):
    async with link(city) as leaf:
        answer = await create(leaf, **config)

    assert answer.json["error"]["err_code"] == code


async def test_no_consumer_of_another_stream(city):
    async with link(city) as leaf:
        body = consumer("x") | {"stream_name": "UP_b"}
        answer = await leaf.request(f"{CREATE}.x.law.a.>", body, inbox=INBOX)

    assert answer.json["error"]["err_code"] == 10056


@pytest.mark.parametrize("api_of", ["HUB.API", "$JS.API", "$JS.hub.API", "$JS.b.API"])
@pytest.mark.parametrize(
    "call",
    [
        "STREAM.INFO.ALL",
        "STREAM.NAMES",
        "STREAM.MSG.GET.ALL",
        "STREAM.MSG.GET.UP_b",
        "DIRECT.GET.ALL",
        "CONSUMER.MSG.NEXT.ALL.proj",
        "CONSUMER.DELETE.ALL.proj",
        "STREAM.PURGE.UP_b",
        "STREAM.DELETE.UP_b",
        "STREAM.DELETE.ALL",
        "STREAM.UPDATE.ALL",
    ],
)
async def test_nothing_else_of_the_hubs_api(city, api_of, call):
    before = await picture(city)

    async with link(city) as leaf:
        answer = await leaf.request(f"{api_of}.{call}", {"seq": 1}, inbox=INBOX)

    assert answer is None
    assert any("Permissions Violation" in e for e in leaf.errors)
    assert await picture(city) == before


@pytest.mark.parametrize(
    "subject",
    [
        ">",
        "*.>",
        "law.>",
        "law.b.>",
        "in.>",
        "in.b.>",
        "evt.>",
        "D.>",
        "D.dn.>",
        "D.dn.b.>",
        "D.dn.city.>",
        "_INBOX.>",
        "_R_.>",
        "$JS.ACK.>",
        "$SYS.>",
    ],
)
async def test_no_listening_to_others(city, subject):
    name = next(service)
    at_city, at_b = city.inbox("city", "law.>"), city.inboxes("b")[0]
    await until(lambda: at_city.caught_up and at_b.caught_up)

    async with link(city) as leaf:
        leaf.subscribe(subject)
        await leaf.settle()
        for node, to in (("b", "city"), ("city", "b")):
            city.journal(node, name).add(to, 3)
        await until(lambda: at_city.of("b", name) == at_b.of("city", name) == [1, 2, 3])
        await leaf.settle()

    assert not [m for m in leaf.received if name.encode() in m.data or name.encode() in m.headers]


# --- speaking as another


@pytest.mark.parametrize(
    "subject",
    [
        "in.b.evt.city.forged.Told",
        "in.city.evt.b.forged.Told",
        "law.city.b.forged.Told",
        "law.b.city.forged.Told",
        "evt.city.forged.Told",
        "D.dn.b.forged",
        "D.dn.city.R.forged",
        "ctl.b.first",
        "_INBOX.forged",
    ],
)
@pytest.mark.parametrize("reply", ["", "in.b.evt.city.forged.Told", "$JS.API.STREAM.DELETE.ALL"])
async def test_no_speaking_as_another(city, subject, reply):
    before = await picture(city)

    async with link(city) as leaf:
        leaf.publish(subject, b"400", reply)
        await leaf.settle()

    assert any("Permissions Violation" in e for e in leaf.errors)
    assert await picture(city) == before


async def test_an_own_event_cannot_look_like_anothers(city):
    name = next(service)
    inbox = city.inbox("city", "law.>")

    async with link(city) as leaf:
        for subject in ("in.a.law.city.b", "in.a.evt", "in.a.in.b.evt.city"):
            leaf.publish(f"{subject}.{name}.Forged", b"{}")
        leaf.publish(
            f"in.a.evt.city.b.{name}.Told", b"{}", "", b"NATS/1.0\r\nyifa-seq: 1\r\nce-source: b\r\n\r\n"
        )
        await leaf.settle()

    await until(lambda: [e for e in inbox.events if name in e.subject])
    assert {(e.sender, e.service) for e in inbox.events if name in e.subject} == {("a", "b")}


@pytest.mark.parametrize(
    "target",
    [
        "in.b.evt.city.forged.Told",
        "in.city.evt.b.forged.Told",
        "law.city.b.forged.Told",
        "ctl.b.first",
        "$JS.API.STREAM.DELETE.UP_b",
        "$JS.API.STREAM.DELETE.ALL",
        "$JS.API.STREAM.PURGE.UP_b",
        "$JS.API.CONSUMER.DELETE.ALL.proj",
        "D.dn.b.forged",
        "D.dn.city.R.forged",
    ],
)
async def test_the_hub_delivers_to_no_one_elses_subjects(city, target):
    """A consumer's creator chooses where the hub publishes what the consumer reads."""
    number = next(service)
    async with link(city) as leaf:
        leaf.publish(f"in.a.evt.a.{number}.Told", b"400")
        await create(leaf)
        await until(
            lambda: [m for m in leaf.received if m.subject.startswith("D.dn.a.") and m.data == b"400"]
        )
        before = await picture(city)

        await create(leaf, deliver_subject=target)

        await asyncio.sleep(0.2)
    assert await picture(city) == before


async def test_acknowledgements_cannot_be_forged(city):
    js = city.hub_admin.jetstream()
    config = api.ConsumerConfig(durable_name="proj", filter_subject="law.city.>", ack_policy="explicit")
    await js.add_consumer("ALL", config)
    puller = await js.pull_subscribe_bind("proj", "ALL")
    fetched = await puller.fetch(5)

    async with link(city) as leaf:
        for message in fetched:
            leaf.publish(message.reply, b"+ACK")
        await leaf.settle()
    forged = (await js.consumer_info("ALL", "proj")).num_ack_pending
    for message in fetched:
        await message.ack_sync()

    assert forged == 5
    assert (await js.consumer_info("ALL", "proj")).num_ack_pending == 0
    await js.delete_consumer("ALL", "proj")


# --- steering the hub or its readers by what is in a message


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


# --- keys


async def test_an_unknown_key_gets_no_link(city):
    with pytest.raises(ConnectionError, match="Authorization Violation"):
        async with raw_leaf("127.0.0.1", city.hub_leaf.port, str(city.keys.ca), city.keys.seed("a", "app")):
            pass


async def test_a_leaf_key_is_no_client_key(city):
    with pytest.raises((nats.errors.Error, TimeoutError)):
        async with asyncio.timeout(1):
            nc = await connect(city.hub.url, nkey_seed=city.keys.seed("a", "leaf"))
            await nc.close()


async def test_a_node_has_few_links(city):
    async with contextlib.AsyncExitStack() as links:
        with pytest.raises(ConnectionError, match="maximum"):
            for _ in range(5):
                await links.enter_async_context(link(city))


# --- a hostile hub


@pytest_asyncio.fixture(scope="module")
async def rogue(tmp_path_factory):
    """A node whose hub has turned against it, and a client of that hub within the node's own account."""
    city = NatsCity(tmp_path_factory.mktemp("rogue"), [])
    leaf_key, admin_key = city.keys.public("city", "leaf"), city.keys.public("hub", "admin")
    city.hub.conf.write_text(f"""
        listen: "{city.hub_client}"
        jetstream {{ store_dir: "{city.folder}/hub", domain: hub }}
        leafnodes {{ listen: "{city.hub_leaf}", tls {{ cert_file: "{city.keys.hub_cert}", key_file: "{city.keys.hub_key}" }} }}
        accounts {{ NODE_city {{ users: [ {{ nkey: {leaf_key} }}, {{ nkey: {admin_key} }} ] }} }}
    """)
    try:
        await city.hub.start()
        await city.start_node("city", forwarding=False)
        city.hub_admin = await connect(city.hub.url, nkey_seed=city.keys.seed("hub", "admin"))
        yield city
    finally:
        await city.stop()


async def test_a_hub_can_answer_its_node(rogue):
    """The control for the refusals below: the link is up and carries what it should."""
    subscription = await rogue.node["city"].subscribe("D.dn.city.answer")

    async with asyncio.timeout(DEADLINE):
        while not subscription.pending_msgs:
            await rogue.hub_admin.publish("D.dn.city.answer", b"")
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    "subject",
    [
        "evt.city.enforcement.Forged",
        "$JS.API.STREAM.INFO.EV_city",
        "$JS.city.API.STREAM.INFO.EV_city",
        "$JS.API.STREAM.DELETE.EV_city",
        "$JS.city.API.STREAM.DELETE.EV_city",
    ],
)
async def test_a_hostile_hub_reaches_nothing_of_a_nodes_own(rogue, subject):
    with pytest.raises((nats.errors.NoRespondersError, TimeoutError)):
        await rogue.hub_admin.request(subject, b"", timeout=0.5)

    state = (await rogue.node["city"].jetstream().stream_info("EV_city")).state
    assert state.messages == 0


async def test_a_hostile_hub_feeds_no_local_reader(rogue):
    subscription = await rogue.node["city"].subscribe("local.feed.>")

    await rogue.hub_admin.publish("local.feed.x", b"forged")
    await rogue.hub_admin.flush()

    await rogue.node["city"].publish("local.feed.x", b"own")
    assert (await subscription.next_msg(timeout=DEADLINE)).data == b"own"
