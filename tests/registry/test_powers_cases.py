"""Cases of a body: what its power list and its mandate allow, and what follows when the body ends."""

from datetime import UTC, datetime

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import inquiry_pb2 as pb
from yifa.notifications.v1 import notification_pb2 as notifications
from yifa.registry.v1 import body_pb2

from tests.registry.caseworkers import NODE, Office, heard, listed
from tests.registry.statute_book import Book, ago
from tests.registry.test_bodies import Hall, mandate
from tests.registry.test_bodies_changes import report, withdraw
from tests.registry.town import CITY


@pytest.fixture
def book(town):
    return Book(town)


@pytest.fixture
def hall(town):
    return Hall(town)


@pytest.fixture
def office(town):
    return Office(town)


async def test_a_body_without_a_published_list_needs_no_item(town, office, book):
    body = await town.body()
    await book.propose(body, await book.basis())

    filed = await office.file(await heard(town, office, body))

    assert filed.state == cases.CASE_STATE_FILED and not filed.item_id


async def test_a_body_with_a_published_list_names_an_item_of_it(town, office, book):
    """G-02."""
    body = await town.body()
    item = await listed(town, office, body, book)
    case = await office.clue(body)

    with town.refused("NO_LEGAL_BASIS", law="APL-2021:4;APL-2021:38(1)", body_id=body.body_id):
        await office.file(case)

    assert (await office.file(case, item)).item_id == item.item_id


async def test_a_case_rests_on_no_item_of_another_body_or_kind(town, office, book):
    """G-02."""
    body, other = await town.body(), await town.body()
    item = await listed(town, office, body, book)
    permit = await listed(town, office, body, book, kind="PENALTY")
    foreign = await listed(town, office, other, book)
    inspection = await book.published(body, kind="INSPECTION")
    await book.known(inspection, NODE, "PUBLISHED")

    for wrong in (foreign.item_id, inspection.item_id, "P-unknown"):
        with town.refused("NO_LEGAL_BASIS", item_id=wrong):
            await office.clue(body, item_id=wrong)
    for right in (item, permit):
        assert (await office.clue(body, item_id=right.item_id)).item_id == right.item_id


async def test_no_case_is_filed_on_an_item_whose_basis_was_repealed(town, office, book):
    """G-02: the basis is in force on the day of the act."""
    body, basis = await town.body(), await book.basis()
    item = await listed(town, office, body, book, basis)
    case = await office.clue(body, item_id=item.item_id)
    await book.repeal(basis, ago(1))

    async def no_longer():
        acts = await office.open_acts(case)
        return [o.reason for o in acts["FILE_CASE"].obstacles]

    assert await town.seen(no_longer, lambda reasons: "NO_LEGAL_BASIS" in reasons)
    with town.refused("NO_LEGAL_BASIS", item_id=item.item_id):
        await office.file(case)


async def test_an_entrusted_body_stays_inside_its_mandate(town, office, book, hall):
    """G-03: its items, in the name of the agency."""
    agency = await town.body()
    own, kept = await listed(town, office, agency, book), await listed(town, office, agency, book)
    entrusted = await hall.published("ENTRUSTED", entrustment=mandate(agency, item_ids=[own.item_id]))

    case = await town.seen(lambda: office.clue(entrusted))
    assert case.in_name_of == agency.name and case.body_name == entrusted.name

    with town.refused("ENTRUSTMENT_INVALID", law="APL-2021:20(4)", item_id=kept.item_id):
        await office.file(case, kept)
    with town.refused("NO_LEGAL_BASIS"):
        await office.file(case)
    assert (await office.file(case, own)).state == cases.CASE_STATE_FILED


async def test_a_mandate_that_has_not_begun_covers_nothing(town, office, book, hall):
    """G-03: inside its period."""
    given = mandate(await town.body())
    given.from_time.FromDatetime(ago(-30))
    entrusted = await hall.published("ENTRUSTED", entrustment=given)
    await hall.known(entrusted, NODE, "PUBLISHED")

    with town.refused("ENTRUSTMENT_INVALID", law="APL-2021:20(4)", body_id=entrusted.body_id):
        await town.seen(lambda: refused_for(office, entrusted))
        await office.clue(entrusted)


async def refused_for(office, body):
    """Whether enforcement knows the body by now: it is refused for its mandate, not as unknown."""
    try:
        await office.clue(body)
    except grpc.aio.AioRpcError as no:
        return "20(4)" in no.details()
    return True


async def test_the_successor_in_the_department_goes_on_with_the_open_cases(town, office, book, hall):
    body, heir = await town.body(), await town.body()
    item = await listed(town, office, body, book)
    case = await office.file(await office.clue(body), item)
    assert case.case_id in await office.open_cases(body_id=body.body_id, item_id=item.item_id)

    await withdraw(hall, body, heir, end="MERGED")

    passed = await town.seen(lambda: office.case(case), lambda c: c.body_id == heir.body_id)
    [new] = await book.items(body_id=heir.body_id, held_at=datetime.now(UTC))
    assert (passed.body_name, passed.item_id) == (heir.name, new.item_id)
    assert passed.case_number == case.case_number
    assert case.case_id in await office.open_cases(body_id=heir.body_id)
    assert not await office.open_cases(body_id=body.body_id)


async def test_the_open_cases_are_named_to_a_successor_in_another_department(town, office, hall):
    body, heir = await town.body(), await town.body("chengguan")
    case = await office.file(await heard(town, office, body))

    await withdraw(hall, body, heir, end="MERGED")

    async def told():
        request = notifications.ListInboxRequest(page_size=200)
        reply = await town.call("chengguan", "notifications", "ListInbox", request, "AGENCY_HEAD")
        return [n.body_zh for n in reply.notifications if body.name in n.title_zh]

    assert await town.seen(told, lambda texts: any(case.case_number in text for text in texts))
    waiting = await office.case(case)
    assert waiting.body_id == body.body_id and waiting.HasField("body_end_time")


async def test_after_a_split_a_case_follows_its_item(town, office, book, hall):
    body, one, two = await town.body(), await town.body(), await town.body()
    a, b = await listed(town, office, body, book), await listed(town, office, body, book)
    first, second = await office.clue(body, item_id=a.item_id), await office.clue(body, item_id=b.item_id)
    unclear = await office.clue(body)
    share = lambda heir, item: body_pb2.Successor(body_id=heir.body_id, item_ids=[item.item_id])  # noqa: E731

    await withdraw(hall, body, share(one, a), share(two, b), end="SPLIT")

    await town.seen(lambda: office.case(first), lambda c: c.body_id == one.body_id)
    await town.seen(lambda: office.case(second), lambda c: c.body_id == two.body_id)
    assert unclear.case_id in await office.open_cases(body_id=body.body_id), "people say who handles it"

    with town.refused("SUCCESSOR_NOT_NAMED", law="ALIT-2017:26(6)", body_id=body.body_id):
        await office.pass_on(unclear, await town.body())
    passed = await office.pass_on(unclear, two)
    assert passed.body_id == two.body_id and not passed.HasField("body_end_time")
    with town.refused("SUCCESSOR_NOT_NAMED"):
        await office.pass_on(passed, one)


async def test_nothing_is_done_in_the_case_of_a_body_that_ended(town, office, hall):
    """G-01: on the day of the act, whatever the act."""
    body = await town.body()
    case = await office.file(await heard(town, office, body))
    await withdraw(hall, body)

    waiting = await town.seen(lambda: office.case(case), lambda c: c.HasField("body_end_time"))

    acts = await office.open_acts(waiting)
    barred = {name for name, act in acts.items() if "APL-2021:38(1)" in {o.law for o in act.obstacles}}
    assert (
        barred == {"ASSIGN_OFFICERS", "ANNOUNCE_OWN_CORRECTION", "SERVE_OWN_CORRECTION"}
        and acts["TERMINATE_CASE"].open
    )
    assign = pb.AssignOfficersRequest(case_id=case.case_id, officer_ids=["O-1", "O-2"])
    with town.refused("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)", body_id=body.body_id):
        await office.ask("AssignOfficers", assign, "UNIT_HEAD")


async def test_a_body_that_ended_files_no_case(town, office, hall):
    """G-01."""
    body = await town.body()
    case = await heard(town, office, body)
    await withdraw(hall, body)
    await hall.known(body, NODE, "WITHDRAWN")

    async def obstacles():
        return [o.reason for o in (await office.open_acts(case))["FILE_CASE"].obstacles]

    await town.seen(obstacles, lambda reasons: "SUBJECT_NOT_QUALIFIED" in reasons)
    with town.refused("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)", body_id=body.body_id):
        await office.file(case)


async def test_the_city_is_told_of_a_late_change(town, hall):
    body, in_time = await town.body(), await town.body()
    await report(town, in_time)
    await report(town, body, days_ago=60)

    async def inbox():
        reply = await town.call(
            CITY, "notifications", "ListInbox", notifications.ListInboxRequest(page_size=200), "OVERSIGHT"
        )
        return [n.title_zh for n in reply.notifications]

    assert await town.seen(inbox, lambda titles: any(body.name in t for t in titles))
    await hall.known(in_time, CITY, "CHANGE_PENDING")
    assert not any(in_time.name in t for t in await inbox())
