"""Who answers for what, and who is to be rotated."""

from datetime import UTC, datetime, timedelta

import pytest
from yifa.registry.v1 import officer_pb2, post_pb2

from tests.registry.staff import NODE, Staff, scene
from tests.registry.statute_book import Book, ago
from tests.registry.town import CITY

RANK = post_pb2.PostRank
YEAR = 365.25


@pytest.fixture
def staff(town):
    return Staff(town)


@pytest.fixture
def book(town):
    return Book(town)


async def test_the_matrix_names_who_answers_for_each_item(town, staff, book):
    body, unit, officer = await scene(town, staff)
    chief, deputy = await town.register(body), await town.register(body)
    basis = await book.basis()
    items = [await book.propose(body, basis) for _ in range(3)]
    await book.publish(body)
    for item in items:
        await book.known(item, NODE, "PUBLISHED")
    a, b, c = [i.item_id for i in items]
    posts = {
        deputy.officer_id: await staff.post(unit, rank="DEPUTY", item_ids=[a, b]),
        officer.officer_id: await staff.post(unit, "INVESTIGATE", item_ids=[a]),
        chief.officer_id: await staff.post(unit, "DECIDE", rank="CHIEF"),
    }
    for person in (officer, chief, deputy):
        await staff.appoint(person, posts[person.officer_id])

    matrix = await staff.matrix(body)

    line = {i: [(p.post.rank, [o.officer_id for o in p.officers]) for p in matrix[i].posts] for i in matrix}
    first = (RANK.POST_RANK_CHIEF, [chief.officer_id])
    second = (RANK.POST_RANK_DEPUTY, [deputy.officer_id])
    assert line == {
        a: [first, second, (RANK.POST_RANK_STAFF, [officer.officer_id])],
        b: [first, second],
        c: [first],
    }
    assert [matrix[i].unassigned for i in (a, b, c)] == [False, False, True]
    assert not any(p.post.item_ids for row in matrix.values() for p in row.posts)
    at_city = await town.seen(lambda: staff.matrix(body, CITY), lambda found: found == matrix)
    assert at_city[a].posts[2].post.unit_name == unit.name


async def test_the_matrix_may_be_asked_for_a_past_moment(town, staff, book):
    body, unit, officer = await scene(town, staff)
    successor = await town.register(body)
    item = await book.published(body)
    await book.known(item, NODE, "PUBLISHED")
    post = await staff.post(unit, "INVESTIGATE", item_ids=[item.item_id])
    held = await staff.appoint(officer, post)
    then = datetime.now(UTC)
    await staff.end(held)
    await staff.appoint(successor, post)

    async def holders(at=None):
        [row] = (await staff.matrix(body, at=at)).values()
        return [o.officer_id for p in row.posts for o in p.officers]

    assert await holders(then) == [officer.officer_id]
    assert await holders() == [successor.officer_id]
    assert await staff.matrix(body, at=ago(1)) == {}


async def test_whoever_holds_a_sensitive_post_too_long_is_listed(town, staff):
    """R-022: 定期轮岗."""
    body, unit, officer = await scene(town, staff)
    sensitive, plain = await staff.post(unit, sensitive=True), await staff.post(unit)
    long, short, elsewhere = officer, await town.register(body), await town.register(body)
    began = ago(5 * YEAR + 10)
    await staff.appoint(long, sensitive, began)
    await staff.appoint(short, sensitive, ago(4 * YEAR))
    await staff.appoint(elsewhere, plain, ago(9 * YEAR))

    [due] = await staff.rotations(body)
    soon = await staff.rotations(body, before=ago(-2 * YEAR))

    assert (due.officer_id, due.overdue, due.post.post_id) == (long.officer_id, True, sensitive.post_id)
    assert due.since_time.ToDatetime(tzinfo=UTC) == began.replace(microsecond=began.microsecond)
    assert [(r.officer_id, r.overdue) for r in soon] == [(long.officer_id, True), (short.officer_id, False)]
    assert await town.seen(lambda: staff.rotations(body, CITY)) == [due]


async def test_appointments_without_a_gap_are_one(town, staff):
    body, unit, officer = await scene(town, staff)
    post = await staff.post(unit, sensitive=True)
    turn, again = ago(3 * YEAR), ago(YEAR)
    await staff.appoint(officer, post, ago(4 * YEAR), turn)
    await staff.appoint(officer, post, turn, again)

    await staff.appoint(officer, post, again)

    [due] = await staff.rotations(body, before=ago(-1.5 * YEAR))
    assert abs((due.since_time.ToDatetime(tzinfo=UTC) - ago(4 * YEAR)).total_seconds()) < 60


async def test_a_sensitive_post_is_not_given_again_without_a_break(town, staff):
    """R-022: 定期轮岗."""
    _, unit, officer = await scene(town, staff)
    post, end = await staff.post(unit, sensitive=True), ago(2)
    await staff.appoint(officer, post, ago(5 * YEAR + 30), end)

    with town.refused("ROTATION_DUE", law="EX-ERS", post_id=post.post_id):
        await staff.appoint(officer, post, end)

    assert (await staff.appoint(officer, post, end + timedelta(days=1))).appointment_id


async def test_who_left_the_roster_holds_no_post(town, staff, book):
    body, unit, officer = await scene(town, staff)
    item = await book.published(body)
    await book.known(item, NODE, "PUBLISHED")
    post = await staff.post(unit, sensitive=True, item_ids=[item.item_id])
    await staff.appoint(officer, post, ago(6 * YEAR))

    leaving = officer_pb2.RecordLeavingRequest(
        officer_id=officer.officer_id, cause=officer_pb2.LEAVE_CAUSE_RESIGNATION
    )
    await staff.write("RecordLeaving", leaving)

    assert not await staff.rotations(body)
    [row] = (await staff.matrix(body)).values()
    assert [list(p.officers) for p in row.posts] == [[]]
