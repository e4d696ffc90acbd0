"""What a department with a valid key can make the hub do: nothing in the name of another."""

import asyncio
import itertools

import pytest
import pytest_asyncio
from nats.js import api

from tests.nodes.actors import until
from tests.nodes.intruder import create, fallen_city, link, picture

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
        "ctl.b.kept",
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
