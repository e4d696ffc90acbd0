"""What is public of a body is brought up to date within twenty working days of a change (PUB-09; OGI 26; GBF-2018-118 4)."""

from collections.abc import Iterable

import pytest
from yifa.registry.v1 import events_pb2 as events

from services.registry.deadline.model import Clock
from tests.registry.statute_book import Book, ago
from tests.registry.test_bodies import Hall
from tests.registry.test_bodies_changes import decide, report, withdraw
from tests.registry.town import CITY

KINDS = ("BasicInformationChanged", "BasicInformationOverdue", "PowerListReviewed")


@pytest.fixture
def book(town):
    return Book(town)


@pytest.fixture
def hall(town):
    return Hall(town)


async def told(town, body, kinds: Iterable[str] = KINDS) -> list[str]:
    return [kind for kind in await town.events(CITY, "registry", body.body_id) if kind in kinds]


def state(town, body, part="powers") -> str:
    row = town.city.nodes[CITY].running("registry").view().find(Clock, f"{body.body_id}/{part}/PUB-09")
    return row.state if row is not None else ""


async def test_a_list_is_published_again_when_an_item_goes(town, book):
    body = await town.body()
    item = await book.published(body)
    assert (await told(town, body), state(town, body)) == ([], "")

    await book.remove(item)

    assert (await told(town, body), state(town, body)) == (["BasicInformationChanged"], "RUNNING")
    await book.publish(body)
    assert state(town, body) == "MET"


async def test_what_was_changed_long_ago_and_is_still_shown_as_before_is_told(town, book):
    """PUB-09 is over: the law changed more than twenty working days ago."""
    body, basis = await town.body(), await book.basis()
    await book.published(body, basis)

    await book.amend(basis, ago(60))

    await town.seen(lambda: told(town, body), lambda kinds: "BasicInformationOverdue" in kinds)
    entries = [e for e in await town.journal(CITY, "registry") if e.subject_id == body.body_id]
    [late] = [e for e in entries if e.type.endswith("BasicInformationOverdue")]
    said = events.BasicInformationOverdue.FromString(late.data)
    assert (late.to, said.deadline.clock_id, said.part) == (body.node, "PUB-09", "powers")
    assert said.what_zh == "权责清单"


async def test_a_list_that_was_reviewed_and_kept_is_as_it_was_published(town, book):
    body, basis = await town.body(), await book.basis()
    one, two = await book.published(body, basis), await book.published(body, basis)
    await book.amend(basis, ago(1))

    await book.keep(one)
    assert state(town, body) == "RUNNING", "another is still to be looked at"
    await book.keep(two)

    assert state(town, body) == "MET"
    assert await told(town, body) == ["BasicInformationChanged", "PowerListReviewed"]


async def test_what_was_kept_does_not_stand_for_what_went(town, book):
    body, basis = await town.body(), await book.basis()
    one, two = await book.published(body, basis), await book.published(body, basis)
    await book.amend(basis, ago(1))

    await book.remove(one)
    await book.keep(two)

    assert state(town, body) == "RUNNING"
    await book.publish(body)
    assert state(town, body) == "MET"


async def test_a_later_change_gives_no_more_time(town, book):
    body, basis, other = await town.body(), await book.basis(), await book.basis()
    item = await book.published(body, basis, other)
    await book.amend(basis, ago(1))

    await book.amend(other, ago(0))
    await book.remove(item)

    assert await told(town, body) == ["BasicInformationChanged"]


async def test_a_new_certificate_is_announced_and_a_body_that_ended_has_nothing_to_announce(town, hall, book):
    body = await town.body()
    await report(town, body, days_ago=1)
    await hall.known(body, CITY, "CHANGE_PENDING")

    await decide(hall, body, accepted=True)
    assert state(town, body, "body") == "RUNNING"
    await hall.publish(body)
    assert state(town, body, "body") == "MET"

    await book.remove(await book.published(body))
    await withdraw(hall, body)
    assert state(town, body) == "MET"


async def test_who_goes_on_with_powers_publishes_its_list(town, hall, book):
    ended, heir = await town.body(), await town.body()
    await book.published(ended)

    await withdraw(hall, ended, heir)

    assert (state(town, ended), state(town, heir)) == ("", "RUNNING")
