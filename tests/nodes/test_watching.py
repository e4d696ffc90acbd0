"""Who only watches: all events straight from the hub, and nothing else, whatever is tried with the key."""

import asyncio
import itertools
import json
from contextlib import asynccontextmanager
from dataclasses import replace

import nats
import pytest
import pytest_asyncio
from nats.errors import Error
from yifa.enforcement.v1.events_pb2 import CaseFiled

from services.kit.arrival import read_event
from services.kit.connection import connect
from services.kit.dial import Trust, context
from services.kit.signature import Keys
from services.kit.time import wall
from services.node.nats.conf import WATCH_GET, WATCH_INBOX
from services.node.verifying import verify_stream
from services.node.watching import Heads, Told, events_at_hub, page
from tests.nodes.actors import DEADLINE, until
from tests.nodes.intruder import picture
from tests.nodes.nats_city import nats_city
from tests.supervision.office import Journal, at

UNSIGNED = Keys(None, wall)
service = map("watched{}".format, itertools.count())


@pytest_asyncio.fixture(scope="module")
async def shared(tmp_path_factory):
    async with nats_city(tmp_path_factory.mktemp("city"), ["a", "b"]) as city:
        await city.linked()
        yield city


@pytest_asyncio.fixture
async def city(shared):
    async with shared.scene():
        yield shared


def anybody(city):
    """How one who only watches knows the hub: by its authority, with no certificate to show."""
    return context(Trust(city.keys.ca))


@asynccontextmanager
async def watcher(city):
    seed = city.keys.seed("hub", "watch")
    nc = await connect(
        city.hub.url, nkey_seed=seed, name="watcher", tls=anybody(city), inbox_prefix=WATCH_INBOX
    )
    try:
        yield nc
    finally:
        await nc.close()


async def test_a_watcher_reads_everything_from_any_position_and_then_as_it_comes(city):
    name = next(service)
    inbox = city.inbox("city", "law.>")
    at_a, at_b = city.journal("a", name), city.journal("b", name)
    for journal in (at_a, at_b):
        journal.add("city", 300)
    await until(lambda: len(inbox.of("a", name)) + len(inbox.of("b", name)) == 600)
    wanted = [e.position for e in inbox.events if e.service == name]

    async with watcher(city) as nc, asyncio.timeout(3 * DEADLINE):
        reading = events_at_hub(nc, wanted[0] - 1)
        seen = [(await anext(reading)).position for _ in range(600)]
        at_a.add("city", 2)
        live = [await anext(reading), await anext(reading)]
        again = await page(nc, wanted[-2])

    assert seen == sorted(wanted)
    assert [t.sender for t in live] == ["a", "a"]
    assert [t.position for t in again] == [wanted[-1], *(t.position for t in live)]


def test_a_changed_and_a_missing_event_show_in_the_chain():
    journal, heads = Journal("huanbao", "enforcement"), Heads(UNSIGNED)
    first, second, third = (
        read_event(journal.entry(CaseFiled(), at("2026-03-02 10:00"), f"C-{n}"), "hub") for n in range(3)
    )

    assert heads.fault(first) == ""
    assert heads.fault(third) == "number 2 to city was expected, 3 came"
    assert heads.fault(replace(second, actor="somebody")) == "its hash is not the hash of its content"


def test_what_was_sent_again_is_judged_in_its_place_in_the_journal_and_said():
    journal = Journal("huanbao", "enforcement")
    first, second, third, fourth, fifth = (
        read_event(journal.entry(CaseFiled(), at("2026-03-02 10:00"), f"C-{n}"), "hub") for n in range(5)
    )
    lost_and_sent_again = [first, fifth, first, second, third, fourth, fifth]

    def verified(events):
        told = [Told(n, e.node, e) for n, e in enumerate(events, 1)]
        (checked,) = verify_stream(told, UNSIGNED, (), sent={"huanbao/enforcement": 5})
        return [(f.seq, f.what) for f in checked.faults], checked.moved

    assert verified(lost_and_sent_again) == ([], ((2, 4),))
    assert verified([first, second, third, fourth, fifth]) == ([], ())
    assert verified([first, fifth, second, fourth]) == (
        [(4, "number 3 to city was expected, 4 came"), (3, "is missing")],
        ((2, 2), (4, 4)),
    )


@pytest.mark.parametrize(
    "subject",
    [
        "in.a.evt.city.forged.Told",
        "law.city.a.forged.Told",
        "ctl.a.first",
        "D.dn.a.forged",
        "$JS.API.CONSUMER.CREATE.ALL.x.law.>",
        "$JS.API.STREAM.INFO.ALL",
        "$JS.API.STREAM.MSG.GET.UP_a",
        "$JS.API.STREAM.DELETE.ALL",
        "$JS.API.DIRECT.GET.UP_a",
    ],
)
async def test_the_key_writes_nothing_and_makes_nothing(city, subject):
    before, errors = await picture(city), []

    async def note(error):
        errors.append(str(error))

    seed = city.keys.seed("hub", "watch")
    nc = await nats.connect(
        city.hub.url, tls=anybody(city), nkeys_seed_str=seed, inbox_prefix=WATCH_INBOX, error_cb=note
    )
    with pytest.raises(Error):
        await nc.request(subject, b"{}", timeout=0.5)
    await nc.close()

    assert any("permissions violation" in e.lower() for e in errors)
    assert await picture(city) == before


@pytest.mark.parametrize("subject", ["law.>", "in.>", "_INBOX.>", "$JS.>", ">", "D.>"])
async def test_the_key_hears_nothing_but_its_own_answers(city, subject):
    errors, heard = [], []

    async def note(error):
        errors.append(str(error))

    async def hear(message):
        heard.append(message.subject)

    name = next(service)
    inbox = city.inbox("city", "law.>")
    seed = city.keys.seed("hub", "watch")
    nc = await nats.connect(
        city.hub.url, tls=anybody(city), nkeys_seed_str=seed, inbox_prefix=WATCH_INBOX, error_cb=note
    )
    await nc.subscribe(subject, cb=hear)
    city.journal("a", name).add("city", 3)
    await until(lambda: len(inbox.of("a", name)) == 3)
    await nc.flush()
    await nc.close()

    assert heard == [] and any("permissions violation" in e.lower() for e in errors)


@pytest.mark.parametrize("reply", ["in.b.evt.city.forged.Told", "ctl.b.first", "$JS.API.STREAM.DELETE.ALL"])
async def test_an_answer_cannot_be_aimed_at_anybody(city, reply):
    """A stored event that came under another subject would be taken for what a department said."""
    before = await picture(city)

    async with watcher(city) as nc:
        await nc.publish(WATCH_GET, json.dumps({"seq": 1, "next_by_subj": "law.>"}).encode(), reply=reply)
        await nc.flush()
        assert await page(nc, 0)

    assert await picture(city) == before
