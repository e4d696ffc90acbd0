"""An event whose reaction keeps failing is parked where people see it, and holds up nobody."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.journal.v1 import parked_pb2
from yifa.journal.v1.condition_pb2 import ALERT_KIND_EVENTS_PARKED
from yifa.supervision.v1 import case_view_pb2 as views

from tests.city import City, rid
from tests.story import Story


async def parked(city: City, event_id: str) -> list[Any]:
    request = parked_pb2.ListParkedRequest(service="supervision")
    reply = await city.stub("city", "journal").ListParked(request, metadata=city.as_("city", "ops", "SYSTEM"))
    return [e for e in reply.events if e.entry.event_id == event_id]


async def test_a_failing_event_is_parked_retried_and_discarded(city: City) -> None:
    """A department speaks of another department's case; what comes after it is seen all the same."""
    department = city.nodes["huanbao"].running("enforcement")
    forged = events.CaseFiled(case=cases.Case(case_id=rid(), node="chengguan", version=1))

    await department.do(lambda tx: tx.emit(forged, subject=forged.case.case_id))

    after = await (await Story(city).cast()).clue()
    entries = await city.journal("huanbao", "enforcement")
    [bad] = [e for e in entries if e.subject_id == forged.case.case_id]
    [event] = await city.eventually(lambda: parked(city, bad.event_id))
    assert "Foreign" in event.error and event.tries == 1, "what will never be taken is not tried again"
    said = await city.eventually(
        lambda: city.status("city"), lambda s: any(a.kind == ALERT_KIND_EVENTS_PARKED for a in s.alerts)
    )
    assert any(a.service == "supervision" and "搁置" in a.message_zh for a in said.alerts)
    asked = views.GetCaseRequest(case_id=after.case_id)
    overseer = city.as_("city", "overseer-1", "OVERSIGHT")
    await city.eventually(lambda: city.stub("city", "supervision").GetCase(asked, metadata=overseer))
    ops, desk = city.as_("city", "ops", "SYSTEM"), city.stub("city", "journal")
    retry = parked_pb2.RetryParkedRequest(service="supervision", event_id=bad.event_id)
    with city.refused("STILL_FAILING"):
        await desk.RetryParked(retry, metadata=ops)
    assert await parked(city, bad.event_id)
    await desk.DiscardParked(
        parked_pb2.DiscardParkedRequest(service="supervision", event_id=bad.event_id), metadata=ops
    )
    assert not await parked(city, bad.event_id)
    with city.refused("NOT_FOUND"):
        await desk.RetryParked(retry, metadata=ops)
