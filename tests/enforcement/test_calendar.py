"""A year is proclaimed: the terms of the department's cases are counted anew."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import events_pb2 as events
from yifa.law.v1 import calendar_pb2 as calendars
from yifa.law.v1 import law_pb2
from yifa.law.v1.events_pb2 import CalendarYearLoaded

from services.kit.calendar import NotTheCity
from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.samples import HEAD, stamp
from tests.enforcement.test_measure import FREEZE, Held, seized
from tests.proclaimed import SOURCE, arrangement, day


@pytest_asyncio.fixture(loop_scope="session")
async def office(tmp_path_factory: Any) -> AsyncIterator[Department]:
    """A department of its own: a year that is loaded stays."""
    department = Department(tmp_path_factory.mktemp("calendar"))
    department.now = on("2026-11-13")
    await department.start()
    await department.benchmark()
    yield department
    await department.stop()


def on(text: str, time: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{text} {time}").replace(tzinfo=SHANGHAI)


def local(stamp: Any) -> str:
    return stamp.ToDatetime(UTC).astimezone(SHANGHAI).date().isoformat()


async def proclaimed(d: Department, version: int = 1, **changes: Any) -> None:
    """The city's event arrives, and the clocks are counted."""
    year = calendars.CalendarYear(version=version, **arrangement(**changes))
    await d.hear(CalendarYearLoaded(calendar_year=year))
    async with asyncio.timeout(10):
        while not ((row := d.running.keeper.rows()[0]).done and row.version == version):
            await asyncio.sleep(0.02)


def moved(d: Department, case_id: str) -> list[Any]:
    """What was announced of terms of a case that moved, in order."""
    name = events.DeadlineMoved.DESCRIPTOR.full_name
    entries = [e for e in d.running.entries(0, 10**9) if e.subject == case_id and e.type == name]
    return [events.DeadlineMoved.FromString(e.data) for e in entries]


async def shown(d: Department, case_id: str, clock_id: str) -> law_pb2.Deadline:
    return next(x for x in (await d.case(case_id)).deadlines if x.clock_id == clock_id)


async def test_a_term_that_moved_is_announced_with_its_case(office: Department) -> None:
    dossier = await office.filed()
    before = await office.case(dossier.case_id)

    await proclaimed(office)

    [event] = moved(office, dossier.case_id)
    assert (event.deadline.clock_id, event.calendar_year, event.source) == ("PEN-15", 2027, SOURCE)
    assert (local(event.old_due_time), local(event.deadline.due_time)) == ("2027-02-11", "2027-02-15")
    assert event.case.version == before.version + 1
    case = await office.case(dossier.case_id)
    assert case == event.case
    [term] = [x for x in case.deadlines if x.clock_id == "PEN-15"]
    assert (local(term.due_time), term.provisional) == ("2027-02-15", False)


async def test_a_term_that_becomes_certain_is_shown_so_and_not_announced(office: Department) -> None:
    office.now = on("2026-11-20")
    dossier = await office.filed()
    before = await shown(office, dossier.case_id, "PEN-15")

    await proclaimed(office)

    after = await shown(office, dossier.case_id, "PEN-15")
    assert (before.provisional, after.provisional) == (True, False)
    assert before.due_time == after.due_time and not moved(office, dossier.case_id)


async def test_the_event_that_comes_again_or_late_changes_nothing(office: Department) -> None:
    dossier = await office.filed()
    longer = [*arrangement()["holidays"], day(2027, 2, 15)]
    await proclaimed(office, version=2, holidays=longer)

    older = calendars.CalendarYear(version=1, **arrangement())
    await office.hear(CalendarYearLoaded(calendar_year=older))
    same = calendars.CalendarYear(version=2, **arrangement(holidays=longer))
    await office.hear(CalendarYearLoaded(calendar_year=same))

    row = office.running.keeper.rows()[0]
    assert (row.version, row.done) == (2, True)
    assert [local(e.deadline.due_time) for e in moved(office, dossier.case_id)] == ["2027-02-16"]


async def test_the_party_has_its_window_by_the_new_days(office: Department) -> None:
    """Told on Thursday, 4 February: five working days end on the 11th, with the Spring Festival on the 19th."""
    office.now = on("2027-02-04")
    dossier = await office.noticed()
    before = local((await office.case(dossier.case_id)).notice.window_end)

    await proclaimed(office)

    assert before == "2027-02-11"
    assert local((await office.case(dossier.case_id)).notice.window_end) == "2027-02-19"
    office.now = on("2027-02-16")
    async with office.refused("NO_DECISION_WITHOUT_NOTICE", more=True):
        await office.decide(dossier)
    office.now = on("2027-02-20")
    reply = await office.decide(dossier)
    assert reply.case.HasField("decision")


async def test_no_day_that_the_party_was_told_is_taken_from_it(office: Department) -> None:
    """Told that it has until 19 February; a correction of the year that shortens the holiday would end it sooner."""
    office.now = on("2027-02-04")
    dossier = await office.noticed()
    await proclaimed(office)
    shorter = [
        d for d in arrangement()["holidays"] if (d.day.month, d.day.day) not in ((2, 10), (2, 11), (2, 12))
    ]

    await proclaimed(office, version=2, holidays=shorter)

    case = await office.case(dossier.case_id)
    terms = {x.clock_id: local(x.due_time) for x in case.deadlines}
    assert local(case.notice.window_end) == terms["PEN-10"] == terms["PEN-11"] == "2027-02-19"
    ninety = (terms["PEN-15"], (await shown(office, dossier.case_id, "PEN-15")).provisional)
    await proclaimed(office, version=3, holidays=shorter)
    assert local((await shown(office, dossier.case_id, "PEN-10")).due_time) == "2027-02-19"
    assert ninety == ("2027-05-05", False)
    async with office.refused("NO_DECISION_WITHOUT_NOTICE", more=True):
        office.now = on("2027-02-19", "23:00")
        await office.decide(dossier)


async def test_an_extended_and_interrupted_term_is_counted_with_both(office: Department) -> None:
    """120 days from 10 October, five of them not counted, end on 12 February, in the Spring Festival."""
    office.now = on("2026-10-10")
    dossier = await office.filed()
    office.now = on("2026-11-01")
    exclusion = {"ground": law_pb2.GROUND_HEARING, "cause": "听证", "clock_id": "PEN-15"}
    times = {"from_time": stamp(on("2026-10-20")), "until_time": stamp(on("2026-10-25"))}
    await office.do("ExcludeTime", HEAD, case_id=dossier.case_id, **exclusion, **times)
    extension = {"amount": 30, "cause": "案情复杂", "clock_id": "PEN-15"}
    extended = await office.do("ExtendDeadline", HEAD, case_id=dossier.case_id, **extension)

    await proclaimed(office)

    assert local(extended.deadline.due_time) == "2027-02-12"
    after = await shown(office, dossier.case_id, "PEN-15")
    assert (local(after.due_time), after.provisional) == ("2027-02-15", False)
    assert len(after.excluded) == len(after.extensions) == 1


async def test_a_year_that_no_city_loaded_is_not_counted_by(office: Department) -> None:
    year = calendars.CalendarYear(version=1, **arrangement())

    with pytest.raises(NotTheCity):
        await office.hear(CalendarYearLoaded(calendar_year=year), node="chengguan")

    assert not office.running.keeper.rows()


async def test_the_term_of_a_measure_becomes_certain_with_the_year(office: Department) -> None:
    """What runs beside a case shows it as a case does, and tells with the case what moved."""
    office.now = on("2026-12-30")
    held = await seized(office, FREEZE)
    before = term(held)

    await proclaimed(office)

    await held.state()
    assert (before.provisional, term(held).provisional) == (True, False)
    told = [each.deadline.due_time for each in moved(office, held.dossier.case_id)]
    assert told == ([] if before.due_time == term(held).due_time else [term(held).due_time])


def term(held: Held) -> law_pb2.Deadline:
    """The three days in which the party gets the decision to freeze (ACL 31)."""
    return next(each for each in held.measure.deadlines if each.clock_id == "ENF-04")
