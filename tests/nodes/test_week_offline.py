"""A department without a link goes on for a week; what it did under a suspended certificate is listed afterwards."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.registry.v1 import standing_pb2
from yifa.supervision.v1 import case_view_pb2 as views
from yifa.supervision.v1 import field_act_pb2 as acts

from services.given.people import CITY, REGISTRAR
from services.node.plan import plan
from tests.cable import free_base
from tests.city import City, running
from tests.story import Story

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NODE = "chengguan"
EVIDENCE = enforcement.EvidenceRecorded.DESCRIPTOR.full_name


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    """A city of its own, whose clock may leap."""
    var = tmp_path_factory.mktemp("week")
    async for city in running(City(plan(var, free_base(), share=0.0), cables=True)):
        yield city


async def measure(city: City, method: str, number: str, **more: str) -> None:
    await city.say(CITY, "registry", method, REGISTRAR, certificate_number=number, **more)


async def under(city: City, number: str, **more: bool) -> list[acts.FieldAct]:
    """The evidence under a certificate that supervision lists."""
    request = acts.ListActsUnderCertificateRequest(certificate_number=number, page_size=100, **more)
    metadata = city.as_("city", "oversight-1", "OVERSIGHT")
    reply = await city.stub("city", "supervision").ListActsUnderCertificate(request, metadata=metadata)
    return [a for a in reply.acts if a.type == EVIDENCE]


async def standing(
    city: City, node: str, officer_id: str, at: datetime
) -> standing_pb2.CheckStandingResponse:
    request = standing_pb2.CheckStandingRequest(officer_id=officer_id, at_time=at)
    metadata = city.as_(node, "unit-1", "UNIT_HEAD")
    return await city.stub(node, "registry").CheckStanding(request, metadata=metadata)


async def warned(city: City, case_id: str) -> list[str]:
    request = views.GetCaseRequest(case_id=case_id)
    metadata = city.as_("city", "oversight-1", "OVERSIGHT")
    reply = await city.stub("city", "supervision").GetCase(request, metadata=metadata)
    return [w.rule_id for w in reply.case.warnings if w.rule_id == "EW-09"]


async def test_what_was_done_under_a_suspension_that_nobody_could_know_of(town: City) -> None:
    start = datetime.now(UTC).replace(microsecond=0)
    town.set_time(start)
    story = await (await Story(town, NODE).cast()).investigating()
    officer, number = story.officers[0], story.certificates[0]
    await story.evidence()
    await town.eventually(lambda: under(town, number), lambda found: len(found) == 1)
    await town.cables[NODE].cut()

    for day in range(1, 8):
        if day == 3:
            town.set_time(start + day * DAY - HOUR)
            await measure(town, "SuspendCertificate", number, cause="年度考核不合格", law="EX-CERT")
        if day == 6:
            town.set_time(start + day * DAY - HOUR)
            await measure(town, "RestoreCertificate", number)
        town.set_time(start + day * DAY)
        await story.evidence()
    alone = await standing(town, NODE, officer, start + 4 * DAY)
    assert alone.may and alone.after_knowledge, "it cannot know, and says so"
    assert alone.sources[0].event_time.ToDatetime(tzinfo=UTC) <= start
    assert len(await under(town, number)) == 1
    await town.cables[NODE].mend()

    everything = await town.eventually(lambda: under(town, number), lambda found: len(found) == 8)
    listed = await under(town, number, only_unlawful=True)
    days = [(a.act_time.ToDatetime(tzinfo=UTC) - start) // DAY for a in listed]
    assert days == [3, 4, 5]
    assert {(a.node, a.officer_id, a.case_id) for a in listed} == {(NODE, officer, story.case_id)}
    assert [a.in_force for a in everything] == [n not in days for n in range(8)]
    assert await under(town, story.certificates[1], only_unlawful=True) == []
    assert await town.eventually(lambda: warned(town, story.case_id)) == ["EW-09"]
    for day in range(8):
        moment = start + day * DAY
        known = await town.eventually(
            lambda moment=moment: standing(town, NODE, officer, moment),
            lambda reply, day=day: reply.may == (day not in days),
        )
        assert known.may == (await standing(town, "city", officer, moment)).may
