"""What a message can make the hub, its keeper and the readers of others do: nothing."""

import asyncio
import itertools
import json
import secrets

import pytest
import pytest_asyncio

from services.kit.given_back import read_question
from services.kit.given_back_at import handed_on
from services.node.giving import handing_on
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


@pytest_asyncio.fixture
async def questions(city):
    """What the keeper hands on to the city, which answers nothing here."""
    heard = []

    async def hear(message):
        heard.append(json.loads(message.data))

    heard_at = await city.node["city"].subscribe(handed_on("city"), cb=hear)
    async with handing_on(city.hub_admin, "city", lambda: ["city", "a", "b"]):
        await until_interested(city)
        yield heard
    await heard_at.unsubscribe()


async def until_interested(city):
    """Wait until the hub knows that somebody listens at the city: a question that is not heard is asked again."""
    heard = asyncio.Event()

    async def hear(_message):
        heard.set()

    known = await city.node["city"].subscribe("D.dn.city.known", cb=hear)
    async with asyncio.timeout(DEADLINE):
        while not heard.is_set():
            await city.hub_admin.publish("D.dn.city.known", b"")
            await asyncio.sleep(0.02)
    await known.unsubscribe()


async def test_a_department_has_back_nothing_but_its_own(city, questions):
    """Whatever it says of itself: whose journal it asks for is in the subject, which is its own. Nor does it answer for the
    city.
    """
    told = {"service": "enforcement", "seq": 1, "skip": 0}

    async with link(city) as leaf:
        leaf.publish("ctl.a.kept", json.dumps(told | {"node": "b", "token": "x"}).encode(), f"{INBOX}.mine")
        await until(lambda: questions)
        [question] = questions
        for subject in (f"ctl.city.gave.{question['token']}", "ctl.b.kept", "D.dn.city.kept"):
            async with link(city) as other:  # the hub hangs up on who does that
                other.publish(subject, json.dumps(told | {"node": "b", "token": "x"}).encode())
                await other.settle()
                assert any("Permissions Violation" in e for e in other.errors)
        await city.node["city"].publish(f"ctl.city.gave.{question['token']}", b"given")
        await until(lambda: [m for m in leaf.received if m.subject == f"{INBOX}.mine"])

    assert question == told | {"node": "a", "token": question["token"]} and len(question["token"]) == 32
    assert [m.data for m in leaf.received if m.subject == f"{INBOX}.mine"] == [b"given"]
    assert len(questions) == 1


async def test_only_a_request_through_its_own_account_is_handed_on(city, questions):
    """Not what a consumer was aimed at, not what is no question; and an answer that nobody waits for goes nowhere."""
    told = json.dumps({"service": "enforcement", "seq": 1, "skip": 0}).encode()
    for reply in ("$JS.ACK.ALL.x.1.1.1.1.0", "D.dn.b.R.x", ""):
        await city.hub_admin.publish("ctl.b.kept", told, reply=reply)
    await city.hub_admin.publish("ctl.city.gave.x", b"forged")

    async with link(city) as leaf:
        for n, wrong in enumerate((b"", b"x", b"[]", b"{}", b"\xff", b'{"seq": 1}', b"[" * 5000)):
            leaf.publish("ctl.a.kept", wrong, f"{INBOX}.{n}")
        await until(lambda: len([m for m in leaf.received if m.subject.startswith(f"{INBOX}.")]) == 7)
        assert all(m.json["error"] for m in leaf.received if m.subject.startswith(f"{INBOX}."))
        leaf.publish("ctl.a.kept", told, f"{INBOX}.last")
        await until(lambda: questions)

    assert [q["node"] for q in questions] == ["a"]


NO_QUESTIONS = (
    b"", b"x", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"token": "t", "node": "a", "service": "e", "seq": 1}',
    b'{"token": "t.x", "node": "a", "service": "e", "seq": 1, "skip": 0}',
    b'{"token": "t", "node": "*", "service": "e", "seq": 1, "skip": 0}',
    b'{"token": "t", "node": "a", "service": "e", "seq": 99999999999999999999, "skip": 0}',
    b'{"token": "t", "node": "a", "service": "e", "seq": -1, "skip": 0}',
    b'{"token": "t", "node": "a", "service": "e", "seq": 1e400, "skip": 0}',
    b'{"token": "t", "node": "a", "service": "e", "seq": 1, "skip": 1000000}',
)  # fmt: skip


def test_what_is_no_question_is_answered_by_nobody():
    """Whatever reaches the hub may be aimed at the city."""
    for said in NO_QUESTIONS:
        with pytest.raises(ValueError, match=r"Error|none|range"):
            read_question(said)


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
