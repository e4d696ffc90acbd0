"""The night to 15 August 2026 at a whole city: what rests on a law that ends is listed and told, once; no new act rests on it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import basis_pb2 as uses
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import events_pb2 as told
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.notifications.v1 import notification_pb2 as notifications
from yifa.registry.v1 import basis_pb2 as bases
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1.power_pb2 import PowerItemState

from services.law.calendar import SHANGHAI
from services.node.plan import plan
from tests.cable import free_base
from tests.city import City, running
from tests.registry.caseworkers import Office, listed
from tests.registry.statute_book import Book
from tests.registry.town import CITY, Town

NODE = "huanbao"
DAY = datetime(2026, 8, 15, tzinfo=SHANGHAI)
EVENING, FIRST_MINUTE = DAY - timedelta(hours=6), DAY + timedelta(seconds=1)
WATER, CODE = "中华人民共和国水污染防治法", "中华人民共和国生态环境法典"
ITEM = {"article": "第八十三条第（二）项", "from_time": datetime(2018, 1, 1, tzinfo=UTC)}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def night(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SimpleNamespace]:
    """The evening before: an item, a benchmark and an open case rest on the law, and others on something else. Then midnight."""
    made = City(plan(tmp_path_factory.mktemp("city"), free_base(), share=0.0), cables=True)
    made.set_time(EVENING)
    async for city in running(made):
        town = Town(city)
        book, office = Book(town), Office(town)
        body, other = await town.body(NODE), await town.body(NODE)
        water, code = (
            await book.basis(law=WATER, **ITEM),
            await book.basis(law=CODE, article="第一千一百零七条", from_time=DAY),
        )
        item = await listed(town, office, body, book, water)
        both = await listed(town, office, other, book, water, code)
        await publish(office, "水污染防治法", "第八十三条第（二）项")
        await publish(office, "示例法", "第一条")
        case = await open_case(office, body, f"《{WATER}》第八十三条第（二）项", item_id=item.item_id)
        beside = await open_case(office, body, "《示例法》第一条", item_id=item.item_id)
        yield SimpleNamespace(**locals())


async def publish(office: Office, statute: str, basis: str, code: str = "1-1") -> None:
    band = benchmarks.Band(code="1", standard="处罚款", max_fine={"fen": 100})
    item = benchmarks.Benchmark(
        code=code, statute=statute, violation="示例违法行为", basis=basis, bands=[band]
    )
    await office.ask("PublishBenchmark", benchmarks.PublishBenchmarkRequest(benchmark=item), "AGENCY_HEAD")


async def open_case(office: Office, body: Any, law: str, **more: Any) -> Any:
    violation = penalties.Violation(title="示例违法行为", law=law)
    violation.occur_time.FromDatetime(EVENING - timedelta(days=2))
    return await office.clue(body, violation=violation, **more)


async def of_type(n: SimpleNamespace, node: str, service: str, kind: Any) -> list[Any]:
    entries = await n.town.city.journal(node, service)
    return [kind.FromString(e.data) for e in entries if e.type.endswith(f".{kind.DESCRIPTOR.name}")]


async def ended_uses(n: SimpleNamespace) -> list[Any]:
    return list(
        (await n.office.ask("ListEndedUses", uses.ListEndedUsesRequest(page_size=100), "LEGAL_REVIEWER")).uses
    )


async def ended_items(n: SimpleNamespace) -> list[Any]:
    return await n.town.pages(CITY, "ListEndedBasisUses", bases.ListEndedBasisUsesRequest(page_size=100))


async def test_on_the_evening_before_nothing_has_ended(night: SimpleNamespace) -> None:
    assert await ended_uses(night) == [] and await ended_items(night) == []
    assert await of_type(night, NODE, "enforcement", told.BasisUsesFound) == []


async def test_at_midnight_the_city_ends_the_basis_and_lists_the_items(night: SimpleNamespace) -> None:
    night.town.city.set_time(FIRST_MINUTE)

    lapsed = await night.book.known(night.item, NODE, "UNDER_REVIEW")

    assert lapsed.until_time.ToDatetime(tzinfo=UTC) == DAY
    kept = await night.book.known(night.both, NODE, "UNDER_REVIEW")
    assert kept.state == PowerItemState.POWER_ITEM_STATE_UNDER_REVIEW and not kept.HasField("until_time")
    [repealed] = await of_type(night, CITY, "registry", registry.LegalBasisRepealed)
    assert repealed.basis.repeal_time.ToDatetime(tzinfo=UTC) == DAY
    assert repealed.basis.replaced_by == night.code.basis_id
    affected = await of_type(night, CITY, "registry", registry.PowerItemsAffected)
    assert {tuple(a.item_ids): tuple(a.lapsed_codes) for a in affected} == {
        (night.item.item_id,): (night.item.code,),
        (night.both.item_id,): (),
    }
    listed_now = {use.item_id: use for use in await ended_items(night)}
    assert set(listed_now) == {night.item.item_id, night.both.item_id}
    use = listed_now[night.item.item_id]
    assert use.lapsed and list(use.basis.instead_codes) == ["EEC-2026:1107"] and use.basis.changes_zh


async def test_the_department_lists_its_cases_and_benchmarks(night: SimpleNamespace) -> None:
    async def by_words() -> list[Any]:
        every = await of_type(night, NODE, "enforcement", told.BasisUsesFound)
        return [uses for uses in every if uses.basis.basis_id == "WAT-2017"]

    [event] = await night.town.seen(by_words)
    assert [c.case_id for c in event.cases] == [night.case.case_id]
    assert list(event.benchmark_ids) == ["水污染防治法:1-1"]
    assert event.basis.repealed and event.basis.replaced_by == "生态环境法典"
    listed_now = {use.benchmark_id or use.case.case_id: use for use in await ended_uses(night)}
    assert set(listed_now) == {night.case.case_id, "水污染防治法:1-1"}
    [basis] = listed_now[night.case.case_id].bases
    assert basis.code == "WAT-2017:83[2]" and list(basis.instead_zh) == [f"《{CODE}》第一千一百零七条"]
    assert basis.end_time.ToDatetime(tzinfo=UTC) == DAY


async def test_the_owners_are_told(night: SimpleNamespace) -> None:
    async def inbox() -> set[str]:
        request = notifications.ListInboxRequest(page_size=200)
        reply = await night.town.call(NODE, "notifications", "ListInbox", request, "AGENCY_HEAD")
        return {n.event_type.rpartition(".")[2] for n in reply.notifications if "水污染防治法" in n.title_zh}

    assert await night.town.seen(inbox, lambda found: {"PowerItemsAffected", "BasisUsesFound"} <= found)


async def test_new_acts_on_it_are_refused(night: SimpleNamespace) -> None:
    town, book = night.town, night.book

    with town.refused("BASIS_NOT_IN_FORCE"):
        await book.basis(law=WATER, article="第八十四条", from_time=DAY)
    with town.refused("BASIS_NOT_IN_FORCE"):
        await book.propose(night.body, night.water, night.code)
    with town.refused("BASIS_NOT_IN_FORCE"):
        await book.keep(night.both)
    with town.refused("NO_LEGAL_BASIS"):
        await book.keep(night.item)
    with town.refused("BASIS_NOT_IN_FORCE"):
        await publish(night.office, "水污染防治法", "第八十二条", "1-2")
    with town.refused("NO_LEGAL_BASIS"):
        await night.office.clue(night.body, item_id=night.item.item_id)


async def test_what_stood_on_it_stands_on_the_code_again(night: SimpleNamespace) -> None:
    await night.book.change(night.item, night.code)
    await night.book.publish(night.body)

    again = await night.book.known(night.item, NODE, "PUBLISHED")
    assert not again.HasField("until_time") and not again.HasField("review")
    assert night.item.item_id not in {use.item_id for use in await ended_items(night)}


async def test_after_a_restart_nothing_is_told_again(night: SimpleNamespace) -> None:
    city = night.town.city

    async def all_told() -> tuple[int, ...]:
        kinds = ((NODE, "enforcement", told.BasisUsesFound), (CITY, "registry", registry.LegalBasisRepealed),
                 (CITY, "registry", registry.PowerItemsAffected))  # fmt: skip
        return tuple([len(await of_type(night, *kind)) for kind in kinds])

    before = await all_told()
    for node in (NODE, CITY):
        await city.stop_node(node)
        await city.start_node(node)
    city.set_time(FIRST_MINUTE + timedelta(days=1))
    late = await night.town.seen(
        lambda: night.book.basis(law=WATER, article="第八十五条", from_time=ITEM["from_time"])
    )

    async def ended_too() -> Any:
        request = bases.GetLegalBasisRequest(basis_id=late.basis_id)
        return (await night.book.at_city("GetLegalBasis", request)).basis

    await night.town.seen(ended_too, lambda basis: basis.HasField("repeal_time"))
    repeals, items = await all_told(), before
    assert repeals == (items[0], items[1] + 1, items[2])
