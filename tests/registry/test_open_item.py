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


def practice(*charges, **more):
    said = {
        "steps": [
            {"name": "申报", "unit": "征收科", "law": "示例法第十二条"},
            {"name": "核定并送达通知书", "unit": "征收科"},
        ],
        "terms": [{"name": "核定", "days": 10, "working": True, "law": "示例法第十三条"}],
        "standard": "按申报数据核定；数据不实的，按监测数据核定。",
    }
    return power_pb2.ItemPractice(**said | more, charges=charges)


def charge(basis, **more):
    return {"name": "示例费", "rate": "每吨2元", "basis_id": basis.basis_id, "bill": "财政电子票据"} | more


async def charges_of(town, body):
    asked = pb.ListOpenChargesRequest(page_size=500)
    found = (await town.call(CITY, "registry", "ListOpenCharges", asked, "PUBLIC")).charges
    return [c for c in found if c.body_id == body.body_id]


async def test_a_body_says_how_its_other_powers_go_and_what_it_charges_on_what_basis(town, book):
    """R-050, R-052, R-055, R-061."""
    body, basis = await town.body(), await book.basis()
    item = await book.propose(body, basis, kind="LEVY", practice=practice(charge(basis)))
    assert not await charges_of(town, body), "a draft charges nothing"
    await book.publish(body)

    shown = await opened(town, item)

    [way] = shown.procedure.ways
    assert [(s.title.zh, [w.zh for w in s.who]) for s in way.steps] == [
        ("申报", ["征收科"]),
        ("核定并送达通知书", ["征收科"]),
    ]
    [term] = shown.procedure.terms
    assert (term.title.zh, term.term.zh, term.term.en) == ("核定", "10个工作日", "10 working days")
    assert shown.item.practice.standard.startswith("按申报数据核定")
    [taken] = await charges_of(town, body)
    assert (taken.charge.name, taken.law) == ("示例费", f"《{basis.law}》{basis.article}")
    assert (taken.charge.rate, taken.charge.bill, taken.body_name) == ("每吨2元", "财政电子票据", body.name)

    await book.change(item, basis, penalty_kinds=(), practice=practice())
    assert await charges_of(town, body), "what is drafted is nobody's yet"
    await book.publish(body)
    assert not await charges_of(town, body)


async def test_what_has_no_basis_is_not_charged(town, book):
    """CITY-ERS 3(4), on each way: drafted, changed, and published after its basis ended."""
    body, basis, other = await town.body(), await book.basis(), await book.basis()
    document = await book.basis("NORMATIVE_DOCUMENT")
    for wrong in (charge(other), charge(document), charge(basis, basis_id="LB-nobody")):
        with town.refused("CHARGE_NOT_BASED", charges="示例费"):
            await book.propose(body, basis, document, kind="LEVY", practice=practice(wrong))
    item = await book.published(body, basis, other, kind="LEVY", practice=practice(charge(other)))
    with town.refused("CHARGE_NOT_BASED"):
        await book.change(item, basis, penalty_kinds=(), practice=practice(charge(other)))
    drafted = await book.propose(body, basis, other, kind="LEVY", practice=practice(charge(other)))

    await book.repeal(other, ago(0))

    assert not await charges_of(town, body), "nor while the list was not published anew"
    with town.refused("CHARGE_NOT_BASED", items=drafted.code):
        await book.publish(body)


async def test_nothing_is_charged_before_its_basis_is_in_force(town, book):
    """CITY-ERS 3(4): drafted on a basis that is to come, published once it is there."""
    body, basis, coming = await town.body(), await book.basis(), await book.basis(from_time=ago(-1))
    drafted = await book.propose(body, basis, coming, kind="LEVY", practice=practice(charge(coming)))

    with town.refused("CHARGE_NOT_BASED", items=drafted.code):
        await book.publish(body)

    assert not await charges_of(town, body)


async def test_how_a_power_goes_that_is_handled_here_no_body_says(town, book):
    """A penalty goes as its law says, and the fee of a permit stands in its guide."""
    body, basis = await town.body(), await book.basis()
    for kind in ("PENALTY", "PERMIT", "INSPECTION"):
        with town.refused("PRACTICE_NOT_ASKED", kind=kind):
            await book.propose(body, basis, kind=kind, practice=practice())
