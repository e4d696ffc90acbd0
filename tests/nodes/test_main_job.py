"""The main job, across the nodes of a city: decide, file, review, notify, oversee — in one trace."""

import asyncio

from yifa.law.v1.law_pb2 import CLOCK_STATE_MET
from yifa.notifications.v1 import notification_pb2
from yifa.supervision.v1 import case_view_pb2 as views
from yifa.supervision.v1 import watch_pb2

from services.given.filing import reviewed
from tests.city import City
from tests.otlp import receiver
from tests.story import Story

OVERSEER = ("overseer-1", "OVERSIGHT")


async def filing_of(city: City, case_id: str) -> object:
    asked = views.GetCaseRequest(case_id=case_id)
    reply = await city.stub("city", "supervision").GetCase(asked, metadata=city.as_("city", *OVERSEER))
    return reply.case.filing


async def inbox(city: City, node: str, who: str, role: str, case_id: str) -> list[str]:
    reply = await city.stub(node, "notifications").ListInbox(
        notification_pb2.ListInboxRequest(page_size=500), metadata=city.as_(node, who, role)
    )
    return [n.event_type.rpartition(".")[2] for n in reply.notifications if n.case_id == case_id]


async def test_a_major_penalty_is_filed_reviewed_and_everybody_told(city: City) -> None:
    story = await (await Story(city).cast()).waived(1_500_000)
    watched: list[str] = []

    async def watch() -> None:
        request = watch_pb2.WatchRequest(after_position=0, case_id=story.case_id)
        async for reply in city.stub("city", "supervision").Watch(
            request, metadata=city.as_("city", *OVERSEER)
        ):
            if reply.HasField("entry"):
                watched.append(reply.entry.type.rpartition(".")[2])

    watching = asyncio.create_task(watch())

    decided = await story.decide()
    await city.eventually(
        lambda: inbox(city, "huanbao", "head-1", "AGENCY_HEAD", story.case_id),
        lambda i: "FilingExpected" in i,
    )
    await story.act("ServeDecision")
    await story.do("FileMajorPenalty", "head-1", "AGENCY_HEAD")
    filing = await city.eventually(lambda: filing_of(city, story.case_id), lambda f: f.state == 2)
    await reviewed(city.say, filing.filing_id, accept=True, opinion="同意", by=OVERSEER)

    assert decided.decision.major
    await city.eventually(
        lambda: inbox(city, "huanbao", "head-1", "AGENCY_HEAD", story.case_id),
        lambda i: "FilingReviewed" in i,
    )
    assert "FilingReceived" in await inbox(city, "city", *OVERSEER, story.case_id)
    await city.eventually(lambda: asyncio.sleep(0, watched), lambda w: "FilingReviewed" in w)
    watching.cancel()
    acts = [e for e in watched if e in ("CaseFiled", "DecisionMade", "MajorPenaltyFiled", "FilingReviewed")]
    assert acts == ["CaseFiled", "DecisionMade", "MajorPenaltyFiled", "FilingReviewed"]

    async def review_clocks() -> list[int]:
        """How the clock of the review stands in the department's copy of the case, and at the city."""
        head, case_id = ("head-1", "AGENCY_HEAD"), story.case_id
        here = (await city.say("huanbao", "enforcement", "GetCase", head, case_id=case_id)).case
        there = (await city.say("city", "supervision", "GetCase", OVERSEER, case_id=case_id)).case
        return [d.state for d in (*here.deadlines, *there.deadlines) if d.clock_id == "PEN-28"]

    await city.eventually(review_clocks, lambda states: states == [CLOCK_STATE_MET] * 2)


async def test_one_trace_from_the_clients_call_to_the_notification(city: City) -> None:
    """Holds a case decision, from the call at the department to the notification sent at the city, in one trace."""
    async with receiver(city.plan) as spans:
        story = await (await Story(city).cast()).waived(1_500_000)
        trace_id = "4bf92f3577b34da6a3ce929d0e0e4736"
        context = (("traceparent", f"00-{trace_id}-00f067aa0ba902b7-01"),)

        await story.decide(metadata=context)

        await story.do("FileMajorPenalty", "head-1", "AGENCY_HEAD", metadata=context)
        wanted = {
            ("enforcement@huanbao", "yifa.enforcement.v1.EnforcementService/MakeDecision"),
            ("enforcement@huanbao", "publish DecisionMade"),
            ("supervision@city", "react DecisionMade"),
            ("supervision@city", "publish FilingExpected"),
            ("notifications@huanbao", "react FilingExpected"),
            ("notifications@city", "react FilingReceived"),
            ("notifications@city", "publish NotificationCreated"),
        }
        got = await city.eventually(
            lambda: asyncio.sleep(0, {(s.service, s.name) for s in spans if s.trace_id == trace_id}),
            lambda found: wanted <= found,
        )
        assert wanted <= got

        def above() -> set[str]:
            """The parents that are not spans of the trace themselves; a span may come before the one it hangs under."""
            mine = {s.span_id: s for s in spans if s.trace_id == trace_id}
            return {s.parent_id for s in mine.values()} - mine.keys()

        outside = await city.eventually(lambda: asyncio.sleep(0, above()), lambda found: len(found) == 1)
        assert outside == {"00f067aa0ba902b7"}, "every span hangs under the caller's"
        tagged = [s for s in spans if s.trace_id == trace_id and "yifa.case_number" in s.attributes]
        assert tagged, "the trace is found by its case number"
