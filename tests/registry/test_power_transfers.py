"""Which body took over which powers from whom, by which decision; the former body has them no more (APL 18, 24)."""

from datetime import timedelta

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import power_transfer_pb2 as pb

from tests.registry.caseworkers import NODE, Office, listed
from tests.registry.statute_book import STATE, Book, ago
from tests.registry.test_bodies import Hall
from tests.registry.test_bodies_changes import withdraw
from tests.registry.town import CITY

KIND = pb.PowerTransferKind


@pytest.fixture
def book(town):
    return Book(town)


@pytest.fixture
def hall(town):
    return Hall(town)


@pytest.fixture
def office(town):
    return Office(town)


async def transfer(book, former, receiver, *items, kind="CONCENTRATED", at=None):
    """The city records that powers went over, some moments ago at the earliest that it may."""
    request = pb.TransferPowersRequest(
        kind=f"POWER_TRANSFER_KIND_{kind}",
        from_body_id=former.body_id,
        to_body_id=receiver.body_id,
        item_ids=[item.item_id for item in items],
        decision=pb.TransferDecision(
            authority=pb.TRANSFER_AUTHORITY_PROVINCE,
            title="关于开展相对集中行政处罚权工作的决定",
            document_number="示府函〔2026〕划1号",
            publish_address="省政府网站",
        ),
    )
    request.effect_time.CopyFrom(at or now())
    return (await book.at_city("TransferPowers", request)).transfer


def now(**more) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(ago(0) + timedelta(**more))
    return stamp


async def transfers(town, body, node=CITY):
    asked = pb.ListPowerTransfersRequest(body_id=body.body_id)
    return list((await town.call(node, "registry", "ListPowerTransfers", asked, "PUBLIC")).transfers)


async def test_a_power_goes_over_with_its_decision_and_is_known_to_all(town, book):
    """R-041."""
    basis = await book.basis()
    former, receiver = await town.body(), await town.body("chengguan")
    item = await book.published(former, basis)

    made = await transfer(book, former, receiver, item)

    [gone] = made.items
    old, new = await book.item(item), (await book.items(body_id=receiver.body_id))[0]
    assert old.state == STATE.POWER_ITEM_STATE_REMOVED and old.until_time == made.effect_time
    assert (new.item_id, new.predecessor_id, new.node) == (gone.new_item_id, item.item_id, "chengguan")
    assert (new.from_time, new.name, new.basis_ids) == (made.effect_time, item.name, [basis.basis_id])
    assert await transfers(town, former) == await transfers(town, receiver) == [made]
    assert await town.seen(lambda: transfers(town, receiver, "chengguan")) == [made]


async def test_no_case_of_the_former_body_rests_on_a_power_that_went_over(town, book, office):
    """G-02, on every path: a clue, a case to be filed, one on the spot; what the receiver has it uses."""
    former, receiver = await town.body(), await town.body()
    item, kept = await listed(town, office, former, book), await listed(town, office, former, book)
    case = await office.clue(former, item_id=item.item_id)
    made = await transfer(book, former, receiver, item)

    async def closed():
        acts = await office.open_acts(case)
        return [each.reason for each in acts["FILE_CASE"].obstacles]

    assert await town.seen(closed, lambda reasons: "NO_LEGAL_BASIS" in reasons)
    with town.refused("NO_LEGAL_BASIS", item_id=item.item_id):
        await office.file(case)
    with town.refused("NO_LEGAL_BASIS", item_id=item.item_id):
        await office.clue(former, item_id=item.item_id)
    with town.refused("NO_LEGAL_BASIS", item_id=made.items[0].new_item_id):
        await office.clue(former, item_id=made.items[0].new_item_id)
    assert (await office.file(await office.clue(former, item_id=kept.item_id))).item_id == kept.item_id

    async def taken():
        return await office.clue(receiver, item_id=made.items[0].new_item_id)

    filed = await office.file(await town.seen(taken))
    assert (filed.body_id, filed.item_id) == (receiver.body_id, made.items[0].new_item_id)
    assert filed.node == NODE


async def test_powers_go_between_bodies_that_may_enforce_to_one_that_may_take_them(town, book, hall):
    """G-01."""
    former, receiver, ended = await town.body(), await town.body(), await town.body()
    township = await town.body(kind=body_pb2.BODY_KIND_TOWNSHIP)
    item = await book.published(former)
    await withdraw(hall, ended)

    wrong = (
        (former, "CONCENTRATED"),
        (ended, "CONCENTRATED"),
        (township, "COMPREHENSIVE"),
        (receiver, "TOWNSHIP"),
    )
    for to, kind in wrong:
        with town.refused("SUBJECT_NOT_QUALIFIED", from_body_id=former.body_id, to_body_id=to.body_id):
            await transfer(book, former, to, item, kind=kind)

    made = await transfer(book, former, township, item, kind="TOWNSHIP")
    assert made.to_body_name == township.name


async def test_only_what_is_held_and_may_go_over_does(town, book):
    """G-02."""
    former, receiver, other = await town.body(), await town.body(), await town.body()
    township = await town.body(kind=body_pb2.BODY_KIND_TOWNSHIP)
    draft = await book.propose(other, await book.basis())
    foreign, coercion = await book.published(other), await book.published(former, kind="COERCION")
    money = await book.published(former, kind="MONEY_ENFORCEMENT")
    gone = await book.published(former)
    await book.remove(gone)

    for wrong in (foreign, gone):
        with town.refused("POWER_NOT_ON_LIST", from_body_id=former.body_id):
            await transfer(book, former, receiver, coercion, wrong)
    assert draft.item_id
    with town.refused("POWER_NOT_TRANSFERABLE", items=money.code):
        await transfer(book, former, receiver, coercion, money)
    with town.refused("POWER_NOT_TRANSFERABLE", items=coercion.code):
        await transfer(book, former, township, coercion, kind="TOWNSHIP")
    assert await transfers(town, former) == [], "of what was refused nothing went over"

    await transfer(book, former, receiver, coercion)


async def test_a_transfer_is_recorded_once_it_holds(town, book):
    """G-01."""
    former, receiver = await town.body(), await town.body()
    item = await book.published(former)

    for wrong in (now(hours=1), now(days=-1)):
        with town.refused("TRANSFER_OUT_OF_TIME"):
            await transfer(book, former, receiver, item, at=wrong)

    await transfer(book, former, receiver, item)
    with town.refused("POWER_NOT_ON_LIST"):
        await transfer(book, former, receiver, item)
