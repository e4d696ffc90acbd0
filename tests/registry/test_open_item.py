"""The public catalogue: an item of a published list with basis, procedure and terms, asked for by anybody."""

import grpc
import pytest
from yifa.registry.v1 import basis_pb2, power_pb2
from yifa.registry.v1 import open_item_pb2 as pb

from tests.registry.statute_book import Book, ago
from tests.registry.town import CITY


@pytest.fixture
def book(town):
    return Book(town)


async def opened(town, item, node=CITY):
    asked = pb.ReadOpenItemRequest(item_id=item.item_id)
    return (await town.call(node, "registry", "ReadOpenItem", asked, "PUBLIC")).item


async def asked_for(town, item):
    asked = power_pb2.GetPowerItemRequest(item_id=item.item_id)
    return (await town.call(CITY, "registry", "GetPowerItem", asked, "PUBLIC")).item


async def test_anybody_reads_what_may_be_done_on_what_basis_how_and_in_which_time(town, book):
    """R-050, R-052."""
    body, basis = await town.body(field="市场监管"), await book.basis()
    item = await book.published(body, basis)
    await book.amend(basis, ago(1))

    shown = await opened(town, item)

    assert (shown.item.name, shown.item.duties, shown.body_name) == (item.name, item.duties, body.name)
    [rests] = shown.bases
    assert (rests.law, rests.article, rests.text) == (basis.law, basis.article, "修改后的条文。")
    assert [way.title.zh for way in shown.procedure.ways] == ["普通程序", "简易程序"]
    decided = next(s for w in shown.procedure.ways for s in w.steps if s.title.zh == "作出处罚决定")
    assert (
        decided.law.zh == "《中华人民共和国行政处罚法》第五十七条第一款"
        and decided.law.en
        and decided.who[0].en
    )
    terms = {term.clock_id: term for term in shown.procedure.terms}
    assert (terms["PEN-15"].term.zh, terms["PEN-15"].of_party) == ("90日（自然日）", False)
    assert terms["REC-01"].of_party and terms["REC-01"].term.en.startswith("60 ")
    assert "PEN-09" in terms, "a term of its sector"


async def test_a_draft_is_not_open_and_what_was_removed_is_so_no_more(town, book):
    body, basis = await town.body(), await book.basis()
    item = await book.propose(body, basis)
    for unread in (opened, asked_for):
        with town.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND, kind="PowerItem"):
            await unread(town, item)

    await book.publish(body)
    changed = await book.change(item, basis, penalty_kinds=item.penalty_kinds)

    assert changed.draft.name
    assert not (await opened(town, item)).item.HasField("draft"), "what is drafted is nobody's yet"
    assert not (await asked_for(town, item)).HasField("draft")
    await book.remove(item)
    with town.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND, kind="PowerItem"):
        await opened(town, item)


async def test_a_basis_that_is_to_end_says_so(town, book):
    basis, other = await book.basis(), await book.basis()
    item = await book.published(await town.body(), basis, other)
    await book.repeal(basis, ago(-1))

    shown = await opened(town, item)

    assert [b.HasField("repeal_time") for b in shown.bases] == [True, False]
    assert shown.item.review.change == basis_pb2.BASIS_CHANGE_REPEALED


async def test_how_each_kind_of_power_goes_is_told_for_all_and_for_a_sector(town):
    body = await town.body(field="市场监管")

    async def told(**asked):
        request = pb.ListOpenProceduresRequest(**asked)
        found = (await town.call(CITY, "registry", "ListOpenProcedures", request, "PUBLIC")).procedures
        return {p.kind: {term.clock_id for term in p.terms} for p in found}

    everybody, market = await told(), await told(body_id=body.body_id)

    assert power_pb2.POWER_KIND_PERMIT in everybody and power_pb2.POWER_KIND_AWARD not in everybody
    assert "PEN-09" in market[power_pb2.POWER_KIND_PENALTY] - everybody[power_pb2.POWER_KIND_PENALTY]
    with town.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND, kind="Body"):
        await told(body_id="B-nobody")
