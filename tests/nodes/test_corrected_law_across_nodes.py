"""A pack named a wrong number of days: a node started with the right one counts anew, and the oversight sees it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import pytest_asyncio
from rich.console import Console
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.notifications.v1 import notification_pb2
from yifa.supervision.v1 import case_view_pb2 as views

from services.cli.law.touched import as_json, editions, print_editions, print_touched, touched
from services.law.calendar import SHANGHAI
from services.law.parameters import PACKS
from services.node.failure import Failure
from services.node.plan import plan
from tests.cable import free_base
from tests.city import City, running
from tests.story import Story

NODES = ("city", "huanbao")
RIGHT, WRONG = "amount = 15", "amount = 25"


def pack(city: City, amount: str) -> None:
    """The environment's pack as it is from the next start on: a clue is checked within so many days."""
    text = (PACKS / "environment" / "clocks.toml").read_text("utf-8")
    before, clock, after = text.partition("[clock.PEN-03]")
    (city.plan.var / "environment" / "clocks.toml").write_text(
        before + clock + after.replace(RIGHT, amount, 1), "utf-8"
    )


async def start_with(city: City, amount: str) -> None:
    for node in NODES:
        await city.stop_node(node)
    pack(city, amount)
    for node in NODES:
        await city.start_node(node)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def march(tmp_path_factory: Any) -> AsyncIterator[City]:
    """A city of its own on 1 March 2027, of which two nodes have the wrong pack."""
    var: Path = tmp_path_factory.mktemp("march")
    async for city in running(City(plan(var, free_base(), share=0.0))):
        city.set_time(datetime(2027, 3, 1, 9, tzinfo=SHANGHAI))
        copytree(PACKS / "environment", var / "environment")
        for node in NODES:
            file = city.plan.settings(node)
            file.write_text(file.read_text().replace('layers = ["', 'layers = ["environment", "', 1))
        await start_with(city, WRONG)
        yield city


async def clue(city: City, node: str) -> Story:
    story = await Story(city, node).housed()
    return await story.clue()


async def ends(story: Story) -> str:
    """When the clue has to be checked, by the department's count."""
    who = story.city.as_(story.node, "head-1", "AGENCY_HEAD")
    case = (await story.stub.GetCase(cases.GetCaseRequest(case_id=story.case_id), metadata=who)).case
    return next(day_of(d.due_time) for d in case.deadlines if d.clock_id == "PEN-03")


def day_of(stamp: Any) -> str:
    return stamp.ToDatetime(UTC).astimezone(SHANGHAI).date().isoformat()


async def seen(city: City, story: Story) -> tuple[list[str], list[str]]:
    """The same term by the city's own count, and the events of the case that it has received."""
    stub, who = city.stub("city", "supervision"), city.as_("city", "oversight-1", "OVERSIGHT")
    view = (await stub.GetCase(views.GetCaseRequest(case_id=story.case_id), metadata=who)).case
    terms = [day_of(d.due_time) for d in view.deadlines if d.clock_id == "PEN-03"]
    return terms, [entry.type.rpartition(".")[2] for entry in view.timeline]


async def told(city: City, story: Story) -> list[str]:
    """What the head of the unit finds in the inbox of the department."""
    who = city.as_(story.node, "unit-1", "UNIT_HEAD")
    stub = city.stub(story.node, "notifications")
    inbox = await stub.ListInbox(notification_pb2.ListInboxRequest(page_size=500), metadata=who)
    return [n.body_zh for n in inbox.notifications if n.case_id == story.case_id]


async def test_a_corrected_pack_reaches_the_deadlines_the_oversight_and_the_people(march: City) -> None:
    """Twenty-five days from 1 March 2027 end on the 26th; fifteen on the 16th."""
    story, other = await clue(march, "huanbao"), await clue(march, "chengguan")
    for each in (story, other):
        await march.eventually(lambda each=each: seen(march, each), lambda found: found[0] == ["2027-03-26"])
    assert await ends(story) == "2027-03-26"
    of_another = await ends(other)

    await start_with(march, RIGHT)

    await march.eventually(lambda: ends(story), lambda found: found == "2027-03-16")
    await march.eventually(
        lambda: seen(march, story),
        lambda found: found[0] == ["2027-03-16"] and found[1].count("DeadlineMoved") == 1,
    )
    [message] = await march.eventually(lambda: told(march, story))
    assert "PEN-03" in message and "2027-03-26" in message and "2027-03-16" in message
    assert await ends(other) == of_another

    found = await touched(march.plan, "pen-03", "", "")
    rows = [
        (where, each.subject_id, day_of(each.counted_time), day_of(each.lawful_time)) for where, each in found
    ]
    assert sorted(rows) == sorted(
        (where, case_id, "2027-03-26", "2027-03-16")
        for where, case_id in (
            ("huanbao/enforcement", story.case_id),
            ("city/supervision", story.case_id),
            ("city/supervision", other.case_id),  # the city had the wrong pack for all
        )
    )
    kept = await editions(march.plan, "huanbao")
    differing = {
        where: [list(e.differing) for w, e in kept if w == where and not e.in_force] for where, _ in kept
    }
    assert differing["huanbao/enforcement"][0] == ["environment/PEN-03"]
    shown = Console(record=True, width=160, file=StringIO())
    print_touched(shown, "PEN-03", found)
    print_editions(shown, kept)
    text = shown.export_text()
    assert "2027-03-26" in text and "environment/PEN-03" in text
    assert as_json(found)[0]["about"] == "PEN-03"


async def test_a_row_that_no_node_knows(march: City) -> None:
    with pytest.raises(Failure, match=r"hearing\.fine\.citizen"):
        await touched(march.plan, "hearing.fine.citizn", "", "")
