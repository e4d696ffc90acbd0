"""What a department with a valid key can read at the hub: what it may, and nothing else."""

import asyncio
import contextlib
import itertools

import nats.errors
import pytest
import pytest_asyncio

from services.kit.bus import connect
from services.kit.dial import context
from tests.nodes.actors import until
from tests.nodes.intruder import CREATE, INBOX, consumer, create, fallen_city, link, picture
from tests.nodes.raw_leaf import raw_leaf

service = map("service{}".format, itertools.count())


@pytest_asyncio.fixture(scope="module")
async def shared(tmp_path_factory):
    async with fallen_city(tmp_path_factory.mktemp("city")) as city:
        yield city


@pytest_asyncio.fixture
async def city(shared):
    async with shared.scene():
        yield shared


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


async def test_an_unknown_key_gets_no_link(city):
    with pytest.raises(ConnectionError, match="Authorization Violation"):
        async with raw_leaf(
            "127.0.0.1", city.hub_leaf.port, city.keys.trust("a"), city.keys.seed("a", "app")
        ):
            pass


async def test_a_leaf_key_is_no_client_key(city):
    with pytest.raises((nats.errors.Error, TimeoutError)):
        async with asyncio.timeout(1):
            nc = await connect(
                city.hub.url, nkey_seed=city.keys.seed("a", "leaf"), tls=context(city.keys.trust("a"))
            )
            await nc.close()


async def test_a_node_has_few_links(city):
    async with contextlib.AsyncExitStack() as links:
        with pytest.raises(ConnectionError, match="maximum"):
            for _ in range(5):
                await links.enter_async_context(link(city))
