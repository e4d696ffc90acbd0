"""Cut links, dead and forgetful hubs, restored nodes: every event arrives, once and in order."""

import asyncio
import itertools

import pytest

from services.kit.bus import stream_of
from services.kit.forwarder import Link
from tests.nodes.actors import DEADLINE, until
from tests.nodes.nats_city import copy_store, nats_city

numbers = lambda count: list(range(1, count + 1))  # noqa: E731


@pytest.fixture
async def city(tmp_path):
    async with nats_city(tmp_path, ["a", "b"]) as city:
        await city.linked()
        yield city


async def stream_end(city, node):
    return (await city.node[node].jetstream().stream_info(stream_of(node))).state.last_seq


async def hub_end(city, node):
    return (await city.hub_admin.jetstream().stream_info(f"UP_{node}")).state.last_seq


async def two_services(city, at_city):
    """150 events at the hub that relays which begin anew would not publish in this order again."""
    case, staff = city.journal("a", "enforcement"), city.journal("a", "registry")
    for journal in (case, staff, case):
        copy_store(city.folder / "hub", city.folder / f"hub at {len(at_city.events)}")
        journal.add("city", 50)
        await until(lambda j=journal: at_city.of("a", j.service) == numbers(len(j.events)))
    return case, staff


async def lose_store(city, node):
    await city.server[node].kill()
    (city.folder / node).rename(city.folder / "lost")
    await city.server[node].start()
    await city.make_stream(node)


async def copies_agree(city, *nodes):
    """The invariant of the federation: the hub's copy has the same event at every sequence."""
    hub = city.hub_admin.jetstream()
    for node in nodes:
        here, there = city.node[node].jetstream(), f"UP_{node}"
        async with asyncio.timeout(DEADLINE):
            while await hub_end(city, node) != await stream_end(city, node):
                await asyncio.sleep(0.05)
        state = (await here.stream_info(stream_of(node))).state
        for sequence in {state.first_seq, (state.first_seq + state.last_seq) // 2, state.last_seq}:
            ours, theirs = await here.get_msg(stream_of(node), sequence), await hub.get_msg(there, sequence)
            assert ours.headers["Nats-Msg-Id"] == theirs.headers["Nats-Msg-Id"]


async def test_a_node_works_on_while_its_link_is_cut(city):
    at_city, (at_a, _), own = city.inbox("city", "law.>"), city.inboxes("a"), city.inbox("a")
    from_a, from_city = city.journal("a"), city.journal("city")
    from_a.add("city", 50)
    from_city.add("a", 50)
    await until(lambda: at_city.of("a") == at_a.of("city") == numbers(50))

    await city.cable["a"].cut()
    await until(lambda: city.progress["a"].link is Link.CUT)
    from_a.add("city", 500)
    from_city.add("a", 500)
    await until(lambda: own.of("a") == numbers(550))
    await until(lambda: city.progress["a"].lag() == 500)
    assert at_city.of("a") == at_a.of("city") == numbers(50)
    await city.cable["a"].mend()

    await until(lambda: at_city.of("a") == at_a.of("city") == numbers(550))
    assert at_city.repeats == at_a.repeats == 0
    await copies_agree(city, "a", "city")


async def test_a_link_that_flaps_under_load_loses_and_doubles_nothing(city):
    at_city, (at_a, _) = city.inbox("city", "law.>"), city.inboxes("a")
    from_a, from_city = city.journal("a"), city.journal("city")

    for up in itertools.islice(itertools.cycle([False, True]), 8):
        await (city.cable["a"].mend() if up else city.cable["a"].cut())
        for _ in range(10):
            from_a.add("city", 20)
            from_city.add("a", 20)
            await asyncio.sleep(0.03)

    await until(lambda: at_city.of("a") == at_a.of("city") == numbers(1600))
    await copies_agree(city, "a", "city")


async def test_a_killed_hub_takes_nothing_with_it(city):
    at_city, (at_a, _) = city.inbox("city", "law.>"), city.inboxes("a")
    from_a, from_city = city.journal("a"), city.journal("city")
    from_a.add("city", 200)
    await until(lambda: len(at_city.of("a")) > 50)

    await city.restart_hub()
    from_a.add("city", 200)
    from_city.add("a", 200)

    await until(lambda: at_city.of("a") == numbers(400))
    await until(lambda: at_a.of("city") == numbers(200))
    await copies_agree(city, "a", "city")


async def test_a_hub_without_its_store_is_filled_again(city):
    at_city, (at_a, _) = city.inbox("city", "law.>"), city.inboxes("a")
    from_a, from_city = city.journal("a"), city.journal("city")
    from_a.add("city", 200)
    from_city.add("a", 200)
    await until(lambda: at_city.of("a") == at_a.of("city") == numbers(200))

    await city.restart_hub(wipe=True)
    from_city.add("a", 50)

    await until(lambda: at_a.of("city") == numbers(250))
    await copies_agree(city, "a", "city")
    assert at_city.of("a") == numbers(200)
    newcomer = city.inbox("city", "law.>")
    await until(lambda: newcomer.of("a") == numbers(200))


async def test_a_hub_with_an_older_copy_of_its_store_is_completed(city):
    at_city, (at_a, _) = city.inbox("city", "law.>"), city.inboxes("a")
    from_a, from_b, from_city = city.journal("a"), city.journal("b"), city.journal("city")
    from_a.add("city", 100)
    from_city.add("a", 100)
    await until(lambda: at_city.of("a") == at_a.of("city") == numbers(100))
    older = copy_store(city.folder / "hub", city.folder / "older")
    from_a.add("city", 100)
    from_b.add("city", 100)
    await until(lambda: at_city.of("a") == numbers(200) and at_city.of("b") == numbers(100))

    await city.restart_hub(store=older)
    from_b.add("city", 100)
    from_city.add("a", 100)

    await until(lambda: at_city.of("b") == at_a.of("city") == numbers(200))
    await copies_agree(city, "a", "b", "city")
    newcomer = city.inbox("city", "law.>")
    await until(lambda: newcomer.of("a") == newcomer.of("b") == numbers(200))


async def test_a_restored_node_begins_its_stream_anew_and_loses_nothing(city):
    at_city = city.inbox("city", "law.>")
    older = copy_store(city.folder / "a", city.folder / "older")
    case, staff = await two_services(city, at_city)

    await city.cable["a"].cut()
    await until(lambda: city.progress["a"].link is Link.CUT)
    await city.restore_node("a", older)
    staff.add("city", 10)
    await until(lambda: city.progress["a"].local_last >= 160)
    await city.cable["a"].mend()

    await until(lambda: at_city.of("a", "registry") == numbers(60))
    assert at_city.of("a") == numbers(100)
    assert Link.RESTORED in city.states["a"], "an operator was told"
    await copies_agree(city, "a")
    case.add("city", 10)
    await until(lambda: at_city.of("a") == numbers(110))


async def test_a_node_that_lost_its_newest_events_gets_them_back_from_its_journal(city):
    at_city, journal = city.inbox("city", "law.>"), city.journal("a", "enforcement")
    journal.add("city", 50)
    await until(lambda: at_city.of("a") == numbers(50))
    older = copy_store(city.folder / "a", city.folder / "older")
    journal.add("city", 20)
    await until(lambda: at_city.of("a") == numbers(70))

    await city.restore_node("a", older)
    journal.add("city", 10)

    await until(lambda: at_city.of("a") == numbers(80))
    await copies_agree(city, "a")
    assert at_city.repeats == 0
    assert Link.RESTORED not in city.states["a"]
    assert await stream_end(city, "a") == 80


async def test_a_node_without_its_store_publishes_its_journals_again(city):
    at_city = city.inbox("city", "law.>")
    _, staff = await two_services(city, at_city)

    await lose_store(city, "a")
    staff.add("city", 10)

    await until(lambda: at_city.of("a", "registry") == numbers(60))
    assert at_city.of("a") == numbers(100)
    assert Link.RESTORED in city.states["a"]
    async with asyncio.timeout(DEADLINE):
        while await stream_end(city, "a") < 150 + 160:
            await asyncio.sleep(0.05)
    await copies_agree(city, "a")


async def test_a_hub_that_forgets_a_restored_node_begins_where_its_stream_begins(city):
    at_city = city.inbox("city", "law.>")
    case, _ = await two_services(city, at_city)
    await lose_store(city, "a")
    case.add("city", 10)
    await until(lambda: at_city.of("a") == numbers(110))
    assert Link.RESTORED in city.states["a"]

    for how in ({"wipe": True}, {"store": city.folder / "hub at 100"}):
        await city.restart_hub(**how)
        case.add("city", 10)
        await until(lambda: at_city.of("a") == numbers(len(case.events)))
        await copies_agree(city, "a")

    newcomer = city.inbox("city", "law.>")
    await until(lambda: newcomer.of("a") == numbers(130) and newcomer.of("a", "registry") == numbers(50))
