"""An event whose reaction keeps failing is parked where people see it, and holds up nobody."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from yifa.enforcement.v1 import case_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events
from yifa.journal.v1 import parked_pb2
from yifa.journal.v1.condition_pb2 import ALERT_KIND_EVENTS_PARKED, ALERT_KIND_PARKED_FULL, ALERT_LEVEL_FAULT
from yifa.supervision.v1 import case_view_pb2 as views

from services.cli import parking
from services.kit import left
from services.kit.reactions import Reactor
from services.kit.refusal import Rejected
from services.supervision.case.model import CaseView
from tests.city import City, rid
from tests.story import Story


async def parked(city: City, event_id: str) -> list[Any]:
    request = parked_pb2.ListParkedRequest(service="supervision")
    reply = await city.stub("city", "journal").ListParked(request, metadata=city.as_("city", "ops", "SYSTEM"))
    return [e for e in reply.events if e.entry.event_id == event_id]


async def test_a_failing_event_is_parked_retried_and_discarded(city: City) -> None:
    """A department speaks of another department's case; what comes after it is seen all the same."""
    department = city.nodes["huanbao"].running("enforcement")
    forged = events.CaseFiled(case=pb.Case(case_id=rid(), node="chengguan", version=1))

    await department.do(lambda tx: tx.emit(forged, subject=forged.case.case_id))

    after = await (await Story(city).cast()).clue()
    entries = await city.journal("huanbao", "enforcement")
    [bad] = [e for e in entries if e.subject_id == forged.case.case_id]
    [event] = await city.eventually(lambda: parked(city, bad.event_id))
    assert "Foreign" in event.error and event.tries == 1, "what will never be taken is not tried again"
    said = await city.eventually(
        lambda: city.status("city"),
        lambda s: any(a.kind == ALERT_KIND_EVENTS_PARKED and a.service == "supervision" for a in s.alerts),
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


async def test_what_is_parked_is_bounded_and_what_is_beyond_is_taken_in_later(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No reaction takes what a department tells for a while. Others go on, people hear of it, and nothing of it is lost."""
    supervision = city.nodes["city"].running("supervision")
    reactor, department = supervision.reactor, city.nodes["huanbao"].running("enforcement")
    whole = dict(reactor.reactions)
    cases = [f"{rid()}-left" for _ in range(60)]

    def none(event: Any, tx: Any, about: Any) -> None:
        if event.case.case_id in cases:
            raise Rejected("not today")
        whole[events.CaseFiled](event, tx, about)

    monkeypatch.setattr(reactor, "reactions", {**whole, events.CaseFiled: none})
    monkeypatch.setattr(reactor.left, "most", 20)
    monkeypatch.setattr(
        city.nodes["city"].condition, "limits", replace(city.nodes["city"].condition.limits, parked=20)
    )
    monkeypatch.setattr(left, "LOOK", 0.2)
    table = supervision.kit.parked

    async def kept() -> tuple[int, int, int]:
        of_it, of_all = (
            supervision.rows(select(func.count()).where(asked))[0][0]
            for asked in (table.c.error.contains("not today"), table.c.node == "huanbao")
        )
        return of_it, of_all, sum(row.count for row in reactor.left.rows.values())

    for some in (cases[:20], cases[20:40], cases[40:]):
        for case_id in some:
            filed = events.CaseFiled(case=pb.Case(case_id=case_id, node="huanbao", version=1))
            await department.do(lambda tx, filed=filed: tx.emit(filed, subject=filed.case.case_id))
    # in the one city another test's event may be parked of the same department: the bound is for all of them
    parked_now, _, beyond = await city.eventually(
        kept, lambda found: found[0] + found[2] == 60 and found[1] == 20
    )

    async def alert() -> list[Any]:
        return [a for a in (await city.status("city")).alerts if a.kind == ALERT_KIND_PARKED_FULL]

    [told] = await city.eventually(alert, lambda found: any(str(beyond) in a.message_zh for a in found))
    assert told.level == ALERT_LEVEL_FAULT and "huanbao" in told.message_en
    found = supervision.entries(0, 100_000)
    assert [e for e in found if e.type.endswith("ChainBroken") and e.subject.startswith("huanbao/")]
    after = await (await Story(city, "chengguan").cast()).clue()
    asked = views.GetCaseRequest(case_id=after.case_id)
    overseer = city.as_("city", "overseer-1", "OVERSIGHT")
    await city.eventually(lambda: city.stub("city", "supervision").GetCase(asked, metadata=overseer))
    again = Reactor(supervision, whole)
    assert again.left.rows == reactor.left.rows, "a process that is killed here goes on from it"

    monkeypatch.setattr(reactor, "reactions", whole)
    outcomes = await parking.parked(city.plan, "city", "all", "")
    assert [o["outcome"] for o in outcomes if "not today" in o["error"]] == ["done"] * parked_now
    views_of = CaseView.__table__

    async def seen() -> int:
        return len(supervision.rows(select(views_of.c.case_id).where(views_of.c.case_id.in_(cases))))

    await city.eventually(seen, lambda count: count == len(cases))
    parked_now, _, beyond = await kept()
    assert (parked_now, beyond) == (0, 0) and not supervision.rows(select(supervision.kit.left_behind))
