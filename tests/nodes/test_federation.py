"""Events between nodes: who gets what, once and in order."""

import asyncio
import itertools

import pytest
import pytest_asyncio

from services.kit.reader import Mark
from tests.nodes.actors import Inbox, until
from tests.nodes.nats_city import nats_city

service = map("service{}".format, itertools.count())


@pytest_asyncio.fixture(scope="module")
async def shared(tmp_path_factory):
    async with nats_city(tmp_path_factory.mktemp("city"), ["a", "b"]) as city:
        await city.linked()
        yield city


@pytest_asyncio.fixture
async def city(shared):
    async with shared.scene():
        yield shared


async def test_the_city_reads_each_departments_events_once_and_in_order(city):
    name = next(service)
    inbox = city.inbox("city", "law.>")

    for node in ("a", "b"):
        city.journal(node, name).add("city", 600)

    await until(lambda: len(inbox.of("a", name)) + len(inbox.of("b", name)) >= 1200)
    assert inbox.of("a", name) == inbox.of("b", name) == list(range(1, 601))
    assert inbox.repeats == 0


async def test_an_event_reaches_only_the_one_it_is_addressed_to(city):
    name = next(service)
    to_a, to_all = city.inboxes("a")
    b_own, b_all = city.inboxes("b")
    journal = city.journal("city", name)

    journal.add("a", 20)
    journal.add("all", 1)
    journal.add("b", 1)

    await until(lambda: to_a.of("city", name) == list(range(1, 21)))
    await until(lambda: to_all.of("city", name) == b_all.of("city", name) == [21])
    await until(lambda: b_own.of("city", name) == [22])
    assert {e.to for e in to_a.events if e.service == name} == {"a"}


@pytest.mark.parametrize("where", [("city", "law.>"), ("a", None)])
async def test_a_reader_may_choose_types_and_goes_on_after_its_mark(city, where):
    name = next(service)
    chosen = ("Asked", "Warned")
    before, journal = city.inbox(*where, types=chosen), city.journal("a", name)
    for kind in ("Told", "Asked", "Told", "Warned"):
        journal.add("city", 5, kind=kind)
    await until(lambda: before.of("a", name) == [*range(6, 11), *range(16, 21)])

    later = city.inbox(*where, Inbox(mark=before.mark), types=chosen)
    for kind in ("Told", "Warned"):
        journal.add("city", 1, kind=kind)

    await until(lambda: before.of("a", name)[-1] == 22)
    await until(lambda: later.of("a", name) == [22])
    assert before.repeats == 0


async def test_departments_write_to_each_other_and_the_city_sees_it(city):
    name = next(service)
    at_b, _ = city.inboxes("b")
    at_city = city.inbox("city", "law.>")

    city.journal("a", name).add("b", 3)

    await until(lambda: at_b.of("a", name) == at_city.of("a", name) == [1, 2, 3])


async def test_the_hub_says_who_sent_an_event_and_what_it_is(city):
    name = next(service)
    inbox = city.inbox("city", "law.>")
    journal = city.journal("a", name)

    journal.add("city", kind="CaseFiled")

    await until(lambda: inbox.of("a", name))
    event = inbox.events[-1]
    assert (event.sender, event.service, event.type, event.to) == ("a", name, "CaseFiled", "city")
    assert event.event_id == journal.events[0].headers["Nats-Msg-Id"]
    assert event.data == journal.events[0].data


async def test_a_node_reads_its_own_events_locally_and_not_from_the_hub(city):
    name = next(service)
    own, (_, to_all) = city.inbox("a"), city.inboxes("a")
    others = city.inboxes("b")[1]

    city.journal("a", name).add("all", 5)

    await until(lambda: own.of("a", name) == others.of("a", name) == [1, 2, 3, 4, 5])
    assert to_all.of("a", name) == []


async def test_a_reader_goes_on_after_its_mark(city):
    name = next(service)
    journal = city.journal("a", name)
    before = Inbox()
    reading = city.spawn(before.keep_reading(city.node["city"], "city", "law.>"))
    journal.add("city", 10)
    await until(lambda: len(before.of("a", name)) == 10)
    reading.cancel()
    await asyncio.wait([reading])
    journal.add("city", 5)

    after = city.inbox("city", "law.>", Inbox(mark=before.mark))

    await until(lambda: len(after.of("a", name)) >= 5)
    assert after.of("a", name) == [11, 12, 13, 14, 15]


async def test_a_reader_whose_mark_is_not_in_the_history_reads_all_of_it(city):
    name = next(service)
    first = city.inbox("city", "law.>")
    city.journal("a", name).add("city", 10)
    await until(lambda: len(first.of("a", name)) == 10)
    there = first.events[-1]

    other_event = city.inbox("city", "law.>", Inbox(mark=Mark(there.position, "another")))
    beyond_the_end = city.inbox("city", "law.>", Inbox(mark=Mark(10**9, there.event_id)))

    everything = list(range(1, 11))
    await until(lambda: other_event.of("a", name) == beyond_the_end.of("a", name) == everything)


async def test_a_reader_says_when_it_is_current(city):
    empty = city.inbox("a", "law.a.>")

    await until(lambda: empty.caught_up)


async def test_a_large_backlog_passes_flow_control(city):
    name = next(service)
    journal = city.journal("a", name, relaying=False)
    journal.add("city", 4000, size=2000)
    await journal.relay()

    inbox = city.inbox("city", "law.>")

    await until(lambda: len(inbox.of("a", name)) == 4000)
    assert inbox.of("a", name) == list(range(1, 4001))
    assert inbox.repeats == 0
    await until(lambda: city.progress["a"].lag() == 0)


async def test_a_department_joins_while_everything_runs(city):
    name = next(service)
    at_city, at_a = city.inbox("city", "law.>"), city.inboxes("a")[0]

    await city.join("new")

    city.journal("new", name).add("city", 2)
    city.journal("new", name + "x").add("a", 2)
    city.journal("city", name).add("new", 2)
    at_new, _ = city.inboxes("new")
    await until(lambda: at_city.of("new", name) == [1, 2])
    await until(lambda: at_a.of("new", name + "x") == [1, 2])
    await until(lambda: at_new.of("city", name) == [1, 2])
