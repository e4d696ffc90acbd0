"""Legal bases: amended and repealed; what rests on them follows."""

from datetime import UTC, datetime

import grpc
import pytest
from yifa.registry.v1 import basis_pb2, events_pb2

from tests.registry.statute_book import LONG_AGO, STATE, Book, ago
from tests.registry.town import CITY


@pytest.fixture
def book(town):
    return Book(town)


async def affected(town, node_body):
    """What was told of a body whose items are affected, newest last."""
    found = []
    for entry in await town.journal(CITY, "registry"):
        if entry.type.endswith("PowerItemsAffected") and entry.subject_id == node_body.body_id:
            assert entry.to == node_body.node
            found.append(events_pb2.PowerItemsAffected.FromString(entry.data))
    return found


async def test_a_basis_keeps_every_wording_and_is_known_everywhere(town, book):
    basis = await book.basis()

    amended = await book.amend(basis, ago(10))

    assert [v.document_number for v in amended.versions] == ["示例令第1号", "示例令第2号"]
    request = basis_pb2.GetLegalBasisRequest(basis_id=basis.basis_id)
    ask = lambda: town.call("huanbao", "registry", "GetLegalBasis", request, "PUBLIC")  # noqa: E731
    known = await town.seen(ask, lambda reply: reply.basis.version == amended.version)
    assert known.basis == amended


async def test_an_article_is_in_the_catalogue_once(town, book):
    basis = await book.basis()

    with town.refused("ALREADY_REGISTERED", grpc.StatusCode.ALREADY_EXISTS, basis_id=basis.basis_id):
        await book.basis(law=basis.law)

    assert (await book.basis(law=basis.law, article="第三十二条")).basis_id


async def test_the_catalogue_is_listed_as_it_stood_at_a_moment(town, book):
    basis, law = await book.basis(), "同一部示例法"
    ended, to_come = await book.basis(law=law), await book.basis(law=law, article="第一条", from_time=ago(-5))
    await book.repeal(ended, ago(3), replaced_by=basis.basis_id)

    async def at(moment: datetime) -> set[str]:
        request = basis_pb2.ListLegalBasesRequest(law=law, page_size=100, at_time=moment)
        return {b.basis_id for b in await town.pages(CITY, "ListLegalBases", request)}

    assert await at(ago(4)) == {ended.basis_id}
    assert await at(ago(2)) == set()
    assert await at(ago(-6)) == {to_come.basis_id}


async def test_an_amendment_lists_the_items_that_rest_on_the_basis_and_tells_their_owners(town, book):
    body, other, basis = await town.body("huanbao"), await town.body("chengguan"), await book.basis()
    items = [await book.propose(body, basis), await book.propose(body, basis, await book.basis())]
    elsewhere, untouched = await book.propose(other, basis), await book.propose(body, await book.basis())
    await book.publish(body)
    await book.publish(other)

    await book.amend(basis, ago(1))

    under = [await book.known(i, "huanbao", "UNDER_REVIEW") for i in items]
    assert {i.review.basis_id for i in under} == {basis.basis_id}
    assert (await book.item(untouched)).state == STATE.POWER_ITEM_STATE_PUBLISHED
    resting = await book.items("huanbao", basis_id=basis.basis_id)
    assert {i.item_id for i in resting} == {i.item_id for i in (*items, elsewhere)}
    [told], [also] = await affected(town, body), await affected(town, other)
    assert set(told.item_ids) == {i.item_id for i in items} and not told.lapsed_codes
    assert (told.body_name, told.review.change) == (body.name, basis_pb2.BASIS_CHANGE_AMENDED)
    assert list(also.item_codes) == [elsewhere.code]


async def test_an_item_is_kept_after_its_review(town, book):
    basis = await book.basis()
    item = await book.published(await town.body(), basis)
    await book.amend(basis, ago(1))

    kept = await book.keep(item)

    assert kept.state == STATE.POWER_ITEM_STATE_PUBLISHED and not kept.HasField("review")
    with town.refused("ACT_NOT_OPEN", act="KeepPowerItem", state="PUBLISHED"):
        await book.keep(item)


async def test_an_item_lapses_with_the_last_of_its_bases(town, book):
    """G-02: what has no basis in force is held no longer, from the day of the repeal."""
    body, one, two = await town.body(), await book.basis(), await book.basis()
    item = await book.published(body, one, two)

    await book.repeal(one, ago(-10))
    still = await book.item(item)
    await book.repeal(two, ago(-20))
    lapsed = await book.item(item)

    assert not still.HasField("until_time")
    [first, last] = await affected(town, body)
    assert not first.lapsed_codes and list(last.lapsed_codes) == [item.code]
    assert abs((lapsed.until_time.ToDatetime(tzinfo=UTC) - ago(-20)).total_seconds()) < 60
    assert await book.items(body_id=body.body_id, held_at=ago(-15)) == [lapsed]
    assert await book.items(body_id=body.body_id, held_at=ago(-21)) == []


async def test_a_lapsed_item_is_not_kept_and_leaves_the_next_version(town, book):
    body, basis = await town.body(), await book.basis()
    item, other = await book.published(body, basis), await book.published(body)
    await book.repeal(basis, ago(1))

    with town.refused("NO_LEGAL_BASIS", basis_ids=basis.basis_id):
        await book.keep(item)

    await book.propose(body, await book.basis())
    await book.publish(body)
    assert item.item_id not in {i.item_id for i in (await book.listed(body)).items}
    assert other.item_id in {i.item_id for i in (await book.listed(body)).items}


async def test_a_lapsed_item_lives_again_on_another_basis(town, book):
    body, basis, better = await town.body(), await book.basis(), await book.basis()
    item = await book.published(body, basis)
    await book.repeal(basis, ago(1))

    await book.change(item, better)
    await book.publish(body)

    again = await book.item(item)
    assert again.state == STATE.POWER_ITEM_STATE_PUBLISHED and not again.HasField("until_time")
    assert list(again.basis_ids) == [better.basis_id] and not again.HasField("review")


async def test_a_basis_changes_in_the_order_of_its_dates(town, book):
    basis = await book.basis()
    await book.amend(basis, ago(10))

    for at in (ago(10.5), LONG_AGO):
        with town.refused("BASIS_NOT_IN_FORCE", law="EX-ERS", basis_id=basis.basis_id):
            await book.amend(basis, at)
        with town.refused("BASIS_NOT_IN_FORCE"):
            await book.repeal(basis, at)
    await book.repeal(basis, ago(5))
    with town.refused("BASIS_NOT_IN_FORCE"):
        await book.amend(basis, ago(1))
    with town.refused("BASIS_NOT_IN_FORCE"):
        await book.repeal(basis, ago(1))
