"""The city loads a year: every node counts by it, also one that was cut off meanwhile."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import deadline_pb2
from yifa.law.v1 import calendar_pb2 as calendars
from yifa.law.v1 import calendar_service_pb2_grpc, law_pb2
from yifa.notifications.v1 import notification_pb2
from yifa.supervision.v1 import calendar_pb2
from yifa.supervision.v1 import case_view_pb2 as views

from services.cli.year import load_year, read_year
from services.law.calendar import SHANGHAI
from services.node.failure import Failure
from services.node.plan import plan
from tests.cable import free_base
from tests.city import City, rid, running
from tests.proclaimed import SOURCE, arrangement
from tests.story import Story

LOADED, PROVISIONAL = calendars.CALENDAR_YEAR_STATE_LOADED, calendars.CALENDAR_YEAR_STATE_PROVISIONAL
FILED = datetime(2026, 11, 13, 9, tzinfo=SHANGHAI)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def november(tmp_path_factory: Any) -> AsyncIterator[City]:
    """A city of its own on 13 November 2026, when nobody knows the holidays of 2027."""
    var: Path = tmp_path_factory.mktemp("november")
    async for city in running(City(plan(var, free_base(), share=0.0), cables=True)):
        city.set_time(FILED)
        yield city


async def year(city: City, node: str, number: int = 2027) -> calendars.KnownYear:
    stub = calendar_service_pb2_grpc.CalendarServiceStub(city.channel(node))
    request = calendars.ListCalendarYearsRequest(first_year=number, last_year=number)
    [known] = (await stub.ListCalendarYears(request, metadata=city.as_(node, "clerk-1", "CLERK"))).years
    return known


def counted(known: calendars.KnownYear, services: int) -> bool:
    return known.state == LOADED and len(known.services) == services and all(s.done for s in known.services)


async def filed(city: City, node: str) -> Story:
    story = await Story(city, node).housed()
    await story.clue()
    await story.do("FileCase", "head-1", "AGENCY_HEAD")
    return story


async def term(story: Story) -> tuple[str, bool]:
    """When the decision is due, by the department's count."""
    request = cases.GetCaseRequest(case_id=story.case_id)
    who = story.city.as_(story.node, "head-1", "AGENCY_HEAD")
    case = (await story.stub.GetCase(request, metadata=who)).case
    return day(next(d for d in case.deadlines if d.clock_id == "PEN-15"))


def day(deadline: law_pb2.Deadline) -> tuple[str, bool]:
    on = deadline.due_time.ToDatetime(UTC).astimezone(SHANGHAI).date().isoformat()
    return on, deadline.provisional


async def seen(city: City, story: Story) -> tuple[tuple[str, bool], list[str]]:
    """The same term by the city's own count, and the events of the case that it has received."""
    stub, who = city.stub("city", "supervision"), city.as_("city", "oversight-1", "OVERSIGHT")
    view = (await stub.GetCase(views.GetCaseRequest(case_id=story.case_id), metadata=who)).case
    # The city may have heard of the clue and not yet of the filing.
    terms = [day(d) for d in view.deadlines if d.clock_id == "PEN-15"] or [("", False)]
    return terms[0], [entry.type.rpartition(".")[2] for entry in view.timeline]


async def told(city: City, story: Story) -> list[str]:
    """What the head of the unit finds in the inbox of the department."""
    who = city.as_(story.node, "unit-1", "UNIT_HEAD")
    stub = city.stub(story.node, "notifications")
    inbox = await stub.ListInbox(notification_pb2.ListInboxRequest(page_size=500), metadata=who)
    return [n.body_zh for n in inbox.notifications if n.case_id == story.case_id]


async def extend(city: City, story: Story, days: int) -> law_pb2.Deadline:
    request = deadline_pb2.ExtendDeadlineRequest(
        request_id=rid(), case_id=story.case_id, clock_id="PEN-15", amount=days, cause="案情复杂"
    )
    who = city.as_(story.node, story.heads[0], "AGENCY_HEAD")
    return (await city.stub(story.node, "enforcement").ExtendDeadline(request, metadata=who)).deadline


async def test_an_extension_holds_at_the_city_too(november: City) -> None:
    story = await filed(november, "huanbao")

    extended = await extend(november, story, 30)

    async def city_sees() -> tuple[str, bool]:
        return (await seen(november, story))[0]

    assert day(extended) == ("2027-03-15", True)  # 13 March is a Saturday
    await november.eventually(city_sees, lambda found: found == day(extended))


async def test_a_year_reaches_every_node_and_every_case(november: City) -> None:
    """Ninety days from 13 November end on 11 February 2027: in the Spring Festival, once that is proclaimed."""
    near, far = await filed(november, "huanbao"), await filed(november, "chengguan")
    before = await term(near), await term(far), (await year(november, "huanbao")).state
    await november.cables["chengguan"].cut()
    who = november.as_("city", "oversight-1", "OVERSIGHT")
    request = calendar_pb2.LoadCalendarYearRequest(request_id=rid(), **arrangement())

    await november.stub("city", "supervision").LoadCalendarYear(request, metadata=who)

    for node in ("city", "huanbao"):
        await november.eventually(lambda node=node: year(november, node), lambda known: counted(known, 3))
    assert (await year(november, "chengguan")).state == PROVISIONAL, "a cut link holds the news back"
    assert await term(far) == ("2027-02-11", True)
    await november.cables["chengguan"].mend()
    await november.eventually(lambda: year(november, "chengguan"), lambda known: counted(known, 3))
    assert before == (("2027-02-11", True), ("2027-02-11", True), PROVISIONAL)
    for story in (near, far):
        assert await term(story) == ("2027-02-15", False)
        await november.eventually(
            lambda story=story: seen(november, story),
            lambda found: found[0] == ("2027-02-15", False) and found[1].count("DeadlineMoved") == 1,
        )
        [message] = await november.eventually(lambda story=story: told(november, story))
        assert SOURCE in message and "2027-02-11" in message and "2027-02-15" in message


async def test_a_node_that_starts_later_knows_the_year(november: City) -> None:
    await november.stop_node("huanbao")
    await november.start_node("huanbao")

    story = await filed(november, "huanbao")

    assert counted(await year(november, "huanbao"), 3)
    assert await term(story) == ("2027-02-15", False)


FILE = """
year = 2028
source = "示例放假通知〔2027〕1号"
[holidays]
"元旦" = [2028-01-01]
"劳动节" = [2028-05-01, 2028-05-02]
"国庆节" = [2028-10-01, 2028-10-02, 2028-10-03]
[make_up_days]
"劳动节" = [2028-04-29]
"""


async def test_a_year_from_a_file(november: City, tmp_path: Path) -> None:
    file = tmp_path / "2028.toml"
    file.write_text(FILE, "utf-8")

    loaded = await load_year(november.plan, file)
    again = await load_year(november.plan, file)

    assert (loaded.version, len(loaded.holidays), len(loaded.make_up_days)) == (1, 6, 1)
    assert again == loaded
    await november.eventually(lambda: year(november, "huanbao", 2028), lambda known: counted(known, 3))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("year = 2028", "", "'year' is missing"),
        ("2028-04-29", '"29 April"', "is no date"),
        ("2028-04-29", "2028-04-31", "cannot be read"),
        ("[holidays]", "[[holidays]]", "cannot be read"),
    ],
)
def test_a_file_that_is_no_year_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = tmp_path / "2028.toml"
    file.write_text(FILE.replace(old, new), "utf-8")

    with pytest.raises(Failure, match=says):
        read_year(file)
