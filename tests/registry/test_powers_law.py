"""A basis is amended or repealed: the open cases and benchmarks that rest on it are named, and their owners told."""

from datetime import UTC, datetime

import grpc
import pytest
from yifa.enforcement.v1 import basis_pb2 as bases
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import clue_pb2 as clues
from yifa.enforcement.v1 import events_pb2
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.notifications.v1 import notification_pb2 as notifications

from tests.registry.caseworkers import NODE, Office, listed
from tests.registry.statute_book import Book, ago


@pytest.fixture
def book(town):
    return Book(town)


@pytest.fixture
def office(town):
    return Office(town)


async def test_a_changed_basis_names_the_open_cases_that_rest_on_it(town, office, book):
    body, law = await town.body(), f"中华人民共和国示例污染防治法{datetime.now(UTC).timestamp():.6f}"
    basis = await book.basis(law=law, article="第三十条")
    item = await listed(town, office, body, book, basis)
    by_item = await office.clue(body, item_id=item.item_id)
    words = lambda text: {"violation": penalties.Violation(title="示例", law=text)}  # noqa: E731
    by_words = await office.clue(body, **words(f"《{law.removeprefix('中华人民共和国')}》第三十条"))
    inserted = await office.clue(body, **words(f"《{law}》第三十条之一"))
    ended = await office.clue(body, item_id=item.item_id)
    decline = clues.DeclineClueRequest(case_id=ended.case_id, cause="没有违法事实")
    await office.ask("DeclineClue", decline, "AGENCY_HEAD", subject=await office.head(ended))
    wanted = {by_item.case_id, by_words.case_id}

    found = await office.open_cases(basis_id=basis.basis_id, law=law, article="第三十条")
    await book.amend(basis, ago(1))

    assert set(found) & {c.case_id for c in (by_item, by_words, inserted, ended)} == wanted
    assert inserted.case_id in await office.open_cases(law=law)

    async def told():
        entries = await town.journal(NODE, "enforcement")
        of = [e for e in entries if e.type.endswith("BasisUsesFound") and e.subject_id == basis.basis_id]
        return [events_pb2.BasisUsesFound.FromString(e.data) for e in of]

    [uses] = await town.seen(told)
    assert wanted <= {c.case_id for c in uses.cases} and not uses.basis.repealed
    assert not {inserted.case_id, ended.case_id} & {c.case_id for c in uses.cases}


async def test_a_changed_basis_names_the_benchmarks_that_rest_on_it(town, office, book):
    law = f"示例防治法{datetime.now(UTC).timestamp():.6f}"
    basis = await book.basis(law=law, article="第四条")
    for code, cited in (("1", "第四条"), ("2", "第十四条"), ("3", "第四条之一")):
        benchmark = benchmarks.Benchmark(
            benchmark_id=f"{law}-{code}",
            code=code,
            statute=law,
            violation="示例违法行为",
            basis=f"{cited}　处一万元以上罚款",
            bands=[benchmarks.Band(code="A", circumstances="一般", standard="罚款一万元")],
        )
        publish = benchmarks.PublishBenchmarkRequest(benchmark=benchmark)
        await office.ask("PublishBenchmark", publish, "AGENCY_HEAD")

    request = bases.ListBenchmarksOnBasisRequest(law=law, article="第四条")
    found = (await office.ask("ListBenchmarksOnBasis", request, "LEGAL_REVIEWER")).benchmark_ids
    await book.repeal(basis, ago(1))

    async def told():
        entries = await town.journal(NODE, "enforcement")
        of = [e for e in entries if e.type.endswith("BasisUsesFound") and e.subject_id == basis.basis_id]
        return [events_pb2.BasisUsesFound.FromString(e.data) for e in of]

    [uses] = await town.seen(told)
    assert list(found) == list(uses.benchmark_ids) == [f"{law}-1"]
    assert uses.basis.repealed and not uses.cases


async def test_a_department_cut_off_goes_on_and_learns_of_the_law_when_the_link_is_back(town, office, book):
    """G-02: what it did under a basis that was repealed meanwhile is named."""
    body, basis = await town.body(), await book.basis()
    item = await listed(town, office, body, book, basis)

    await town.city.cables[NODE].cut()
    try:
        await book.repeal(basis, ago(1))
        filed = await office.file(await office.clue(body), item)
    finally:
        await town.city.cables[NODE].mend()

    async def named():
        entries = await town.journal(NODE, "enforcement")
        of = [e for e in entries if e.type.endswith("BasisUsesFound") and e.subject_id == basis.basis_id]
        found = [events_pb2.BasisUsesFound.FromString(e.data) for e in of]
        return [c.case_id for uses in found for c in uses.cases]

    assert filed.case_id in await town.seen(named)
    with town.refused("NO_LEGAL_BASIS", item_id=item.item_id):
        await office.clue(body, item_id=item.item_id)


async def test_open_cases_are_asked_for_by_something(town, office):
    with town.refused("MALFORMED", grpc.StatusCode.INVALID_ARGUMENT, field="body_id"):
        await office.open_cases()


async def test_the_owners_are_told_of_what_rests_on_a_changed_basis(town, office, book):
    body, basis = await town.body(), await book.basis()
    item = await listed(town, office, body, book, basis)
    await office.clue(body, item_id=item.item_id)

    await book.repeal(basis, ago(1))

    async def inbox():
        reply = await town.call(
            NODE, "notifications", "ListInbox", notifications.ListInboxRequest(page_size=200), "AGENCY_HEAD"
        )
        return {n.event_type.rpartition(".")[2] for n in reply.notifications if basis.law in n.title_zh}

    assert await town.seen(inbox, lambda told: {"PowerItemsAffected", "BasisUsesFound"} <= told)
