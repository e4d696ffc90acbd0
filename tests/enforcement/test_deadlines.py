"""The clocks of cases fire as they fall due, once a stage, and are seen in the case."""

import asyncio
from collections.abc import Callable

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from services.kit.journal import Envelope
from tests.enforcement.department import Department
from tests.enforcement.samples import DAY, HEAD, INSTANT, NODE, WINDOW_END, stamp


async def fired(d: Department, case_id: str, kind: type, clock_id: str) -> list[tuple[Envelope, cases.Case]]:
    """The announcements of a clock of a case; waits for the first."""

    def found() -> list[tuple[Envelope, cases.Case]]:
        name = kind.DESCRIPTOR.full_name
        entries = [e for e in d.running.entries(0, 10**9) if e.subject == case_id and e.type == name]
        pairs = [(e, kind.FromString(e.data)) for e in entries]
        return [(e, event.case) for e, event in pairs if event.deadline.clock_id == clock_id]

    return await until(d, found)


async def until(
    d: Department, look: Callable[[], list[tuple[Envelope, cases.Case]]]
) -> list[tuple[Envelope, cases.Case]]:
    async with asyncio.timeout(10):
        while True:
            mark = d.running.mark
            if seen := look():
                return seen
            await d.running.changed(1, mark)


async def test_a_passed_deadline_is_announced_at_the_moment_it_passed(department: Department) -> None:
    dossier = await department.noticed()
    department.now = WINDOW_END + DAY

    [(entry, case)] = await fired(department, dossier.case_id, events.DeadlinePassed, "PEN-10")

    assert entry.at == round((WINDOW_END + INSTANT).timestamp() * 1_000_000) - 1
    assert {d.clock_id: d.state for d in case.deadlines}["PEN-10"] == 3
    stored = await department.case(dossier.case_id)
    assert {d.clock_id: d.state for d in stored.deadlines}["PEN-10"] == 3
    assert stored.version > case.version - 2


async def test_what_the_agency_set_for_itself_only_reminds_its_own_people(department: Department) -> None:
    """No rule gives the days of legal review in the environmental field; the agency's own layer does."""
    dossier = await department.reviewing(body_id=await department.body(field="生态环境"))
    before = await department.case(dossier.case_id)
    department.now += 40 * DAY

    await fired(department, dossier.case_id, events.InternalDeadlineReminded, "PEN-09")

    told = [e for e in department.running.entries(0, 10**9) if e.subject == dossier.case_id]
    reminded = [e for e in told if e.type.endswith("InternalDeadlineReminded")]
    assert {e.to for e in reminded} == {NODE}
    for kind in (events.DeadlinePassed, events.DeadlineApproached):
        of_law = [kind.FromString(e.data) for e in told if e.type == kind.DESCRIPTOR.full_name]
        assert "PEN-09" not in {e.deadline.clock_id for e in of_law}
    stored = await department.case(dossier.case_id)
    assert {d.clock_id: d.citation.code for d in stored.deadlines}["PEN-09"] == "INTERNAL"
    assert stored.version == before.version, "the city, to which it is not addressed, misses no version"


async def test_an_approaching_deadline_is_announced_before(department: Department) -> None:
    dossier = await department.filed()
    filed = await department.case(dossier.case_id)
    [due] = [d.due_time for d in filed.deadlines if d.clock_id == "PEN-15"]
    department.now += 62 * DAY

    [(_, case)] = await fired(department, dossier.case_id, events.DeadlineApproached, "PEN-15")

    assert [d.due_time for d in case.deadlines if d.clock_id == "PEN-15"] == [due]
    assert case.state == cases.CASE_STATE_FILED


async def test_what_was_done_in_time_never_fires(department: Department) -> None:
    done = await department.clue()
    await department.do("FileCase", HEAD, case_id=done.case_id)
    undone = await department.clue()
    department.now += 40 * DAY

    await fired(department, undone.case_id, events.DeadlinePassed, "PEN-03")

    types = {
        e.type.rpartition(".")[2] for e in department.running.entries(0, 10**9) if e.subject == done.case_id
    }
    assert "DeadlinePassed" not in types


async def test_a_thing_done_late_meets_its_clock_late(department: Department) -> None:
    dossier = await department.clue()
    department.now += 40 * DAY
    await fired(department, dossier.case_id, events.DeadlinePassed, "PEN-03")

    reply = await department.do("FileCase", HEAD, case_id=dossier.case_id)

    [clock] = [d for d in reply.case.deadlines if d.clock_id == "PEN-03"]
    assert clock.state == 2 and clock.stop_time == stamp(department.now)
