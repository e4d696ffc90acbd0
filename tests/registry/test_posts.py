"""Posts: which duties are kept apart, and what a post exercises."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import grpc
import pytest
from yifa.registry.v1 import post_pb2

from tests.registry.staff import NODE, Staff, scene
from tests.registry.statute_book import Book, ago
from tests.registry.test_bodies import Hall, mandate
from tests.registry.test_bodies_changes import withdraw
from tests.registry.town import CITY

YEAR = 365.25
ANY, MARKET = "生态环境", "市场监督管理"
APART = [
    ("INVESTIGATE", "LEGAL_REVIEW", MARKET, "SAMR-2022:49(3)"),
    ("INVESTIGATE", "HEARING", ANY, "APL-2021:64[4]"),
    ("INVESTIGATE", "DECIDE", ANY, "APL-2021:57(1)"),
    ("LEGAL_REVIEW", "DECIDE", ANY, "APL-2021:58(1)"),
    ("DECIDE", "COLLECT", ANY, "APL-2021:67(1)"),
    ("INVESTIGATE", "SUPERVISE", ANY, "ASR-2025:8"),
]


@pytest.fixture
def staff(town):
    return Staff(town)


@pytest.fixture
def book(town):
    return Book(town)


@pytest.fixture
def hall(town):
    return Hall(town)


@pytest.mark.parametrize(("one", "other", "field", "law"), APART)
async def test_duties_that_the_law_keeps_apart_are_held_by_different_people(
    town, staff, one, other, field, law
):
    """G-11: 分事行权、分岗设权. Who reviews is no investigator by the rules of market regulation, for bodies of that field."""
    _, unit, officer = await scene(town, staff, field=field)
    posts = [await staff.post(unit, duty) for duty in (one, other)]

    for first, second in permutations(posts):
        held = await staff.appoint(officer, first)
        with town.refused("INCOMPATIBLE_DUTIES", law=law, other_post_id=first.post_id):
            await staff.appoint(officer, second)
        await staff.end(held, datetime.now(UTC))
    with town.refused("INCOMPATIBLE_DUTIES", law=law):
        await staff.post(unit, one, other)


async def test_duties_kept_apart_may_follow_each_other(town, staff):
    _, unit, officer = await scene(town, staff)
    review, inquiry = await staff.post(unit, "LEGAL_REVIEW"), await staff.post(unit, "INVESTIGATE")
    handover = ago(100)

    await staff.appoint(officer, review, ago(400), handover)

    assert (await staff.appoint(officer, inquiry, handover)).appointment_id
    with town.refused("INCOMPATIBLE_DUTIES"):
        await staff.appoint(officer, review, handover - timedelta(microseconds=1), handover + timedelta(1))


async def test_other_duties_go_together(town, staff):
    _, unit, officer = await scene(town, staff)

    for duties in (("INVESTIGATE", "COLLECT"), ("COLLECT",), ()):
        assert (
            await staff.appoint(officer, await staff.post(unit, *duties))
        ).officer_id == officer.officer_id


async def test_a_post_is_held_once_at_a_time(town, staff):
    _, unit, officer = await scene(town, staff)
    post = await staff.post(unit)
    held = await staff.appoint(officer, post, ago(10))

    with town.refused("POST_HELD", appointment_id=held.appointment_id):
        await staff.appoint(officer, post)

    await staff.end(held)
    assert (await staff.appoint(officer, post)).appointment_id


async def test_a_post_of_another_body_is_refused(town, staff):
    _, unit, _ = await scene(town, staff)
    stranger = await town.register(await town.body())

    with town.refused("NOT_OF_THIS_BODY", law="INTERNAL", officer_id=stranger.officer_id):
        await staff.appoint(stranger, await staff.post(unit))


async def test_a_closed_post_is_held_by_nobody(town, staff):
    body, unit, officer = await scene(town, staff)
    post = await staff.post(unit, sensitive=True)
    held = await staff.appoint(officer, post, ago(7 * YEAR))
    assert await staff.rotations(body)

    closed = await staff.close(post)

    request = post_pb2.ListAppointmentsRequest(officer_id=officer.officer_id)
    [ended] = (await staff.write("ListAppointments", request)).appointments
    assert (ended.appointment_id, ended.until_time) == (held.appointment_id, closed.close_time)
    assert not await staff.rotations(body)
    for act in (staff.close(post), staff.appoint(officer, post)):
        with town.refused("POST_CLOSED", post_id=post.post_id):
            await act


async def test_an_appointment_ends_once_and_later_than_it_began(town, staff):
    _, unit, officer = await scene(town, staff)
    post, moment = await staff.post(unit), ago(1)
    with town.refused("APPOINTMENT_ENDED"):
        await staff.appoint(officer, post, moment, moment)
    held = await staff.appoint(officer, post, ago(10))
    with town.refused("APPOINTMENT_ENDED", appointment_id=held.appointment_id):
        await staff.end(held, ago(10.5))

    await staff.end(held)

    with town.refused("APPOINTMENT_ENDED"):
        await staff.end(held)


async def test_ending_an_appointment_does_not_prolong_it(town, staff):
    """Or a head would stay by it, without the rules that an appointment is held to."""
    _, unit, officer = await scene(town, staff)
    held = await staff.appoint(officer, await staff.post(unit), ago(10), ago(-10))

    with town.refused("APPOINTMENT_ENDED", appointment_id=held.appointment_id):
        await staff.end(held, ago(-400))
    ended = await staff.end(held, ago(-5))

    assert ended.until_time.ToDatetime() < held.until_time.ToDatetime()


async def test_units_and_posts_belong_to_a_body_of_the_department_that_may_enforce(town, staff, hall):
    elsewhere, ended = await town.body("chengguan"), await town.body()
    await hall.known(elsewhere, NODE, "PUBLISHED")
    await withdraw(hall, ended)
    await hall.known(ended, NODE, "WITHDRAWN")

    with town.refused("SUBJECT_NOT_QUALIFIED", law="INTERNAL"):
        await staff.unit(elsewhere)
    with town.refused("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)"):
        await staff.unit(ended)
    with town.refused("NOT_HOME", home="department"):
        await staff.unit(ended, CITY)


async def test_a_post_exercises_only_what_the_body_holds(town, staff, book):
    body, unit, _ = await scene(town, staff)
    own, foreign = await book.published(body), await book.published(await town.body())
    draft = await book.propose(body, await book.basis())
    for item, state in ((own, "PUBLISHED"), (foreign, "PUBLISHED"), (draft, "DRAFT")):
        await book.known(item, NODE, state)
    post = await staff.post(unit, item_ids=[own.item_id])

    for wrong in (foreign.item_id, draft.item_id, "P-unknown"):
        with town.refused("ITEM_NOT_HELD", law="APL-2021:38(1)", items=wrong):
            await staff.post(unit, item_ids=[own.item_id, wrong])
        request = post_pb2.AssignItemsRequest(post_id=post.post_id, item_ids=[wrong])
        with town.refused("ITEM_NOT_HELD", items=wrong):
            await staff.write("AssignItems", request)

    request = post_pb2.AssignItemsRequest(post_id=post.post_id, item_ids=[])
    assert not (await staff.write("AssignItems", request)).post.item_ids


async def test_an_entrusted_body_gives_its_posts_the_items_of_its_mandate(town, staff, book, hall):
    agency = await town.body()
    item, kept = await book.published(agency), await book.published(agency)
    body = await hall.published("ENTRUSTED", entrustment=mandate(agency, item_ids=[item.item_id]))
    await hall.known(body, NODE, "PUBLISHED")
    for known in (item, kept):
        await book.known(known, NODE, "PUBLISHED")
    unit = await staff.unit(body)

    with town.refused("ITEM_NOT_HELD", items=kept.item_id):
        await staff.post(unit, item_ids=[kept.item_id])
    post = await staff.post(unit, item_ids=[item.item_id])

    matrix = await staff.matrix(body)
    assert list(matrix) == [item.item_id]
    assert [p.post.post_id for p in matrix[item.item_id].posts] == [post.post_id]


async def test_only_the_department_speaks_of_its_posts(town, staff):
    from yifa.registry.v1 import events_pb2

    body, unit, _ = await scene(town, staff)
    forged = post_pb2.Post(
        post_id="PO-forged", unit_id=unit.unit_id, body_id=body.body_id, node=NODE, name="假岗", version=9
    )

    await town.announce("chengguan", events_pb2.PostChanged(post=forged))
    honest = await staff.post(unit)

    request = post_pb2.ListPostsRequest(body_id=body.body_id, page_size=50)
    ask = lambda: town.pages(CITY, "ListPosts", request)  # noqa: E731
    listed = await town.seen(ask, lambda posts: honest.post_id in {p.post_id for p in posts})
    assert "PO-forged" not in {p.post_id for p in listed}


async def test_appointments_are_asked_for_by_officer_or_post(town, staff):
    with town.refused("MALFORMED", grpc.StatusCode.INVALID_ARGUMENT, field="officer_id"):
        await staff.write("ListAppointments", post_pb2.ListAppointmentsRequest())


async def test_posts_of_a_body_that_ended_stay_on_record(town, staff, hall):
    body, unit, _ = await scene(town, staff)
    post = await staff.post(unit)
    await withdraw(hall, body, await town.body(), end="MERGED")

    request = post_pb2.ListPostsRequest(body_id=body.body_id)
    assert [p.post_id for p in (await staff.write("ListPosts", request)).posts] == [post.post_id]
