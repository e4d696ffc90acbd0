"""Events between nodes: who gets what, once and in order."""

import pytest_asyncio

from tests.nodes.nats_city import nats_city, until


@pytest_asyncio.fixture(scope="module")
async def city(tmp_path_factory):
    async with nats_city(tmp_path_factory.mktemp("city"), ["a", "b", "c"]) as city:
        await city.linked()
        yield city


async def test_the_city_reads_each_departments_events_once_and_in_order(city):
    inbox = city.inbox("city", "law.>")
    journals = {node: city.journal(node) for node in ("a", "b", "c")}

    for journal in journals.values():
        journal.add("city", 300)

    await until(lambda: len(inbox.events) >= 900, "900 events at the city")
    assert all(inbox.of(node) == list(range(1, 301)) for node in journals)
    assert inbox.repeats == 0
