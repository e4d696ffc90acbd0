"""Power lists: what a body may do, on what basis, published version by version."""

from datetime import UTC, datetime, timedelta

import grpc
import pytest
from yifa.enforcement.v1.penalty_pb2 import PenaltyKind
from yifa.registry.v1 import basis_pb2, body_pb2, power_pb2

from tests.registry.statute_book import LONG_AGO, STATE, Book, ago
from tests.registry.test_bodies import Hall, mandate
from tests.registry.test_bodies_changes import withdraw
from tests.registry.town import CITY


@pytest.fixture
def book(town):
    return Book(town)


@pytest.fixture
def hall(town):
    return Hall(town)


async def test_an_item_is_drafted_published_and_known_everywhere(town, book):
    body, basis = await town.body(), await book.basis()
    drafted = await book.propose(body, basis)

    published = await book.publish(body)

    assert drafted.state == STATE.POWER_ITEM_STATE_DRAFT and not drafted.HasField("from_time")
    item = await book.known(drafted, "chengguan", "PUBLISHED")
    assert item == await book.item(drafted) and item.HasField("from_time") and item.node == body.node
    assert published.list.list_version == published.body.power_list_version == 1
    assert (published.list.item_count, published.list.publish_address) == (1, "https://example.invalid/qd")


async def test_what_is_on_a_list_may_be_asked_for_a_past_moment(town, book):
    body = await town.body()
    item = await book.published(body)
    held = datetime.now(UTC)
    await book.remove(item)

    then = await book.items(body_id=body.body_id, held_at=held)
    now = await book.items(body_id=body.body_id, held_at=datetime.now(UTC))

    assert [i.item_id for i in then] == [item.item_id] and now == []
    assert await book.items(body_id=body.body_id, held_at=ago(1)) == []


async def test_each_version_of_a_list_stays_as_it_was_published(town, book):
    body, basis = await town.body(), await book.basis()
    first = await book.published(body, basis)
    changed = await book.change(first, basis, penalty_kinds=[PenaltyKind.PENALTY_KIND_FINE])
    second = await book.propose(body, basis)
    assert changed.name == first.name and changed.draft.name == "变更后的名称"

    await book.publish(body)

    one, two = await book.listed(body, 1), await book.listed(body)
    assert [i.name for i in one.items] == [first.name]
    assert len(first.penalty_kinds) > 1 and one.items[0].penalty_kinds == first.penalty_kinds
    assert (await book.item(first)).penalty_kinds == [PenaltyKind.PENALTY_KIND_FINE], (
        "from the publication on"
    )
    assert {i.item_id: i.name for i in two.items} == {
        first.item_id: "变更后的名称",
        second.item_id: second.name,
    }
    assert (one.list.list_version, two.list.list_version, two.list.item_count) == (1, 2, 2)
    versions = power_pb2.ListPowerListVersionsRequest(body_id=body.body_id, page_size=1)
    assert len(await town.pages(CITY, "ListPowerListVersions", versions)) == 2


async def test_a_list_that_did_not_change_is_not_published_again(town, book):
    body = await town.body()
    with town.refused("NOTHING_TO_PUBLISH", body_id=body.body_id):
        await book.publish(body)
    item = await book.published(body)
    with town.refused("NOTHING_TO_PUBLISH"):
        await book.publish(body)

    await book.remove(item)

    assert (await book.publish(body)).list.item_count == 0


async def test_a_body_that_may_not_enforce_has_no_list(town, book, hall):
    """G-01, G-02."""
    proposed, basis = await hall.propose(), await book.basis()
    ended = await town.body()
    item = await book.propose(ended, basis)
    await withdraw(hall, ended)

    for body in (proposed, ended):
        with town.refused("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)", body_id=body.body_id):
            await book.propose(body, basis)
    with town.refused("SUBJECT_NOT_QUALIFIED"):
        await book.publish(ended)
    assert (await book.item(item)).state == STATE.POWER_ITEM_STATE_REMOVED


async def test_an_item_without_a_basis_in_force_is_refused(town, book):
    """G-02."""
    body, ended, to_come = await town.body(), await book.basis(), await book.basis(from_time=ago(-30))
    await book.repeal(ended, ago(1))

    with town.refused("NO_LEGAL_BASIS", law="APL-2021:4;APL-2021:38(1)", basis_ids=ended.basis_id):
        await book.propose(body, ended)

    drafted = await book.propose(body, to_come)
    with town.refused("NO_LEGAL_BASIS", items=drafted.code):
        await book.publish(body)


async def test_an_item_on_an_unknown_basis_is_refused(town, book):
    body = await town.body()

    with town.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND, kind="LegalBasis"):
        await book.propose(body, basis_ids=["L-unknown"])


@pytest.mark.parametrize(
    ("kind", "too_low", "enough"),
    [
        ("PENALTY", "NORMATIVE_DOCUMENT", "GOVERNMENT_RULE"),
        ("PERMIT", "NORMATIVE_DOCUMENT", "GOVERNMENT_RULE"),
        ("COERCION", "DEPARTMENT_RULE", "LOCAL_REGULATION"),
    ],
)
async def test_the_rank_of_a_basis_bounds_what_it_founds(town, book, kind, too_low, enough):
    body, low, high = await town.body(), await book.basis(too_low), await book.basis(enough)

    with town.refused("NO_LEGAL_BASIS", law="APL-2021:16;ACL-2011:10"):
        await book.propose(body, low, kind=kind)

    assert (await book.propose(body, low, high, kind=kind)).item_id
    assert (await book.propose(body, low, kind="INSPECTION")).item_id


async def test_a_code_is_on_a_list_once(town, book):
    body, basis = await town.body(), await book.basis()
    item = await book.propose(body, basis)

    with town.refused("ALREADY_REGISTERED", grpc.StatusCode.ALREADY_EXISTS, item_id=item.item_id):
        await book.propose(body, basis, code=item.code)

    assert (await book.propose(await town.body(), basis, code=item.code)).code == item.code


async def test_a_removed_item_is_open_to_nothing(town, book):
    item = await book.remove(await book.published(await town.body()))

    with town.refused("ACT_NOT_OPEN", act="RemovePowerItem", state="REMOVED", open_acts=""):
        await book.remove(item)
    with town.refused("ACT_NOT_OPEN", act="ChangePowerItem"):
        await book.change(item, await book.basis())
    with town.refused("ACT_NOT_OPEN", act="KeepPowerItem"):
        await book.keep(item)


async def test_the_public_sees_no_drafts(town, book):
    body = await town.body()
    item = await book.published(body)
    draft = await book.propose(body, await book.basis())
    request = power_pb2.ListPowerItemsRequest(body_id=body.body_id)

    seen = (await book.at_city("ListPowerItems", request, "PUBLIC")).items
    kept = (await book.at_city("ListPowerItems", request)).items

    assert [i.item_id for i in seen] == [item.item_id]
    assert {i.item_id for i in kept} == {item.item_id, draft.item_id}


async def test_items_are_listed_by_kind_and_by_level_of_government(town, book):
    body, basis = await town.body(), await book.basis()
    city = await book.propose(body, basis)
    district = await book.propose(body, basis, kind="PERMIT", level=power_pb2.POWER_LEVEL_DISTRICT)

    of_kind = await book.items(body_id=body.body_id, kind=power_pb2.POWER_KIND_PERMIT)
    of_level = await book.items(body_id=body.body_id, level=power_pb2.POWER_LEVEL_CITY)

    assert [i.item_id for i in of_kind] == [district.item_id]
    assert [i.item_id for i in of_level] == [city.item_id]


async def test_an_agency_entrusts_items_of_its_own_list_only(town, book, hall):
    """G-03."""
    agency, other = await town.body(), await town.body()
    own, foreign = await book.published(agency), await book.published(other)

    for item_ids in ([foreign.item_id], [own.item_id, foreign.item_id], ["P-unknown"], []):
        with town.refused("ENTRUSTMENT_INVALID", law="APL-2021:20(1)"):
            await hall.propose("ENTRUSTED", entrustment=mandate(agency, item_ids=item_ids))

    body = await hall.propose("ENTRUSTED", entrustment=mandate(agency, item_ids=[own.item_id]))
    assert body.entrustment.item_ids == [own.item_id]


async def test_coercion_is_never_entrusted(town, book, hall):
    """G-64."""
    agency = await town.body()
    item = await book.published(agency, kind="COERCION")

    with town.refused("COERCION_NOT_ENTRUSTABLE", law="ACL-2011:17(1)"):
        await hall.propose("ENTRUSTED", entrustment=mandate(agency, item_ids=[item.item_id]))


async def test_a_successor_goes_on_with_the_items(town, book, hall):
    body, heir = await town.body("huanbao"), await town.body("chengguan")
    item = await book.published(body)

    await withdraw(hall, body, heir, end="MERGED")

    old = await book.known(item, "huanbao", "REMOVED")
    [new] = await book.items(body_id=heir.body_id, held_at=datetime.now(UTC))
    assert (new.predecessor_id, new.code, new.node) == (item.item_id, item.code, "chengguan")
    assert old.until_time == new.from_time, "without a gap or an overlap"
    assert (await book.publish(heir)).list.item_count == 1


async def test_a_split_names_for_each_item_who_goes_on_with_it(town, book, hall):
    body, one, two = await town.body(), await town.body(), await town.body()
    basis = await book.basis()
    items = [await book.propose(body, basis) for _ in range(3)]
    await book.publish(body)
    a, b, c = [i.item_id for i in items]
    share = lambda heir, *ids: body_pb2.Successor(body_id=heir.body_id, item_ids=ids)  # noqa: E731

    for shares, unclear in (
        ((share(one), share(two)), [a, b, c]),
        ((share(one, a), share(two, b)), [c]),
        ((share(one, a, b), share(two, b, c)), [b]),
        ((share(one, a, b), share(two, c, "P-other")), ["P-other"]),
    ):
        with town.refused("SUCCESSION_INCOMPLETE", items=",".join(sorted(unclear))):
            await withdraw(hall, body, *shares, end="SPLIT")

    await withdraw(hall, body, share(one, a, b), share(two, c), end="SPLIT")
    passed = [
        {i.predecessor_id for i in await book.items(body_id=heir.body_id, held_at=datetime.now(UTC))}
        for heir in (one, two)
    ]
    assert passed == [{a, b}, {c}]


async def test_an_item_held_a_moment_long_is_held_from_its_first_moment_to_before_its_last(town, book):
    body = await town.body()
    item = await book.remove(await book.published(body))
    first, end = (t.ToDatetime(tzinfo=UTC) for t in (item.from_time, item.until_time))
    tick = timedelta(microseconds=1)

    found = [
        bool(await book.items(body_id=body.body_id, held_at=at))
        for at in (first - tick, first, end - tick, end)
    ]

    assert found == [False, True, True, False]


async def test_an_item_rests_on_a_document_while_the_list_has_it(town, book):
    """What ceases to be a basis puts its items under review, and no item is published on it (GF-2008-17 15)."""
    with town.refused("NORMDOC_NOT_USABLE", law="GF-2008-17:13;GF-2008-17:15"):
        request = {
            "law": "没有公布的规定",
            "document_number": "无号",
            "article": "第一条",
            "level": 6,
            "text": "示例",
            "from_time": LONG_AGO,
        }
        await book.at_city("AddLegalBasis", basis_pb2.AddLegalBasisRequest(**request))
    body, basis = await town.body(), await book.basis("NORMATIVE_DOCUMENT", law="示例检查事项规定")
    item = await book.propose(body, basis, kind="INSPECTION")
    await book.publish(body)

    await book.on_the_list(basis.law, version=2, in_force=False)
    reviewed = await town.seen(
        lambda: book.items(body_id=body.body_id),
        lambda found: found[0].state == STATE.POWER_ITEM_STATE_UNDER_REVIEW,
    )

    assert reviewed[0].item_id == item.item_id and reviewed[0].review.basis_id == basis.basis_id
    with town.refused("NO_LEGAL_BASIS"):
        await book.keep(item)


async def test_an_item_whose_firm_basis_ended_before_its_publication_is_not_published(town, book):
    body, low, high = await town.body(), await book.basis("NORMATIVE_DOCUMENT"), await book.basis("LAW")
    item = await book.propose(body, low, high)
    await book.repeal(high, ago(1))

    with town.refused("NO_LEGAL_BASIS", law="APL-2021:16;ACL-2011:10", items=item.code):
        await book.publish(body)
